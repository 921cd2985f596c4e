import { ANY, ONE, QUESTION, SEGMENT_ANY, SEGMENT_ONE, STAR } from '../match/symbols.ts';
import {
  accepts,
  advance,
  advancePossibly,
  matchesSurely,
  start,
  variablesIn,
  widened,
} from '../match/text-pattern.ts';
import type { Positions, Reading, Step, TextPattern } from '../match/text-pattern.ts';
import { Budget, TooMuchWork } from './budget.ts';

/** More states than this are given up. */
const STATE_LIMIT = 20_000;

/** Patterns that count as one: what any of them matches. */
export type Union = readonly TextPattern[];

/**
 * One text for every combination of unions that some text of the universe belongs to. On all texts with the same
 * combination two documents say the same, so asking about one of them asks about all.
 * @param universe only texts that it matches count
 * @param unions what may tell texts apart
 * @throws TooMuchWork
 */
export function atomsOf(universe: TextPattern, unions: readonly Union[], budget = new Budget()): readonly string[] {
  if (universe.literal !== undefined) return [universe.literal];
  const near = unions
    .map((union) => unique(union).filter((pattern) => cuts(pattern, universe)))
    .filter((union) => union.length > 0);
  // What a symbol of the universe stands for may be any of the listed texts: then they are patterns like others.
  const isFixed = !universe.hasTokens && !universe.hasVariables;
  const isListed = ({ literal: text, head }: TextPattern): boolean => isFixed && text !== undefined && text === head;
  const listed = new Set(near.flatMap((union) => union.filter(isListed).map(({ literal: text = '' }) => text)));
  const alone = [...listed].filter((text) => matchesSurely(universe, text));
  const globs = near.map((union) => union.filter((pattern) => !isListed(pattern))).filter((union) => union.length > 0);
  const generic = globs.length === 0 ? [sample(universe, listed)] : explore(universe, globs, budget);
  // A listed text that the search came upon may be the only one of its kind, or it may hide the others.
  if (generic.every((text) => text !== undefined && !listed.has(text)))
    return [...generic.filter((text) => text !== undefined), ...alone];
  return [...new Set([...explore(universe, near, budget), ...alone])];
}

function unique(patterns: readonly TextPattern[]): TextPattern[] {
  return [...new Map(patterns.map((pattern) => [`${pattern.fold}${pattern.units}`, pattern])).values()];
}

/** False when a pattern holds all texts of the universe or none, as far as that is plain to see. */
function cuts(other: TextPattern, universe: TextPattern): boolean {
  if (other.units === ANY || (other.units === universe.units && other.fold === universe.fold)) return false;
  const length = Math.min(other.head.length, universe.head.length);
  if (other.head.slice(0, length) !== universe.head.slice(0, length)) return false;
  return !(other.head.length <= universe.head.length && other.units === other.head + ANY);
}

const SAMPLES = ['example', 'other', 'sample', 'x'];

/** A text of the universe that is none of the listed ones, as people would write it. */
function sample(universe: TextPattern, listed: ReadonlySet<string>): string | undefined {
  return SAMPLES.map((word) => filled(universe, word)).find((text) => !listed.has(text));
}

/** The pattern with a word in the place of every wildcard. */
export const filled = ({ units }: TextPattern, word: string): string =>
  units === ANY
    ? word
    : units
        .replace(/[*\uE000]/g, word)
        .replace(/[?\uE001]/g, 'x')
        .replaceAll('\uE002', '*')
        .replaceAll('\uE003', '?');

/** How far the patterns of a union have read; `whole` when whatever follows is matched. */
type Progress = 'whole' | readonly Positions[];

/** One state of the search: how far the universe and every union have read. */
interface State {
  readonly text: string;
  readonly universe: Positions;
  readonly unions: readonly Progress[];
}

/** Goes through all texts of the universe at once, letter by letter; keeps the shortest of every combination. */
function explore(universe: TextPattern, unions: readonly Union[], budget: Budget): readonly string[] {
  const readers = readersOf(universe, unions);
  const patterns = readers.reduce((count, { union }) => count + union.length, 1);
  const found = new Map<string, string>();
  const first: State = { text: '', universe: start(universe), unions: readers.map(begin) };
  const seen = new Set<string>([keyOf(first)]);
  const queue = [first];
  for (let index = 0; index < queue.length; index++) {
    const state = queue[index];
    if (state === undefined) break;
    if (accepts(universe, state.universe)) remember(found, state, readers);
    const letters = lettersFrom(state, universe, readers);
    budget.spend(letters.length * patterns);
    for (const character of letters) {
      const reached = advance(universe, state.universe, character);
      if (reached.length === 0) continue;
      const next: State = {
        text: state.text + character,
        universe: reached,
        unions: readers.map((reader, at) => read(reader, state.unions[at] ?? [], character)),
      };
      const key = keyOf(next);
      if (seen.has(key)) continue;
      if (seen.size >= STATE_LIMIT) throw new TooMuchWork('the patterns overlap in too many ways');
      seen.add(key);
      queue.push(next);
    }
  }
  return [...found.values()];
}

