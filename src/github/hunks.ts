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

const HEAD = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** The hunks of one file, from the `patch` that GitHub lists it with (unified diff without file headers). */
export function hunksOf(patch: string): Hunk[] {
  const hunks: { first: number; last: number; added: Set<number> }[] = [];
  for (const text of patch.split('\n')) {
    const head = HEAD.exec(text);
    const hunk = hunks.at(-1);
    if (head) hunks.push({ first: Number(head[2]), last: Number(head[2]) - 1, added: new Set() });
    else if (hunk && /^[ +]/.test(text)) {
      hunk.last += 1;
      if (text.startsWith('+')) hunk.added.add(hunk.last);
    }
  }
  return hunks.filter(({ first, last }) => last >= first);
}

export interface RemovedLine {
  /** Its number in the old file. */
  readonly line: number;
  readonly text: string;
}

/** The lines of one file that its patch removes. */
export function removedLines(patch: string): RemovedLine[] {
  const removed: RemovedLine[] = [];
  let line = 0;
  for (const text of patch.split('\n')) {
    const head = HEAD.exec(text);
    if (head) line = Number(head[1]);
    else if (text.startsWith('-')) removed.push({ line: line++, text: text.slice(1) });
    else if (text.startsWith(' ')) line += 1;
  }
  return removed;
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
export function anchor(hunks: readonly Hunk[], lines: Lines): Lines | undefined {
  const shown = hunks
    .map((hunk) => ({ hunk, part: overlap(hunk, lines) }))
    .filter(({ part }) => part.startLine <= part.endLine);
  return (shown.find(({ hunk, part }) => holdsAdded(hunk, part)) ?? shown[0])?.part;
}
