import type { Cause } from '../finding/finding.ts';
import type { Resource, World, Worlds } from '../world/world.ts';
import type { Aspect } from './subject.ts';

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
] as const;
export type PartType = (typeof PART_TYPES)[number];

/** One bucket on one side of the plan with the resources that make it up. */
export interface Bucket {
  readonly id: string;
  readonly world: World;
  /** Undefined for a bucket that is only named: another stack owns it. */
  readonly resource: Resource | undefined;
  readonly parts: ReadonlyMap<string, Resource>;
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

/** All buckets of one side by identity; the time grows with the number of their resources. */
function bucketsOf(world: World): Map<string, Draft> {
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

/** All buckets of a plan, each joined from its resources; without `all` only those of which the plan touches a piece. */
export function buckets(worlds: Worlds, all: boolean): BucketPair[] {
  const [before, after] = [bucketsOf(worlds.before), bucketsOf(worlds.after)];
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  return ids.flatMap((id) => {
    const touched = isTouched(before.get(id)) || isTouched(after.get(id));
    return all || touched ? [pair(worlds, id, before.get(id), after.get(id), touched)] : [];
  });
}

const isTouched = (draft: Draft | undefined): boolean =>
  draft !== undefined && (draft.resource?.touched === true || [...draft.parts.values()].some(({ touched }) => touched));

const NOTHING: Draft = { resource: undefined, parts: new Map() };

function pair(
  worlds: Worlds,
  id: string,
  before: Draft | undefined,
  after: Draft | undefined,
  touched: boolean,
): BucketPair {
  // A bucket that another stack owns is there before and after, whatever this plan does to its parts.
  const foreign = !before?.resource && !after?.resource;
  const standsAfter = foreign || after?.resource !== undefined;
  const [left, right] = [before ?? (foreign ? NOTHING : undefined), after ?? (standsAfter ? NOTHING : undefined)];
  return {
    id,
    before: left && { id, world: worlds.before, ...left },
    after: standsAfter && right ? { id, world: worlds.after, ...right, parts: withForgotten(left, right) } : undefined,
    touched,
  };
}

/** True for what Terraform lets go of without deleting it: forgotten, or destroyed with `skip_destroy`. */
export const staysInAws = (resource: Resource): boolean =>
  resource.fate === 'forgotten' || (resource.fate === 'destroyed' && resource.get('skip_destroy') === true);

/** What Terraform forgets stays in AWS as it is. */
function withForgotten(before: Draft | undefined, after: Draft): Map<string, Resource> {
  const forgotten = [...(before?.parts ?? [])].filter(([type, part]) => staysInAws(part) && !after.parts.has(type));
  return new Map([...forgotten, ...after.parts]);
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
