/** Lines that a pull request adds to a file, or removes from it, and that follow each other. */
export interface ChangedText {
  readonly path: string;
  /** Number of the first line in the new file, from 1; of removed ones, of the line that stands there now. */
  readonly line: number;
  readonly text: string;
}

const HUNK = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** The lines of one sign in a file, from the `patch` that GitHub lists it with (unified diff without file headers). */
function textsOf(sign: '+' | '-', path: string, patch: string): ChangedText[] {
  const found: { line: number; lines: string[] }[] = [];
  let line = 0;
  let open = false;
  for (const text of patch.split('\n')) {
    const hunk = HUNK.exec(text);
    if (hunk) line = Number(hunk[1]);
    const isWanted = !hunk && text.startsWith(sign);
    if (isWanted && open) found.at(-1)?.lines.push(text.slice(1));
    else if (isWanted) found.push({ line, lines: [text.slice(1)] });
    open = isWanted;
    if (!hunk && !text.startsWith('-') && !text.startsWith('\\')) line += 1;
  }
  return found.map((one) => ({ path, line: one.line, text: one.lines.join('\n') }));
}

export const addedTexts = (path: string, patch: string): ChangedText[] => textsOf('+', path, patch);
export const removedTexts = (path: string, patch: string): ChangedText[] => textsOf('-', path, patch);
