import type { Unknown } from '../../plan/value.ts';
import { ESCALATION_PATHS } from '../data/escalation-paths.ts';
import type { EscalationPath } from '../data/escalation-paths.ts';
import type { Actor, Estate } from './actor.ts';
import { passedTo } from './contexts.ts';
import { NO } from './answer.ts';
import type { Answer } from './answer.ts';
import { doorsOf } from './doors.ts';
import { literalArn } from './identity.ts';
import { powersOf } from './powers.ts';
import type { Powers } from './powers.ts';
import { remembering } from './remembering.ts';
import { somewhere } from './requests.ts';
import { gateOf } from './trust.ts';

/** One step from somebody to a role that he becomes. */
export interface Hop {
  /** What it takes: `iam:PassRole`, `lambda:CreateFunction`. */
  readonly by: readonly string[];
  readonly to: Actor;
  /** Why it may be no way; undefined when it surely is one. */
  readonly doubt: Unknown | undefined;
}

/** How somebody comes to control the account: empty for who does already. */
export type Way = readonly Hop[];

export const ASSUME_ROLE = 'sts:AssumeRole';
export const PASS_ROLE = 'iam:PassRole';

/** The answer of two policies that both must allow: conditions of either are told. */
export function both(own: Answer, other: Answer): Answer {
  if (own.kind === 'no' || other.kind === 'no') return NO;
  if (own.kind === 'maybe') return own;
  if (other.kind === 'maybe') return other;
  const conditions = [own.condition, other.condition].filter((condition) => condition !== null);
  return { ...own, condition: conditions.length === 0 ? null : [...new Set(conditions)].join(' and ') };
}

const arnIn = ({ estate }: Powers, { kind, arn }: Actor): string => literalArn(kind, arn, estate);

/** Whether somebody may assume a role of the plan: the role must let him in, and his policies unless it names him. */
export function assumes(powers: Powers, role: Actor): Answer {
  const gate = gateOf(powers.estate, role);
  const admission = gate.admits(powers.identity);
  if (admission.kind === 'no') return NO;
  const own = powers.may(ASSUME_ROLE, arnIn(powers, role));
  if (own.kind === 'yes' || !gate.names(powers.identity)) return both(own, admission);
  return both(admission, powers.mayBeGiven(ASSUME_ROLE, arnIn(powers, role)));
}

/** Whether somebody may pass a role of the plan to a service, and that may take it. */
export function passes(powers: Powers, role: Actor, service: string): Answer {
  const admission = gateOf(powers.estate, role).admitsService(service);
  if (admission.kind === 'no') return NO;
  return both(powers.may(PASS_ROLE, arnIn(powers, role), passedTo(service)), admission);
}

/** The roles that statements of somebody name, or match. */
function* reachedRoles(powers: Powers, action: string): Generator<Actor> {
  if (!powers.mentions(action)) return;
  const { byArn, roles } = doorsOf(powers.estate);
  const listed = powers.listed(action);
  if (listed) for (const arn of new Set(listed)) yield* listOf(byArn.get(arn));
  else yield* roles.filter((role) => powers.reaches(action, arnIn(powers, role)));
}

const listOf = <T>(item: T | undefined): readonly T[] => (item === undefined ? [] : [item]);

/** The roles of the plan that somebody may assume, as far as names tell: whether he may is to be asked. */
export const assumable = remembering((estate: Estate, actor: Actor): readonly Actor[] => {
  const powers = powersOf(estate, actor);
  const { naming, delegating } = doorsOf(estate);
  const own = [...reachedRoles(powers, ASSUME_ROLE)].filter((role) => delegating.has(role));
  return [...new Set([...naming(powers.identity.arn), ...own])].filter((role) => role !== actor);
});

const passed = remembering((estate: Estate, actor: Actor): readonly Actor[] =>
  [...reachedRoles(powersOf(estate, actor), PASS_ROLE)].filter((role) => role !== actor),
);

/** The roles of the plan that somebody may pass to a service, as far as names tell. */
export const passable = remembering((powers: Powers, service: string): readonly Actor[] => {
  const roles = passed(powers.estate, powers.actor);
  const admitting = roles.length === 0 ? undefined : doorsOf(powers.estate).admitting(service);
  return roles.filter((role) => admitting?.has(role));
});

