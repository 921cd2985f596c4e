import type { Budget } from '../difference/budget.ts';
import { ANY, ONE, QUESTION, SEGMENT_ANY, SEGMENT_ONE, STAR } from '../match/symbols.ts';
import { accepts, advance, start, textPattern } from '../match/text-pattern.ts';
import type { Positions, TextPattern } from '../match/text-pattern.ts';

/** A letter that stands for whatever a wildcard takes. */
const OTHER = 'x';

/** Stands where the last star of a pattern is, so that no name is meant that somebody has given. */
const WORD = 'planwarden';

/**
 * A text that all patterns match: one that nobody has named if there is such, else the shortest; undefined when there is
 * none.
 * @throws TooMuchWork
 */
export function commonText(patterns: readonly TextPattern[], budget: Budget): string | undefined {
  const last = patterns.length - 1;
  const named = patterns.map((pattern, index) => (index === last ? filledAtLast(pattern) : pattern));
  return shortest(named, budget) ?? shortest(patterns, budget);
}

function filledAtLast(pattern: TextPattern): TextPattern {
  const at = pattern.units.lastIndexOf(ANY);
  return at === -1 ? pattern : textPattern(`${pattern.units.slice(0, at)}${WORD}${pattern.units.slice(at)}`);
}

/** Reads all patterns at once, letter by letter, nearest first. */
function shortest(patterns: readonly TextPattern[], budget: Budget): string | undefined {
  const queue: (readonly [string, readonly Positions[]])[] = [['', patterns.map(start)]];
  const seen = new Set<string>();
  for (const [text, at] of queue) {
    if (patterns.every((pattern, index) => accepts(pattern, at[index] ?? []))) return text;
    for (const letter of lettersOf(patterns, at)) {
      const next = patterns.map((pattern, index) => advance(pattern, at[index] ?? [], letter));
      const key = next.join(';');
      if (next.some(({ length }) => length === 0) || seen.has(key)) continue;
      budget.spend(patterns.length);
      seen.add(key);
      queue.push([text + letter, next]);
    }
  }
  return undefined;
}

/** The letters that some pattern waits for, and one for wildcards. */
function lettersOf(patterns: readonly TextPattern[], at: readonly Positions[]): ReadonlySet<string> {
  const letters = new Set<string>();
  patterns.forEach(({ units }, index) => {
    for (const position of at[index] ?? []) {
      const unit = units[position];
      if (unit === STAR) letters.add('*');
      else if (unit === QUESTION) letters.add('?');
      else if (unit !== undefined && !WILD.includes(unit)) letters.add(unit);
    }
  });
  return letters.add(OTHER);
}

const WILD: readonly string[] = [ANY, ONE, SEGMENT_ANY, SEGMENT_ONE];
