import type { Cause } from '../../finding/finding.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import type { Standing } from '../bucket-standing.ts';
import { accountBlocks, sharedSwitches, staysInAws } from '../bucket-access-block.ts';
import type { Aspect } from '../subject.ts';

/** Buckets themselves; directory buckets have hardly any of the parts below. */
export const BUCKET_TYPES = ['aws_s3_bucket', 'aws_s3_directory_bucket'] as const;

/** Resources that set one property of a bucket; AWS keeps one of each per bucket. */
export const PART_TYPES = [
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_acl',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_versioning',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_object_lock_configuration',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_replication_configuration',
  'aws_s3_bucket_logging',
  'aws_s3_bucket_website_configuration',
  'aws_s3_bucket_cors_configuration',
] as const;
export type PartType = (typeof PART_TYPES)[number];

/** One bucket on one side of the plan with the resources that make it up. */
export interface Bucket {
  readonly id: string;
  readonly world: World;
  /** Undefined for a bucket that is only named: another stack owns it. */
  readonly resource: Resource | undefined;
  readonly parts: ReadonlyMap<string, Resource>;
  /** Types of the parts that this plan deletes: AWS's default stands in their place. */
  readonly removed: ReadonlySet<string>;
  /** The switches that the account-wide public access block has on. */
  readonly account: Standing;
}

/** One bucket in both worlds; undefined where it does not exist. */
export interface BucketPair {
  readonly id: string;
  readonly before: Bucket | undefined;
  readonly after: Bucket | undefined;
  readonly touched: boolean;
}

/** The bucket that an attribute names, by reference or by name. */
export const bucketOf = (world: World, from: Resource, attribute = 'bucket'): string | undefined =>
  world.identify(from, attribute, BUCKET_TYPES, ['bucket', 'id', 'arn']);

interface Draft {
  resource: Resource | undefined;
  readonly parts: Map<string, Resource>;
}

const known = new WeakMap<World, ReadonlyMap<string, Draft>>();

/** All buckets of one side by identity; several kinds of subjects are about them. */
function bucketsOf(world: World): ReadonlyMap<string, Draft> {
  const found = known.get(world) ?? joinBuckets(world);
  known.set(world, found);
  return found;
}

/** The time grows with the number of the resources of buckets. */
function joinBuckets(world: World): Map<string, Draft> {
  const found = new Map<string, Draft>();
  for (const resource of world.resources(...BUCKET_TYPES)) draftOf(found, resource.identity).resource = resource;
  for (const part of world.resources(...PART_TYPES)) {
    const id = bucketOf(world, part);
    if (id !== undefined) draftOf(found, id).parts.set(part.type, part);
  }
  return found;
}

function draftOf(found: Map<string, Draft>, id: string): Draft {
  const draft = found.get(id) ?? { resource: undefined, parts: new Map<string, Resource>() };
  found.set(id, draft);
  return draft;
}

const paired = new WeakMap<Worlds, readonly BucketPair[]>();

/** All buckets of a plan, each joined from its resources; without `all` only those of which the plan touches a piece. */
export function buckets(worlds: Worlds, all: boolean): readonly BucketPair[] {
  const pairs = paired.get(worlds) ?? pairsOf(worlds);
  paired.set(worlds, pairs);
  return all ? pairs : pairs.filter(({ touched }) => touched);
}

function pairsOf(worlds: Worlds): BucketPair[] {
  const [before, after] = [bucketsOf(worlds.before), bucketsOf(worlds.after)];
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  const around = { before: surroundings(worlds, 'before'), after: surroundings(worlds, 'after') };
  return ids.map((id) => {
    const touched = isTouched(before.get(id)) || isTouched(after.get(id));
    return pair(around, id, before.get(id), after.get(id), touched);
  });
}

const isTouched = (draft: Draft | undefined): boolean =>
  draft !== undefined && (draft.resource?.touched === true || [...draft.parts.values()].some(({ touched }) => touched));

