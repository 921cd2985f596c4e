import { globMatches } from '../aws/policy-document/glob.ts';
import { blocks, isUnknown } from '../plan/value.ts';
import type { Value } from '../plan/value.ts';
import { accountBlock, bucketGrants, isPolicyPublic, SWITCHES, switchesOn } from './bucket-access.ts';
import { BUCKET_TYPES, PART_TYPES, aspectOf, bucketOf, buckets, nameOf, staysInAws } from './bucket-parts.ts';
import type { Bucket, BucketPair } from './bucket-parts.ts';
import { exampleFacts } from './example.ts';
import type { BuildOptions, Facts, Subject, SubjectKind, World } from './subject.ts';

const DEFAULTS: Facts = {
  name: 'example',
  switches: [...SWITCHES],
  account_blocked: false,
  versioning: 'Enabled',
  force_destroy: false,
  public_policy: false,
  public_acl: false,
  purpose: 'data',
  forgotten: [],
};

/** An S3 bucket with the up to twelve resources that configure it. */
export const bucket: SubjectKind = {
  name: 'bucket',
  description:
    'One S3 bucket as a whole: `aws_s3_bucket` and the resources that configure it, joined by name or reference.',
  attributes: {
    name: 'Its name; null when AWS or the provider chooses it.',
    switches: `Which of the four switches of its public access block are on: ${SWITCHES.join(', ')}.`,
    account_blocked: 'True when the account-wide public access block has all four switches on.',
    versioning: '`Enabled`, `Suspended`, or `Disabled` when it was never on.',
    force_destroy: 'True when Terraform may delete the bucket with everything in it.',
    public_policy: 'True when its policy lets in everyone.',
    public_acl: 'True when its access-control list grants something to everyone or to every AWS account.',
    purpose: '`logs`, `backups`, `state` (by reference, configuration or name), else `data`.',
    forgotten: 'Types of its resources that Terraform stops managing; they stay in AWS as they are.',
  },
  attributeTypes: {
    switches: 'list',
    account_blocked: 'bool',
    versioning: 'string',
    force_destroy: 'bool',
    public_policy: 'bool',
    public_acl: 'bool',
    purpose: 'string',
    forgotten: 'list',
  },
  types: [...BUCKET_TYPES, ...PART_TYPES],
  build(worlds, options) {
    const pairs = buckets(worlds, options.audit);
    const purposes = { before: logTargets(worlds.before), after: logTargets(worlds.after) };
    return {
      before: pairs.flatMap((pair) => (pair.before ? [toSubject(pair, pair.before, options, purposes.before)] : [])),
      after: pairs.flatMap((pair) => (pair.after ? [toSubject(pair, pair.after, options, purposes.after)] : [])),
    };
  },
  fromExample: (example) => exampleFacts(DEFAULTS, example),
};

function toSubject(pair: BucketPair, side: Bucket, options: BuildOptions, targets: ReadonlySet<string>): Subject {
  const resource =
    side.resource ?? [...side.parts.values()][0] ?? [...(pair.before?.parts ?? pair.after?.parts ?? []).values()][0];
  return {
    id: pair.id,
    object: factsOf(pair, side, options, targets),
    address: resource?.address ?? pair.id,
    previousAddress: resource?.previousAddress,
    resourceType: resource?.type ?? 'aws_s3_bucket',
    causes: resource ? [{ address: resource.address, path: [] }] : [],
    touched: pair.touched,
    fate: side.resource?.fate,
    aspects: aspectsOf(pair),
  };
}

const factsOf = (pair: BucketPair, side: Bucket, options: BuildOptions, targets: ReadonlySet<string>): Facts => ({
  name: nameOf(side) ?? null,
  switches: switchesOn(side.parts.get('aws_s3_bucket_public_access_block')),
  account_blocked: switchesOn(accountBlock(side.world)).length === SWITCHES.length,
  versioning: versioningOf(side),
  force_destroy: side.resource?.get('force_destroy') ?? false,
  public_policy: isPolicyPublic(side),
  public_acl: bucketGrants(side).find(isUnknown) ?? bucketGrants(side).length > 0,
  purpose: purposeOf(side, options, targets),
  forgotten: [...(pair.before?.parts.values() ?? [])].filter(staysInAws).map(({ type }) => type),
});

/** A deleted versioning resource suspends versioning; only a bucket that never had it is `Disabled`. */
export function versioningOf({ resource, parts }: Bucket): Value {
  const split = parts.get('aws_s3_bucket_versioning');
  if (split) return blocks(split.get('versioning_configuration'))[0]?.['status'] ?? 'Disabled';
  if (!resource?.isConfigured('versioning')) return 'Disabled';
  const enabled = blocks(resource.get('versioning'))[0]?.['enabled'] ?? false;
  return isUnknown(enabled) ? enabled : enabled === true ? 'Enabled' : 'Suspended';
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

export function purposeOf(side: Bucket, { logBuckets }: BuildOptions, targets: ReadonlySet<string>): string {
  const name = nameOf(side) ?? '';
  if (targets.has(side.id) || logBuckets.some((glob) => globMatches(glob, name))) return 'logs';
  return NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? 'data';
}

const aspectsOf = (pair: BucketPair): NonNullable<Subject['aspects']> =>
  Object.fromEntries(
    [
      ['switches', aspectOf(pair, 'aws_s3_bucket_public_access_block', [])] as const,
      ['versioning', aspectOf(pair, 'aws_s3_bucket_versioning', ['versioning_configuration', 0, 'status'])] as const,
    ].flatMap(([name, aspect]) => (aspect ? [[name, aspect] as const] : [])),
  );
