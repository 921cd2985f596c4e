import type { Cause } from '../finding/finding.ts';
import { blocks } from '../plan/value.ts';
import type { Value } from '../plan/value.ts';
import type { Resource } from '../world/world.ts';
import { aclsIgnored, bucketGrants, publicGrants } from './bucket-access.ts';
import { PART_TYPES, buckets } from './bucket-parts.ts';
import type { Bucket, BucketPair } from './bucket-parts.ts';
import { exampleFacts } from './example.ts';
import type { Subject, SubjectKind, World } from './subject.ts';

const OBJECT_TYPES = ['aws_s3_object', 'aws_s3_bucket_object', 'aws_s3_object_copy'] as const;

/** The effective access-control list of a bucket or of an object. */
export const accessControlList: SubjectKind = {
  name: 'acl',
  description: 'The effective access-control list of one S3 bucket (however it is written) or of one object.',
  attributes: {
    of: '`bucket` or `object`.',
    public_grants: 'What it grants to everyone or to every AWS account, e.g. `READ for everyone`.',
    ignored: 'True when the bucket is known to ignore ACLs (public access block or object ownership).',
  },
  attributeTypes: { of: 'string', public_grants: 'list', ignored: 'bool' },
  types: ['aws_s3_bucket', 'aws_s3_account_public_access_block', ...PART_TYPES, ...OBJECT_TYPES],
  build(worlds, { audit }) {
    const pairs = buckets(worlds, audit);
    return {
      before: [...pairs.flatMap(({ before, ...pair }) => bucketAcl(pair, before)), ...objectAcls(worlds.before, audit)],
      after: [...pairs.flatMap(({ after, ...pair }) => bucketAcl(pair, after)), ...objectAcls(worlds.after, audit)],
    };
  },
  fromExample: (example) => exampleFacts({ of: 'bucket', public_grants: [], ignored: false }, example),
};

function bucketAcl({ id, touched }: Pick<BucketPair, 'id' | 'touched'>, side: Bucket | undefined): Subject[] {
  const split = side?.parts.get('aws_s3_bucket_acl');
  const resource = split ?? side?.resource;
  if (!side || !resource) return [];
  return [
    {
      ...common(resource),
      id: `${id} acl`,
      object: { of: 'bucket', public_grants: bucketGrants(side), ignored: aclsIgnored(side) },
      causes: causesIn(resource, split ? ['access_control_policy'] : ['grant']),
      touched,
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
      object: { of: 'object', public_grants: objectGrants(resource), ignored: false },
      causes: causesIn(resource, ['grant']),
      touched: resource.touched,
    }));

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
