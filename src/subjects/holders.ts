import { managedPolicyName } from '../aws/managed-policies.ts';
import { blocks, isList, isUnknown, strings, Unknown } from '../plan/value.ts';
import type { Value } from '../plan/value.ts';
import type { Resource, World, Worlds } from '../world/world.ts';
import type { Attachment, Holder, HolderKind } from './holder.ts';
import { policySource } from './policy-source.ts';
import type { PolicySource } from './policy-source.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };
type Draft = Mutable<Holder>;

/** Holders of one world by id. */
export type Holders = ReadonlyMap<string, Holder>;

const POLICIES = ['aws_iam_policy', 'data.aws_iam_policy'];

interface Principal {
  readonly kind: HolderKind;
  readonly type: string;
}

const ROLE: Principal = { kind: 'role', type: 'aws_iam_role' };
const USER: Principal = { kind: 'user', type: 'aws_iam_user' };
const GROUP: Principal = { kind: 'group', type: 'aws_iam_group' };
const SET: Principal = { kind: 'permission set', type: 'aws_ssoadmin_permission_set' };
const PRINCIPALS = [ROLE, USER, GROUP, SET];

/** Resources that hold one policy text for one principal: type → attribute of the principal, of the text. */
const INLINE: readonly (readonly [type: string, Principal, owner: string, text: string])[] = [
  ['aws_iam_role_policy', ROLE, 'role', 'policy'],
  ['aws_iam_user_policy', USER, 'user', 'policy'],
  ['aws_iam_group_policy', GROUP, 'group', 'policy'],
  ['aws_ssoadmin_permission_set_inline_policy', SET, 'permission_set_arn', 'inline_policy'],
];

/** Resources that attach policies to principals: type → attribute of the principals, of the policy ARNs. */
const ATTACHING: readonly (readonly [type: string, Principal, owners: string, arns: string])[] = [
  ['aws_iam_role_policy_attachment', ROLE, 'role', 'policy_arn'],
  ['aws_iam_user_policy_attachment', USER, 'user', 'policy_arn'],
  ['aws_iam_group_policy_attachment', GROUP, 'group', 'policy_arn'],
  ['aws_iam_policy_attachment', ROLE, 'roles', 'policy_arn'],
  ['aws_iam_policy_attachment', USER, 'users', 'policy_arn'],
  ['aws_iam_policy_attachment', GROUP, 'groups', 'policy_arn'],
  ['aws_iam_role_policy_attachments_exclusive', ROLE, 'role_name', 'policy_arns'],
  ['aws_iam_user_policy_attachments_exclusive', USER, 'user_name', 'policy_arns'],
  ['aws_iam_group_policy_attachments_exclusive', GROUP, 'group_name', 'policy_arns'],
  ['aws_ssoadmin_managed_policy_attachment', SET, 'permission_set_arn', 'managed_policy_arn'],
];

/** Resource types that an identity policy can be made of. */
export const HOLDER_TYPES: readonly string[] = [
  ...new Set([
    'aws_iam_policy',
    ...PRINCIPALS.map(({ type }) => type),
    ...INLINE.map(([type]) => type),
    ...ATTACHING.map(([type]) => type),
    'aws_iam_user_group_membership',
    'aws_iam_group_membership',
  ]),
];

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
  return { before: before.holders, after: after.holders };
}

/** Gathers what is granted in one world. */
class Collection {
  readonly holders = new Map<string, Draft>();
  /** Identities of the customer policies that somebody holds, and of those that are boundaries. */
  readonly attached = new Set<string>();
  readonly boundaries = new Set<string>();
  /** `holder id + name` of what split resources declare, to tell mirrored copies apart. */
  readonly declared = new Set<string>();
  readonly world: World;
  readonly worlds: Worlds;
  private readonly earlier: Collection | undefined;

