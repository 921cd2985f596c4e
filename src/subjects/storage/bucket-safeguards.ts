import { Unknown, blocks, isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import { switchesOn } from '../bucket-access-block.ts';
import { policyOf } from './bucket-access.ts';
import { deliversTrails } from './bucket-delivery.ts';
import { argumentOf } from './bucket-parts.ts';
import type { Bucket, PartType } from './bucket-parts.ts';
import { either, standing } from '../bucket-standing.ts';
import type { Standing } from '../bucket-standing.ts';
import { versioningOf } from './bucket-versioning.ts';

/** Days that stand for "for ever": longer than anything S3 accepts as a lifetime that matters. */
export const FOR_EVER = 1_000_000;

/** Everything that protects the logs in a bucket, by name. */
export function safeguardsOf(side: Bucket, unusable: ReadonlySet<string>): Standing {
  const { account, parts, resource } = side;
  const versioning = versioningOf(side);
  const delivery = deliversTrails(policyOf(side));
  const locked = parts.has('aws_s3_bucket_object_lock_configuration') || resource?.get('object_lock_enabled') === true;
  const things: readonly (readonly [string, Value])[] = [
    ['versioning', isUnknown(versioning) ? versioning : versioning === 'Enabled'],
    ['the policy that lets CloudTrail write', delivery.allowed],
    ['the aws:SourceArn or aws:SourceAccount condition of its policy', delivery.limited],
    ['encryption with a usable KMS key', encryptedWithKey(side, unusable)],
    ['replication', replicates(side)],
    ['Object Lock', locked],
    ['force_destroy = false', resource ? not(resource.get('force_destroy')) : false],
  ];
  // A switch protects the bucket whether its own block or that of the account has it on.
  const switches = either(account, switchesOn(parts.get('aws_s3_bucket_public_access_block')));
  return either(standing(things.map(([name, stands]) => [name, explained(name, stands)])), switches);
}

const explained = (name: string, stands: Value): Value =>
  isUnknown(stands) ? new Unknown(`whether there is still ${name}: ${stands.because}`) : stands;

const not = (value: Value): Value => (isUnknown(value) ? value : value !== true);

const KMS_ALGORITHMS: readonly Value[] = ['aws:kms', 'aws:kms:dsse'];

/** The block of a property: in its own resource, or in the bucket's argument of old. */
export function settings(
  side: Bucket,
  type: PartType,
  own: string,
  inline: string,
): { readonly [key: string]: Value }[] {
  const part = side.parts.get(type);
  return blocks(part ? part.get(own) : argumentOf(side, type, inline));
}

const replicates = (side: Bucket): boolean =>
  settings(side, 'aws_s3_bucket_replication_configuration', 'rule', 'replication_configuration').length > 0;

/** SSE-KMS with a key that this plan neither deletes nor switches off. */
function encryptedWithKey(side: Bucket, unusable: ReadonlySet<string>): boolean {
  const set = settings(
    side,
    'aws_s3_bucket_server_side_encryption_configuration',
    'rule',
    'server_side_encryption_configuration',
  );
  const rules = set.flatMap((one) => ('rule' in one ? blocks(one['rule']) : [one]));
  const applied = rules.flatMap((rule) => blocks(rule['apply_server_side_encryption_by_default']));
  const withKey = applied.find((one) => KMS_ALGORITHMS.includes(one['sse_algorithm'] ?? null));
  const id = withKey?.['kms_master_key_id'];
  return withKey !== undefined && !(typeof id === 'string' && unusable.has(id));
}

/**
 * The soonest deletion by a lifecycle rule that is on and concerns objects under one of the prefixes; without prefixes
 * every rule counts.
 */
export function keptDays(side: Bucket, prefixes: readonly string[]): Value {
  const set = settings(side, 'aws_s3_bucket_lifecycle_configuration', 'rule', 'lifecycle_rule');
  const rules = set
    .filter((rule) => rule['status'] !== 'Disabled' && rule['enabled'] !== false)
    .filter((rule) => prefixes.length === 0 || prefixes.some((prefix) => meets(prefixOf(rule), prefix)));
  const days = rules.flatMap((rule) => blocks(rule['expiration'])).map((expiration) => expiration['days'] ?? null);
  const unknown = days.find(isUnknown);
  return (
    unknown ?? Math.min(FOR_EVER, ...days.filter((value) => typeof value === 'number').filter((value) => value > 0))
  );
}

type Rule = { readonly [key: string]: Value };

/** The prefix of a lifecycle rule, in any of the places where it may stand; one that is not known counts as every prefix. */
function prefixOf(rule: Rule): string {
  const filter = blocks(rule['filter'])[0];
  const found = [filter?.['prefix'], blocks(filter?.['and'])[0]?.['prefix'], rule['prefix']];
  return found.filter((prefix) => typeof prefix === 'string').find((prefix) => prefix !== '') ?? '';
}

const meets = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one);

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
