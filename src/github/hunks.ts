import { linesOf } from './patch.ts';

/** The part of a file that one hunk of a diff shows, by lines of the new file; both ends inclusive. */
export interface Hunk {
  readonly first: number;
  readonly last: number;
  readonly added: ReadonlySet<number>;
}

export interface Lines {
  readonly startLine: number;
  readonly endLine: number;
}

/** The hunks of one file, from its patch. */
export function hunksOf(patch: string): Hunk[] {
  const hunks: { first: number; last: number; added: Set<number> }[] = [];
  let open = -1;
  for (const { kind, newLine, hunk } of linesOf(patch)) {
    if (kind === 'removed') continue;
    if (hunk !== open) hunks.push({ first: newLine, last: newLine, added: new Set() });
    open = hunk;
    const current = hunks.at(-1);
    if (!current) continue;
    current.last = newLine;
    if (kind === 'added') current.added.add(newLine);
  }
  return hunks;
}

const overlap = ({ first, last }: Hunk, { startLine, endLine }: Lines): Lines => ({
  startLine: Math.max(first, startLine),
  endLine: Math.min(last, endLine),
});

const holdsAdded = ({ added }: Hunk, { startLine, endLine }: Lines): boolean =>
  [...added].some((line) => startLine <= line && line <= endLine);

/**
 * Where in a diff a comment on some lines can stand: the part of them that one hunk shows, rather one in which lines were
 * added. GitHub refuses anything that is not within one hunk. Undefined when no hunk shows any of the lines.
 */
export function shownPart(hunks: readonly Hunk[], lines: Lines): Lines | undefined {
  const shown = hunks
    .map((hunk) => ({ hunk, part: overlap(hunk, lines) }))
    .filter(({ part }) => part.startLine <= part.endLine);
  return (shown.find(({ hunk, part }) => holdsAdded(hunk, part)) ?? shown[0])?.part;
}
