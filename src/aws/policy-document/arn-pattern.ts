import { globCovers, globsIntersect, prefixesDiffer } from './glob.ts';

const SEGMENTS = 6;

/** The colons of a token are not those of the ARN. */
const TOKEN = /⟨[^⟩]*⟩/g;
const ANY: readonly string[] = ['*', '*', '*', '*', '*', '*'];

/**
 * The six segments of an ARN pattern. AWS matches segment by segment: a star in one of the first five does not cross a
 * colon, a star that ends a shorter pattern absorbs the rest (`arn:aws:sqs:*`), and in the last one it matches anything.
 * A shorter one without a star matches only itself. Undefined for text that is not an ARN, such as a token.
 */
function segmentsOf(pattern: string): readonly string[] | undefined {
  const parts = (pattern.includes('⟨') ? pattern.replace(TOKEN, (token) => token.replaceAll(':', ' ')) : pattern).split(
    ':',
  );
  if (parts[0] !== 'arn') return undefined;
  if (parts.length >= SEGMENTS) return [...parts.slice(0, SEGMENTS - 1), parts.slice(SEGMENTS - 1).join(':')];
  return pattern.endsWith('*') ? [...parts, ...ANY.slice(parts.length)] : [pattern];
}

/** Containment of resource patterns. Only `*` covers actions without a resource, so `arn:*` does not cover `*`. */
export function arnCovers(outer: string, inner: string): boolean {
  if (outer === '*' || outer === inner) return true;
  if (prefixesDiffer(outer, inner)) return false;
  const [a, b] = [segmentsOf(outer), segmentsOf(inner)];
  if (a === undefined || b === undefined) return globCovers(outer, inner);
  return a.length === b.length && a.every((segment, index) => globCovers(segment, b[index] ?? ''));
}

export function arnsIntersect(a: string, b: string): boolean {
  if (prefixesDiffer(a, b)) return false;
  const [left, right] = [segmentsOf(a), segmentsOf(b)];
  if (left === undefined || right === undefined) return globsIntersect(a, b);
  return left.length === right.length && left.every((segment, index) => globsIntersect(segment, right[index] ?? ''));
}
