import { ESCALATION_PATHS } from '../data/escalation-paths.ts';
import type { EscalationPath } from '../data/escalation-paths.ts';
import type { Actor, Estate } from './actor.ts';
import { ADMINISTRATOR } from './aim.ts';
import type { Aim } from './aim.ts';
import { anyOrOwn, policies } from './own-aims.ts';
import { powersOf } from './powers.ts';
import type { Powers } from './powers.ts';
import { remembering } from './remembering.ts';

/** Paths of one action by which somebody makes an administrator of himself. */
const SELF_MADE: readonly EscalationPath[] = ESCALATION_PATHS.filter(
  ({ category, becomes }) => category === 'self-escalation' && becomes === ADMINISTRATOR,
);

const aimsOf = (path: EscalationPath, powers: Powers): readonly Aim[] => {
  switch (path.target) {
    case 'user':
    case 'group':
    case 'role':
      return anyOrOwn(path, powers, path.target);
    case 'policy':
      return policies(powers);
    default:
      return [];
  }
};

/** Controls the account, or makes himself somebody who does. What a boundary keeps from that is no such thing. */
export const controls = remembering((estate: Estate, actor: Actor): boolean => {
  if (actor.isAdmin()) return true;
  if (actor.isBounded) return false;
  const powers = powersOf(estate, actor);
  return SELF_MADE.some((path) =>
    path.pivot.some(
      (action) =>
        powers.mentions(action) &&
        aimsOf(path, powers).some(({ ask }) => ask(action, path.pivot).answer.kind === 'yes'),
    ),
  );
});
