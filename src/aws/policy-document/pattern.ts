import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import { arnCovers, arnsIntersect } from './arn-pattern.ts';
import { globCovers, globsIntersect, hasWildcard } from './glob.ts';
import { every, not, some, ternary } from './ternary.ts';
import { hasToken } from './text.ts';
import type { Ternary } from './ternary.ts';
import type { Pattern, Patterns } from './statement.ts';

/** Tokens and policy variables: each stands for one text that is not in the document. */
const OPEN = /⟨(?:ref|unknown):[^⟩]*⟩|\$\{[^}]*\}/g;

const isOpen = (text: string): boolean => hasToken(text) || text.includes('${');

/** Two ways to read patterns: actions are plain globs, resources keep to the segments of an ARN. */
interface Language {
  covers(outer: string, inner: string): boolean;
  intersect(a: string, b: string): boolean;
}

const ACTIONS: Language = { covers: globCovers, intersect: globsIntersect };
const RESOURCES: Language = { covers: arnCovers, intersect: arnsIntersect };

export const actionsCover = (outer: Patterns, inner: Patterns): Ternary => setCovers(ACTIONS, outer, inner);
export const resourcesCover = (outer: Patterns, inner: Patterns): Ternary => setCovers(RESOURCES, outer, inner);

/** Whether two sets of actions have one in common. */
export const actionsMeet = (a: Patterns, b: Patterns): Ternary => setsMeet(ACTIONS, a, b);
export const resourcesMeet = (a: Patterns, b: Patterns): Ternary => setsMeet(RESOURCES, a, b);

/** Containment of sets given by globs or by their complement; each inner glob must fit into one outer glob. */
function setCovers(language: Language, outer: Patterns, inner: Patterns): Ternary {
  if (inner.kind === 'only')
    return every(inner.patterns, (item) =>
      outer.kind === 'only'
        ? some(outer.patterns, (other) => patternCovers(language, other, item))
        : every(outer.patterns, (other) => not(patternsMeet(language, other, item))),
    );
  return outer.kind === 'only'
    ? some(outer.patterns, (other) => (isUnknown(other) ? 'maybe' : ternary(other === '*')))
    : every(outer.patterns, (excluded) => some(inner.patterns, (item) => patternCovers(language, item, excluded)));
}

function setsMeet(language: Language, a: Patterns, b: Patterns): Ternary {
  if (a.kind === 'except' && b.kind === 'except') return 'yes';
  if (a.kind === 'except') return setsMeet(language, b, a);
  if (b.kind === 'only')
    return some(a.patterns, (item) => some(b.patterns, (other) => patternsMeet(language, item, other)));
  return some(a.patterns, (item) => not(some(b.patterns, (other) => patternCovers(language, other, item))));
}

/**
 * Whether one pattern contains another. A token stands for one fixed text: it contains itself, and a literal never
 * contains a different one; wherever the text would decide, the answer is maybe.
 */
function patternCovers(language: Language, outer: Pattern, inner: Pattern): Ternary {
  if (outer === '*') return 'yes';
  if (isUnknown(outer) || isUnknown(inner)) return ternaryOfUnknown(outer, inner);
  if (inner.includes('⟨unknown:') && outer.includes('⟨unknown:')) return 'maybe';
  if (language.covers(outer, isOpen(inner) && outer.includes('?') ? widened(inner) : inner)) return 'yes';
  if (!hasToken(inner) && !hasToken(outer)) return 'no';
  if (!hasToken(outer) && !hasWildcard(outer)) return 'no';
  return language.intersect(widened(outer), widened(inner)) ? 'maybe' : 'no';
}

function patternsMeet(language: Language, a: Pattern, b: Pattern): Ternary {
  if (a === '*' || b === '*') return 'yes';
  if (isUnknown(a) || isUnknown(b)) return 'maybe';
  if (language.intersect(a, b)) return 'yes';
  return (isOpen(a) || isOpen(b)) && language.intersect(widened(a), widened(b)) ? 'maybe' : 'no';
}

/** The same unknown expression on both sides is the same text. */
function ternaryOfUnknown(outer: Pattern, inner: Pattern): Ternary {
  return isUnknown(outer) && isUnknown(inner) && sameSource(outer, inner) ? 'yes' : 'maybe';
}

function sameSource(a: Unknown, b: Unknown): boolean {
  if (a === b) return true;
  const [x, y] = [a.references, b.references];
  return (
    x.length === 1 &&
    y.length === 1 &&
    x[0]?.address === y[0]?.address &&
    x[0]?.attribute === y[0]?.attribute &&
    x[0]?.attribute !== ''
  );
}

const widened = (pattern: string): string => pattern.replace(OPEN, '*');

/** Each pattern by itself; a complement cannot be cut. */
export const eachPattern = (set: Patterns): readonly Patterns[] =>
  set.kind === 'except'
    ? [set]
    : set.patterns.map((pattern, index) => ({
        kind: 'only',
        patterns: [pattern],
        written: set.written?.slice(index, index + 1),
      }));
