import { globMatches } from '../../aws/policy-document/glob.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import { SWITCHES, staysInAws, switchTurnedOff, switchesOn } from '../bucket-access-block.ts';
import { bucketGrants, isPolicyPublic } from './bucket-access.ts';
import { knownAsLogBucket, trailsByBucket } from './bucket-known.ts';
import {
  BUCKET_TYPES,
  PART_TYPES,
  aspectOf,
  bucketOf,
  buckets,
  mergeOfLogs,
  nameOf,
  shownName,
  titleOf,
} from './bucket-parts.ts';
import type { Bucket, BucketPair } from './bucket-parts.ts';
import { SETTINGS, SETTINGS_EXAMPLE, withSettings } from './bucket-settings.ts';
import { DOUBTS, doubts } from '../bucket-standing.ts';
import type { Standing } from '../bucket-standing.ts';
import { versioningOf } from './bucket-versioning.ts';
import { exampleFacts } from '../example.ts';
import type { BuildOptions, Facts, Subject, SubjectKind, World } from '../subject.ts';

const DEFAULTS: Facts = {
  name: 'example',
  becomes: null,
  switches: [...SWITCHES],
  unsure: [],
  unread: false,
  account_blocked: false,
  account_block: 'off',
  versioning: 'Enabled',
  force_destroy: false,
  public_policy: false,
  policy_access: 'private',
  public_acl: false,
  acl_access: 'private',
  purpose: 'data',
  purpose_by_name: false,
  forgotten: [],
  ...SETTINGS_EXAMPLE,
};

/** An S3 bucket with the up to twelve resources that configure it. */
export const bucket: SubjectKind = {
  name: 'bucket',
  description:
    'One S3 bucket as a whole: `aws_s3_bucket` and the resources that configure it, joined by name or reference.',
  attributes: {
    name: 'Its name; its address while nobody knows the name.',
    becomes: 'Its name after the plan when that is another one, else null.',
    switches: `Which of the four switches of its public access block are on: ${SWITCHES.join(', ')}.`,
    ...DOUBTS,
    account_blocked: 'True when the account-wide public access block has all four switches on.',
    account_block: 'The same in a word: `on`, `off` or `unknown`.',
    versioning: '`Enabled`, `Suspended`, or `Disabled` when it was never on.',
    force_destroy: 'True when Terraform may delete the bucket with everything in it.',
    public_policy: 'True when its policy lets in everyone.',
    policy_access: 'The same in a word: `public`, `private` or `unknown`.',
    public_acl: 'True when its access-control list grants something to everyone or to every AWS account.',
    acl_access: 'The same in a word: `public`, `private` or `unknown`.',
    purpose: '`logs`, `backups`, `state` (by reference, configuration or name), else `data`.',
    purpose_by_name: 'True when nothing but its name tells the purpose.',
    forgotten: 'Types of its resources that Terraform stops managing; they stay in AWS as they are.',
    ...SETTINGS,
  },
  attributeTypes: {
    name: 'string',
    switches: 'list',
    unsure: 'list',
    unread: 'bool',
    account_blocked: 'bool',
    account_block: 'string',
    versioning: 'string',
    force_destroy: 'bool',
    public_policy: 'bool',
    policy_access: 'string',
    public_acl: 'bool',
    acl_access: 'string',
    purpose: 'string',
    purpose_by_name: 'bool',
    forgotten: 'list',
    policy: 'bool',
    denies_http: 'bool',
    encryption: 'string',
    logs_to_itself: 'bool',
    kept_days: 'int',
    lifecycle_rules: 'int',
    replicas: 'list',
    locked_days: 'int',
    website: 'bool',
    cors_open: 'bool',
    mfa_delete: 'bool',
    blocked: 'bool',
  },
  types: [...BUCKET_TYPES, ...PART_TYPES],
  build(worlds, options) {
    const pairs = buckets(worlds, options.audit);
    const trails = trailsByBucket(worlds.before);
    const mergeOf = (pair: BucketPair): string | undefined =>
      knownAsLogBucket(pair, trails, options) === undefined ? undefined : mergeOfLogs(pair);
    const purposes = { before: logTargets(worlds.before), after: logTargets(worlds.after) };
    const subjectOf = (pair: BucketPair, side: 'before' | 'after'): Subject[] => {
      const bucketThere = pair[side];
      if (!bucketThere) return [];
      return [{ ...toSubject(pair, bucketThere, options, purposes[side]), merge: mergeOf(pair) }];
    };
    return {
      before: pairs.flatMap((pair) => subjectOf(pair, 'before')),
      after: pairs.flatMap((pair) => subjectOf(pair, 'after')),
    };
  },
  fromExample: (example) => exampleFacts(DEFAULTS, example),
};

