import { describe, expect, test } from 'vitest';

import { judgementsOf, told } from './told.ts';
import type { Piece } from './told.ts';

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
  told(['cloudtrail/log-bucket', 's3/'], { 'aws_cloudtrail.t': TRAIL, 'aws_s3_bucket.b': same(BUCKET), ...pieces });
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
      told(['cloudtrail/log-bucket', 's3/'], {
        'aws_cloudtrail.t': TRAIL,
        'aws_s3_bucket.c': { before: BUCKET, after: BUCKET, from: 'aws_s3_bucket.b' },
      }),
    ).toEqual([]);
  });

  test('its delivery policy loses the condition on the trail', () => {
    const found = judgementsOf(['cloudtrail/log-bucket'], {
      'aws_cloudtrail.t': TRAIL,
      'aws_s3_bucket.b': same(BUCKET),
      'aws_s3_bucket_policy.p': { before: { ...LIMITED }, after: { ...policy(statement({})) } },
    });
    expect(found.map(({ message }) => message)).toEqual([
      'the log bucket loses the aws:SourceArn or aws:SourceAccount condition of its policy',
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
      told(['cloudtrail/log-bucket'], {
        'aws_cloudtrail.t': TRAIL,
        'aws_s3_bucket.b': same(BUCKET),
        'aws_s3_bucket_policy.p': { before: { ...LIMITED }, after: { ...rewritten } },
      }),
    ).toEqual([]);
  });

  test('what else happens to it is told in the same finding', () => {
    const [found] = judgementsOf(['cloudtrail/log-bucket', 's3/'], {
      'aws_cloudtrail.t': TRAIL,
      'aws_s3_bucket.b': same(BUCKET),
      'aws_s3_bucket_versioning.v': { before: VERSIONING },
    });
    expect(found?.also.map(({ id }) => id)).toEqual(['s3/versioning-suspended']);
    expect(found?.message).toBe('the log bucket loses versioning');
  });
});

describe('a bucket without a trail in the plan', () => {
  const suspended = (name: string, logBuckets: readonly string[] = []): string[] =>
    told(
      ['cloudtrail/log-bucket'],
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
    told(['s3/', 'cloudtrail/log-bucket'], {
      'aws_s3_bucket.b': same(BUCKET),
      'aws_s3_bucket_versioning.v': { before: VERSIONING },
      'aws_s3_bucket_public_access_block.p': { before: BLOCK },
    }).toSorted(),
  ).toEqual(['s3/public-access-block-weakened introduced high', 's3/versioning-suspended introduced high']);
});
