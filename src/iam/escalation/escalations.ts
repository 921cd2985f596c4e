import type { Unknown } from '../../plan/value.ts';
import { ESCALATION_PATHS } from '../data/escalation-paths.ts';
import type { EscalationCategory, EscalationPath } from '../data/escalation-paths.ts';
import type { Actor, Estate } from './actor.ts';
import { isCompleted } from './completed.ts';
import type { Completed, Doubtful } from './completed.ts';
import { powersOf } from './powers.ts';
import { remembering } from './remembering.ts';
import { walk } from './walk.ts';

/** Those on which a principal becomes more than it is; credentials and exposed resources have policies of their own. */
const CATEGORIES: readonly EscalationCategory[] = [
  'self-escalation',
  'principal-access',
  'new-passrole',
  'existing-passrole',
];

const PATHS: readonly EscalationPath[] = ESCALATION_PATHS.filter(({ category }) => CATEGORIES.includes(category));

/** The paths that somebody completes on one side of a plan, as far as his policies can be read. */
export interface Escalations {
  readonly completed: readonly Completed[];
  readonly doubtful: readonly Doubtful[];
  /** Why there may be more of them: policies that nothing is known of before apply. */
  readonly unread: readonly Unknown[];
}

export const escalationsOf = remembering((estate: Estate, actor: Actor): Escalations => {
  const powers = powersOf(estate, actor);
  const found = PATHS.map((path) => walk(path, powers)).filter((one) => one !== undefined);
  return {
    completed: found.filter(isCompleted),
    doubtful: found.filter((one): one is Doubtful => !isCompleted(one)),
    unread: actor.grants().unread,
  };
});
