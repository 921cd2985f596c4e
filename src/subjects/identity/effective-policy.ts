import { defaultPolicy } from '../../aws/default-policies.ts';
import { POLICY_OWNERS, RESOURCE_POLICIES } from '../../aws/resource-policies.ts';
import type { ResourcePolicyForm } from '../../aws/resource-policies.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
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
  /** True when what stands is what AWS puts there when nobody writes a policy. */
  readonly isDefault: boolean;
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
  const owner = entry?.owner ?? (other?.owner && standingOwner(other.owner, world));
  const exists = owner !== undefined || other?.owner === undefined;
  const written = entry === undefined ? [] : sourcesOf(entry, before);
  const sources = written.length === 0 && exists ? defaultSources(owner, entry, other, world) : written;
  const isWrittenDown = written.some((source) => source !== entry?.parent || isConfigured(source));
  return {
    owner,
    exists,
    isSet: isWrittenDown,
    isDefault: !isWrittenDown && sources.length > 0,
    touched: entry?.touched ?? false,
    sources,
    attachments: [],
    unread: [],
  };
}

/** A refresh reads the default of AWS into an argument that nobody sets. */
const isConfigured = ({ resource, path }: PolicySource): boolean => resource.isConfigured(String(path[0]));

/** What a policy that is gone or new belongs to is there all the same. */
const standingOwner = (owner: Resource, world: World): Resource | undefined =>
  world.resources(owner.type).find(({ identity }) => identity === owner.identity);

/** Where nothing is written the default of AWS holds, for what is not in the plan too. */
function defaultSources(
  owner: Resource | undefined,
  entry: Entry | undefined,
  other: Entry | undefined,
  world: World,
): readonly PolicySource[] {
  const service = entry?.service ?? other?.service ?? '';
  const place = owner ?? other?.split[0]?.resource;
  const value = place && defaultPolicy(service, place, accountOf(place, world));
  return place && value !== null && value !== undefined ? [fixedSource(place, ['policy'], value)] : [];
}

/** The account of an owner by its ARN, else that of the plan; zeros name no account. */
export const accountOf = (owner: Resource, world: World): string =>
  accountInArn(owner) ?? world.account ?? '000000000000';

/** A split resource decides; the copy in the owner counts when the owner sets it or nothing else ever did. */
function sourcesOf({ split, parent, owner }: Entry, before: Entry | undefined): readonly PolicySource[] {
  if (split.length > 0 || parent === undefined) return split;
  if (owner?.side === 'before') return [parent];
  if (isConfigured(parent)) return [parent];
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
  const owner =
    form.owner === null || isOwner ? undefined : world.target(resource, form.owner, form.ownerTypes, OWNER_KEYS);
  const identity =
    owner?.identity ??
    (form.owner === null || isOwner ? undefined : world.identify(resource, form.owner, form.ownerTypes, OWNER_KEYS)) ??
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
  const source = policySource(resource, form.text, worlds, form.read);
  if (!isOwner) entry.split.push(source);
  if (isOwner) entry.owner = resource;
  else entry.owner ??= owner;
  if (isOwner && isWritten(resource.get(...form.text))) entry.parent = source;
}

const isWritten = (text: Value): boolean => text !== null && text !== '';

/** Attributes by which policies name what they belong to. */
const OWNER_KEYS = [
  'id',
  'arn',
  'name',
  'bucket',
  'url',
  'key_id',
  'domain_name',
  'function_name',
  'layer_name',
  'layer_arn',
];

const NAMES = ['name', 'bucket', 'domain_name', 'function_name', 'layer_name', 'repository_name', 'service_name'];

function nameOf(owner: Resource | undefined, identity: string, { service }: ResourcePolicyForm): string {
  const names = NAMES.map((attribute) => owner?.get(attribute));
  const name = names.find((value): value is string => typeof value === 'string' && value !== '');
  return `${POLICY_OWNERS[service] ?? service} ${name ?? owner?.address ?? identity}`;
}