  constructor(worlds: Worlds, world: World, earlier: Collection | undefined) {
    this.worlds = worlds;
    this.world = world;
    this.earlier = earlier;
    for (const [type, principal, owner, text] of INLINE) for (const resource of this.standing(type)) this.inline(resource, principal, owner, text);
    for (const [type, principal, owners, arns] of ATTACHING) for (const resource of this.standing(type)) this.attach(resource, principal, owners, arns);
    for (const principal of PRINCIPALS) for (const resource of this.standing(principal.type)) this.principal(resource, principal);
  }

  /** What is there in AWS on this side: forgotten resources still are. */
  standing(type: string): readonly Resource[] {
    const forgotten = this.earlier ? this.worlds.before.resources(type).filter(({ fate }) => fate === 'forgotten') : [];
    return [...this.world.resources(type), ...forgotten];
  }

  private worldOf({ side }: Resource): World {
    return side === 'before' ? this.worlds.before : this.world;
  }

  private inline(resource: Resource, principal: Principal, owner: string, text: string): void {
    for (const id of this.owners(resource, principal, owner)) {
      this.declared.add(`${id} ${String(resource.get('name'))}`);
      this.add(id, principal.kind, resource, policySource(resource, [text], this.worlds));
    }
  }

  private attach(resource: Resource, principal: Principal, owners: string, arns: string): void {
    for (const id of this.owners(resource, principal, owners)) this.attachTo(id, principal.kind, resource, arns);
  }

  private attachTo(id: string, kind: HolderKind, resource: Resource, attribute: string, keep = (_: string): boolean => true): void {
    const value = resource.get(attribute);
    const target = isList(value) ? undefined : this.worldOf(resource).target(resource, attribute, POLICIES, ['arn', 'id']);
    if (target && !isManagedPolicy(target)) return this.attachPolicy(id, kind, resource, target);
    for (const [index, item] of listOf(value).entries()) this.attachArn(id, kind, resource, isList(value) ? [attribute, index] : [attribute], item, keep);
  }

  private attachArn(id: string, kind: HolderKind, resource: Resource, path: readonly (string | number)[], arn: Value, keep: (arn: string) => boolean): void {
    const text = isUnknown(arn) ? undefined : String(arn);
    if (text !== undefined && !keep(text)) return;
    const target = text === undefined ? this.referenced(arn) : this.world.find(POLICIES, 'arn', text);
    const holder = this.holder(id, kind, resource);
    if (text !== undefined) this.declared.add(`${id} ${text}`);
    if (target && !isManagedPolicy(target)) this.attachPolicy(id, kind, resource, target);
    else if (text !== undefined) holder.attachments.push({ ...namedPolicy(text), resource, path });
    else if (isUnknown(arn)) holder.unread.push(new Unknown('the policy that is attached is known only after apply', arn.references));
  }

  private referenced(value: Value): Resource | undefined {
    const [reference, another] = isUnknown(value) ? value.references : [];
    const target = reference && !another ? this.world.at(reference.address) : undefined;
    return target && POLICIES.includes(target.type) ? target : undefined;
  }

  private attachPolicy(id: string, kind: HolderKind, resource: Resource, policy: Resource): void {
    this.attached.add(policy.identity);
    const arn = policy.get('arn');
    if (typeof arn === 'string') this.declared.add(`${id} ${arn}`);
    const holder = this.add(id, kind, resource, policySource(policy, ['policy'], this.worlds));
    holder.touched ||= policy.touched;
  }

  /** What stands in the principal itself. Copies of what split resources declare are not counted (semantics 0.6). */
  private principal(resource: Resource, { kind }: Principal): void {
    const id = `${kind}:${resource.identity}`;
    const holder = this.holder(id, kind, resource);
    Object.assign(holder, { resource, name: `${kind} ${nameOf(resource)}` });
    const isOwn = (attribute: string, name: string): boolean =>
      resource.side === 'before' || resource.isConfigured(attribute) || this.earlier?.declared.has(`${id} ${name}`) !== true;
    for (const [index, block] of blocks(resource.get('inline_policy')).entries()) {
      if (isOwn('inline_policy', String(block['name']))) holder.sources.push(policySource(resource, ['inline_policy', index, 'policy'], this.worlds));
    }
    const isSet = resource.side === 'before' || resource.isConfigured('managed_policy_arns') || !isUnknown(resource.get('managed_policy_arns'));
    if (isSet) this.attachTo(id, kind, resource, 'managed_policy_arns', (arn) => isOwn('managed_policy_arns', arn));
    const boundary = this.worldOf(resource).target(resource, 'permissions_boundary', POLICIES, ['arn', 'id']);
    if (boundary) this.boundaries.add(boundary.identity);
  }

