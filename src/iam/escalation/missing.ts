import type { Actor, Estate } from './actor.ts';
import type { Completed, Step } from './completed.ts';
import { contextOf, passedTo } from './contexts.ts';
import { powersOf } from './powers.ts';
import type { Powers } from './powers.ts';
import { somewhere } from './requests.ts';
import { isAimed } from './walk.ts';
import { ASSUME_ROLE } from './way.ts';

/**
 * What kept somebody from completing a path before the plan, as words for people: the actions that were not allowed, or
 * not on as much; else what became of whom it leads to. Empty for who was not there.
 */
export function missingSteps(completed: Completed, now: Powers, estate: Estate): readonly string[] {
  const before = estate.actors.find(({ id }) => id === now.actor.id);
  if (!before) return [];
  const then = powersOf(estate, before);
  const steps = completed.steps.filter((step) => isOwn(step, now) && !isAllowed(step, completed, then));
  if (steps.length > 0) return [...new Set(steps.map((step) => nameOf(step, completed, then)))];
  const [reached] = completed.way ?? [];
  return reached ? [whatChanged(reached.to, completed.way?.at(-1)?.to ?? reached.to, estate)] : [];
}

/** False for a role that lets the principal in by name: that takes no permission of its own. */
const isOwn = ({ action, resource }: Step, { may }: Powers): boolean =>
  action !== ASSUME_ROLE || may(action, resource).kind === 'yes';

function isAllowed({ action, resource, answer }: Step, { path }: Completed, powers: Powers): boolean {
  if (!isAimed(path)(action)) return somewhere(powers, action).answer.kind === 'yes';
  const service = answer.fixed['iam:PassedToService'];
  const passed = typeof service === 'string' ? passedTo(service) : {};
  return powers.may(action, resource, { ...contextOf(action, powers.estate), ...passed }).kind === 'yes';
}

/** An action that was allowed already, and reached less. */
const nameOf = ({ action }: Step, { path, target }: Completed, then: Powers): string =>
  isAimed(path)(action) && somewhere(then, action).answer.kind === 'yes' ? `${action} on ${target}` : action;

function whatChanged(first: Actor, last: Actor, estate: Estate): string {
  const [before, admin] = [first, last].map(({ id }) => estate.actors.find((actor) => actor.id === id));
  if (!before || !admin) return first.name;
  return admin.isAdmin() ? `the trust of ${first.name}` : `administrator access of ${last.name}`;
}
