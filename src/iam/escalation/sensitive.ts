import { SENSITIVE_ACTIONS } from '../data/sensitive-actions.ts';
import type { SensitiveAction } from '../data/sensitive-actions.ts';
import type { Actor, Estate } from './actor.ts';
import type { Answer } from './answer.ts';
import { patternOf, templatesOf, unnamedOf } from './kinds.ts';
import { powersOf } from './powers.ts';
import type { Powers } from './powers.ts';
import { remembering } from './remembering.ts';
import { everywhere, firstOf, NOTHING, onResource, somewhere } from './requests.ts';
import type { Reached } from './requests.ts';

/** A sensitive action and whether somebody may do it, on as much as makes it so. */
export interface Decided {
  readonly action: SensitiveAction;
  readonly answer: Answer;
}

/** The sensitive actions that somebody may do on one side of a plan, or may turn out to be allowed. */
export const sensitiveActionsOf = remembering((estate: Estate, actor: Actor): readonly Decided[] => {
  const powers = powersOf(estate, actor);
  return SENSITIVE_ACTIONS.map((action) => ({
    action,
    answer: REACHES[action.reach](powers, action.name).answer,
  })).filter(({ answer }) => answer.kind !== 'no');
});

const REACHES: Readonly<Record<SensitiveAction['reach'], (powers: Powers, action: string) => Reached>> = {
  one: somewhere,
  every: everywhere,
  others: onOthers,
};

/** On anybody but the principal itself. */
function onOthers(powers: Powers, action: string): Reached {
  if (!powers.mentions(action)) return NOTHING;
  const ask = (resource: string) => (): Reached => onResource(powers, action, resource, 'others');
  const templates = templatesOf(action);
  const unnamed = templates.flatMap((template) => unnamedOf(template, action, powers));
  const singledOut = (): readonly string[] =>
    templates
      .flatMap((template) => powers.singledOut([action], patternOf(template, powers.estate), 'others'))
      .filter((resource) => resource !== powers.identity.arn);
  return firstOf([...unnamed.map(ask), () => firstOf(singledOut().map(ask))]);
}
