import { keyFacts } from '../match/keys.ts';
import type { StatementTest } from '../match/statement.ts';
import { hasVariables, isVariable, QUESTION, STAR } from '../match/symbols.ts';
import type { Symbols } from '../match/symbols.ts';
import type { TextPattern } from '../match/text-pattern.ts';
import { filled } from './atoms.ts';

/** What a request carries for the keys of policy variables; undefined for a key that it lacks. */
export type VariableValues = ReadonlyMap<string, string | undefined>;

/** The keys of the variables that some statements read, each with the values that may tell them apart. */
export type Choices = readonly (readonly [key: string, values: readonly (string | undefined)[]])[];

/** More values of one variable than these are not tried. */
const MOST_VALUES = 10;

const WORDS = ['example', 'someone', 'other', 'sample'];

/** Words that no pattern contains, so that a variable with such a value equals nothing that is written. */
const freshWord = (patterns: readonly TextPattern[]): string =>
  WORDS.find((word) => patterns.every(({ units }) => !units.toLowerCase().includes(word))) ?? 'unnamed';

/** What a request may be about: its resources, and its values by context key. */
export interface Texts {
  readonly resources: readonly string[];
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** Patterns that are asked about the same text, and what that may be. */
interface Group {
  readonly patterns: readonly TextPattern[];
  readonly texts: readonly string[];
}

/**
 * Values for the variables that statements read: one that nobody names first, then such as make a pattern with the variable
 * match what other patterns or the request speak about, and none.
 */
export function variableChoices(
  tests: readonly StatementTest[],
  { resources, values: given }: Texts,
  symbols: Symbols,
  isIdentity: boolean,
): Choices {
  const groups: readonly Group[] = [
    { patterns: tests.flatMap((test) => test.resources.patterns), texts: resources },
    ...[...byKey(tests.flatMap(({ conditions }) => conditions))].map(([key, patterns]) => ({
      patterns,
      texts: given.get(key) ?? [],
    })),
  ];
  const all = groups.flatMap(({ patterns }) => patterns);
  const fresh = freshWord(all);
  const folds = all.some((pattern) => pattern.fold && pattern.hasVariables);
  const found = new Map<string, Set<string>>();
  for (const { patterns, texts: own } of groups) {
    const others = patterns.filter((pattern) => !pattern.hasVariables).map((pattern) => filled(pattern, fresh));
    const texts = [...own.filter((text) => !hasVariables(text)), ...others, fresh];
    for (const { units } of patterns.filter((pattern) => pattern.hasVariables)) {
      units.split('').forEach((unit, at) => {
        const variable = isVariable(unit) ? symbols.variableOf(unit) : undefined;
        if (!variable) return;
        const values = found.get(variable.key) ?? new Set();
        found.set(variable.key, values);
        for (const text of texts) for (const value of captures(units, at, text)) values.add(value);
      });
    }
  }
  return [...found].map(([key, values]) => {
    const named = [...values].filter((value) => value !== fresh && value !== '').slice(0, MOST_VALUES);
    const cased = folds ? [fresh, ...named].flatMap((value) => [value.toUpperCase(), value.toLowerCase()]) : [];
    const absent = keyFacts(key, [], isIdentity).mayBeAbsent ? [undefined] : [];
    const empty = values.has('') ? [''] : [];
    return [key, [...new Set([fresh, ...absent, ...named, ...cased, ...empty])]];
  });
}

/** Resources that patterns with variables match when these have a value that nobody names. */
export function instances(tests: readonly StatementTest[]): readonly string[] {
  const patterns = tests.flatMap(({ resources }) => resources.patterns);
  const fresh = freshWord(patterns);
  return patterns
    .filter((pattern) => pattern.hasVariables && !pattern.hasTokens)
    .map((pattern) => filled(pattern, fresh).replace(/[\uF000-\uF8FF]/g, fresh));
}

function byKey(conditions: StatementTest['conditions']): ReadonlyMap<string, readonly TextPattern[]> {
  const groups = new Map<string, TextPattern[]>();
  for (const { key, patterns } of conditions) groups.set(key, [...(groups.get(key) ?? []), ...patterns]);
  return groups;
}

const SPECIAL = /[*?\uE000\uE001\uE100-\uF8FF]/;

/** What the symbol at a place of a pattern may stand for where the pattern matches the text, as far as its neighbours say. */
function captures(units: string, at: number, text: string): readonly string[] {
  const before = units.slice(0, at).split(SPECIAL).at(-1) ?? '';
  const after = units.slice(at + 1).split(SPECIAL)[0] ?? '';
  const isFirst = before.length === at;
  const isLast = after.length === units.length - at - 1;
  const [head, tail] = [plain(before), plain(after)];
  const start = isFirst ? (text.startsWith(head) ? head.length : -1) : endOf(text, head);
  if (start === -1) return [];
  const rest = text.slice(start);
  if (tail !== '')
    return [rest.indexOf(tail), rest.lastIndexOf(tail)].filter((end) => end >= 0).map((end) => rest.slice(0, end));
  return isLast ? [rest] : [rest, rest.split(/[/:]/)[0] ?? ''];
}

function endOf(text: string, part: string): number {
  const at = text.indexOf(part);
  return at === -1 ? -1 : at + part.length;
}

const plain = (units: string): string => units.replaceAll(STAR, '*').replaceAll(QUESTION, '?');

/** More combinations of values than this are not gone through one by one. */
const MOST_COMBINATIONS = 40;

/** Combinations of values: all, or where there are too many, the first of each and such as differ from it in one. */
export function* combinations(choices: Choices): Generator<VariableValues> {
  const count = choices.reduce((product, [, values]) => product * values.length, 1);
  const first = choices.map(([key, values]) => [key, values[0]] as const);
  if (count > MOST_COMBINATIONS) {
    yield new Map(first);
    for (const [index, [key, values]] of choices.entries())
      for (const value of values.slice(1)) yield new Map(first.with(index, [key, value]));
    return;
  }
  for (let number = 0; number < count; number++) {
    let rest = number;
    yield new Map(
      choices.map(([key, values]) => {
        const value = values[rest % values.length];
        rest = Math.floor(rest / values.length);
        return [key, value];
      }),
    );
  }
}
