import { contextOf } from './contexts.ts';
import { NO } from './answer.ts';
import type { Answer } from './answer.ts';
import { needsOf, NO_RESOURCE, patternOf, templatesOf, unnamedOf } from './kinds.ts';
import type { Need } from './kinds.ts';
import type { Powers, Whose } from './powers.ts';
import { remembering } from './remembering.ts';

/** An answer, and the resource that it is about. */
export interface Reached {
  readonly resource: string;
  readonly answer: Answer;
}

export const NOTHING: Reached = { resource: '*', answer: NO };

/** The first yes, else the first maybe; nothing is asked after a yes. */
export function firstOf(questions: Iterable<() => Reached>): Reached {
  let best = NOTHING;
  for (const ask of questions) {
    const found = ask();
    if (found.answer.kind === 'yes') return found;
    if (found.answer.kind === 'maybe' && best.answer.kind === 'no') best = found;
  }
  return best;
}

/** The first answer if all others are yes, too. */
function allOf(first: Reached, others: readonly (() => Reached)[]): Reached {
  let result = first;
  for (const ask of others) {
    if (result.answer.kind === 'no') return result;
    const { answer } = ask();
    if (answer.kind === 'no' || result.answer.kind === 'yes')
      result = answer.kind === 'yes' ? result : { ...result, answer };
  }
  return result;
}

const asking =
  (powers: Powers, action: string) =>
  (resource: string): (() => Reached) =>
  () => ({ resource, answer: powers.may(action, resource, contextOf(action, powers.estate)) });

const unnamed = (powers: Powers, action: string, { templates }: Need): Reached =>
  firstOf(templates.flatMap((template) => unnamedOf(template, action, powers)).map(asking(powers, action)));

const named = (powers: Powers, action: string, { templates }: Need): Reached =>
  firstOf(
    templates
      .filter((template) => template !== NO_RESOURCE)
      .flatMap((template) => powers.singledOut([action], patternOf(template, powers.estate)))
      .map(asking(powers, action)),
  );

const reach = (powers: Powers, action: string, need: Need): Reached =>
  firstOf([() => unnamed(powers, action, need), ...(need.named ? [() => named(powers, action, need)] : [])]);

const reachEach = (powers: Powers, action: string, needs: readonly Need[]): readonly (() => Reached)[] =>
  needs.map((need) => () => reach(powers, action, need));

/** Whether an action is allowed on resources that nobody has named. */
export const everywhere = remembering((powers: Powers, action: string): Reached => {
  if (!powers.mentions(action)) return NOTHING;
  const [about, ...others] = needsOf(action);
  return allOf(unnamed(powers, action, about), reachEach(powers, action, others));
});

/** Whether an action is allowed on anything that it takes. */
export const somewhere = remembering((powers: Powers, action: string): Reached => {
  if (!powers.mentions(action)) return NOTHING;
  const [about, ...others] = needsOf(action);
  const main = others.length > 0 ? about : { templates: templatesOf(action), named: true };
  return allOf(reach(powers, action, main), reachEach(powers, action, others));
});

/** Whether an action is allowed on one resource, and on whatever else its requests must reach. */
export function onResource(powers: Powers, action: string, resource: string, whose: Whose): Reached {
  const [, ...others] = needsOf(action);
  const answer = powers.may(action, resource, contextOf(action, powers.estate), whose);
  return allOf({ resource, answer }, reachEach(powers, action, others));
}
