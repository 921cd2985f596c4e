import { parseDocument } from '../../aws/policy-document/parse.ts';
import type { Condition } from '../../aws/policy-document/statement.ts';
import { deniesOf } from '../../aws/policy-document/statements.ts';
import { blocks, isUnknown, strings, type Value } from '../../plan/value.ts';
import { policyOf } from './bucket-access.ts';
import type { Facts } from '../subject.ts';
import { argumentOf, type Bucket, bucketOf } from './bucket-parts.ts';
import { keptDays, lockedDays, settings } from './bucket-safeguards.ts';

/** What a bucket is set to, in its own resource for it or in the argument of old. */
export const SETTINGS = {
  policy: 'True when it has a policy.',
  denies_http: 'True when its policy denies requests without TLS.',
  encryption: 'Its default encryption: `AES256`, `aws:kms` or `aws:kms:dsse`.',
  encryption_key: 'The KMS key of its default encryption; null for the one of AWS.',
  logs_to: 'The bucket that gets its access logs; null when there is none.',
  logs_to_itself: 'True when that is the bucket itself.',
  kept_days: 'Days until a lifecycle rule deletes objects; 1000000 when none does.',
  lifecycle_rules: 'How many lifecycle rules are on.',
  replicas: 'Where its objects are copied to.',
  locked_days: 'The default retention of Object Lock in days; 0 without one.',
  lock_mode: '`COMPLIANCE` or `GOVERNANCE`; null without a default retention.',
  website: 'True when it is a website.',
  acls: 'True when access-control lists count: not with BucketOwnerEnforced. Null when nothing says so.',
  cors_open: 'True when any web site may write or delete with the requests of its visitors.',
  mfa_delete: 'True when only somebody with the MFA device of the root user deletes versions.',
  blocked: 'True when it has a public access block of its own.',
} as const;

const isSecureTransport = ({ key, operator, values }: Condition): boolean =>
  key === 'aws:securetransport' && operator.startsWith('bool') && values.includes('false');

/** Whether requests without TLS are denied; unknown when the policy cannot be read. */
function deniesHttp(policy: Value): Value {
  if (policy === null) return false;
  const document = parseDocument(policy);
  if (document.kind === 'unknown') return document.unknown;
  if (document.kind === 'invalid') return false;
  const found = deniesOf(document).some(
    ({ principals, conditions }) =>
      principals.kind === 'only' &&
      principals.entries.some(({ kind }) => kind === 'everyone') &&
      !isUnknown(conditions) &&
      conditions.some(isSecureTransport),
  );
  return found || (document.unread[0] ?? false);
}

type Block = { readonly [key: string]: Value };

function encryptionOf(side: Bucket): Block | undefined {
  const set = settings(
    side,
    'aws_s3_bucket_server_side_encryption_configuration',
    'rule',
    'server_side_encryption_configuration',
  );
  const rules = set.flatMap((one) => ('rule' in one ? blocks(one['rule']) : [one]));
  return rules.flatMap((rule) => blocks(rule['apply_server_side_encryption_by_default']))[0];
}

/** What is not known yet has at least the address that it comes from. */
const named = (value: Value): Value => (isUnknown(value) ? (value.references[0]?.address ?? value) : value);

/** Where access logs go: the name or identity of a bucket. */
function logTarget(side: Bucket): Value {
  const part = side.parts.get('aws_s3_bucket_logging');
  if (part) return bucketOf(side.world, part, 'target_bucket') ?? named(part.get('target_bucket'));
  return blocks(argumentOf(side, 'aws_s3_bucket_logging', 'logging'))[0]?.['target_bucket'] ?? null;
}

const isOn = (rule: Block): boolean => rule['status'] !== 'Disabled' && rule['enabled'] !== false;

