import { filled } from '../difference/atoms.ts';
import { TooMuchWork } from '../difference/budget.ts';
import type { Budget } from '../difference/budget.ts';
import { ANY, isToken } from '../match/symbols.ts';
import { matchesSurely, textPattern } from '../match/text-pattern.ts';
import type { TextPattern } from '../match/text-pattern.ts';
import type { View } from './answer.ts';
import { commonText } from './common-text.ts';

/** Patterns of which a resource must match one. */
type Choice = readonly TextPattern[];

/** More combinations of patterns than this are given up. */
const MOST_TRIED = 500;

/**
 * Resources of a kind that the statements about some actions single out, all of which must allow them: every name, and one
 * for every combination of patterns that a resource can match. Whether it is allowed is to be asked.
 * @throws TooMuchWork
 */
export function singleOut(views: readonly View[], kind: TextPattern, budget: Budget): readonly string[] {
  const choices = views.flatMap(choicesOf).map((choice) => choice.filter((pattern) => mayMeet(pattern, kind)));
  const found = new Set(views.flatMap(referencesIn));
  let tried = 0;
  for (const chosen of combinations([], distinct(choices))) {
    const name = nameIn(chosen);
    if (name !== undefined) {
      if (matchesSurely(kind, name)) found.add(name);
      continue;
    }
    if (tried++ >= MOST_TRIED) throw new TooMuchWork('the patterns meet in too many ways');
    const text = commonText([kind, ...chosen], budget);
    if (text !== undefined) found.add(text);
  }
  return [...found];
}

const ANYTHING: Choice = [textPattern(ANY)];

/** What every layer allows, and what a Deny of everything else leaves. */
const choicesOf = ({ layers, denies }: View): readonly Choice[] => [
  ...layers.map((layer) =>
    layer.flatMap(({ test: { resources } }) => (resources.kind === 'only' ? resources.patterns : ANYTHING)),
  ),
  ...denies.flatMap(({ test: { resources, conditions, isOpen } }) =>
    resources.kind === 'except' && conditions.length === 0 && !isOpen ? [resources.patterns] : [],
  ),
];

/** False when the beginnings of two patterns tell them apart; what is known only after apply is told by itself. */
function mayMeet(a: TextPattern, b: TextPattern): boolean {
  const length = Math.min(a.prefix.length, b.prefix.length);
  return !a.hasTokens && !b.hasTokens && a.prefix.slice(0, length) === b.prefix.slice(0, length);
}

/** Statements that allow several actions choose once. */
function distinct(choices: readonly Choice[]): readonly Choice[] {
  const keyed = choices.map(
    (choice) => [JSON.stringify([...new Set(choice.map(({ units }) => units))]), choice] as const,
  );
  return [...new Map(keyed).values()];
}

const nameIn = (chosen: Choice): string | undefined => chosen.find(({ literal }) => literal !== undefined)?.literal;

/** One pattern of every choice, as far as they may meet. A name settles it: what else must match is asked about that. */
function* combinations(chosen: Choice, choices: readonly Choice[]): Generator<Choice> {
  const [next, ...rest] = choices;
  if (!next || nameIn(chosen) !== undefined) {
    if (chosen.length > 0) yield chosen;
    return;
  }
  for (const pattern of next)
    if (chosen.every((one) => mayMeet(one, pattern))) yield* combinations([...chosen, pattern], rest);
}

/** Objects that are known only after apply: whatever their names will be, the statements mean them. */
const referencesIn = ({ layers: [allowed = []] }: View): readonly string[] =>
  allowed
    .flatMap(({ test }) => test.resources.patterns)
    .filter(({ hasTokens, units }) => hasTokens && isToken(units.charAt(0)))
    .map((pattern) => filled(pattern, 'example'));