  /** Ids of the principals that an attribute names, one or a set of them. */
  owners(resource: Resource, { kind, type }: Principal, attribute: string): readonly string[] {
    const value = resource.get(attribute);
    if (isList(value)) return value.map((item) => `${kind}:${this.ownerOf(item, type)}`);
    const owner = value === null ? undefined : this.worldOf(resource).identify(resource, attribute, [type], ['name', 'id', 'arn']);
    return value === null ? [] : [`${kind}:${owner ?? resource.identity}`];
  }

  private ownerOf(value: Value, type: string): string {
    if (typeof value === 'string') return this.world.find([type], 'name', value)?.identity ?? value;
    const [reference] = isUnknown(value) ? value.references : [];
    return reference ? (this.world.at(reference.address)?.identity ?? `${reference.address}.${reference.attribute}`) : 'unknown';
  }

  private add(id: string, kind: HolderKind, resource: Resource, source: PolicySource): Draft {
    const holder = this.holder(id, kind, resource);
    holder.sources.push(source);
    return holder;
  }

  holder(id: string, kind: HolderKind, resource: Resource): Draft {
    const name = `${kind} ${id.slice(kind.length + 1)}`;
    const holder = this.holders.get(id) ?? { id, kind, name, resource: undefined, sources: [], attachments: [], unread: [], touched: false };
    holder.touched ||= resource.touched;
    this.holders.set(id, holder);
    return holder;
  }
}

const listOf = (value: Value): readonly Value[] => (isList(value) ? value : value === null ? [] : [value]);

const namedPolicy = (arn: string): Pick<Attachment, 'policy' | 'isManaged'> => ({
  policy: managedPolicyName(arn) ?? arn,
  isManaged: managedPolicyName(arn) !== undefined,
});

const isManagedPolicy = (policy: Resource): boolean => strings(policy.get('arn')).some((arn) => managedPolicyName(arn) !== undefined);

/** The name in AWS when it is known, else the address. */
export function nameOf(resource: Resource): string {
  const name = resource.get('name');
  return typeof name === 'string' ? name : resource.address;
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

/** Users have what their groups have. What a group gains is told of the group, so a lasting member has the same twice. */
function addMemberships(before: Collection, after: Collection): void {
  const [then, now] = [membershipsOf(before), membershipsOf(after)];
  for (const [side, memberships] of [[before, then], [after, now]] as const) {
    for (const [user, groups] of memberships) {
      for (const [group, membership] of groups) {
        const lasting = then.get(user)?.has(group) === true && now.get(user)?.has(group) === true;
        join(side, user, group, lasting ? after : side, membership, !lasting);
      }
    }
  }
}

function join(side: Collection, user: string, group: string, from: Collection, membership: Resource, changes: boolean): void {
  const granted = from.holders.get(group);
  const holder = side.holder(user, 'user', membership);
  holder.touched ||= changes;
  if (!granted) holder.attachments.push({ policy: `everything of ${group.replace(':', ' ')}`, isManaged: false, resource: membership, path: [] });
  holder.sources.push(...(granted?.sources ?? []));
  holder.attachments.push(...(granted?.attachments ?? []));
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
  for (const [from, to] of [[after, before], [before, after]] as const) {
    for (const holder of from.holders.values()) {
      if (holder.resource || to.holders.has(holder.id)) continue;
      to.holders.set(holder.id, { ...holder, sources: [], attachments: [], unread: [] });
    }
  }
}
