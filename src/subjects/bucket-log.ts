import { globMatches } from '../aws/policy-document/glob.ts';
import { isUnknown, blocks, Unknown } from '../plan/value.ts';
import type { Value } from '../plan/value.ts';
import type { Resource, World } from '../world/world.ts';
import { accountBlock, policyOf, switchesOn } from './bucket-access.ts';
import { deliversTrails } from './bucket-delivery.ts';
import { PART_TYPES, bucketOf, buckets, nameOf } from './bucket-parts.ts';
import type { Bucket, BucketPair, PartType } from './bucket-parts.ts';
import { versioningOf } from './bucket.ts';
import { exampleFacts } from './example.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from './subject.ts';

/** Days that stand for "for ever": longer than anything S3 accepts as a lifetime that matters. */
const FOR_EVER = 1_000_000;

const DEFAULTS: Facts = { exists: true, known_by: 'trail', trails: ['example'], safeguards: [], kept_days: FOR_EVER, locked_days: 0 };

/** A bucket that holds audit logs, seen with everything that protects them. It stands after the plan even when deleted. */
export const logBucket: SubjectKind = {
  name: 'log-bucket',
  description: 'A bucket that CloudTrail delivers to, or that the configuration or its name calls a log bucket, with what protects the logs.',
  attributes: {
    exists: 'False when the plan deletes it.',
    known_by: 'How it is known as a log bucket: `trail`, `configuration` or `name`.',
    trails: 'Addresses of the trails that deliver to it.',
    safeguards: 'What protects the logs: versioning, public access block, delivery policy, KMS key, replication, no force_destroy, …',
    kept_days: 'After how many days a lifecycle rule deletes logs; 1000000 when none does.',
    locked_days: 'How long Object Lock keeps an object by default, in days; 0 without a default.',
  },
  attributeTypes: { exists: 'bool', known_by: 'string', trails: 'list', safeguards: 'list' },
  types: ['aws_s3_bucket', 'aws_cloudtrail', 'aws_kms_key', 'aws_s3_account_public_access_block', ...PART_TYPES],
  build(worlds, options) {
    const trails = { before: trailsByBucket(worlds.before), after: trailsByBucket(worlds.after) };
    const pairs = buckets(worlds, true).filter((pair) => knownBy(pair, options, trails.before) !== undefined);
    return {
      before: pairs.flatMap((pair) => (pair.before ? [toSubject(pair, pair.before, options, trails.before)] : [])),
      after: pairs.map((pair) => toSubject(pair, pair.after, options, trails.before)),
    };
  },
  fromExample: (example) => exampleFacts(DEFAULTS, example),
};

type Trails = ReadonlyMap<string, readonly Resource[]>;

function trailsByBucket(world: World): Trails {
  const found = new Map<string, Resource[]>();
  for (const trail of world.resources('aws_cloudtrail')) {
    const id = bucketOf(world, trail, 's3_bucket_name');
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), trail]);
  }
  return found;
}

const LOG_NAMES = /(^|[-._])(cloudtrail|audit-?logs?|access-?logs?|flow-?logs?)([-._]|$)/;

function knownBy({ id, before, after }: BucketPair, { logBuckets }: BuildOptions, trails: Trails): string | undefined {
  const side = before ?? after;
  const name = side ? (nameOf(side) ?? '') : '';
  if (trails.has(id)) return 'trail';
  if (logBuckets.some((glob) => globMatches(glob, name))) return 'configuration';
  return LOG_NAMES.test(name) ? 'name' : undefined;
}

function toSubject(pair: BucketPair, side: Bucket | undefined, options: BuildOptions, trails: Trails): Subject {
  const resource = side?.resource ?? pair.before?.resource ?? pair.after?.resource;
  const first = [...(pair.after?.parts.values() ?? []), ...(pair.before?.parts.values() ?? [])].find(({ touched }) => touched);
  const reported = resource ?? first;
  return {
    id: pair.id,
    object: { ...factsOf(side), known_by: knownBy(pair, options, trails) ?? 'name', trails: (trails.get(pair.id) ?? []).map(({ address }) => address) },
    address: reported?.address ?? pair.id,
    previousAddress: reported?.previousAddress,
    resourceType: reported?.type ?? 'aws_s3_bucket',
    causes: [first, resource].flatMap((one) => (one ? [{ address: one.address, path: [] }] : [])),
    touched: true,
  };
}

