import { exposureOf, openPieces } from '../aws/policy-document/exposure.ts';
import { parseDocument } from '../aws/policy-document/parse.ts';
import { Unknown, blocks, isUnknown } from '../plan/value.ts';
import type { Value } from '../plan/value.ts';
import type { Resource, World } from '../world/world.ts';
import type { Bucket } from './bucket-parts.ts';

/** The four switches of S3 Block Public Access. */
export const SWITCHES = [
  'block_public_acls',
  'block_public_policy',
  'ignore_public_acls',
  'restrict_public_buckets',
] as const;

/** The switches that are on; one that is not known is an unknown element. */
export const switchesOn = (block: Resource | undefined): Value[] =>
  block ? SWITCHES.flatMap((name): Value[] => switchOn(name, block.get(name))) : [];

function switchOn(name: string, value: Value): Value[] {
  if (isUnknown(value)) return [new Unknown(`whether ${name} is on: ${value.because}`)];
  return value === true ? [name] : [];
}

/** The account's own block: it holds for every bucket. The plan of one account has at most one. */
export const accountBlock = (world: World): Resource | undefined =>
  world.resources('aws_s3_account_public_access_block')[0];

/** Who an ACL group URI stands for; other grantees are named one by one and not public. */
const PUBLIC_GROUPS: Readonly<Record<string, string>> = {
  'http://acs.amazonaws.com/groups/global/AllUsers': 'everyone',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': 'every AWS account',
};

/** Canned ACLs that grant to the public. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html */
const CANNED: Readonly<Record<string, readonly string[]>> = {
  'public-read': ['READ for everyone'],
  'public-read-write': ['READ for everyone', 'WRITE for everyone'],
  'authenticated-read': ['READ for every AWS account'],
};

/** What an ACL grants to the public, e.g. `READ for everyone`; Unknown when that cannot be known. */
export function publicGrants(acl: Value, grants: readonly { readonly [key: string]: Value }[]): readonly Value[] {
  if (isUnknown(acl)) return [acl];
  if (typeof acl === 'string') return CANNED[acl] ?? [];
  return [...new Set(grants.flatMap(grantsOf))];
}

function grantsOf(grant: { readonly [key: string]: Value }): Value[] {
  const uri = grant['uri'] ?? blocks(grant['grantee'])[0]?.['uri'] ?? null;
  if (isUnknown(uri)) return [uri];
  const whom = typeof uri === 'string' ? PUBLIC_GROUPS[uri] : undefined;
  const permissions = Array.isArray(grant['permissions']) ? grant['permissions'] : [grant['permission'] ?? null];
  return whom === undefined
    ? []
    : permissions.map((permission) => (isUnknown(permission) ? permission : `${String(permission)} for ${whom}`));
}

/** The grants to the public of a bucket, from its own ACL resource, else from the arguments of old. */
export function bucketGrants({ resource, parts }: Bucket): readonly Value[] {
  const split = parts.get('aws_s3_bucket_acl');
  if (split)
    return publicGrants(
      split.get('acl'),
      blocks(split.get('access_control_policy')).flatMap(({ grant }) => blocks(grant)),
    );
  if (!resource || !(resource.isConfigured('acl') || resource.isConfigured('grant'))) return [];
  return publicGrants(resource.get('acl'), blocks(resource.get('grant')));
}

/** ACLs mean nothing to a bucket that ignores them or whose owner owns every object. */
export function aclsIgnored({ world, parts }: Bucket): boolean {
  const ignoring = [parts.get('aws_s3_bucket_public_access_block'), accountBlock(world)];
  const rules = blocks(parts.get('aws_s3_bucket_ownership_controls')?.get('rule') ?? null);
  return (
    ignoring.some((block) => block?.get('ignore_public_acls') === true) ||
    rules.some((rule) => rule['object_ownership'] === 'BucketOwnerEnforced')
  );
}

/** The document of the bucket's policy: the split resource decides, the argument of old only where it is written. */
export function policyOf({ resource, parts }: Bucket): Value {
  const split = parts.get('aws_s3_bucket_policy');
  if (split) return split.document('policy');
  return resource?.isConfigured('policy') ? resource.document('policy') : null;
}

/** Whether the bucket's policy lets in everyone; Unknown when it cannot be read before apply. */
export function isPolicyPublic(bucket: Bucket): boolean | Unknown {
  const text = policyOf(bucket);
  if (text === null) return false;
  const document = parseDocument(text);
  if (document.kind === 'unknown') return document.unknown;
  if (document.kind === 'invalid') return false;
  const limits = openPieces(document).map((piece) => exposureOf(document, piece)?.limit);
  return limits.includes('none') || (limits.find(isUnknown) ?? false);
}
