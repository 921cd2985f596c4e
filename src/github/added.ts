import { linesOf, type PatchLine } from './patch.ts';

/** Lines that a pull request adds to a file, or removes from it, and that follow each other. */
export interface ChangedText {
  readonly path: string;
  /** Number of the first line in the new file, from 1; of removed ones, of the line that stands there now. */
  readonly line: number;
  readonly text: string;
}

/** The lines of one kind in a file, those that follow each other as one text. */
function textsOf(kind: PatchLine['kind'], path: string, patch: string): ChangedText[] {
  const found: { line: number; lines: string[] }[] = [];
  let before: PatchLine | undefined;
  for (const one of linesOf(patch)) {
    const follows = before?.kind === kind && before.hunk === one.hunk;
    if (one.kind === kind && follows) found.at(-1)?.lines.push(one.text);
    else if (one.kind === kind) found.push({ line: one.newLine, lines: [one.text] });
    before = one;
  }
  return found.map(({ line, lines }) => ({ path, line, text: lines.join('\n') }));
}

export const addedTexts = (path: string, patch: string): ChangedText[] => textsOf('added', path, patch);
export const removedTexts = (path: string, patch: string): ChangedText[] => textsOf('removed', path, patch);
