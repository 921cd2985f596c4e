import { adminOf } from '../../aws/policy-document/admin.ts';
import { isUnknown, strings, Unknown } from '../../plan/value.ts';
import type { Actor, ActorKind, Estate } from '../../iam/escalation/actor.ts';
import { SAMPLE_ACCOUNT } from '../../iam/query.ts';
import type { World, Worlds } from '../../world/world.ts';
import type { BuildOptions } from '../subject.ts';
import { administrationOf } from './administrator.ts';
import type { Holder, HolderKind } from './holder.ts';
import { holdersOf } from './holders.ts';
import type { Holders } from './holders.ts';
import { sumOf } from './policy-source.ts';
import { arnOf, namedArn, referencesOf, REFERABLE } from './predicted-arn.ts';
import type { Place } from './predicted-arn.ts';
import { standingOf } from './standing.ts';
import { trustOf } from './trust-policy.ts';

/** Everybody on one side of the plan, as the search for escalation knows them. */
export interface Cast {
  readonly estate: Estate;
  /** By the ids of their holders. */
  readonly actors: ReadonlyMap<string, Actor>;
}

export interface Casts {
  readonly before: Cast;
  readonly after: Cast;
}

const known = new WeakMap<Worlds, Casts>();

export function castsOf(worlds: Worlds, options: BuildOptions): Casts {
  const found = known.get(worlds) ?? build(worlds, options);
  known.set(worlds, found);
  return found;
}

function build(worlds: Worlds, options: BuildOptions): Casts {
  const place = placeOf(worlds, options);
  const holders = holdersOf(worlds);
  const cast = (world: World, all: Holders): Cast => {
    const listed = [...all.values()].flatMap((holder) => actorOf(holder, all, worlds, place) ?? []);
    return {
      estate: { ...place, actors: listed, valueOf: referencesOf(world, place) },
      actors: new Map(listed.map((actor) => [actor.id, actor])),
    };
  };
  return { before: cast(worlds.before, holders.before), after: cast(worlds.after, holders.after) };
}

function placeOf({ before, after }: Worlds, { ownAccounts }: BuildOptions): Place {
  const arn = strings(after.resources(...REFERABLE).map((resource) => resource.get('arn'))).find((one) => one !== '');
  const partition = /^arn:(aws[a-z-]*):/.exec(arn ?? '')?.[1];
  const account = after.account ?? before.account ?? ownAccounts[0] ?? trustedMost(after);
  return { account: account ?? SAMPLE_ACCOUNT, partition: partition ?? 'aws' };
}

/** Where nothing tells the own account, it is the one that most roles trust. */
function trustedMost(world: World): string | undefined {
  const counts = new Map<string, number>();
  for (const role of world.resources('aws_iam_role')) {
    const trust = role.get('assume_role_policy');
    const account = typeof trust === 'string' ? /arn:aws[a-z-]*:iam::(\d{12}):/.exec(trust)?.[1] : undefined;
    if (account !== undefined) counts.set(account, (counts.get(account) ?? 0) + 1);
  }
  return [...counts].toSorted(([, left], [, right]) => right - left)[0]?.[0];
}

const KINDS: readonly HolderKind[] = ['role', 'user', 'group', 'permission set', 'unattached policy'];

export const isActorKind = (kind: HolderKind): kind is ActorKind => KINDS.includes(kind);

function actorOf(holder: Holder, all: Holders, worlds: Worlds, place: Place): Actor | undefined {
  const { id, kind, name, resource, boundary, groups } = holder;
  if (!isActorKind(kind)) return undefined;
  return {
    id,
    name,
    kind,
    arn: arnOfHolder(holder, place),
    groups: groups.flatMap((group) =>
      arnOfHolder(all.get(group) ?? { id: group, kind: 'group', resource: undefined }, place),
    ),
    policies: policiesOf(holder, place),
    isBounded: boundary.kind !== 'none',
    grants: () => standingOf(holder).side,
    trust: () => (kind === 'role' && resource ? sumOf(trustOf(resource, worlds).sources).document : undefined),
    isAdmin: once(() => isAdmin(holder)),
    limit:
      boundary.kind === 'unseen'
        ? new Unknown(`the permissions boundary ${boundary.policy} is not in the plan`)
        : undefined,
  };
}

/** A principal that is not in the plan is known by its name. */
const arnOfHolder = ({ id, kind, resource }: Pick<Holder, 'id' | 'kind' | 'resource'>, place: Place): string =>
  resource ? arnOf(resource, place) : namedArn(kind, `/${id.slice(kind.length + 1)}`, place);

/** ARNs of the policies of the account that somebody holds. */
const policiesOf = ({ sources, attachments }: Holder, place: Place): readonly string[] => [
  ...sources.flatMap(({ resource, attachment }) =>
    attachment && resource.type.endsWith('aws_iam_policy') ? [arnOf(resource, place)] : [],
  ),
  ...attachments.flatMap(({ policy, isManaged }) => (!isManaged && policy.startsWith('arn:') ? [policy] : [])),
];

/** One whom a boundary holds back is no administrator to reach, unless the boundary holds nothing back. */
function isAdmin(holder: Holder): boolean {
  const { boundary } = holder;
  if (administrationOf(holder).admin !== true) return false;
  if (boundary.kind === 'none') return true;
  const limit = boundary.kind === 'text' ? adminOf(sumOf([boundary.source]).document) : undefined;
  return limit !== undefined && !isUnknown(limit);
}

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: find() }).value;
}

/** Why somebody may be allowed more than can be read: policies that the plan attaches and whose text is not here. */
export function newlyUnseen(id: string, worlds: Worlds): readonly Unknown[] {
  const { before, after } = holdersOf(worlds);
  const [then, now] = [before.get(id), after.get(id)];
  const had = new Set(then ? standingOf(then).unseen.map(({ policy }) => policy) : []);
  const unseen = now ? standingOf(now).unseen.filter(({ policy }) => !had.has(policy)) : [];
  return unseen.map(({ policy, isManaged }) => {
    const isPolicy = isManaged || policy.startsWith('arn:');
    return new Unknown(`${isPolicy ? `the text of ${policy}` : policy} is not in the plan`);
  });
}
