import { globMatches } from '../aws/policy-document/glob.ts';
import type { Resource, World } from '../world/world.ts';
import { PART_TYPES, bucketOf, buckets, nameOf } from './bucket-parts.ts';
import type { Bucket, BucketPair } from './bucket-parts.ts';
import { FOR_EVER, keptDays, lockedDays, safeguardsOf } from './bucket-safeguards.ts';
import { exampleFacts } from './example.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from './subject.ts';

const DEFAULTS: Facts = {
  exists: true,
  known_by: 'trail',
  trails: ['example'],
  safeguards: [],
  kept_days: FOR_EVER,
  locked_days: 0,
};

/** A bucket that holds audit logs, seen with everything that protects them. It stands after the plan even when deleted. */
export const logBucket: SubjectKind = {
  name: 'log-bucket',
  description:
    'A bucket that CloudTrail delivers to, or that the configuration or its name calls a log bucket, with what protects the logs.',
  attributes: {
    exists: 'False when the plan deletes or replaces it.',
    known_by: 'How it is known as a log bucket: `trail`, `configuration` or `name`.',
    trails: 'Addresses of the trails that deliver to it.',
    safeguards:
      'What protects the logs: versioning, public access block, delivery policy, KMS key, replication, no force_destroy, …',
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
      after: pairs.map((pair) => toSubject(pair, standing(pair), options, trails.before)),
    };
  },
  fromExample: (example) => exampleFacts(DEFAULTS, example),
};

/** The bucket after the plan with the logs that were in it; forgotten buckets stay, replaced ones begin empty. */
function standing({ before, after }: BucketPair): Bucket | undefined {
  if (!before?.resource) return after;
  if (before.resource.fate === 'forgotten') return after ?? before;
  return before.resource.fate === 'kept' ? after : undefined;
}

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
  const first = [...(pair.after?.parts.values() ?? []), ...(pair.before?.parts.values() ?? [])].find(
    ({ touched }) => touched,
  );
  const reported = resource ?? first;
  return {
    id: pair.id,
    object: {
      ...factsOf(side),
      known_by: knownBy(pair, options, trails) ?? 'name',
      trails: (trails.get(pair.id) ?? []).map(({ address }) => address),
    },
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
