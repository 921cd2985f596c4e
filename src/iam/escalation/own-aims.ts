import type { EscalationPath } from '../data/escalation-paths.ts';
import { UNNAMED } from '../query.ts';
import type { Actor } from './actor.ts';
import { arnOf, on, unnamedAim } from './aim.ts';
import type { Aim } from './aim.ts';
import { literalArn } from './identity.ts';
import type { Powers } from './powers.ts';

export type Kind = 'user' | 'group' | 'role';

export const arnIn = ({ estate }: Powers, { kind, arn }: Pick<Actor, 'kind' | 'arn'>): string =>
  literalArn(kind, arn, estate);

/** Within its boundary a principal that widens itself does not become more than that. */
function itself(powers: Powers, arn: string, name: string): Aim {
  const ask = on(powers, arn);
  return powers.actor.isBounded
    ? { scope: 'itself', name: `${name}, within its boundary`, ask, milder: 1 }
    : { scope: 'itself', name, ask };
}

/** The principal itself, or the groups that it is in. Whoever is in a group is a user. */
export function own({ lifts }: EscalationPath, powers: Powers, kind: Kind): readonly Aim[] {
  const { actor, identity } = powers;
  if (lifts === 'boundary')
    return actor.isBounded && actor.kind === kind
      ? [{ scope: 'itself', name: 'itself', ask: on(powers, identity.arn) }]
      : [];
  if (kind === 'group') {
    const groups = actor.kind === 'group' ? [actor.arn] : actor.groups;
    return groups.map((arn) => itself(powers, arnIn(powers, { kind, arn }), 'its own group'));
  }
  const isKind = actor.kind === kind || (kind === 'user' && actor.kind === 'group');
  return isKind ? [itself(powers, identity.arn, 'itself')] : [];
}

export const anyOrOwn = (path: EscalationPath, powers: Powers, kind: Kind): readonly Aim[] => [
  unnamedAim(powers, kind),
  ...own(path, powers, kind),
];

/** A policy that the principal holds, or any. */
export const policies = (powers: Powers): readonly Aim[] => [
  { scope: 'everything', name: 'any policy', ask: on(powers, arnOf(powers, 'policy', UNNAMED)) },
  ...policiesOf(powers, powers.actor).map((arn) => itself(powers, arn, 'a policy of its own')),
];

/** ARNs of the policies that somebody holds. */
export const policiesOf = ({ estate }: Powers, { policies: held }: Actor): readonly string[] =>
  held.map((arn) => literalArn('policy', arn, estate));
