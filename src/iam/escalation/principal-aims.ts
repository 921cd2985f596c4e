import type { EscalationPath } from '../data/escalation-paths.ts';
import { UNNAMED } from '../query.ts';
import type { Actor, ActorKind } from './actor.ts';
import { ADMINISTRATOR, arnOf, on, onPrincipal, unnamedAim, writtenAs } from './aim.ts';
import type { Aim } from './aim.ts';
import { passedTo } from './contexts.ts';
import { arnIn, policiesOf } from './own-aims.ts';
import type { Kind } from './own-aims.ts';
import type { Powers } from './powers.ts';
import { firstOf } from './requests.ts';
import type { Reached } from './requests.ts';
import { assumable, ASSUME_ROLE, assumes, passable, passes, PASS_ROLE, pivotsOf, wayToAdmin } from './way.ts';
import type { Way } from './way.ts';

/** Others: whoever controls the account, anybody, and those that policies single out where it does not matter who it is. */
export function* others(path: EscalationPath, powers: Powers, kind: Kind): Generator<Aim> {
  yield* administrators(powers, kind, path.pivot[0] ?? '');
  yield unnamedAim(powers, kind);
  if (path.becomes === ADMINISTRATOR) yield* singledOut(path, powers, kind);
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

function* singledOut(path: EscalationPath, powers: Powers, kind: Kind): Generator<Aim> {
  for (const actions of pivotsOf(path, powers)) {
    for (const arn of powers.singledOut(actions, arnOf(powers, kind, '*'))) {
      if (arn === powers.identity.arn) continue;
      const isOne = actions.some((action) => powers.isListed(action, arn));
      yield { scope: isOne ? 'one' : 'some', name: writtenAs(powers, actions, arn), ask: onPrincipal(powers, arn) };
    }
  }
}

/** Under a name of the principal's choice: one that a policy lists is not chosen, and is there already. */
export function* created(path: EscalationPath, powers: Powers, kind: Kind): Generator<Aim> {
  yield { ...unnamedAim(powers, kind), name: `a new ${kind}` };
  for (const aim of singledOut(path, powers, kind))
    if (aim.scope === 'some') yield { ...aim, name: `a new ${kind} like ${aim.name}` };
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
