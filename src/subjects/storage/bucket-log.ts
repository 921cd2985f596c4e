import { isUnknown } from '../../plan/value.ts';
import type { Resource, Worlds } from '../../world/world.ts';
import { ACCOUNT_BLOCK } from '../bucket-access-block.ts';
import { knownAsLogBucket, trailsByBucket } from './bucket-known.ts';
import type { TrailsByBucket } from './bucket-known.ts';
import { PART_TYPES, buckets, mergeOfLogs, titleOf } from './bucket-parts.ts';
import type { Bucket, BucketPair } from './bucket-parts.ts';
import { FOR_EVER, keptDays, lockedDays, safeguardsOf } from './bucket-safeguards.ts';
import { exampleFacts } from '../example.ts';
import { KEY_TYPES, unusableKeys } from './key-unusable.ts';
import { DOUBTS, NOTHING_STANDS, doubts } from '../bucket-standing.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';

const DEFAULTS: Facts = {
  name: 'example',
  exists: true,
  fate: 'kept',
  force_destroy: false,
  known_by: 'trail',
  trails: ['example'],
  safeguards: [],
  unsure: [],
  unread: false,
  kept_days: FOR_EVER,
  locked_days: 0,
};

/** A bucket that holds audit logs, seen with everything that protects them. It stands after the plan even when deleted. */
export const logBucket: SubjectKind = {
  name: 'log-bucket',
  description:
    'A bucket that CloudTrail delivers to, or that the configuration or its name calls a log bucket, with what protects the logs.',
  attributes: {
    name: 'Its name; its address while nobody knows the name.',
    exists: 'False when the plan deletes or replaces it.',
    fate: 'What the plan does to it: `kept`, `replaced`, `recreated`, `destroyed` or `forgotten`.',
    force_destroy: 'True when Terraform may delete it with the logs in it.',
    known_by: 'How it is known as a log bucket: `trail`, `configuration` or `name`.',
    trails: 'Addresses of the trails that deliver to it.',
    safeguards:
      'What protects the logs: versioning, public access block, delivery policy, KMS keys, replication, no force_destroy, …',
    ...DOUBTS,
    kept_days: 'After how many days a lifecycle rule deletes logs; 1000000 when none does.',
    locked_days: 'How long Object Lock keeps an object by default, in days; 0 without a default.',
  },
  attributeTypes: {
    name: 'string',
    exists: 'bool',
    fate: 'string',
    known_by: 'string',
    trails: 'list',
    safeguards: 'list',
    unsure: 'list',
    unread: 'bool',
  },
  types: ['aws_s3_bucket', 'aws_cloudtrail', ...KEY_TYPES, ACCOUNT_BLOCK, ...PART_TYPES],
  build(worlds, options) {
    const [before, after] = [contextOf(worlds, options, 'before'), contextOf(worlds, options, 'after')];
    const pairs = buckets(worlds, true).filter((pair) => knownBy(pair, before) !== undefined);
    return {
      before: pairs.flatMap((pair) => (pair.before ? [toSubject(pair, pair.before, before, before)] : [])),
      after: pairs.map((pair) => toSubject(pair, standing(pair), after, before)),
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

/** What stands around the buckets on one side. */
interface Context {
  readonly options: BuildOptions;
  readonly trails: TrailsByBucket;
  /** Names of KMS keys that nothing can be encrypted with. */
  readonly unusable: ReadonlySet<string>;
}

const contextOf = (worlds: Worlds, options: BuildOptions, side: 'before' | 'after'): Context => ({
  options,
  trails: trailsByBucket(worlds[side]),
  unusable: unusableKeys(worlds, side),
});

const knownBy = (pair: BucketPair, { options, trails }: Context): string | undefined =>
  knownAsLogBucket(pair, trails, options);

function toSubject(pair: BucketPair, side: Bucket | undefined, context: Context, before: Context): Subject {
  const resource = side?.resource ?? pair.before?.resource ?? pair.after?.resource;
  const first = [...(pair.after?.parts.values() ?? []), ...(pair.before?.parts.values() ?? [])].find(
    ({ touched }) => touched,
  );
  const reported = resource ?? first;
  return {
    id: pair.id,
    merge: mergeOfLogs(pair),
    object: {
      ...factsOf(side, pair.id, context, before),
      name: titleOf(pair),
      fate: pair.before?.resource?.fate ?? 'kept',
      force_destroy: pair.before?.resource?.get('force_destroy') ?? false,
      known_by: knownBy(pair, before) ?? 'name',
      trails: (before.trails.get(pair.id) ?? []).map(({ address }) => address),
    },
    address: reported?.address ?? pair.id,
    previousAddress: reported?.previousAddress,
    resourceType: reported?.type ?? 'aws_s3_bucket',
    causes: [first, resource].flatMap((one) => (one ? [{ address: one.address, path: [] }] : [])),
    touched: true,
  };
}

function factsOf(side: Bucket | undefined, id: string, context: Context, before: Context): Facts {
  if (!side) return { exists: false, safeguards: [], ...doubts(NOTHING_STANDS), kept_days: FOR_EVER, locked_days: 0 };
  const safeguards = safeguardsOf(side, context.unusable);
  return {
    exists: true,
    safeguards: [...safeguards.names, ...trailKey(id, context, before)],
    ...doubts(safeguards),
    kept_days: keptDays(side, logPrefixes(before.trails.get(id) ?? [])),
    locked_days: lockedDays(side),
  };
}

/** Where trails write below a bucket: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-find-log-files.html */
const logPrefixes = (trails: readonly Resource[]): readonly string[] =>
  trails.map((trail) => {
    const prefix = trail.get('s3_key_prefix');
    if (isUnknown(prefix)) return '';
    return typeof prefix === 'string' && prefix !== '' ? `${prefix}/AWSLogs/` : 'AWSLogs/';
  });

/** A trail that encrypts with a key of its own delivers nothing once that key is disabled or deleted. */
function trailKey(id: string, context: Context, before: Context): readonly string[] {
  const keysOf = ({ trails }: Context): readonly string[] =>
    (trails.get(id) ?? []).map((trail) => trail.get('kms_key_id') || null).filter((key) => typeof key === 'string');
  if (keysOf(before).length === 0) return [];
  return keysOf(context).some((key) => context.unusable.has(key)) ? [] : ['a usable KMS key of its trail'];
}
