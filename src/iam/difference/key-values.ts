import { parseCidr, rangeBorders } from '../../aws/cidr.ts';
import type { ConditionTest, Family } from '../match/condition.ts';
import { dateNumber, decimal } from '../match/condition.ts';
import { ANY, hasSymbols } from '../match/symbols.ts';
import { textPattern } from '../match/text-pattern.ts';
import type { Reading } from '../match/text-pattern.ts';
import { atomsOf } from './atoms.ts';
import { TooMuchWork } from './budget.ts';
import type { Budget } from './budget.ts';

/** What a request may carry for a key: undefined when it lacks it. */
export type KeyValue = readonly string[] | undefined;

/** More different sets of values of one key than this are given up. */
const SET_LIMIT = 4_000;

const EVERYTHING = textPattern(ANY);

/**
 * Values of one context key, one at least for every way in which the conditions on it can come out together.
 * @param tests all conditions on the key
 * @throws TooMuchWork
 */
export function keyValues(
  tests: readonly ConditionTest[],
  isMultiValued: boolean,
  mayBeAbsent: boolean,
  budget: Budget,
): readonly KeyValue[] {
  const single = singleValues(tests, budget);
  const sets = isMultiValued ? setsOf(distinct(single, tests), setSize(tests)) : single.map((value) => [value]);
  const all = tests.some(({ condition }) => condition.quantifier === 'ForAllValues') ? [...sets, EMPTY] : sets;
  return mayBeAbsent ? [undefined, ...all] : all;
}

/** ForAllValues takes an empty text for no value at all. */
const EMPTY = [''];

/** Families whose values are of one kind each. A key that Bool asks has no values but two, whatever else asks it. */
const KINDS: ReadonlySet<Family> = new Set(['text', 'number', 'date', 'address', 'binary']);

/** True when conditions compare the key as different kinds of values: then there may be others than `keyValues` thinks of. */
export const isMixed = (tests: readonly ConditionTest[]): boolean =>
  new Set(tests.map(({ family }) => family).filter((family) => KINDS.has(family))).size > 1;

/** A key whose presence alone is asked for still needs a value to be present with. */
const PRESENT = 'example';

function singleValues(tests: readonly ConditionTest[], budget: Budget): readonly string[] {
  const families = [...new Set(tests.map(({ family }) => family))];
  const values = families.flatMap((family) =>
    candidates(
      family,
      tests.filter((test) => test.family === family),
      budget,
    ),
  );
  // What can be said in full is the better witness.
  return values.length === 0
    ? [PRESENT]
    : [...new Set(values)].toSorted((a, b) => Number(hasSymbols(a)) - Number(hasSymbols(b)));
}

function candidates(family: Family, tests: readonly ConditionTest[], budget: Budget): readonly string[] {
  const listed = tests.flatMap((test) => test.listed);
  const open = listed.filter(hasSymbols);
  switch (family) {
    case 'text':
      return atomsOf(
        EVERYTHING,
        tests.map(({ patterns }) => patterns),
        budget,
      );
    case 'number':
      return [...around(listed.map(decimal)).map(String), ...open];
    case 'date':
      return [...around(listed.map(dateNumber)).map(dateText), ...open];
    case 'bool':
      return ['true', 'false', ...open];
    case 'address':
      return [...addresses(listed), ...open];
    case 'binary':
      return [...listed, 'AAAA'.repeat(1 + Math.max(0, ...listed.map(({ length }) => length)))];
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

const READINGS: readonly Reading[] = ['apart', 'told', 'open'];

/** One value for every combination of answers, the first that gives it. */
function distinct(values: readonly string[], tests: readonly ConditionTest[]): readonly string[] {
  const found = new Map<string, string>();
  for (const value of values) {
    // Twice the same, because an empty text alone counts as no value.
    const answers = READINGS.map((reading) => tests.map((test) => test.holds([value, value], reading))).join();
    if (!found.has(answers)) found.set(answers, value);
  }
  return [...found.values()];
}

/**
 * Every condition needs one value at most to come out as it does, a plain one two: one that it lists and one that it does
 * not. So sets of that size show all that larger ones do.
 */
const setSize = (tests: readonly ConditionTest[]): number =>
  tests
    .filter(({ family }) => family !== 'presence')
    .reduce((size, { condition }) => size + (condition.quantifier === null ? 2 : 1), 1);

/** All sets of up to so many values. */
function setsOf(values: readonly string[], largest: number): readonly (readonly string[])[] {
  const sets: (readonly string[])[] = [];
  let last: readonly (readonly number[])[] = [[]];
  for (let size = 1; size <= Math.min(largest, values.length); size++) {
    last = last.flatMap((set) =>
      values.slice((set.at(-1) ?? -1) + 1).map((_, offset) => [...set, (set.at(-1) ?? -1) + 1 + offset]),
    );
    if (sets.length + last.length > SET_LIMIT) throw new TooMuchWork('a key has too many sets of values');
    sets.push(...last.map((set) => set.map((index) => values[index] ?? '')));
  }
  return sets;
}
