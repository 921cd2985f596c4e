/** One line of a unified diff. */
export interface PatchLine {
  readonly kind: 'kept' | 'added' | 'removed';
  readonly text: string;
  /** Its number in the old file; of an added line that of the line after it. */
  readonly oldLine: number;
  /** Its number in the new file; of a removed line that of the line that stands there now. */
  readonly newLine: number;
  /** Number of its hunk, from 0. */
  readonly hunk: number;
}

const HEAD = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

const KINDS: Readonly<Partial<Record<string, PatchLine['kind']>>> = { ' ': 'kept', '+': 'added', '-': 'removed' };

/** The lines of one file, from the `patch` that GitHub lists it with (unified diff without file headers). */
export function linesOf(patch: string): PatchLine[] {
  const lines: PatchLine[] = [];
  let [oldLine, newLine, hunk] = [0, 0, -1];
  for (const text of patch.split('\n')) {
    const head = HEAD.exec(text);
    const kind = KINDS[text.charAt(0)];
    if (head) [oldLine, newLine, hunk] = [Number(head[1]), Number(head[2]), hunk + 1];
    else if (kind !== undefined && hunk >= 0) {
      lines.push({ kind, text: text.slice(1), oldLine, newLine, hunk });
      if (kind !== 'added') oldLine += 1;
      if (kind !== 'removed') newLine += 1;
    }
  }
  return lines;
}
