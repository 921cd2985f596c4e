import type { Cause } from '../../finding/finding.ts';
import { blocks } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource } from '../../world/world.ts';
import { aclsIgnored, bucketGrants, publicGrants } from './bucket-access.ts';
import { knownAsLogBucket, trailsByBucket } from './bucket-known.ts';
import { PART_TYPES, buckets, mergeOfLogs, titleOf } from './bucket-parts.ts';
import type { Bucket, BucketPair } from './bucket-parts.ts';
import { exampleFacts } from '../example.ts';
import type { Subject, SubjectKind, World } from '../subject.ts';

const OBJECT_TYPES = ['aws_s3_object', 'aws_s3_bucket_object', 'aws_s3_object_copy'] as const;

/** The effective access-control list of a bucket or of an object. */
export const accessControlList: SubjectKind = {
  name: 'acl',
  description: 'The effective access-control list of one S3 bucket (however it is written) or of one object.',
  attributes: {
    of: '`bucket` or `object`.',
    name: 'What people call it, e.g. `bucket shop-exports` or `object index.html`.',
    public_grants: 'What it grants to everyone or to every AWS account, e.g. `READ to everyone`.',
    ignored: 'True when the bucket is known to ignore ACLs (public access block or object ownership).',
  },
  attributeTypes: { of: 'string', name: 'string', public_grants: 'list', ignored: 'bool' },
  types: ['aws_s3_bucket', 'aws_s3_account_public_access_block', ...PART_TYPES, ...OBJECT_TYPES],
  build(worlds, options) {
    const { audit } = options;
    const pairs = buckets(worlds, audit);
    const trails = [trailsByBucket(worlds.before), trailsByBucket(worlds.after)];
    const isLog = (pair: BucketPair): boolean =>
      trails.some((side) => knownAsLogBucket(pair, side, options) !== undefined);
    const acls = (side: 'before' | 'after'): Subject[] =>
      pairs.flatMap((pair) => bucketAcl(pair, pair[side], isLog(pair) ? mergeOfLogs(pair) : undefined));
    return {
      before: [...acls('before'), ...objectAcls(worlds.before, audit)],
      after: [...acls('after'), ...objectAcls(worlds.after, audit)],
    };
  },
  fromExample: (example) =>
    exampleFacts({ of: 'bucket', name: 'bucket example', public_grants: [], ignored: false }, example),
};

function bucketAcl(pair: BucketPair, side: Bucket | undefined, merge: string | undefined): Subject[] {
  const split = side?.parts.get('aws_s3_bucket_acl');
  const resource = split ?? side?.resource;
  if (!side || !resource) return [];
  return [
    {
      ...common(resource),
      id: `${pair.id} acl`,
      merge,
      object: {
        of: 'bucket',
        name: `bucket ${titleOf(pair)}`,
        public_grants: bucketGrants(side),
        ignored: aclsIgnored(side),
      },
      causes: causesIn(resource, split ? ['access_control_policy'] : ['grant']),
      touched: pair.touched,
    },
  ];
}

const objectAcls = (world: World, audit: boolean): Subject[] =>
  world
    .resources(...OBJECT_TYPES)
    .filter(({ touched }) => audit || touched)
    .map((resource) => ({
      ...common(resource),
      id: resource.identity,
      object: { of: 'object', name: objectName(resource), public_grants: objectGrants(resource), ignored: false },
      causes: causesIn(resource, ['grant']),
      touched: resource.touched,
    }));

/** An object by its key, which may be known only after apply. */
function objectName(resource: Resource): string {
  const name = resource.get('key');
  return `object ${typeof name === 'string' && !resource.isSensitive('key') ? name : resource.address}`;
}

const objectGrants = (resource: Resource): readonly Value[] =>
  resource.isConfigured('acl') || resource.isConfigured('grant')
    ? publicGrants(resource.get('acl'), blocks(resource.get('grant')))
    : [];

const common = (
  resource: Resource,
): Pick<Subject, 'address' | 'previousAddress' | 'resourceType' | 'attribute' | 'fate'> => ({
  address: resource.address,
  previousAddress: resource.previousAddress,
  resourceType: resource.type,
  attribute: typeof resource.get('acl') === 'string' ? 'acl' : undefined,
  fate: resource.fate,
});

const causesIn = ({ address }: Resource, otherwise: readonly string[]): Cause[] => [
  { address, path: ['acl'] },
  { address, path: otherwise },
  { address, path: [] },
];
