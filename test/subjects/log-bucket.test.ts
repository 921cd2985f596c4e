import { describe, expect, test } from 'vitest';

import { judgementsOf, told } from './told.ts';
import type { Piece } from './told.ts';

/** Not what a bucket may be wished to have. */
const LOG_BUCKET = ['cloudtrail/log-bucket-weakened', 'cloudtrail/log-bucket-public'];
const BUCKET = { bucket: 'shop-evidence', id: 'shop-evidence', force_destroy: false };
const same = (attributes: object): Piece => ({ before: { ...attributes }, after: { ...attributes } });
const of = (some: object): { [key: string]: unknown } => ({ bucket: 'shop-evidence', ...some });
const TRAIL = same({
  name: 'audit',
  id: 'audit',
  s3_bucket_name: 'shop-evidence',
  is_multi_region_trail: true,
  enable_log_file_validation: true,
  event_selector: [],
  advanced_event_selector: [],
});
const VERSIONING = of({ versioning_configuration: [{ status: 'Enabled' }] });
const BLOCK = of({
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
});
const statement = (condition: object): object => ({
  Effect: 'Allow',
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::shop-evidence/AWSLogs/*',
  ...condition,
});
const policy = (...statements: object[]): object =>
  of({ policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }) });
const LIMITED = policy(
  statement({
    Condition: { StringEquals: { 'aws:SourceArn': 'arn:aws:cloudtrail:eu-central-1:123456789012:trail/audit' } },
  }),
);
const lifecycle = (days: number): object => of({ rule: [{ status: 'Enabled', expiration: [{ days }] }] });
const lock = (days: number): object => of({ rule: [{ default_retention: [{ mode: 'COMPLIANCE', days }] }] });

const says = (pieces: Readonly<Record<string, Piece>>): string[] =>
  told([...LOG_BUCKET, 's3/'], { 'aws_cloudtrail.t': TRAIL, 'aws_s3_bucket.b': same(BUCKET), ...pieces });
const WEAKENED = 'cloudtrail/log-bucket-weakened introduced';

describe('the bucket of a trail', () => {
  test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
    ['deleted, told once', { 'aws_s3_bucket.b': { before: BUCKET } }, [`${WEAKENED} critical`]],
    [
      'replaced',
      { 'aws_s3_bucket.b': { before: BUCKET, after: { ...BUCKET, bucket: 'other' }, actions: ['delete', 'create'] } },
      [`${WEAKENED} critical`],
    ],
    [
      'forgotten, which is the bucket’s matter',
      { 'aws_s3_bucket.b': { before: BUCKET, actions: ['forget'] } },
      ['s3/bucket-deleted introduced medium'],
    ],
    [
      'versioning suspended, told once',
      { 'aws_s3_bucket_versioning.v': { before: VERSIONING } },
      [`${WEAKENED} critical`],
    ],
    [
      'public access block removed, told once',
      { 'aws_s3_bucket_public_access_block.p': { before: BLOCK } },
      [`${WEAKENED} critical`],
    ],
    [
      'kept shorter',
      { 'aws_s3_bucket_lifecycle_configuration.l': { before: { ...lifecycle(365) }, after: { ...lifecycle(30) } } },
      [`${WEAKENED} high`],
    ],
    [
      'no longer kept for ever',
      { 'aws_s3_bucket_lifecycle_configuration.l': { after: { ...lifecycle(365) } } },
      [`${WEAKENED} high`],
    ],
    [
      'other objects deleted sooner',
      {
        'aws_s3_bucket_lifecycle_configuration.l': {
          after: of({ rule: [{ status: 'Enabled', filter: [{ prefix: 'tmp/' }], expiration: [{ days: 7 }] }] }),
        },
      },
      [],
    ],
    [
      'the logs of one account deleted sooner',
      {
        'aws_s3_bucket_lifecycle_configuration.l': {
          after: of({
            rule: [{ status: 'Enabled', filter: [{ prefix: 'AWSLogs/123456789012/' }], expiration: [{ days: 7 }] }],
          }),
        },
      },
      [`${WEAKENED} high`],
    ],
    [
      'kept longer',
      { 'aws_s3_bucket_lifecycle_configuration.l': { before: { ...lifecycle(30) }, after: { ...lifecycle(365) } } },
      [],
    ],
    [
      'locked shorter',
      { 'aws_s3_bucket_object_lock_configuration.l': { before: { ...lock(365) }, after: { ...lock(1) } } },
      [`${WEAKENED} high`],
    ],
    [
      'may be deleted with its logs',
      { 'aws_s3_bucket.b': { before: BUCKET, after: { ...BUCKET, force_destroy: true } } },
      [`${WEAKENED} high`],
    ],
    ['versioning enabled', { 'aws_s3_bucket_versioning.v': { after: VERSIONING } }, []],
  ])('%s', (_, pieces, expected) => {
    expect(says(pieces)).toEqual(expected);
  });

  test('moved', () => {
    expect(
      told([...LOG_BUCKET, 's3/'], {
        'aws_cloudtrail.t': TRAIL,
        'aws_s3_bucket.c': { before: BUCKET, after: BUCKET, from: 'aws_s3_bucket.b' },
      }),
    ).toEqual([]);
  });

  test('its delivery policy loses the condition on the trail', () => {
    const found = judgementsOf([...LOG_BUCKET], {
      'aws_cloudtrail.t': TRAIL,
      'aws_s3_bucket.b': same(BUCKET),
      'aws_s3_bucket_policy.p': { before: { ...LIMITED }, after: { ...policy(statement({})) } },
    });
    expect(found.map(({ message }) => message)).toEqual([
      'The log bucket shop-evidence loses protection: the aws:SourceArn or aws:SourceAccount condition of its policy',
    ]);
  });

  test('its delivery policy is rewritten with the same meaning', () => {
    const rewritten = policy(
      statement({
        Sid: 'Write',
        Action: ['s3:PutObject'],
        Condition: { StringEquals: { 'AWS:SourceArn': ['arn:aws:cloudtrail:eu-central-1:123456789012:trail/audit'] } },
      }),
    );
    expect(
      told([...LOG_BUCKET], {
        'aws_cloudtrail.t': TRAIL,
        'aws_s3_bucket.b': same(BUCKET),
        'aws_s3_bucket_policy.p': { before: { ...LIMITED }, after: { ...rewritten } },
      }),
    ).toEqual([]);
  });

  test('what else happens to it is told in the same finding', () => {
    const [found] = judgementsOf([...LOG_BUCKET, 's3/'], {
      'aws_cloudtrail.t': TRAIL,
      'aws_s3_bucket.b': same(BUCKET),
      'aws_s3_bucket_versioning.v': { before: VERSIONING },
    });
    expect(found?.also.map(({ id }) => id)).toEqual(['s3/versioning-suspended']);
    expect(found?.message).toBe('The log bucket shop-evidence loses protection: versioning');
  });
});

describe('the KMS keys of a log bucket', () => {
  const ARN = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555';
  const KEY = { arn: ARN, id: '11111111-2222-3333-4444-555555555555', is_enabled: true };
  const encryption = (key: string): Piece =>
    same(
      of({
        rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'aws:kms', kms_master_key_id: key }] }],
      }),
    );
  const ENCRYPTION = 'aws_s3_bucket_server_side_encryption_configuration.e';
  const OFF = { before: KEY, after: { ...KEY, is_enabled: false } };

  test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
    ['disabled', { [ENCRYPTION]: encryption(ARN), 'aws_kms_key.k': OFF }, [`${WEAKENED} high`]],
    ['deleted', { [ENCRYPTION]: encryption(ARN), 'aws_kms_key.k': { before: KEY } }, [`${WEAKENED} high`]],
    [
      'replaced, while the bucket still names the old one',
      {
        [ENCRYPTION]: encryption(ARN),
        'aws_kms_key.k': { before: KEY, after: { is_enabled: true }, actions: ['delete', 'create'] },
      },
      [`${WEAKENED} high`],
    ],
    [
      'disabled, and named by its alias',
      {
        [ENCRYPTION]: encryption('alias/evidence'),
        'aws_kms_alias.a': same({ name: 'alias/evidence', target_key_id: KEY.id }),
        'aws_kms_key.k': OFF,
      },
      [`${WEAKENED} high`],
    ],
    ['forgotten', { [ENCRYPTION]: encryption(ARN), 'aws_kms_key.k': { before: KEY, actions: ['forget'] } }, []],
    ['of something else', { [ENCRYPTION]: encryption('arn:other'), 'aws_kms_key.k': OFF }, []],
  ])('%s', (_, pieces, expected) => expect(says(pieces)).toEqual(expected));

  test('that its trail encrypts with', () => {
    const trail = same({ ...TRAIL.before, kms_key_id: ARN });
    expect(
      judgementsOf([...LOG_BUCKET, 'cloudtrail/trail'], {
        'aws_cloudtrail.t': trail,
        'aws_s3_bucket.b': same(BUCKET),
        'aws_kms_key.k': { before: KEY },
      }).map(({ message }) => message),
    ).toEqual(['The log bucket shop-evidence loses protection: a usable KMS key of its trail']);
  });

  test('moved from the argument of old to a resource of its own', () => {
    const rule = [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'aws:kms', kms_master_key_id: ARN }] }];
    expect(
      says({
        'aws_s3_bucket.b': {
          ...same({ ...BUCKET, server_side_encryption_configuration: [{ rule }] }),
          expressions: {},
        },
        [ENCRYPTION]: { after: of({ rule }) },
      }),
    ).toEqual([]);
  });
});

describe('the public access block of a log bucket', () => {
  const ACCOUNT = 'aws_s3_account_public_access_block.a';
  const ON = { ...BLOCK, bucket: undefined };

  test('joined by that of its account', () => {
    expect(says({ 'aws_s3_bucket_public_access_block.p': same(BLOCK), [ACCOUNT]: { after: ON } })).toEqual([]);
  });

  test('removed under that of its account', () => {
    expect(says({ 'aws_s3_bucket_public_access_block.p': { before: BLOCK }, [ACCOUNT]: same(ON) })).toEqual([
      's3/public-access-block-weakened introduced low',
    ]);
  });
});

test('all that happens to the policy of a log bucket is one finding', () => {
  const found = judgementsOf([...LOG_BUCKET, 's3/'], {
    'aws_cloudtrail.t': TRAIL,
    'aws_s3_bucket.b': same(BUCKET),
    'aws_s3_bucket_policy.p': { before: { ...LIMITED }, after: { ...policy(statement({})) } },
  });
  expect(found.map(({ policy: { id }, also }) => [id, ...also.map((one) => one.id)])).toEqual([
    ['cloudtrail/log-bucket-weakened', 's3/bucket-policy-protection-removed'],
  ]);
});

describe('what is said of a log bucket that goes', () => {
  test.each<[string, Piece, string]>([
    ['destroyed', { before: BUCKET }, 'is destroyed; the apply fails while logs are in it'],
    [
      'destroyed with its logs',
      { before: { ...BUCKET, force_destroy: true } },
      'is destroyed with all logs in it (force_destroy = true)',
    ],
    [
      'replaced',
      { before: BUCKET, after: { ...BUCKET, bucket: 'other' }, actions: ['delete', 'create'] },
      'is destroyed and created anew; the apply fails while logs are in it',
    ],
  ])('%s', (_, piece, expected) => {
    const [found] = judgementsOf(LOG_BUCKET, { 'aws_cloudtrail.t': TRAIL, 'aws_s3_bucket.b': piece });
    expect(found?.message).toBe(`The log bucket shop-evidence ${expected}`);
  });
});

describe('a bucket without a trail in the plan', () => {
  const suspended = (name: string, logBuckets: readonly string[] = []): string[] =>
    told(
      [...LOG_BUCKET],
      {
        'aws_s3_bucket.b': same({ ...BUCKET, bucket: name, id: name }),
        'aws_s3_bucket_versioning.v': { before: { ...VERSIONING, bucket: name } },
      },
      { logBuckets },
    );

  test('that the configuration names', () =>
    expect(suspended('shop-evidence', ['shop-evid*'])).toEqual([`${WEAKENED} high`]));
  test('that its name gives away', () => expect(suspended('shop-cloudtrail')).toEqual([`${WEAKENED} medium`]));
  test('that is any other', () => expect(suspended('shop-evidence')).toEqual([]));
});

test('two weaknesses of an ordinary bucket are two findings', () => {
  expect(
    told(['s3/', ...LOG_BUCKET], {
      'aws_s3_bucket.b': same(BUCKET),
      'aws_s3_bucket_versioning.v': { before: VERSIONING },
      'aws_s3_bucket_public_access_block.p': { before: BLOCK },
    }).toSorted(),
  ).toEqual(['s3/public-access-block-weakened introduced high', 's3/versioning-suspended introduced high']);
});

test('two weaknesses of a log bucket that its name gives away are one finding, one severity lower', () => {
  const named = { ...BUCKET, bucket: 'shop-cloudtrail', id: 'shop-cloudtrail' };
  expect(
    told(['s3/', ...LOG_BUCKET], {
      'aws_s3_bucket.b': same(named),
      'aws_s3_bucket_versioning.v': { before: { ...VERSIONING, bucket: 'shop-cloudtrail' } },
      'aws_s3_bucket_public_access_block.p': { before: { ...BLOCK, bucket: 'shop-cloudtrail' } },
    }),
  ).toEqual([`${WEAKENED} high`]);
});

test('a plan that destroys everything has one finding for log buckets and one for the others', () => {
  const bucket = (name: string): Piece => ({ before: { ...BUCKET, bucket: name, id: name } });
  const found = judgementsOf(['s3/', ...LOG_BUCKET, 'guardduty/'], {
    'aws_s3_bucket.a': bucket('shop-cloudtrail'),
    'aws_s3_bucket.b': bucket('shop-audit-logs'),
    'aws_s3_bucket.c': bucket('shop-exports'),
    'aws_s3_bucket.d': bucket('shop-images'),
    'aws_guardduty_detector.a': { before: { id: 'a', enable: true } },
    'aws_guardduty_detector.b': { before: { id: 'b', enable: true } },
  });
  expect(found.map(({ policy: { id }, subjects }) => `${id} ${subjects.length}`).toSorted()).toEqual([
    'cloudtrail/log-bucket-weakened 2',
    'guardduty/detector-disabled 2',
    's3/bucket-deleted 2',
  ]);
});

test('what a log bucket surely loses is told even when its policy is not known', () => {
  const found = judgementsOf(LOG_BUCKET, {
    'aws_cloudtrail.t': TRAIL,
    'aws_s3_bucket.b': same(BUCKET),
    'aws_s3_bucket_versioning.v': { before: VERSIONING },
    'aws_s3_bucket_policy.p': {
      before: { ...LIMITED },
      after: of({}),
      unknown: { policy: true },
      expressions: { policy: { references: ['var.policy'] } },
    },
  });
  expect(found.map(({ status, message }) => [status, message])).toEqual([
    ['introduced', 'The log bucket shop-evidence loses protection: versioning'],
  ]);
});

test('a log bucket whose policy is not known and that loses nothing else is undetermined', () => {
  expect(
    told(LOG_BUCKET, {
      'aws_cloudtrail.t': TRAIL,
      'aws_s3_bucket.b': same(BUCKET),
      'aws_s3_bucket_policy.p': {
        before: { ...LIMITED },
        after: of({}),
        unknown: { policy: true },
        expressions: { policy: { references: ['var.policy'] } },
      },
    }),
  ).toEqual(['cloudtrail/log-bucket-weakened undetermined high']);
});