function toSubject(pair: BucketPair, side: Bucket, options: BuildOptions, targets: ReadonlySet<string>): Subject {
  const resource =
    side.resource ?? [...side.parts.values()][0] ?? [...(pair.before?.parts ?? pair.after?.parts ?? []).values()][0];
  return {
    id: pair.id,
    object: withSettings(factsOf(pair, side, options, targets), side),
    address: resource?.address ?? pair.id,
    previousAddress: resource?.previousAddress,
    resourceType: resource?.type ?? 'aws_s3_bucket',
    causes: resource ? [{ address: resource.address, path: [] }] : [],
    touched: pair.touched,
    fate: side.resource?.fate,
    aspects: aspectsOf(pair),
  };
}

function factsOf(pair: BucketPair, side: Bucket, options: BuildOptions, targets: ReadonlySet<string>): Facts {
  const switches = switchesOn(side.parts.get('aws_s3_bucket_public_access_block'));
  const grants = bucketGrants(side);
  const [account, policy, acl] = [
    allOn(side.account),
    isPolicyPublic(side),
    grants.find(isUnknown) ?? grants.length > 0,
  ];
  return {
    name: titleOf(pair),
    becomes: newNameOf(pair),
    switches: switches.names,
    ...doubts(switches),
    account_blocked: account,
    account_block: inWords(account, 'on', 'off'),
    versioning: versioningOf(side),
    force_destroy: side.resource?.get('force_destroy') ?? false,
    public_policy: policy,
    policy_access: inWords(policy, 'public', 'private'),
    public_acl: acl,
    acl_access: inWords(acl, 'public', 'private'),
    ...purposeOf(side, options, targets),
    forgotten: [...(pair.before?.parts.values() ?? [])].filter(staysInAws).map(({ type }) => type),
  };
}

/** Whether all four switches are on; unknown when one of them is and no other is off. */
const allOn = ({ names, unsure }: Standing): Value =>
  names.length + unsure.size === SWITCHES.length && ([...unsure.values()][0] ?? true);

/** Words of a yes or no that may not be known, so that a sentence can always be said. */
const inWords = (value: Value, yes: string, no: string): string =>
  isUnknown(value) ? 'unknown' : value === true ? yes : no;

/** A bucket that is replaced may get another name. */
function newNameOf({ before, after }: BucketPair): Value {
  const [old, now] = [shownName(before), shownName(after)];
  return old !== undefined && now !== undefined && old !== now ? now : null;
}

/** The buckets that receive logs of AWS services, by identity. */
export function logTargets(world: World): ReadonlySet<string> {
  const trails = world.resources('aws_cloudtrail').map((trail) => bucketOf(world, trail, 's3_bucket_name'));
  const logs = world.resources('aws_s3_bucket_logging').map((logging) => bucketOf(world, logging, 'target_bucket'));
  return new Set([...trails, ...logs].filter((id) => id !== undefined));
}

/** What names usually say. Only whole words count: `catalog` is no log. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/(^|[-._])(cloudtrail|trail|audit|logs?|access-?logs?|flow-?logs?)([-._]|$)/, 'logs'],
  [/(^|[-._])(backups?|snapshots?)([-._]|$)/, 'backups'],
  [/(^|[-._])(tf-?state|terraform-state)([-._]|$)/, 'state'],
];

/** What a bucket is for, and whether only its name says so. */
function purposeOf(
  side: Bucket,
  { logBuckets }: BuildOptions,
  targets: ReadonlySet<string>,
): { readonly purpose: string; readonly purpose_by_name: boolean } {
  const name = nameOf(side) ?? '';
  if (targets.has(side.id) || logBuckets.some((glob) => globMatches(glob, name)))
    return { purpose: 'logs', purpose_by_name: false };
  const purpose = NAMES.find(([pattern]) => pattern.test(name))?.[1];
  return { purpose: purpose ?? 'data', purpose_by_name: purpose !== undefined };
}

function aspectsOf(pair: BucketPair): NonNullable<Subject['aspects']> {
  const block = 'aws_s3_bucket_public_access_block';
  const off = switchTurnedOff(pair.before?.parts.get(block), pair.after?.parts.get(block));
  return Object.fromEntries(
    [
      ['switches', aspectOf(pair, block, off === undefined ? [] : [off])] as const,
      ['versioning', aspectOf(pair, 'aws_s3_bucket_versioning', ['versioning_configuration', 0, 'status'])] as const,
    ].flatMap(([name, aspect]) => (aspect ? [[name, aspect] as const] : [])),
  );
}