interface Reader {
  readonly union: Union;
  readonly step: Step;
}

/** Patterns are read for what they match surely and, where symbols occur, for what they may turn out to match. */
function readersOf(universe: TextPattern, unions: readonly Union[]): readonly Reader[] {
  const surely = unions.map((union) => ({ union, step: advance }));
  return [
    ...surely,
    ...readingsOf([universe, ...unions.flat()]).flatMap((reading) =>
      unions.map((union) => ({
        union: union.map((pattern) => widened(pattern, reading)),
        step: advancePossibly(reading),
      })),
    ),
  ];
}

/** In which ways patterns may turn out to match more than they surely do. */
function readingsOf(patterns: readonly TextPattern[]): readonly Reading[] {
  const hasTokens = patterns.some((pattern) => pattern.hasTokens);
  const hasVariables = patterns.some((pattern) => pattern.hasVariables);
  return [...(hasTokens ? (['apart'] as const) : []), ...(hasVariables ? (['told', 'open'] as const) : [])];
}

const begin = ({ union }: Reader): Progress => progress(union, union.map(start));

const read = ({ union, step }: Reader, at: Progress, character: string): Progress =>
  at === 'whole'
    ? at
    : progress(
        union,
        union.map((pattern, index) => {
          const positions = at[index] ?? [];
          return positions.length === 0 ? positions : step(pattern, positions, character);
        }),
      );

/** A pattern that ends with a star and has come to it matches whatever follows: nothing more need be known of its union. */
const progress = (union: Union, at: readonly Positions[]): Progress =>
  union.some((pattern, index) => pattern.units.endsWith(ANY) && accepts(pattern, at[index] ?? [])) ? 'whole' : at;

const keyOf = ({ text, universe, unions }: State): string =>
  `${variablesIn(text).join('')}${universe.join()}|${unions.map((at) => (at === 'whole' ? at : at.map((one) => one.join()).join(';'))).join('|')}`;

/** An empty text is no name of anything: another text of the same combination is better. */
function remember(found: Map<string, string>, { text, unions }: State, readers: readonly Reader[]): void {
  const answers = readers.map(({ union }, index) => {
    const at = unions[index] ?? [];
    return at === 'whole' || union.some((pattern, each) => accepts(pattern, at[each] ?? [])) ? '1' : '0';
  });
  const combination = [...answers, ...variablesIn(text)].join('');
  const known = found.get(combination);
  if (known === undefined || known === '') found.set(combination, text);
}

/** The letters that lead on: those a pattern waits for, and one that none waits for. */
function lettersFrom(
  { universe: at, unions }: State,
  universe: TextPattern,
  readers: readonly Reader[],
): readonly string[] {
  const letters = new Set<string>();
  const add = ({ units, fold }: TextPattern, positions: Positions): void => {
    for (const position of positions) awaited(units[position], fold, letters);
  };
  add(universe, at);
  for (const [index, { union }] of readers.entries()) {
    const progressed = unions[index] ?? [];
    if (progressed !== 'whole') union.forEach((pattern, each) => add(pattern, progressed[each] ?? []));
  }
  const other = OTHERS.find((letter) => !letters.has(letter)) ?? unusual(letters);
  return [...letters, other];
}

function awaited(unit: string | undefined, fold: boolean, letters: Set<string>): void {
  if (unit === undefined || unit === ANY || unit === ONE) return;
  if (unit === SEGMENT_ANY || unit === SEGMENT_ONE) letters.add(':');
  else if (unit === STAR) letters.add('*');
  else if (unit === QUESTION) letters.add('?');
  else if (fold)
    for (const letter of [unit.toLowerCase(), unit.toUpperCase()]) letters.add(letter.length === 1 ? letter : unit);
  else letters.add(unit);
}

/** Letters that stand for all that no pattern names: readable ones first, all of them ones that AWS accepts. */
const OTHERS = 'xyzabcdefghijklmnopqrstuvw0123456789'.split('');

function unusual(taken: ReadonlySet<string>): string {
  for (let code = 0x21; code < 0xe0_00; code++) {
    const letter = String.fromCharCode(code);
    if (!taken.has(letter) && letter !== ':' && letter !== '*' && letter !== '?') return letter;
  }
  return 'x';
}
