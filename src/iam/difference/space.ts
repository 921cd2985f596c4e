import { every } from '../../aws/policy-document/ternary.ts';
import type { Ternary } from '../../aws/policy-document/ternary.ts';
import type { ConditionTest } from '../match/condition.ts';
import { keyFacts } from '../match/keys.ts';
import { principalsMatch } from '../match/principal.ts';
import type { Requester } from '../match/principal.ts';
import { readsVariables } from '../match/statement.ts';
import type { StatementTest } from '../match/statement.ts';
import { ANY } from '../match/symbols.ts';
import { matchesSurely, textPattern } from '../match/text-pattern.ts';
import type { Reading, TextPattern } from '../match/text-pattern.ts';
import type { TextSet } from '../match/text-set.ts';
import { atomsOf } from './atoms.ts';
import { Budget, TooMuchWork } from './budget.ts';
import { isMixed, keyValues } from './key-values.ts';
import type { KeyValue } from './key-values.ts';
import { requestersOf } from './requesters.ts';
import { sameActions, sameCondition, samePrincipals, sameResources } from './same.ts';
import type { Box } from './search.ts';

/** One axis of the space of requests, cut into atoms on which every statement is constant. */
export interface Axis<T> {
  readonly atoms: readonly Atom<T>[];
}

export interface Atom<T> {
  /** A value that stands for all values of the atom. */
  readonly value: T;
  /** All values that were thought of for it, that one first. */
  readonly values: readonly T[];
  /** Which of the patterns that the universe is made of the atom belongs to, by index; empty where there are none. */
  readonly origins: readonly number[];
  /** What every statement says of the atom, in the order of the statements. */
  readonly answers: readonly Ternary[];
  /** The same where policy variables may have any value, and for values that cannot all be told from each other. */
  readonly open: readonly Ternary[];
}

/** An axis of texts, which can be asked about texts that it was not cut at. */
export interface TextAxis extends Axis<string> {
  /** What the first statement is made of, to tell people which parts of it are concerned. */
  readonly universe: readonly TextPattern[];
  /** Index of the atom that a text belongs to; -1 for one outside. */
  find(text: string): number;
  /** One text of a pattern for every atom in it, cut along a further union; none when there are too many. */
  textsOf(pattern: TextPattern, further: readonly TextPattern[]): readonly string[];
}

/** What a request may be, as far as one statement allows it and others may disagree. */
export interface Space {
  readonly actions: TextAxis;
  readonly resources: TextAxis;
  readonly requesters: Axis<Requester>;
  readonly keys: readonly { readonly key: string; readonly axis: Axis<KeyValue> }[];
  /** The statements that it is cut along, the one that allows first. */
  readonly tests: readonly [StatementTest, ...StatementTest[]];
  /** True when the open answers are others than the answers. */
  readonly isOpen: boolean;
}

/** The box of a statement: what it surely speaks about, and what it may turn out to speak about. */
export interface Boxes {
  readonly surely: Box;
  readonly possibly: Box;
}

/** An action that only `*` stands for: one without resources. */
const NO_RESOURCE = '*';

/**
 * Cuts the requests that the first statement speaks about along all statements.
 * @param region the statement that allows, and the limits within which it does: only requests that all of them speak about
 * count, so whatever others say in the same words holds for them
 * @param others all others that have a say
 * @throws TooMuchWork
 */
