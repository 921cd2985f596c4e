import type { Resource, Worlds } from '../../world/world.ts';
import type { Holder } from './holder.ts';
import { Collection, nameOf } from './holder-collection.ts';
import { GROUP, USER } from './holder-forms.ts';
import { policySource } from './policy-source.ts';
import { isUnchanged } from './unchanged-holder.ts';

/** Holders of one world by id. */
export type Holders = ReadonlyMap<string, Holder>;

const known = new WeakMap<Worlds, { readonly before: Holders; readonly after: Holders }>();

/** Everyone who holds identity policies, on both sides of the plan. */
export function holdersOf(worlds: Worlds): { readonly before: Holders; readonly after: Holders } {
  const found = known.get(worlds) ?? collectBoth(worlds);
  known.set(worlds, found);
  return found;
}

function collectBoth(worlds: Worlds): { readonly before: Holders; readonly after: Holders } {
  const before = new Collection(worlds, worlds.before, undefined);
  const after = new Collection(worlds, worlds.after, before);
  addUnattached(before, after);
  addMemberships(before, after);
  addStanding(before, after);
  noteUnchanged(before, after);
  return { before: before.holders, after: after.holders };
}

/** Customer policies that nobody in the plan holds are judged by themselves, on both sides. */
function addUnattached(before: Collection, after: Collection): void {
  const sides = [before, after];
  const isHeld = (policy: Resource, side: Collection): boolean => side.attached.has(policy.identity);
  const standing = new Map(after.world.resources('aws_iam_policy').map((policy) => [policy.identity, policy]));
  for (const side of sides) {
    for (const policy of side.world.resources('aws_iam_policy')) {
      const deciding = standing.has(policy.identity) ? after : side;
      if (isHeld(policy, deciding)) continue;
      const kind = deciding.boundaries.has(policy.identity) ? 'boundary policy' : 'unattached policy';
      const holder = side.holder(`policy:${policy.identity}`, kind, policy);
      Object.assign(holder, { resource: policy, name: `policy ${nameOf(policy)}` });
      holder.sources.push(policySource(policy, ['policy'], side.worlds));
    }
  }
}

/** Who has the same as before, whatever else the plan changes of him. */
function noteUnchanged(before: Collection, after: Collection): void {
  for (const now of after.holders.values()) {
    const then = before.holders.get(now.id);
    if (then && (then.touched || now.touched) && isUnchanged(then, now)) then.changed = now.changed = false;
  }
}

/** Users have what their groups have. What a group gains is told of the group, so a lasting member has the same twice. */
function addMemberships(before: Collection, after: Collection): void {
  const [then, now] = [membershipsOf(before), membershipsOf(after)];
  for (const [side, memberships] of [
    [before, then],
    [after, now],
  ] as const) {
    for (const [user, groups] of memberships) {
      for (const [group, membership] of groups) {
        const lasting = then.get(user)?.has(group) === true && now.get(user)?.has(group) === true;
        join(side, user, group, lasting ? after : side, membership, !lasting);
      }
    }
  }
}

function join(
  side: Collection,
  user: string,
  group: string,
  from: Collection,
  membership: Resource,
  changes: boolean,
): void {
  const granted = from.holders.get(group);
  const holder = side.holder(user, 'user', membership);
  holder.touched ||= changes;
  holder.groups.push(group);
  if (!granted)
    holder.attachments.push({
      policy: `everything of ${group.replace(':', ' ')}`,
      isManaged: false,
      resource: membership,
      path: [],
    });
  // What a new member gains is told at the membership: the policies of the group stay as they are.
  const place = { resource: membership, path: [] };
  const isNews = changes && membership.touched;
  holder.sources.push(...(granted?.sources ?? []).map((one) => (isNews ? { ...one, attachment: place } : one)));
  holder.attachments.push(...(granted?.attachments ?? []).map((one) => (isNews ? { ...one, ...place } : one)));
  holder.unread.push(...(granted?.unread ?? []));
}

type Memberships = ReadonlyMap<string, ReadonlyMap<string, Resource>>;

function membershipsOf(side: Collection): Memberships {
  const found = new Map<string, Map<string, Resource>>();
  const pairs = [
    ...side.world.resources('aws_iam_user_group_membership').map((resource) => [resource, 'user', 'groups'] as const),
    ...side.world.resources('aws_iam_group_membership').map((resource) => [resource, 'users', 'group'] as const),
  ];
  for (const [resource, users, groups] of pairs) {
    for (const user of side.owners(resource, USER, users)) {
      const joined = found.get(user) ?? new Map<string, Resource>();
      for (const group of side.owners(resource, GROUP, groups)) joined.set(group, resource);
      found.set(user, joined);
    }
  }
  return found;
}

/** A principal that is not in the plan exists all the same: it stood there before with nothing from this plan. */
function addStanding(before: Collection, after: Collection): void {
  for (const [from, to] of [
    [after, before],
    [before, after],
  ] as const) {
    for (const holder of from.holders.values()) {
      if (holder.resource || to.holders.has(holder.id)) continue;
      to.holders.set(holder.id, {
        ...holder,
        sources: [],
        attachments: [],
        unread: [],
        groups: [],
        boundary: { kind: 'none' },
      });
    }
  }
}
