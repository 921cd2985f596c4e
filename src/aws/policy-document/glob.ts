/**
 * Language questions about globs (`*` any run, `?` one character). Everything is exact; where the subset construction
 * would grow past STATE_LIMIT the answer is "not contained", which can only over-report.
 */
const STATE_LIMIT = 20_000;

/** A character that occurs in no pattern: stands for every letter the patterns do not name. */
const OTHER = '\uFFFF';

export const hasWildcard = (pattern: string): boolean => pattern.includes('*') || pattern.includes('?');

/** Whether a concrete text is matched; two-pointer walk with the last star as the only fallback. */
export function globMatches(glob: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < text.length;) {
    if (glob[at] === '*') {
      star = at++;
      resume = index;
    } else if (at < glob.length && (glob[at] === '?' || glob[at] === text[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  while (glob[at] === '*') at++;
  return at === glob.length;
}

/** Whether every text that `inner` matches is matched by `outer` too. */
export function globCovers(outer: string, inner: string): boolean {
  if (outer === inner || outer === '*') return true;
  if (!hasWildcard(inner)) return globMatches(outer, inner);
  // Without `?` only a star of `outer` can take a letter it does not name, and then it takes any text in its place.
  if (!outer.includes('?')) return globMatches(outer, inner.replace(/[*?]/g, OTHER));
  return containedBySubsets(outer.split(''), inner.split(''));
}

/** Walks `inner` symbol by symbol together with the set of positions `outer` can be in. */
function containedBySubsets(outer: readonly string[], inner: readonly string[]): boolean {
  const alphabet = [...new Set([...outer, ...inner].filter((letter) => letter !== '*' && letter !== '?')), OTHER];
  const start: readonly [number, readonly number[]] = [0, closure(outer, [0])];
  const queue = [start];
  const seen = new Set([key(start)]);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const [position, letters] of stepsOf(inner, next[0], alphabet)) {
      for (const letter of letters) {
        const state: readonly [number, readonly number[]] = [
          position,
          letter === '' ? next[1] : advance(outer, next[1], letter),
        ];
        if (state[1].length === 0 || seen.size > STATE_LIMIT) return false;
        if (seen.has(key(state))) continue;
        seen.add(key(state));
        queue.push(state);
      }
    }
    if (next[0] === inner.length && !next[1].includes(outer.length)) return false;
  }
  return true;
}

const key = ([position, set]: readonly [number, readonly number[]]): string => `${position}:${set.join()}`;

/** Where a glob can go from a position, and on which letters; the empty letter is a step without reading. */
function stepsOf(
  glob: readonly string[],
  at: number,
  alphabet: readonly string[],
): (readonly [number, readonly string[]])[] {
  const symbol = glob[at];
  if (symbol === undefined) return [];
  if (symbol === '*')
    return [
      [at, alphabet],
      [at + 1, ['']],
    ];
  return [[at + 1, symbol === '?' ? alphabet : [symbol]]];
}

/** All positions reachable without reading: a star may match nothing. */
function closure(glob: readonly string[], positions: readonly number[]): readonly number[] {
  const result = new Set(positions);
  for (const at of result) if (glob[at] === '*') result.add(at + 1);
  return [...result].toSorted((a, b) => a - b);
}

function advance(glob: readonly string[], positions: readonly number[], letter: string): readonly number[] {
  const next = positions.flatMap((at) =>
    glob[at] === '*' ? [at] : glob[at] === '?' || glob[at] === letter ? [at + 1] : [],
  );
  return closure(glob, next);
}

/** Whether some text is matched by both. */
export function globsIntersect(a: string, b: string): boolean {
  if (a === '*' || b === '*') return true;
  if (!hasWildcard(a)) return globMatches(b, a);
  if (!hasWildcard(b)) return globMatches(a, b);
  if (prefixesDiffer(a, b)) return false;
  return meet(a.split(''), b.split(''));
}

/** True when the letters before the first wildcard already tell the two apart. */
export function prefixesDiffer(a: string, b: string): boolean {
  const length = Math.min(literalLength(a), literalLength(b));
  return length > 0 && !a.startsWith(b.slice(0, length));
}

function literalLength(glob: string): number {
  const first = glob.search(/[*?]/);
  return first === -1 ? glob.length : first;
}

function meet(a: readonly string[], b: readonly string[]): boolean {
  const width = b.length + 1;
  const seen = new Set([0]);
  for (const state of seen) {
    const i = Math.floor(state / width);
    const j = state % width;
    if (i === a.length && j === b.length) return true;
    for (const [x, y] of pairSteps(a, i, b, j)) seen.add(x * width + y);
  }
  return false;
}

function pairSteps(a: readonly string[], i: number, b: readonly string[], j: number): (readonly [number, number])[] {
  const left = a[i];
  const right = b[j];
  if (left === '*')
    return right === undefined
      ? [[i + 1, j]]
      : [
          [i + 1, j],
          [i, right === '*' ? j : j + 1],
          [i, j + Number(right === '*')],
        ];
  if (right === '*')
    return left === undefined
      ? [[i, j + 1]]
      : [
          [i, j + 1],
          [i + 1, j],
        ];
  const same = left !== undefined && right !== undefined && (left === right || left === '?' || right === '?');
  return same ? [[i + 1, j + 1]] : [];
}
