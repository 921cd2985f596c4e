import { every } from '../../aws/policy-document/ternary.ts';
import type { Ternary } from '../../aws/policy-document/ternary.ts';
import { keyFacts } from '../match/keys.ts';
import { principalsMatch } from '../match/principal.ts';
import type { Requester } from '../match/principal.ts';
import type { StatementTest } from '../match/statement.ts';
import { ANY } from '../match/symbols.ts';
import { matchesSurely, textPattern } from '../match/text-pattern.ts';
import type { TextPattern } from '../match/text-pattern.ts';
import type { TextSet } from '../match/text-set.ts';
import { atomsOf } from './atoms.ts';
import { keyValues } from './key-values.ts';
import type { KeyValue } from './key-values.ts';
import { requestersOf } from './requesters.ts';
import type { Box } from './search.ts';

/** One axis of the space of requests, cut into atoms on which every statement is constant. */
export interface Axis<T> {
  readonly atoms: readonly Atom<T>[];
}

export interface Atom<T> {
  /** A value that stands for all values of the atom. */
  readonly value: T;
  /** Which of the patterns that the universe is made of the atom belongs to, by index; empty where there are none. */
  readonly origins: readonly number[];
  /** What every statement says of the atom, in the order of the statements. */
  readonly answers: readonly Ternary[];
}

/** An axis of texts, which can be asked about texts that it was not cut at. */
export interface TextAxis extends Axis<string> {
  /** What the first statement is made of, to tell people which parts of it are concerned. */
  readonly universe: readonly TextPattern[];
  /** Index of the atom that a text belongs to; -1 for one outside. */
  find(text: string): number;
  /** One text of a pattern for every atom in it, cut along a further union. @throws TooManyStates */
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
 * @param tests the statement that allows, then all others that have a say
 * @throws TooManyStates
 */
export function spaceOf(tests: readonly [StatementTest, ...StatementTest[]]): Space {
  const [subject] = tests;
  const isIdentity = tests.every(({ statement }) => statement.principals.kind === 'holder');
  return {
    tests,
    actions: textAxis(
      universeOf(subject.actions),
      tests.map(({ actions }) => actions),
      [],
    ),
    resources: textAxis(
      universeOf(subject.resources),
      tests.map(({ resources }) => resources),
      [NO_RESOURCE],
    ),
    requesters: axisOf(
      requestersOf(tests.map(({ statement }) => statement)).map((requester) => [requester, []] as const),
      (requester) => tests.map(({ statement }) => principalsMatch(statement.principals, requester, statement.effect)),
    ),
    keys: keysOf(tests).map((key) => ({ key, axis: keyAxis(key, tests, isIdentity) })),
  };
}

const EVERYTHING = textPattern(ANY);

/** The patterns that a set is made of; everything, where it says what is left out or is not known. */
const universeOf = ({ kind, patterns, isOpen }: TextSet): readonly TextPattern[] =>
  kind === 'except' || isOpen ? [EVERYTHING] : patterns;

function textAxis(universe: readonly TextPattern[], sets: readonly TextSet[], always: readonly string[]): TextAxis {
  const [own, ...others] = sets;
  // The patterns of a plain list need not be told from each other: all of them are in it.
  const cutting = own?.kind === 'only' ? others : sets;
  const textsOf = (pattern: TextPattern, further: readonly TextPattern[]): readonly string[] =>
    atomsOf(pattern, [further, ...cutting.map((set) => set.near(pattern))]);
  const origins = new Map<string, number[]>();
  for (const [index, pattern] of universe.entries()) {
    const besides = always.filter((text) => matchesSurely(pattern, text));
    for (const text of [...textsOf(pattern, []), ...besides]) {
      const known = origins.get(text);
      if (known) known.push(index);
      else origins.set(text, [index]);
    }
  }
  const answersTo = (text: string): readonly Ternary[] => sets.map((set) => set.matches(text));
  const { atoms } = axisOf([...origins], answersTo);
  const indexes = new Map(atoms.map(({ answers }, index) => [answers.join(), index]));
  return { atoms, universe, textsOf, find: (text) => indexes.get(answersTo(text).join()) ?? -1 };
}

/** Values about which every statement says the same are one atom; the first of them stands for it. */
function axisOf<T>(
  values: readonly (readonly [T, readonly number[]])[],
  answersTo: (value: T) => readonly Ternary[],
): Axis<T> {
  const atoms = new Map<string, { value: T; origins: Set<number>; answers: readonly Ternary[] }>();
  for (const [value, origins] of values) {
    const answers = answersTo(value);
    const key = answers.join();
    const atom = atoms.get(key);
    if (atom) for (const origin of origins) atom.origins.add(origin);
    else atoms.set(key, { value, origins: new Set(origins), answers });
  }
  return { atoms: [...atoms.values()].map((atom) => ({ ...atom, origins: [...atom.origins] })) };
}

const keysOf = (tests: readonly StatementTest[]): readonly string[] => [
  ...new Set(tests.flatMap(({ conditions }) => conditions.map(({ key }) => key))),
];

function keyAxis(key: string, tests: readonly StatementTest[], isIdentity: boolean): Axis<KeyValue> {
  const own = tests.map(({ conditions }) => conditions.filter((condition) => condition.key === key));
  const all = own.flat();
  const facts = keyFacts(key, all, isIdentity);
  return axisOf(
    keyValues(all, facts.isMultiValued, facts.mayBeAbsent).map((value) => [value, []] as const),
    (value) => own.map((conditions) => every(conditions, (condition) => condition.holds(value))),
  );
}

/** The boxes of all statements that the space was cut along. */
export function boxesOf(space: Space, tests: readonly StatementTest[]): readonly Boxes[] {
  const axes = axesOf(space);
  return tests.map(({ isOpen }, index) => {
    const side = (accepts: (answer: Ternary) => boolean): Box =>
      axes.map(({ atoms }) => bits(atoms, ({ answers }) => accepts(answers[index] ?? 'yes')));
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
