import { parseCidr, rangeBorders } from '../../aws/cidr.ts';
import type { ConditionTest, Family } from '../match/condition.ts';
import { dateNumber } from '../match/condition.ts';
import { ANY, hasTokens, hasVariables } from '../match/symbols.ts';
import { textPattern } from '../match/text-pattern.ts';
import { atomsOf, TooManyStates } from './atoms.ts';

/** What a request may carry for a key: undefined when it lacks it. */
export type KeyValue = readonly string[] | undefined;

/** More different sets of values of one key than this are given up. */
const SET_LIMIT = 4_000;

const EVERYTHING = textPattern(ANY);

/**
 * Values of one context key, one at least for every way in which the conditions on it can come out together.
 * @param tests all conditions on the key
 * @throws TooManyStates
 */
export function keyValues(
  tests: readonly ConditionTest[],
  isMultiValued: boolean,
  mayBeAbsent: boolean,
): readonly KeyValue[] {
  const single = singleValues(tests);
  const sets = isMultiValued ? setsOf(distinct(single, tests), tests.length) : single.map((value) => [value]);
  return mayBeAbsent ? [undefined, ...sets] : sets;
}

/** A key whose presence alone is asked for still needs a value to be present with. */
const PRESENT = 'example';

function singleValues(tests: readonly ConditionTest[]): readonly string[] {
  const families = [...new Set(tests.map(({ family }) => family))];
  const values = families.flatMap((family) =>
    candidates(
      family,
      tests.filter((test) => test.family === family),
    ),
  );
  return values.length === 0 ? [PRESENT] : [...new Set(values)];
}

function candidates(family: Family, tests: readonly ConditionTest[]): readonly string[] {
  const listed = tests.flatMap((test) => test.listed);
  const open = listed.filter((value) => hasTokens(value) || hasVariables(value));
  switch (family) {
    case 'text':
      return atomsOf(
        EVERYTHING,
        tests.map(({ patterns }) => patterns),
      );
    case 'number':
      return [...around(listed.map(Number)).map(String), ...open];
    case 'date':
      return [...around(listed.map(dateNumber)).map(dateText), ...open];
    case 'bool':
      return ['true', 'false', ...open];
    case 'address':
      return [...addresses(listed), ...open];
    case 'binary':
      return [...listed, 'AAAA'];
    case 'presence':
    case 'unknown':
    default:
      return [];
  }
}

/** The numbers themselves, one below, one between each two and one above. */
function around(numbers: readonly number[]): readonly number[] {
  const points = [...new Set(numbers.filter((number) => Number.isFinite(number)))].toSorted((a, b) => a - b);
  const [first = 0] = points;
  const between = points.map((point, index) => {
    const next = points[index + 1];
    return next === undefined ? point + 1 : (point + next) / 2;
  });
  return [...points, first - 1, ...between];
}

function dateText(milliseconds: number): string {
  const date = new Date(Math.round(milliseconds));
  return Number.isNaN(date.getTime()) ? '2030-01-01T00:00:00Z' : date.toISOString().replace('.000Z', 'Z');
}

/** Addresses of no listed block, of both versions, from ranges that documentation uses; tried until one is free. */
const OUTSIDE = ['203.0.113.7', '198.51.100.7', '192.0.2.7', '8.8.8.8', '1.0.0.1'];
const OUTSIDE_V6 = ['2001:db8::7', '2a00::1', '3000::1'];

/** The first address of every block and the first one behind it: between two borders all addresses are alike. */
function addresses(listed: readonly string[]): readonly string[] {
  const ranges = listed.map(parseCidr).filter((range) => range !== undefined);
  return [...ranges.flatMap(rangeBorders), ...OUTSIDE, ...OUTSIDE_V6, '0.0.0.0', '::'];
}

/** One value for every combination of answers, the first that gives it. */
function distinct(values: readonly string[], tests: readonly ConditionTest[]): readonly string[] {
  const found = new Map<string, string>();
  for (const value of values) {
    const answers = tests.map((test) => test.holds([value])).join();
    if (!found.has(answers)) found.set(answers, value);
  }
  return [...found.values()];
}

/**
 * Sets of values. Every condition that fails or holds needs one value at most to do so, so sets as large as there are
 * conditions are enough.
 */
function setsOf(values: readonly string[], conditions: number): readonly (readonly string[])[] {
  const sets: (readonly string[])[] = [];
  let last: readonly (readonly number[])[] = [[]];
  for (let size = 1; size <= Math.min(conditions, values.length); size++) {
    last = last.flatMap((set) =>
      values.slice((set.at(-1) ?? -1) + 1).map((_, offset) => [...set, (set.at(-1) ?? -1) + 1 + offset]),
    );
    if (sets.length + last.length > SET_LIMIT) throw new TooManyStates('a key has too many sets of values');
    sets.push(...last.map((set) => set.map((index) => values[index] ?? '')));
  }
  return sets;
}