function factsOf(side: Bucket | undefined): Facts {
  if (!side) return { exists: false, safeguards: [], kept_days: FOR_EVER, locked_days: 0 };
  return { exists: true, safeguards: safeguardsOf(side), kept_days: keptDays(side), locked_days: lockedDays(side) };
}

/** A safeguard that stands, does not, or cannot be known. */
const safeguard = (name: string, stands: Value): Value[] =>
  isUnknown(stands) ? [new Unknown(`whether there is still ${name}: ${stands.because}`)] : stands === true ? [name] : [];

function safeguardsOf(side: Bucket): Value[] {
  const { resource, parts, world } = side;
  const versioning = versioningOf(side);
  const delivery = deliversTrails(policyOf(side));
  return [
    ...safeguard('versioning', isUnknown(versioning) ? versioning : versioning === 'Enabled'),
    ...switchesOn(accountBlock(world)).length === 4 ? [] : switchesOn(parts.get('aws_s3_bucket_public_access_block')),
    ...safeguard('the policy that lets CloudTrail write', delivery.allowed),
    ...safeguard('the aws:SourceArn or aws:SourceAccount condition of its policy', delivery.limited),
    ...safeguard('encryption with a usable KMS key', encryptedWithKey(side)),
    ...safeguard('replication', settings(side, 'aws_s3_bucket_replication_configuration', 'rule', 'replication_configuration').length > 0),
    ...safeguard('Object Lock', parts.has('aws_s3_bucket_object_lock_configuration') || resource?.get('object_lock_enabled') === true),
    ...(resource ? safeguard('the refusal to delete a bucket with logs in it (force_destroy = false)', not(resource.get('force_destroy'))) : []),
  ];
}

const not = (value: Value): Value => (isUnknown(value) ? value : value !== true);

const KMS_ALGORITHMS: readonly Value[] = ['aws:kms', 'aws:kms:dsse'];

/** The block of a property: in its own resource, or in the bucket's argument of old where that is written. */
function settings({ resource, parts }: Bucket, type: PartType, own: string, inline: string): { readonly [key: string]: Value }[] {
  const part = parts.get(type);
  if (part) return blocks(part.get(own));
  return resource?.isConfigured(inline) ? blocks(resource.get(inline)) : [];
}

/** SSE-KMS whose key is not switched off by this plan. */
function encryptedWithKey(side: Bucket): boolean {
  const { world } = side;
  const set = settings(side, 'aws_s3_bucket_server_side_encryption_configuration', 'rule', 'server_side_encryption_configuration');
  const rules = set.flatMap((one) => ('rule' in one ? blocks(one['rule']) : [one]));
  const applied = rules.flatMap((rule) => blocks(rule['apply_server_side_encryption_by_default']));
  const withKey = applied.find((one) => KMS_ALGORITHMS.includes(one['sse_algorithm'] ?? null));
  if (!withKey) return false;
  const id = withKey['kms_master_key_id'];
  if (typeof id !== 'string') return true;
  const key = world.find(['aws_kms_key'], 'arn', id) ?? world.find(['aws_kms_key'], 'id', id);
  return key?.get('is_enabled') !== false;
}

/** The soonest deletion by a lifecycle rule that is on. */
function keptDays(side: Bucket): Value {
  const set = settings(side, 'aws_s3_bucket_lifecycle_configuration', 'rule', 'lifecycle_rule');
  const rules = set.filter((rule) => rule['status'] !== 'Disabled' && rule['enabled'] !== false);
  const days = rules.flatMap((rule) => blocks(rule['expiration'])).map((expiration) => expiration['days'] ?? null);
  const unknown = days.find(isUnknown);
  return unknown ?? Math.min(FOR_EVER, ...days.filter((value) => typeof value === 'number').filter((value) => value > 0));
}

const DAYS_PER_YEAR = 365;

function lockedDays({ parts }: Bucket): Value {
  const rule = blocks(parts.get('aws_s3_bucket_object_lock_configuration')?.get('rule') ?? null)[0];
  const retention = blocks(rule?.['default_retention'])[0];
  if (!retention) return 0;
  const [days, years] = [retention['days'] ?? null, retention['years'] ?? null];
  if (isUnknown(days) || isUnknown(years)) return isUnknown(days) ? days : years;
  return typeof years === 'number' && years > 0 ? years * DAYS_PER_YEAR : typeof days === 'number' ? days : 0;
}
