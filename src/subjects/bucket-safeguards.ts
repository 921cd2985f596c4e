import { Unknown, blocks, isUnknown } from '../plan/value.ts';
import type { Value } from '../plan/value.ts';
import { accountBlock, policyOf, switchesOn } from './bucket-access.ts';
import { deliversTrails } from './bucket-delivery.ts';
import type { Bucket, PartType } from './bucket-parts.ts';
import { versioningOf } from './bucket.ts';

/** Days that stand for "for ever": longer than anything S3 accepts as a lifetime that matters. */
export const FOR_EVER = 1_000_000;

/** A safeguard that stands, does not, or cannot be known. */
const safeguard = (name: string, stands: Value): Value[] =>
  isUnknown(stands)
    ? [new Unknown(`whether there is still ${name}: ${stands.because}`)]
    : stands === true
      ? [name]
      : [];

/** Everything that protects the logs in a bucket, by name; what cannot be known is an unknown element. */
export function safeguardsOf(side: Bucket): Value[] {
  const { resource, parts, world } = side;
  const versioning = versioningOf(side);
  const delivery = deliversTrails(policyOf(side));
  return [
    ...safeguard('versioning', isUnknown(versioning) ? versioning : versioning === 'Enabled'),
    ...(switchesOn(accountBlock(world)).length === 4 ? [] : switchesOn(parts.get('aws_s3_bucket_public_access_block'))),
    ...safeguard('the policy that lets CloudTrail write', delivery.allowed),
    ...safeguard('the aws:SourceArn or aws:SourceAccount condition of its policy', delivery.limited),
    ...safeguard('encryption with a usable KMS key', encryptedWithKey(side)),
    ...safeguard(
      'replication',
      settings(side, 'aws_s3_bucket_replication_configuration', 'rule', 'replication_configuration').length > 0,
    ),
    ...safeguard(
      'Object Lock',
      parts.has('aws_s3_bucket_object_lock_configuration') || resource?.get('object_lock_enabled') === true,
    ),
    ...(resource
      ? safeguard(
          'the refusal to delete a bucket with logs in it (force_destroy = false)',
          not(resource.get('force_destroy')),
        )
      : []),
  ];
}

const not = (value: Value): Value => (isUnknown(value) ? value : value !== true);

const KMS_ALGORITHMS: readonly Value[] = ['aws:kms', 'aws:kms:dsse'];

/** The block of a property: in its own resource, or in the bucket's argument of old where that is written. */
function settings(
  { resource, parts }: Bucket,
  type: PartType,
  own: string,
  inline: string,
): { readonly [key: string]: Value }[] {
  const part = parts.get(type);
  if (part) return blocks(part.get(own));
  return resource?.isConfigured(inline) ? blocks(resource.get(inline)) : [];
}

/** SSE-KMS whose key is not switched off by this plan. */
function encryptedWithKey(side: Bucket): boolean {
  const { world } = side;
  const set = settings(
    side,
    'aws_s3_bucket_server_side_encryption_configuration',
    'rule',
    'server_side_encryption_configuration',
  );
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
export function keptDays(side: Bucket): Value {
  const set = settings(side, 'aws_s3_bucket_lifecycle_configuration', 'rule', 'lifecycle_rule');
  const rules = set.filter((rule) => rule['status'] !== 'Disabled' && rule['enabled'] !== false);
  const days = rules.flatMap((rule) => blocks(rule['expiration'])).map((expiration) => expiration['days'] ?? null);
  const unknown = days.find(isUnknown);
  return (
    unknown ?? Math.min(FOR_EVER, ...days.filter((value) => typeof value === 'number').filter((value) => value > 0))
  );
}

const DAYS_PER_YEAR = 365;

/** The default retention of Object Lock in days; 0 without one. */
export function lockedDays({ parts }: Bucket): Value {
  const rule = blocks(parts.get('aws_s3_bucket_object_lock_configuration')?.get('rule') ?? null)[0];
  const retention = blocks(rule?.['default_retention'])[0];
  if (!retention) return 0;
  const [days, years] = [retention['days'] ?? null, retention['years'] ?? null];
  if (isUnknown(days) || isUnknown(years)) return isUnknown(days) ? days : years;
  return typeof years === 'number' && years > 0 ? years * DAYS_PER_YEAR : typeof days === 'number' ? days : 0;
}
