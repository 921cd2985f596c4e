import { exposureOf, openPieces } from '../../aws/policy-document/exposure.ts';
import { parseDocument } from '../../aws/policy-document/parse.ts';
import { blocks, isUnknown } from '../../plan/value.ts';
import type { Unknown, Value } from '../../plan/value.ts';
import { argumentOf } from './bucket-parts.ts';
import type { Bucket } from './bucket-parts.ts';

/** Who an ACL group URI stands for; other grantees are named one by one and not public. */
const PUBLIC_GROUPS: Readonly<Record<string, string>> = {
  'http://acs.amazonaws.com/groups/global/AllUsers': 'everyone',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': 'every AWS account',
};

/** Canned ACLs that grant to the public. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html */
const CANNED: Readonly<Record<string, readonly string[]>> = {
  'public-read': ['READ to everyone'],
  'public-read-write': ['READ to everyone', 'WRITE to everyone'],
  'authenticated-read': ['READ to every AWS account'],
};

/** What an ACL grants to the public, e.g. `READ to everyone`; Unknown when that cannot be known. */
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
    : permissions.map((permission) => (isUnknown(permission) ? permission : `${String(permission)} to ${whom}`));
}

/** The grants to the public of a bucket, from its own ACL resource, else from the arguments of old. */
export function bucketGrants(bucket: Bucket): readonly Value[] {
  const split = bucket.parts.get('aws_s3_bucket_acl');
  if (split)
    return publicGrants(
      split.get('acl'),
      blocks(split.get('access_control_policy')).flatMap(({ grant }) => blocks(grant)),
    );
  return publicGrants(
    argumentOf(bucket, 'aws_s3_bucket_acl', 'acl'),
    blocks(argumentOf(bucket, 'aws_s3_bucket_acl', 'grant')),
  );
}

/** ACLs mean nothing to a bucket that ignores them or whose owner owns every object. */
export function aclsIgnored({ account, parts }: Bucket): boolean {
  const rules = blocks(parts.get('aws_s3_bucket_ownership_controls')?.get('rule') ?? null);
  return (
    account.names.includes('ignore_public_acls') ||
    parts.get('aws_s3_bucket_public_access_block')?.get('ignore_public_acls') === true ||
    rules.some((rule) => rule['object_ownership'] === 'BucketOwnerEnforced')
  );
}

/** The document of the bucket's policy: the split resource decides, else the argument of old. */
export function policyOf(bucket: Bucket): Value {
  const split = bucket.parts.get('aws_s3_bucket_policy');
  if (split) return split.document('policy');
  const inline = argumentOf(bucket, 'aws_s3_bucket_policy', 'policy');
  return inline === null || inline === '' ? null : (bucket.resource?.document('policy') ?? null);
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
