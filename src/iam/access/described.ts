import { describeCondition, describePattern, describePrincipal } from '../../aws/policy-document/describe.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Region } from '../difference/difference.ts';
import type { KeyValue } from '../difference/key-values.ts';
import { atomsIn } from '../difference/space.ts';
import type { Atom, Space } from '../difference/space.ts';
import type { ConditionTest } from '../match/condition.ts';
import { entryMatches } from '../match/principal.ts';
import { matchText } from '../match/text-pattern.ts';

/** Resources of a region: the patterns of the statement, or those parts of them that others single out. */
export function resourcesOf({ space, box, comparison }: Region): readonly string[] {
  const { resources: axis, tests } = space;
  const { statement } = tests[0];
  if (statement.resources.written?.length === 0) return [];
  const held = atomsIn(axis, box[1] ?? 0n);
  const texts = axis.universe.flatMap((_, index) => {
    const own = held.filter(({ origins }) => origins.includes(index));
    if (own.length === 0) return [];
    // The first atom of a pattern is what no other statement speaks about: with it, the pattern as such is gained.
    const generic = axis.atoms.find(({ origins }) => origins.includes(index));
    if (generic && own.includes(generic)) return [whole(statement, index)];
    return own.map(({ value }) => {
      const singledOut = tests
        .slice(1)
        .flatMap(({ resources }) => resources.patterns)
        .filter((other) => other.units !== '*' && matchText(other, value) === 'yes')
        .toSorted((a, b) => b.prefix.length - a.prefix.length)[0];
      return describePattern(comparison.symbols.decode(singledOut?.units ?? value));
    });
  });
  return [...new Set(texts)];
}

const whole = ({ resources }: Statement, index: number): string =>
  resources.kind === 'except'
    ? `everything except ${resources.patterns.map(describePattern).join(', ')}`
    : describePattern(resources.patterns[index] ?? '*');

/** Whom a region speaks about, as people call them; empty for the holder of identity policies. */
export function principalsOf({ space, box }: Region): readonly string[] {
  const { principals } = space.tests[0].statement;
  if (principals.kind === 'holder') return [];
  const held = atomsIn(space.requesters, box[2] ?? 0n).map(({ value }) => value);
  if (principals.kind === 'except') return [`everyone except ${principals.entries.map(describePrincipal).join(', ')}`];
  const concerned = principals.entries.filter((entry) =>
    held.some((requester) => entryMatches(entry, requester) !== 'no'),
  );
  return [...new Set(concerned.map(describePrincipal))];
}

/** On what condition a region is allowed; null for none. */
export function conditionOf(region: Region): string | null {
  const { conditions } = region.space.tests[0].statement;
  const own = isUnknown(conditions) ? ['(known after apply)'] : conditions.map(describeCondition);
  const texts = [...own, ...circumstances(region)];
  return texts.length === 0 ? null : [...new Set(texts)].join(' and ');
}

/** In which cases the other side refuses what the statement allows: `aws:MultiFactorAuthPresent is absent`. */
function circumstances({ space, box, comparison }: Region): readonly string[] {
  return space.keys.flatMap(({ key, axis }, index) => {
    const side = box[3 + index] ?? 0n;
    const possible = axis.atoms.filter(({ answers }) => answers[0] !== 'no');
    const held = atomsIn(axis, side);
    if (held.length === possible.length) return [];
    const tests = space.tests.flatMap(({ conditions }) => conditions.filter((test) => test.key === key));
    const told = (value: string): string | undefined => {
      const name = namedIn(tests, value);
      return name === undefined ? undefined : describePattern(comparison.symbols.decode(name));
    };
    const left = possible.filter((atom) => !held.includes(atom));
    return circumstance(keyName(space, key), valuesOf(held), valuesOf(left), told);
  });
}

const valuesOf = (atoms: readonly Atom<KeyValue>[]): readonly KeyValue[] => atoms.flatMap(({ values }) => values);

/** What a condition calls a value: the most telling pattern that it was thought of for. Undefined for any other value. */
function namedIn(tests: readonly ConditionTest[], value: string): string | undefined {
  const pattern = tests
    .flatMap(({ patterns }) => patterns)
    .filter(({ prefix }) => prefix !== '')
    .filter((one) => matchText(one, value) === 'yes')
    .toSorted((a, b) => b.prefix.length - a.prefix.length)[0];
  if (pattern) return pattern.units;
  return tests.some(({ family, listed }) => family === 'bool' || listed.includes(value)) ? value : undefined;
}

/** The key as it was written. */
export const keyName = ({ tests }: Space, key: string): string => {
  const label = tests.flatMap(({ conditions }) => conditions).find((test) => test.key === key)?.condition.label;
  return label?.slice(label.indexOf(' ') + 1) ?? key;
};

const MOST_VALUES = 2;

/** A value that no condition names stands for all others: then it is told by what it is not. */
function circumstance(
  name: string,
  held: readonly KeyValue[],
  left: readonly KeyValue[],
  told: (value: string) => string | undefined,
): readonly string[] {
  const isAbsent = held.includes(undefined);
  const [named, others] = [texts(held, told), texts(left, told)];
  const isOpen = held.some((value) => value?.some((one) => told(one) === undefined));
  const orAbsent = isAbsent ? ' or absent' : '';
  if (isOpen || named.length > MOST_VALUES)
    return others.length === 0
      ? left.includes(undefined)
        ? [`${name} is present`]
        : []
      : [`${name} is not ${others.slice(0, MOST_VALUES).join(' or ')}${orAbsent}`];
  return [named.length === 0 ? `${name} is absent` : `${name} is ${named.join(' or ')}${orAbsent}`];
}

const texts = (values: readonly KeyValue[], told: (value: string) => string | undefined): readonly string[] => [
  ...new Set(
    values.flatMap((value) => {
      const named = value?.map(told) ?? [];
      return named.length === 0 || named.includes(undefined) ? [] : [named.join(' + ')];
    }),
  ),
];