export function spaceOf(
  region: readonly [StatementTest, ...StatementTest[]],
  others: readonly StatementTest[],
  budget: Budget,
): Space {
  const [subject] = region;
  const tests = [...region, ...others] as const;
  const isIdentity = tests.every(({ statement }) => statement.principals.kind === 'holder');
  const variables = tests.some(({ statement }) => readsVariables(statement));
  const part = (set: TextSet, at: number, isSame: (own: StatementTest) => boolean): Part => ({
    set,
    isImplied: at >= region.length && region.some(isSame),
    reading: readingAt(at, region.length),
  });
  const actions = tests.map((test, at) => part(test.actions, at, (own) => sameActions(own.statement, test.statement)));
  const resources = tests.map((test, at) =>
    part(test.resources, at, (own) => sameResources(own.statement, test.statement)),
  );
  const isSaid = tests.map(
    ({ statement }, at) => at >= region.length && region.some((own) => samePrincipals(own.statement, statement)),
  );
  const conditions = tests.map((test, at) => (at < region.length ? test.conditions : ownConditions(test, region)));
  const keys = [...new Set(conditions.flat().map(({ key }) => key))].map((key) => {
    const own = conditions.map((all) => all.filter((condition) => condition.key === key));
    return { key, axis: keyAxis(key, own, { isIdentity, variables, size: region.length, budget }) };
  });
  return {
    tests,
    actions: textAxis(universeOf(subject.actions), actions, { always: [], budget }),
    resources: textAxis(universeOf(subject.resources), resources, { always: [NO_RESOURCE], budget }),
    requesters: axisOf(
      requestersOf(tests.map(({ statement }) => statement)).map((requester) => [requester, []] as const),
      (requester) =>
        tests.map(({ statement }, at) =>
          isSaid[at] ? 'yes' : principalsMatch(statement.principals, requester, statement.effect),
        ),
    ),
    keys,
    isOpen: variables || keys.some(({ axis }) => axis.atoms.some(({ answers, open }) => answers !== open)),
  };
}

/** What the region surely says is told of its own texts; everybody else must hold whatever variables stand for. */
const readingAt = (at: number, regionSize: number): Reading => (at < regionSize ? 'told' : 'open');

/** The conditions of a statement that those of the region do not say already. */
const ownConditions = (test: StatementTest, region: readonly StatementTest[]): readonly ConditionTest[] =>
  test.conditions.filter(({ condition }) =>
    region.every((own) =>
      own.conditions.every((other) => !sameCondition(condition, other.condition, [test.statement, own.statement])),
    ),
  );

const EVERYTHING = textPattern(ANY);

/** The patterns that a set is made of; everything, where it says what is left out or is not known. */
const universeOf = ({ kind, patterns, isOpen }: TextSet): readonly TextPattern[] =>
  kind === 'except' || isOpen ? [EVERYTHING] : patterns;

/** What a statement says of one axis. */
interface Part {
  readonly set: TextSet;
  /** True when the region says the same: its requests are all in the set. */
  readonly isImplied: boolean;
  readonly reading: Reading;
}

/** What it may cost to look for a more telling text afterwards. */
const MORE_STEPS = 100_000;

interface Cutting {
  /** Texts that are asked about besides, where the statement speaks about them. */
  readonly always: readonly string[];
  readonly budget: Budget;
}

function textAxis(universe: readonly TextPattern[], parts: readonly Part[], { always, budget }: Cutting): TextAxis {
  const [own, ...others] = parts;
  // The patterns of a plain list need not be told from each other: all of them are in it.
  const isPlain = own?.set.kind === 'only' && !own.set.isOpen;
  const cutting = (isPlain ? others : parts).filter(({ isImplied }) => !isImplied);
  const atoms = (pattern: TextPattern, further: readonly TextPattern[], within: Budget): readonly string[] =>
    // Nothing is named by an empty text.
    atomsOf(pattern, [further, ...cutting.map(({ set }) => set.near(pattern))], within).filter((text) => text !== '');
  const origins = new Map<string, number[]>();
  for (const [index, pattern] of universe.entries()) {
    const besides = always.filter((text) => matchesSurely(pattern, text));
    for (const text of [...atoms(pattern, [], budget), ...besides]) {
      const known = origins.get(text);
      if (known) known.push(index);
      else origins.set(text, [index]);
    }
  }
  const answersTo = (text: string): readonly Ternary[] =>
    parts.map(({ set, isImplied }) => (isImplied ? 'yes' : set.matches(text)));
  const hasVariables = [...universe, ...cutting.flatMap(({ set }) => set.patterns)].some(
    (pattern) => pattern.hasVariables,
  );
  const openTo = (text: string): readonly Ternary[] =>
    parts.map(({ set, isImplied, reading }) => (isImplied ? 'yes' : set.matches(text, reading)));
  const axis = axisOf([...origins], answersTo, hasVariables ? openTo : undefined);
  const indexes = new Map(axis.atoms.map((atom, index) => [keyOf(atom), index]));
  const find = (text: string): number => {
    const answers = answersTo(text);
    return indexes.get(keyOf({ answers, open: hasVariables ? openTo(text) : answers })) ?? -1;
  };
  const textsOf = (pattern: TextPattern, further: readonly TextPattern[]): readonly string[] => {
    try {
      return atoms(pattern, further, new Budget(MORE_STEPS));
    } catch (error) {
      if (error instanceof TooMuchWork) return [];
      throw error;
    }
  };
  return { ...axis, universe, textsOf, find };
}