const PASSING: readonly EscalationPath[] = ESCALATION_PATHS.filter(({ category }) => category === 'new-passrole');

/** Lists of actions of which a path needs one each. */
export const listsOf = ({ all, anyOf }: EscalationPath): readonly (readonly string[])[] => [
  ...all.map((action) => [action]),
  ...anyOf,
];

/** What a path to pass a role needs beside that; undefined when somebody may not do all of it. */
function besides(path: EscalationPath, powers: Powers): readonly string[] | undefined {
  const found = listsOf(path)
    .filter((list) => !list.includes(PASS_ROLE))
    .map((list) => list.find((action) => somewhere(powers, action).answer.kind === 'yes'));
  return found.every((action) => action !== undefined) ? found : undefined;
}

/** The roles that somebody becomes in one step, but for those that need not be asked about. */
function* hopsOf(estate: Estate, actor: Actor, isKnown: (role: Actor) => boolean): Generator<Hop> {
  const powers = powersOf(estate, actor);
  for (const role of assumable(estate, actor))
    if (!isKnown(role)) yield* hop([ASSUME_ROLE], role, assumes(powers, role));
  for (const path of passed(estate, actor).length === 0 ? [] : PASSING) {
    for (const service of path.passRoleTo) {
      const roles = passable(powers, service).filter((role) => !isKnown(role));
      const by = roles.length === 0 ? undefined : besides(path, powers);
      for (const role of by ? roles : []) yield* hop([PASS_ROLE, ...(by ?? [])], role, passes(powers, role, service));
    }
  }
}

const hop = (by: readonly string[], to: Actor, answer: Answer): readonly Hop[] =>
  answer.kind === 'no' ? [] : [{ by, to, doubt: answer.kind === 'maybe' ? answer.because : undefined }];

/** Where a search has been: who is known to come to control the account, and who is known not to. */
interface Searched {
  readonly ways: Map<Actor, Way | undefined>;
  /** True when some hop was left out because nobody can say whether it is one. */
  isOpen: boolean;
}

const searchedIn = remembering((_estate: Estate, _how: 'surely' | 'perhaps'): Searched => ({
  ways: new Map(),
  isOpen: false,
}));

/** How somebody comes to control the account, over roles of the plan: a sure way if there is one. */
export function wayToAdmin(estate: Estate, actor: Actor): Way | undefined {
  const sure = searchedIn(estate, 'surely');
  const way = search(estate, actor, sure, ({ doubt }) => doubt === undefined);
  return way || !sure.isOpen ? way : search(estate, actor, searchedIn(estate, 'perhaps'), () => true);
}

/** Goes through the roles that are reached, nearest first. Whoever is met on the way to nothing comes to nothing. */
function search(estate: Estate, start: Actor, searched: Searched, accepts: (hop: Hop) => boolean): Way | undefined {
  const { ways } = searched;
  if (ways.has(start)) return ways.get(start);
  const reachedBy = new Map<Actor, Reached>([[start, undefined]]);
  const isKnown = (role: Actor): boolean => reachedBy.has(role) || (ways.has(role) && ways.get(role) === undefined);
  for (const actor of reachedBy.keys()) {
    const rest = actor.isAdmin() ? [] : ways.get(actor);
    if (rest) return remember(actor, rest, reachedBy, ways);
    for (const found of hopsOf(estate, actor, isKnown)) {
      if (accepts(found)) reachedBy.set(found.to, { from: actor, hop: found });
      else searched.isOpen = true;
    }
  }
  for (const actor of reachedBy.keys()) ways.set(actor, undefined);
  return undefined;
}

type Reached = { readonly from: Actor; readonly hop: Hop } | undefined;

/** Keeps the ways of all between the start and somebody whose way is known. */
function remember(last: Actor, rest: Way, reachedBy: ReadonlyMap<Actor, Reached>, ways: Searched['ways']): Way {
  ways.set(last, rest);
  const reached = reachedBy.get(last);
  return reached ? remember(reached.from, [reached.hop, ...rest], reachedBy, ways) : rest;
}
