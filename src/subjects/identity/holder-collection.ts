import { managedPolicyName } from '../../aws/managed-policies.ts';
import { blocks, isList, isUnknown, Unknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import type { Attachment, Boundary, Holder, HolderKind } from './holder.ts';
import { ATTACHING, ATTACHING_BY_NAME, INLINE, PRINCIPALS } from './holder-forms.ts';
import type { Principal } from './holder-forms.ts';
import { policyByName } from './policy-by-name.ts';
import { managedSource, policySource } from './policy-source.ts';
import type { Place, PolicySource } from './policy-source.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** A holder while it is put together. */
export type Draft = Mutable<Holder>;

const POLICIES = ['aws_iam_policy', 'data.aws_iam_policy'];

/** Gathers what is granted in one world. */
export class Collection {
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
    for (const [type, principal, owner, text] of INLINE)
      for (const resource of this.standing(type)) this.inline(resource, principal, owner, text);
    for (const [type, principal, owners, arns] of ATTACHING)
      for (const resource of this.standing(type)) this.attach(resource, principal, owners, arns);
    for (const [type, principal, owner, names] of ATTACHING_BY_NAME)
      for (const resource of this.standing(type)) this.attachByName(resource, principal, owner, names);
    for (const principal of PRINCIPALS)
      for (const resource of this.standing(principal.type)) this.principal(resource, principal);
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
      this.declared.add(`${id} ${textOf(resource.get('name'))}`);
      this.add(id, principal.kind, resource, policySource(resource, [text], this.worlds));
    }
  }

  private attach(resource: Resource, principal: Principal, owners: string, arns: string): void {
    for (const id of this.owners(resource, principal, owners)) this.attachTo(id, principal.kind, resource, arns);
  }

  /** A name stands for a policy of every account; the one of this plan says what is in it. */
  private attachByName(resource: Resource, principal: Principal, owner: string, names: string): void {
    for (const id of this.owners(resource, principal, owner)) {
      for (const [index, block] of blocks(resource.get(names)).entries()) {
        const name = block['name'] ?? null;
        const place = { resource, path: [names, index, 'name'] };
        const policy = policyByName(name, this.worldOf(resource));
        const holder = this.holder(id, principal.kind, resource);
        if (policy) this.attachPolicy(id, principal.kind, place, policy);
        else if (isUnknown(name))
          holder.unread.push(new Unknown('the policy that is attached is known only after apply'));
        else holder.attachments.push({ policy: `policy ${textOf(name)}`, isManaged: false, ...place });
      }
    }
  }

  private attachTo(id: string, kind: HolderKind, resource: Resource, attribute: string, keep = keepAll): void {
    const value = resource.get(attribute);
    const target = isList(value)
      ? undefined
      : this.worldOf(resource).target(resource, attribute, POLICIES, ['arn', 'id']);
    if (target) return this.attachPolicy(id, kind, { resource, path: [attribute] }, target);
    for (const [index, item] of listOf(value).entries()) {
      this.attachArn(id, kind, { resource, path: isList(value) ? [attribute, index] : [attribute] }, item, keep);
    }
  }

  private attachArn(id: string, kind: HolderKind, place: Place, arn: Value, keep: (arn: string) => boolean): void {
    if (typeof arn === 'string' && !keep(arn)) return;
    const target = typeof arn === 'string' ? this.world.find(POLICIES, 'arn', arn) : this.referenced(arn);
    if (target) return this.attachPolicy(id, kind, place, target);
    const holder = this.holder(id, kind, place.resource);
    if (typeof arn === 'string') this.attachNamed(holder, place, arn);
    else if (isUnknown(arn)) {
      holder.unread.push(new Unknown('the policy that is attached is known only after apply', arn.references));
    }
  }

  private referenced(value: Value): Resource | undefined {
    const [reference, another] = isUnknown(value) ? value.references : [];
    const target = reference && !another ? this.world.at(reference.address) : undefined;
    return target && POLICIES.includes(target.type) ? target : undefined;
  }

  /** Only what stands in a resource of its own is declared; the role's own list may be a copy of that. */
  private noteDeclared(id: string, { resource }: Place, arn: string): void {
    if (PRINCIPALS.every(({ type }) => type !== resource.type)) this.declared.add(`${id} ${arn}`);
  }

  private attachNamed(holder: Draft, place: Place, arn: string): void {
    this.noteDeclared(holder.id, place, arn);
    holder.attachments.push({ ...namedPolicy(arn), ...place });
  }

  /** A policy whose text is here counts by its text, one that AWS manages by its name. */
  private attachPolicy(id: string, kind: HolderKind, place: Place, policy: Resource): void {
    const arn = textOf(policy.get('arn'));
    const holder = this.holder(id, kind, place.resource);
    if (managedPolicyName(arn) !== undefined) return this.attachNamed(holder, place, arn);
    this.attached.add(policy.identity);
    this.noteDeclared(id, place, arn);
    holder.sources.push({ ...policySource(policy, ['policy'], this.worlds), attachment: place });
    holder.touched ||= policy.touched;
  }

  /** What stands in the principal itself. Copies of what split resources declare are not counted (semantics 0.6). */
  private principal(resource: Resource, { kind }: Principal): void {
    const id = `${kind}:${resource.identity}`;
    const holder = this.holder(id, kind, resource);
    Object.assign(holder, { resource, name: `${kind} ${nameOf(resource)}` });
    const isOwn = (attribute: string, name: string): boolean =>
      resource.side === 'before' ||
      resource.isConfigured(attribute) ||
      this.earlier?.declared.has(`${id} ${name}`) !== true;
    for (const [index, block] of blocks(resource.get('inline_policy')).entries()) {
      if (isOwn('inline_policy', textOf(block['name'])))
        holder.sources.push(policySource(resource, ['inline_policy', index, 'policy'], this.worlds));
    }
    const isSet =
      resource.side === 'before' ||
      resource.isConfigured('managed_policy_arns') ||
      !isUnknown(resource.get('managed_policy_arns'));
    if (isSet) this.attachTo(id, kind, resource, 'managed_policy_arns', (arn) => isOwn('managed_policy_arns', arn));
    holder.boundary = this.boundaryOf(resource, holder);
  }

  /** The policy that limits a principal: by its text when that is in the plan or AWS manages it, else by its name. */
  private boundaryOf(resource: Resource, holder: Draft): Boundary {
    const policy = this.worldOf(resource).target(resource, 'permissions_boundary', POLICIES, ['arn', 'id']);
    if (policy) this.boundaries.add(policy.identity);
    if (policy?.touched) holder.touched = true;
    const arn = resource.get('permissions_boundary');
    if (arn === null || arn === '') return { kind: 'none' };
    const managed =
      typeof arn === 'string' ? managedSource({ resource, path: ['permissions_boundary'] }, arn) : undefined;
    if (managed) return { kind: 'text', source: managed };
    if (policy) return { kind: 'text', source: policySource(policy, ['policy'], this.worlds) };
    if (typeof arn === 'string') return { kind: 'unseen', policy: arn };
    return resource.isConfigured('permissions_boundary')
      ? { kind: 'unseen', policy: 'a policy that is known after apply' }
      : { kind: 'none' };
  }

  /** Ids of the principals that an attribute names, one or a set of them. */
  owners(resource: Resource, { kind, type }: Principal, attribute: string): readonly string[] {
    const value = resource.get(attribute);
    if (isList(value)) return value.map((item) => `${kind}:${this.ownerOf(item, type)}`);
    const owner =
      value === null ? undefined : this.worldOf(resource).identify(resource, attribute, [type], ['name', 'id', 'arn']);
    return value === null ? [] : [`${kind}:${owner ?? resource.identity}`];
  }

  private ownerOf(value: Value, type: string): string {
    if (typeof value === 'string') return this.world.find([type], 'name', value)?.identity ?? value;
    const [reference] = isUnknown(value) ? value.references : [];
    return reference
      ? (this.world.at(reference.address)?.identity ?? `${reference.address}.${reference.attribute}`)
      : 'unknown';
  }

  private add(id: string, kind: HolderKind, resource: Resource, source: PolicySource): Draft {
    const holder = this.holder(id, kind, resource);
    holder.sources.push(source);
    return holder;
  }

  holder(id: string, kind: HolderKind, resource: Resource): Draft {
    const name = `${kind} ${id.slice(kind.length + 1)}`;
    const holder = this.holders.get(id) ?? {
      id,
      kind,
      name,
      resource: undefined,
      sources: [],
      attachments: [],
      unread: [],
      boundary: { kind: 'none' },
      groups: [],
      touched: false,
      changed: true,
    };
    holder.touched ||= resource.touched;
    this.holders.set(id, holder);
    return holder;
  }
}

const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

const keepAll = (_arn: string): boolean => true;

const listOf = (value: Value): readonly Value[] => (isList(value) ? value : value === null ? [] : [value]);

const namedPolicy = (arn: string): Pick<Attachment, 'policy' | 'isManaged'> => ({
  policy: managedPolicyName(arn) ?? arn,
  isManaged: managedPolicyName(arn) !== undefined,
});

/** The name in AWS when it is known, else the address. */
export function nameOf(resource: Resource): string {
  const name = resource.get('name');
  return typeof name === 'string' ? name : resource.address;
}