type Surroundings = Pick<Bucket, 'world' | 'account'>;

const surroundings = (worlds: Worlds, side: 'before' | 'after'): Surroundings => ({
  world: worlds[side],
  account: sharedSwitches(accountBlocks(worlds, side)),
});

const NOTHING: Draft = { resource: undefined, parts: new Map() };

function pair(
  around: Readonly<Record<'before' | 'after', Surroundings>>,
  id: string,
  before: Draft | undefined,
  after: Draft | undefined,
  touched: boolean,
): BucketPair {
  // A bucket that another stack owns is there before and after, whatever this plan does to its parts.
  const foreign = !before?.resource && !after?.resource;
  const standsAfter = foreign || after?.resource !== undefined;
  const left = before ?? (foreign ? NOTHING : undefined);
  const right = standsAfter ? standing(before, after ?? NOTHING) : undefined;
  return {
    id,
    before: left && { id, ...around.before, ...left, removed: new Set() },
    after: right && { id, ...around.after, ...right },
    touched,
  };
}

/** What stands after the plan: what Terraform forgets stays in AWS as it is, what it deletes is gone. */
function standing(before: Draft | undefined, after: Draft): Pick<Bucket, 'resource' | 'parts' | 'removed'> {
  const left = [...(before?.parts ?? [])].filter(([type]) => !after.parts.has(type));
  const [stays, goes] = [left.filter(([, part]) => staysInAws(part)), left.filter(([, part]) => !staysInAws(part))];
  return {
    resource: after.resource,
    parts: new Map([...stays, ...after.parts]),
    removed: new Set(goes.map(([type]) => type)),
  };
}

/**
 * The argument of the bucket that set a property before it had a resource of its own. After a refresh it repeats what that
 * resource set, so it says nothing once the plan deletes that resource, unless the configuration sets it (semantics 0.6).
 */
export function argumentOf({ resource, removed }: Bucket, type: PartType, argument: string): Value {
  if (!resource || (removed.has(type) && !resource.isConfigured(argument))) return null;
  return resource.get(argument);
}

/** The place of a property: the part that sets it, on this side or else on the other, with the bucket behind it. */
export function aspectOf(
  { before, after }: BucketPair,
  type: PartType,
  path: readonly (string | number)[],
): Aspect | undefined {
  const part = after?.parts.get(type) ?? before?.parts.get(type);
  if (!part) return undefined;
  const bucket = after?.resource ?? before?.resource;
  const causes: Cause[] = [{ address: part.address, path }, ...(bucket ? [{ address: bucket.address, path: [] }] : [])];
  const attribute = path.filter((step) => typeof step === 'string').join('.') || undefined;
  return { address: part.address, resourceType: part.type, attribute, causes };
}

/** The name of a bucket when it is known. */
export function nameOf({ id, resource }: Bucket): string | undefined {
  const name = resource?.get('bucket');
  if (typeof name === 'string') return name;
  return resource ? undefined : id;
}

/** What people call a bucket: its name before the plan, else after it, else its address. */
export const titleOf = ({ id, before, after }: BucketPair): string =>
  shownName(before) ?? shownName(after) ?? before?.resource?.address ?? after?.resource?.address ?? id;

/** The name of a bucket as far as it may be shown; the address of a part stands for a bucket of another stack. */
export function shownName(side: Bucket | undefined): string | undefined {
  const [part] = side?.parts.values() ?? [];
  const source = side?.resource ?? part;
  if (!side || !source?.isSensitive('bucket')) return side && nameOf(side);
  return side.resource ? undefined : source.address;
}

/**
 * Everything that a plan does to a log bucket is one finding; the key is that of its policy (see effective-policy.ts).
 * The weaknesses of other buckets are told one by one.
 */
export const mergeOfLogs = ({ id }: BucketPair): string => `s3:${id}`;