const keyOf = ({ answers, open }: Pick<Atom<unknown>, 'answers' | 'open'>): string =>
  answers === open ? answers.join() : `${answers.join()};${open.join()}`;

/** Values about which every statement says the same are one atom; the first of them stands for it. */
function axisOf<T>(
  values: readonly (readonly [T, readonly number[]])[],
  answersTo: (value: T) => readonly Ternary[],
  openTo?: (value: T) => readonly Ternary[],
): Axis<T> {
  const atoms = new Map<
    string,
    Omit<Atom<T>, 'origins' | 'values'> & { readonly origins: Set<number>; readonly values: T[] }
  >();
  for (const [value, origins] of values) {
    const answers = answersTo(value);
    const open = openTo?.(value) ?? answers;
    const key = keyOf({ answers, open });
    const atom = atoms.get(key);
    if (atom) {
      for (const origin of origins) atom.origins.add(origin);
      atom.values.push(value);
    } else atoms.set(key, { value, values: [value], origins: new Set(origins), answers, open });
  }
  return { atoms: [...atoms.values()].map((atom) => ({ ...atom, origins: [...atom.origins] })) };
}

interface Keys {
  readonly isIdentity: boolean;
  readonly variables: boolean;
  /** How many of the statements make up the region. */
  readonly size: number;
  readonly budget: Budget;
}

/** @param own the conditions on the key, by statement */
function keyAxis(
  key: string,
  own: readonly (readonly ConditionTest[])[],
  { isIdentity, variables, size, budget }: Keys,
): Axis<KeyValue> {
  const all = own.flat();
  const facts = keyFacts(key, all, isIdentity);
  const { atoms } = axisOf(
    keyValues(all, facts.isMultiValued, facts.mayBeAbsent, budget).map((value) => [value, []] as const),
    (value) => own.map((conditions) => every(conditions, (condition) => condition.holds(value))),
    variables
      ? (value) =>
          own.map((conditions, at) => every(conditions, (condition) => condition.holds(value, readingAt(at, size))))
      : undefined,
  );
  return { atoms: isMixed(all) ? [...atoms, untold(own)] : atoms };
}

/** Stands for the values that were not thought of: no statement surely speaks about them, and any may. */
const untold = (own: readonly (readonly ConditionTest[])[]): Atom<KeyValue> => ({
  value: undefined,
  values: [undefined],
  origins: [],
  answers: own.map((conditions) => (conditions.length === 0 ? 'yes' : 'no')),
  open: own.map((conditions) => (conditions.length === 0 ? 'yes' : 'maybe')),
});

/** The boxes of all statements that the space was cut along, by their answers or by their open answers. */
export function boxesOf(space: Space, by: 'answers' | 'open'): readonly Boxes[] {
  const axes = axesOf(space);
  return space.tests.map(({ isOpen }, index) => {
    const side = (accepts: (answer: Ternary) => boolean): Box =>
      axes.map(({ atoms }) => bits(atoms, (atom) => accepts(atom[by][index] ?? 'yes')));
    const surely = side((answer) => answer === 'yes');
    return { surely: isOpen ? surely.map(() => 0n) : surely, possibly: side((answer) => answer !== 'no') };
  });
}

export const axesOf = ({ actions, resources, requesters, keys }: Space): readonly Axis<unknown>[] => [
  actions,
  resources,
  requesters,
  ...keys.map(({ axis }) => axis),
];

function bits<T>(atoms: readonly T[], isIn: (atom: T) => boolean): bigint {
  let result = 0n;
  atoms.forEach((atom, index) => {
    if (isIn(atom)) result |= 1n << BigInt(index);
  });
  return result;
}

/** The atoms of an axis that a side of a box holds. */
export const atomsIn = <T>({ atoms }: Axis<T>, side: bigint): readonly Atom<T>[] =>
  atoms.filter((_, index) => ((side >> BigInt(index)) & 1n) === 1n);