function replicasOf(side: Bucket): Value {
  const set = settings(side, 'aws_s3_bucket_replication_configuration', 'rule', 'replication_configuration');
  const rules = set.flatMap((one) => ('rules' in one ? blocks(one['rules']) : [one])).filter(isOn);
  return rules.flatMap((rule) => blocks(rule['destination'])).map((destination) => destination['bucket'] ?? null);
}

const WRITES = ['PUT', 'POST', 'DELETE'];

const isOpen = (rule: Block): boolean =>
  strings(rule['allowed_origins']).includes('*') &&
  strings(rule['allowed_methods']).some((one) => WRITES.includes(one));

function mfaDelete(side: Bucket): Value {
  const split = side.parts.get('aws_s3_bucket_versioning');
  if (split) {
    const set = blocks(split.get('versioning_configuration'))[0]?.['mfa_delete'] ?? null;
    return isUnknown(set) ? set : set === 'Enabled';
  }
  return blocks(argumentOf(side, 'aws_s3_bucket_versioning', 'versioning'))[0]?.['mfa_delete'] === true;
}

function aclsCount({ parts }: Bucket): Value {
  const controls = parts.get('aws_s3_bucket_ownership_controls');
  const ownership = blocks(controls?.get('rule') ?? null)[0]?.['object_ownership'] ?? null;
  return isUnknown(ownership) || ownership === null ? ownership : ownership !== 'BucketOwnerEnforced';
}

type Setting = keyof typeof SETTINGS;

const READ: Readonly<Record<Setting, (side: Bucket) => Value>> = {
  policy: (side) => {
    const policy = policyOf(side);
    return isUnknown(policy) || policy !== null;
  },
  denies_http: (side) => deniesHttp(policyOf(side)),
  encryption: (side) => encryptionOf(side)?.['sse_algorithm'] ?? 'AES256',
  encryption_key: (side) => encryptionOf(side)?.['kms_master_key_id'] ?? null,
  logs_to: logTarget,
  logs_to_itself: (side) => logTarget(side) === side.id,
  kept_days: (side) => keptDays(side, []),
  lifecycle_rules: (side) =>
    settings(side, 'aws_s3_bucket_lifecycle_configuration', 'rule', 'lifecycle_rule').filter(isOn).length,
  replicas: replicasOf,
  locked_days: lockedDays,
  lock_mode: ({ parts }) => {
    const rule = blocks(parts.get('aws_s3_bucket_object_lock_configuration')?.get('rule') ?? null)[0];
    return blocks(rule?.['default_retention'])[0]?.['mode'] ?? null;
  },
  website: (side) =>
    ['index_document', 'redirect_all_requests_to'].some(
      (own) => settings(side, 'aws_s3_bucket_website_configuration', own, 'website').length > 0,
    ),
  acls: aclsCount,
  cors_open: (side) => settings(side, 'aws_s3_bucket_cors_configuration', 'cors_rule', 'cors_rule').some(isOpen),
  mfa_delete: mfaDelete,
  blocked: ({ parts }) => parts.has('aws_s3_bucket_public_access_block'),
};

/** Adds the settings of one side of a bucket to its facts; each is read when a policy asks for it. */
export function withSettings(facts: Facts, side: Bucket): Facts {
  const lazy = Object.entries(READ).map(([name, read]) => [name, { enumerable: true, get: () => read(side) }]);
  return Object.defineProperties({ ...facts }, Object.fromEntries(lazy) as PropertyDescriptorMap);
}

/** What an example leaves out. */
export const SETTINGS_EXAMPLE: Readonly<Record<keyof typeof SETTINGS, Value>> = {
  policy: true,
  denies_http: true,
  encryption: 'AES256',
  encryption_key: null,
  logs_to: 'logs',
  logs_to_itself: false,
  kept_days: 1_000_000,
  lifecycle_rules: 0,
  replicas: [],
  locked_days: 0,
  lock_mode: null,
  website: false,
  acls: false,
  cors_open: false,
  mfa_delete: false,
  blocked: true,
};
