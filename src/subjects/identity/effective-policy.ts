import { defaultKeyPolicy, RESOURCE_POLICIES } from '../../aws/resource-policies.ts';
import type { ResourcePolicyForm } from '../../aws/resource-policies.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import type { Granted } from './access-difference.ts';
import { accountInArn } from './accounts.ts';
import { fixedSource, policySource } from './policy-source.ts';
import type { PolicySource } from './policy-source.ts';

/** Resource types that resource policies stand in. */
export const RESOURCE_POLICY_TYPES: readonly string[] = [...new Set(RESOURCE_POLICIES.map(({ type }) => type))];

/** The policies of one bucket, key, queue, … on one side. */
export interface PolicySide extends Granted {
  /** What the policy belongs to, when it is in the plan. */
  readonly owner: Resource | undefined;
  /** False when the owner is not there on this side. */
  readonly exists: boolean;
  /** True when a policy is written down; false when AWS's default or nothing stands. */
  readonly isSet: boolean;
  readonly touched: boolean;
}

/** What one resource policy says, however many Terraform resources it is written in. */
export interface EffectivePolicy {
  readonly id: string;
  /** The service: `s3`, `kms`, `sqs`, … */
  readonly kind: string;
  readonly name: string;
  readonly resource: Resource | undefined;
  readonly touched: boolean;
  readonly before: PolicySide;
  readonly after: PolicySide;
}

interface Entry {
  readonly service: string;
  readonly name: string;
  owner: Resource | undefined;
  readonly split: PolicySource[];
  parent: PolicySource | undefined;
  touched: boolean;
}

const known = new WeakMap<Worlds, readonly EffectivePolicy[]>();

/** All resource policies of the plan, those of things that are gone or new included. */
export function allPolicies(worlds: Worlds): readonly EffectivePolicy[] {
  const found = known.get(worlds) ?? build(worlds);
  known.set(worlds, found);
  return found;
}

/** Those whose owner is there on both sides. */
export const effectivePolicies = (worlds: Worlds): readonly EffectivePolicy[] =>
  allPolicies(worlds).filter(({ before, after }) => before.exists && after.exists);

function build(worlds: Worlds): readonly EffectivePolicy[] {
  const [then, now] = [collect(worlds.before, worlds), collect(worlds.after, worlds)];
  return [...new Set([...now.keys(), ...then.keys()])].map((id): EffectivePolicy => {
    const [old, current] = [then.get(id), now.get(id)];
    const before = side(old, old, worlds.before, current);
    const after = side(current, old, worlds.after, old);
    const entry = current ?? old;
    return {
      id,
      kind: entry?.service ?? '',
      name: entry?.name ?? id,
      resource: after.owner ?? before.owner,
      touched: before.touched || after.touched,
      before,
      after,
    };
  });
}

/** `other` is the same policy on the other side: an owner that is in the plan on one side only is gone or new. */
function side(entry: Entry | undefined, before: Entry | undefined, world: World, other: Entry | undefined): PolicySide {
  const owner = entry?.owner;
  const exists = owner !== undefined || other?.owner === undefined;
  const written = entry === undefined ? [] : sourcesOf(entry, before);
  const standsAlone = written.length === 0 && owner !== undefined && entry?.service === 'kms';
  return {
    owner,
    exists,
    isSet: written.length > 0,
    touched: entry?.touched ?? false,
    sources: standsAlone ? [fixedSource(owner, ['policy'], defaultKeyPolicy(accountOf(owner, world)))] : written,
    attachments: [],
    unread: [],
  };
}

/** The account of an owner by its ARN, else that of the plan; zeros name no account. */
export const accountOf = (owner: Resource, world: World): string =>
  accountInArn(owner) ?? world.account ?? '000000000000';

/** A split resource decides; the copy in the owner counts when the owner sets it or nothing else ever did. */
function sourcesOf({ split, parent, owner }: Entry, before: Entry | undefined): readonly PolicySource[] {
  if (split.length > 0 || parent === undefined) return split;
  if (owner?.side === 'before') return [parent];
  const isSet = owner?.isConfigured(String(parent.path[0])) === true;
  if (isSet) return [parent];
  const isMirror = (before?.split.length ?? 0) > 0 || isUnknown(owner?.get(...parent.path) ?? null);
  return isMirror ? [] : [parent];
}

function collect(world: World, worlds: Worlds): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const form of RESOURCE_POLICIES) {
    for (const resource of standing(form.type, world, worlds)) add(entries, form, resource, worlds);
  }
  return entries;
}

/** What is there in AWS on this side: forgotten resources still are. */
const standing = (type: string, world: World, { before }: Worlds): readonly Resource[] =>
  world.side === 'before'
    ? world.resources(type)
    : [...world.resources(type), ...before.resources(type).filter(({ fate }) => fate === 'forgotten')];

function add(entries: Map<string, Entry>, form: ResourcePolicyForm, resource: Resource, worlds: Worlds): void {
  const isOwner = form.ownerTypes.includes(resource.type);
  const world = worlds[resource.side];
  const keys = ['id', 'arn', 'name', 'bucket', 'url', 'key_id', 'domain_name'];
  const owner = form.owner === null || isOwner ? undefined : world.target(resource, form.owner, form.ownerTypes, keys);
  const identity =
    owner?.identity ??
    (form.owner === null || isOwner ? undefined : world.identify(resource, form.owner, form.ownerTypes, keys)) ??
    resource.identity;
  const id = `${form.service}:${identity}`;
  const entry = entries.get(id) ?? {
    service: form.service,
    name: nameOf(isOwner ? resource : owner, identity, form),
    owner: undefined,
    split: [],
    parent: undefined,
    touched: false,
  };
  entries.set(id, entry);
  entry.touched ||= resource.touched;
  const source = policySource(resource, [form.text], worlds);
  if (!isOwner) entry.split.push(source);
  if (isOwner) entry.owner = resource;
  else entry.owner ??= owner;
  if (isOwner && resource.get(form.text) !== null && resource.get(form.text) !== '') entry.parent = source;
}

/** What people call the thing a policy of a service belongs to. */
const NOUNS: Readonly<Record<string, string>> = {
  s3: 'bucket',
  kms: 'key',
  sqs: 'queue',
  sns: 'topic',
  secretsmanager: 'secret',
  ecr: 'repository',
  efs: 'file system',
  backup: 'backup vault',
  opensearch: 'domain',
};

function nameOf(owner: Resource | undefined, identity: string, { service }: ResourcePolicyForm): string {
  const names = ['bucket', 'name', 'domain_name'].map((attribute) => owner?.get(attribute));
  const name = names.find((value): value is string => typeof value === 'string' && value !== '');
  return `${NOUNS[service] ?? service} ${name ?? owner?.address ?? identity}`;
}
