import { describeCondition, describePattern, describePrincipal } from '../../aws/policy-document/describe.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Region } from '../difference/difference.ts';
import type { KeyValue } from '../difference/key-values.ts';
import { atomsIn } from '../difference/space.ts';
import type { Atom, Axis, Space } from '../difference/space.ts';
import { entryMatches } from '../match/principal.ts';
import { matchText } from '../match/text-pattern.ts';
import type { TextPattern } from '../match/text-pattern.ts';

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
    const name = keyName(space, key);
    const patterns = space.tests
      .flatMap(({ conditions }) => conditions.filter((test) => test.key === key))
      .flatMap((test) => test.patterns);
    const told = (text: string): string => describePattern(comparison.symbols.decode(namedBy(patterns, text)));
    return [circumstance(name, held, possible, told)];
  });
}

/** The most telling pattern that a value was thought of for, else the value. */
const namedBy = (patterns: readonly TextPattern[], value: string): string =>
  patterns
    .filter((pattern) => pattern.prefix !== '' && matchText(pattern, value) === 'yes')
    .toSorted((a, b) => b.prefix.length - a.prefix.length)[0]?.units ?? value;

/** The key as it was written. */
export const keyName = ({ tests }: Space, key: string): string => {
  const label = tests.flatMap(({ conditions }) => conditions).find((test) => test.key === key)?.condition.label;
  return label?.slice(label.indexOf(' ') + 1) ?? key;
};

const MOST_VALUES = 2;

function circumstance(
  name: string,
  held: readonly Atom<KeyValue>[],
  possible: Axis<KeyValue>['atoms'],
  text: (value: string) => string,
): string {
  const values = (atoms: readonly Atom<KeyValue>[]): readonly string[] =>
    atoms.flatMap(({ value }) => (value === undefined ? [] : [value.map(text).join(' + ')]));
  const isAbsent = held.some(({ value }) => value === undefined);
  const present = values(held);
  if (isAbsent && present.length === 0) return `${name} is absent`;
  const left = values(possible.filter((atom) => !held.includes(atom)));
  const word =
    present.length <= MOST_VALUES
      ? `${name} is ${present.join(' or ')}`
      : `${name} is not ${left.slice(0, MOST_VALUES).join(' or ')}`;
  return isAbsent ? `${word} or absent` : word;
}
