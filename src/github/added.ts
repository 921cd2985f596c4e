/** Lines that a pull request adds to a file and that follow each other. */
export interface AddedText {
  readonly path: string;
  /** Number of the first line in the new file, from 1. */
  readonly line: number;
  readonly text: string;
}

const HUNK = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** The added lines of one file, from the `patch` that GitHub lists it with (unified diff without file headers). */
export function addedTexts(path: string, patch: string): AddedText[] {
  const found: { line: number; lines: string[] }[] = [];
  let line = 0;
  let open = false;
  for (const text of patch.split('\n')) {
    const hunk = HUNK.exec(text);
    if (hunk) line = Number(hunk[1]);
    const isAdded = !hunk && text.startsWith('+');
    if (isAdded && open) found.at(-1)?.lines.push(text.slice(1));
    else if (isAdded) found.push({ line, lines: [text.slice(1)] });
    open = isAdded;
    if (!hunk && !text.startsWith('-') && !text.startsWith('\\')) line += 1;
  }
  return found.map((one) => ({ path, line: one.line, text: one.lines.join('\n') }));
}
