import { exposuresOf } from '../../aws/policy-document/exposure.ts';
import { parseDocument } from '../../aws/policy-document/parse.ts';
import { blocks, isKnown, isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import { ACCOUNT_BLOCK, switchesOn } from '../bucket-access-block.ts';
import { exampleFacts } from '../example.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';
import { aclsIgnored, bucketGrants, policyOf } from './bucket-access.ts';
import { knownAsLogBucket, trailsByBucket } from './bucket-known.ts';
import { PART_TYPES, bucketOf, buckets, mergeOfLogs, titleOf } from './bucket-parts.ts';
import type { Bucket, BucketPair } from './bucket-parts.ts';

const LOGGING = 'aws_s3_bucket_logging';

const DEFAULTS: Facts = {
  name: 'example',
  known_by: 'trail',
  trails: ['aws_cloudtrail.example'],
  open_by: [],
  is_here: true,
  access_logged: true,
};

/** A bucket that holds audit logs as strangers and readers see it. */
export const trailBucket: SubjectKind = {
  name: 'trail-bucket',
  description:
    'A bucket that CloudTrail delivers to, or that the configuration or its name calls a log bucket: who gets at the logs, and whether that leaves a trace.',
  attributes: {
    name: 'Its name; its address while nobody knows the name.',
    known_by: 'How it is known as a log bucket: `trail`, `configuration` or `name`.',
    trails: 'Addresses of the trails that deliver to it.',
    open_by: 'What really lets in everyone: `policy`, `ACL`.',
    is_here: 'True when the plan has the bucket itself, and not only a part of it.',
    access_logged: 'True when it has server access logging.',
  },
  attributeTypes: { name: 'string', known_by: 'string', trails: 'list', open_by: 'list', is_here: 'bool' },
  types: ['aws_s3_bucket', 'aws_cloudtrail', LOGGING, ACCOUNT_BLOCK, ...PART_TYPES],
  build(worlds, options) {
    const account = [worlds.before, worlds.after].some((world) =>
      world.resources(ACCOUNT_BLOCK).some(({ touched }) => touched),
    );
    const after = sideOf(worlds, 'after', options);
    const before = withoutLostTrails(sideOf(worlds, 'before', options), after);
    const pairs = buckets(worlds, true);
    return {
      before: pairs.filter(stands).flatMap((pair) => toSubject(pair, pair.before, before, account)),
      after: pairs.flatMap((pair) => toSubject(pair, pair.after, after, account)),
    };
  },
  fromExample: (example) => exampleFacts(DEFAULTS, example),
};

/** A bucket that is destroyed is no better for it: see log-bucket. */
const stands = ({ before }: BucketPair): boolean => before?.resource?.fate !== 'destroyed';

/** What stands around the buckets on one side. */
interface Side {
  readonly options: BuildOptions;
  readonly trails: ReadonlyMap<string, readonly Resource[]>;
  readonly logging: ReadonlyMap<string, Resource>;
  /** Access logging of the other side: what the plan deletes there is still mirrored in the bucket (semantics 0.6). */
  readonly removed: ReadonlySet<string>;
}

function sideOf(worlds: Worlds, at: 'before' | 'after', options: BuildOptions): Side {
  const logging = loggingByBucket(worlds[at]);
  const removed = at === 'before' ? [] : [...loggingByBucket(worlds.before).keys()].filter((id) => !logging.has(id));
  return { options, trails: trailsByBucket(worlds[at]), logging, removed: new Set(removed) };
}

/** A bucket that no trail delivers to any more is no better for it. */
const withoutLostTrails = (before: Side, after: Side): Side => ({
  ...before,
  trails: new Map([...before.trails].filter(([bucket]) => after.trails.has(bucket))),
});

const loggingByBucket = (world: World): ReadonlyMap<string, Resource> =>
  new Map(
    world.resources(LOGGING).flatMap((logging) => {
      const id = bucketOf(world, logging);
      return id === undefined ? [] : [[id, logging] as const];
    }),
  );

function toSubject(pair: BucketPair, bucket: Bucket | undefined, side: Side, account: boolean): Subject[] {
  const knownBy = bucket && knownAsLogBucket(pair, side.trails, side.options);
  if (!bucket || knownBy === undefined) return [];
  const [trails, logging] = [side.trails.get(pair.id) ?? [], side.logging.get(pair.id)];
  const [part] = [...bucket.parts.values()];
  const reported = bucket.resource ?? part ?? trails[0];
  const open = openBy(bucket);
  const opener = open.includes('policy') ? 'aws_s3_bucket_policy' : 'aws_s3_bucket_acl';
  const cause = open.length > 0 ? (bucket.parts.get(opener) ?? reported) : reported;
  return [
    {
      id: pair.id,
      merge: mergeOfLogs(pair),
      object: {
        name: titleOf(pair),
        known_by: knownBy,
        trails: trails.map(({ address }) => address),
        open_by: open,
        is_here: bucket.resource !== undefined,
        access_logged: isAccessLogged(bucket, side),
      },
      address: reported?.address ?? pair.id,
      previousAddress: reported?.previousAddress,
      resourceType: reported?.type ?? 'aws_s3_bucket',
      causes: cause ? [{ address: cause.address, path: [] }] : [],
      touched: account || pair.touched || logging?.touched === true || trails.some(({ touched }) => touched),
    },
  ];
}

function isAccessLogged({ id, resource }: Bucket, { logging, removed }: Side): Value {
  if (logging.has(id)) return true;
  if (!resource || (removed.has(id) && !resource.isConfigured('logging'))) return false;
  const inline = resource.get('logging');
  return isUnknown(inline) ? inline : blocks(inline).length > 0;
}

/** What surely lets in everyone and is stopped by no access block; what cannot be read is told by the policies of S3. */
const openBy = (bucket: Bucket): string[] => [
  ...(isOpenByPolicy(bucket) ? ['policy'] : []),
  ...(!aclsIgnored(bucket) && bucketGrants(bucket).some(isKnown) ? ['ACL'] : []),
];

function isOpenByPolicy(bucket: Bucket): boolean {
  const block = switchesOn(bucket.parts.get('aws_s3_bucket_public_access_block'));
  const isStopped = [block, bucket.account].some(
    ({ names, unsure }) => names.includes('restrict_public_buckets') || unsure.has('restrict_public_buckets'),
  );
  const document = parseDocument(policyOf(bucket) ?? '');
  if (isStopped || document.kind !== 'document') return false;
  return exposuresOf(document).some(({ limit, limitedByDeny }) => limit === 'none' && !limitedByDeny);
}
