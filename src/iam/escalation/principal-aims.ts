import type { EscalationPath } from '../data/escalation-paths.ts';
import { UNNAMED } from '../query.ts';
import type { Actor, ActorKind } from './actor.ts';
import { ADMINISTRATOR, arnOf, on, onPrincipal, unnamedAim, writtenAs } from './aim.ts';
import type { Aim } from './aim.ts';
import { passedTo } from './contexts.ts';
import { literalArn } from './identity.ts';
import type { Powers } from './powers.ts';
import { firstOf } from './requests.ts';
import type { Reached } from './requests.ts';
import { assumable, ASSUME_ROLE, assumes, passable, passes, PASS_ROLE, wayToAdmin } from './way.ts';
import type { Way } from './way.ts';

type Kind = 'user' | 'group' | 'role';

const arnIn = ({ estate }: Powers, { kind, arn }: Pick<Actor, 'kind' | 'arn'>): string => literalArn(kind, arn, estate);

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

/** Others: whoever controls the account, anybody, and those that policies single out where it does not matter who it is. */
export function* others({ pivot, becomes }: EscalationPath, powers: Powers, kind: Kind): Generator<Aim> {
  yield* administrators(powers, kind, pivot[0] ?? '');
  yield unnamedAim(powers, kind);
  if (becomes === ADMINISTRATOR) yield* singledOut(powers, kind, pivot);
}

const hop = (by: string, to: Actor): Way => [{ by: [by], to, doubt: undefined }];

function* administrators(powers: Powers, kind: ActorKind, action: string): Generator<Aim> {
  for (const actor of powers.estate.actors) {
    if (actor.kind !== kind || actor === powers.actor || powers.actor.groups.includes(actor.arn)) continue;
    const arn = arnIn(powers, actor);
    const way = powers.reaches(action, arn) ? wayToAdmin(powers.estate, actor) : undefined;
    if (way)
      yield {
        scope: 'administrator',
        name: actor.name,
        ask: onPrincipal(powers, arn, policiesOf(powers, actor)),
        way: [...hop(action, actor), ...way],
      };
  }
}

function* singledOut(powers: Powers, kind: Kind, pivot: readonly string[]): Generator<Aim> {
  for (const arn of powers.singledOut(pivot, arnOf(powers, kind, '*'))) {
    if (arn === powers.identity.arn) continue;
    const isOne = pivot.some((action) => powers.isListed(action, arn));
    yield { scope: isOne ? 'one' : 'some', name: writtenAs(powers, pivot, arn), ask: onPrincipal(powers, arn) };
  }
}

/** Under a name of the principal's choice: one that a policy lists is not chosen, and is there already. */
export function* created({ pivot }: EscalationPath, powers: Powers, kind: Kind): Generator<Aim> {
  yield { ...unnamedAim(powers, kind), name: `a new ${kind}` };
  for (const aim of singledOut(powers, kind, pivot))
    if (aim.scope === 'some') yield { ...aim, name: `a new ${aim.name}` };
}

/** A role of the plan has to let the principal in; of one that is not in the plan nobody knows what it is. */
export function* assumableRoles({ becomes }: EscalationPath, powers: Powers): Generator<Aim> {
  const roles = assumable(powers.estate, powers.actor);
  for (const role of roles) {
    const way = wayToAdmin(powers.estate, role);
    if (way) yield { ...assumed(powers, role), scope: 'administrator', way: [...hop(ASSUME_ROLE, role), ...way] };
  }
  yield unnamedAim(powers, 'role');
  if (becomes === ADMINISTRATOR) yield* roles.map((role) => assumed(powers, role));
}

function assumed(powers: Powers, role: Actor): Aim {
  const arn = arnIn(powers, role);
  const ask = onPrincipal(powers, arn, policiesOf(powers, role));
  return {
    scope: 'one',
    name: role.name,
    ask: (action) => (action === ASSUME_ROLE ? { resource: arn, answer: assumes(powers, role) } : ask(action)),
  };
}

/** A service that nobody knows: who may pass a role to it may pass it to any. */
const ANY_SERVICE = `${UNNAMED}.amazonaws.com`;

/** Roles that are no administrators are passed every day; one that nobody has named may be whatever there is. */
export function* passedRoles({ passRoleTo }: EscalationPath, powers: Powers): Generator<Aim> {
  for (const service of passRoleTo) {
    for (const role of passable(powers, service)) {
      const way = wayToAdmin(powers.estate, role);
      const ask = (): Reached => ({ resource: arnIn(powers, role), answer: passes(powers, role, service) });
      if (way) yield { scope: 'administrator', name: role.name, ask, way: [...hop(PASS_ROLE, role), ...way] };
    }
  }
  const pass = (service: string): Reached => on(powers, arnOf(powers, 'role', UNNAMED), passedTo(service))(PASS_ROLE);
  yield {
    scope: 'everything',
    name: 'any role',
    ask: () => firstOf(passRoleTo.map((service) => () => pass(service))),
    milder: pass(ANY_SERVICE).answer.kind === 'yes' ? 0 : 1,
  };
}

/** A policy that the principal holds, or any. */
export const policies = (powers: Powers): readonly Aim[] => [
  { scope: 'everything', name: 'any policy', ask: on(powers, arnOf(powers, 'policy', UNNAMED)) },
  ...policiesOf(powers, powers.actor).map((arn) => itself(powers, arn, 'a policy of its own')),
];

const policiesOf = ({ estate }: Powers, { policies: held }: Actor): readonly string[] =>
  held.map((arn) => literalArn('policy', arn, estate));
