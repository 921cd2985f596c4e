import { textWidth, wrap } from '../text/wrap.ts';

/** Narrower than this, a wrapped column is harder to read than a line of its own below. */
const NARROWEST = 36;

/** Text wrapped to a terminal behind a margin; a pipe (no width) gets one line, because programs read it. */
export const indented = (text: string, margin: number, width: number | undefined): string[] =>
  (width === undefined ? [text] : wrap(text, width - margin)).map((line) => ' '.repeat(margin) + line);

const GAP = '  ';

/** What stands below begins below the second column, unless that is so far to the right that nothing would fit. */
const DEEPEST = 12;

/**
 * Rows with aligned columns, the last of which wraps, or stands below the others when there is too little room.
 * @param width columns of the terminal; undefined for a pipe, where each row is one line
 */
export function table(rows: readonly (readonly [...string[], string])[], width: number | undefined): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length - 1));
  const widths = Array.from({ length: columns }, (_, index) =>
    Math.max(...rows.map((row) => textWidth(row[index] ?? ''))),
  );
  const margin = widths.reduce((sum, column) => sum + column + GAP.length, 0);
  const room = (width ?? Infinity) - margin;
  const below = room < NARROWEST && rows.some((row) => textWidth(row.at(-1) ?? '') > room);
  const indent = Math.min((widths[0] ?? 0) + GAP.length, DEEPEST);
  return rows.flatMap((row) => {
    const cells = row.slice(0, -1);
    const lead = cells.map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - textWidth(cell)) + GAP).join('');
    const last = row.at(-1) ?? '';
    if (below) return [lead.trimEnd(), ...indented(last, indent, width)];
    const [first = '', ...others] = indented(last, margin, width);
    return [lead + first.slice(margin), ...others];
  });
}
