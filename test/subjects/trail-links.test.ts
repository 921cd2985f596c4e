import { describe, expect, test } from 'vitest';

import { told } from './told.ts';
import type { Piece } from './told.ts';

const same = (attributes: object): Piece => ({ before: { ...attributes }, after: { ...attributes } });
const TRAIL = {
  name: 'audit',
  id: 'audit',
  s3_bucket_name: 'shop-evidence',
  is_multi_region_trail: true,
  is_organization_trail: true,
  kms_key_id: 'arn:key',
  cloud_watch_logs_group_arn: 'arn:group:*',
};
const BUCKET = { bucket: 'shop-evidence', id: 'shop-evidence' };
const CHANGED = 'cloudtrail/destination-changed introduced';

describe('a trail that delivers elsewhere', () => {
  test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
    [
      'to another bucket',
      { 'aws_cloudtrail.t': { before: TRAIL, after: { ...TRAIL, s3_bucket_name: 'mine' } } },
      [`${CHANGED} high`],
    ],
    [
      'below another prefix',
      { 'aws_cloudtrail.t': { before: TRAIL, after: { ...TRAIL, s3_key_prefix: 'x' } } },
      [`${CHANGED} medium`],
    ],
    [
      'to the same bucket, which another stack takes over',
      {
        'aws_s3_bucket.b': { before: BUCKET, actions: ['forget'] },
        'aws_cloudtrail.t': { before: TRAIL, after: { ...TRAIL, kms_key_id: 'arn:other' } },
      },
      [],
    ],
  ])('%s', (_, pieces, expected) => {
    expect(told(['cloudtrail/destination'], pieces)).toEqual(expected);
  });
});

const policy = (statement: object): object => ({
  bucket: 'shop-evidence',
  policy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Resource: '*', ...statement }],
  }),
});
const READ = { Action: 's3:GetObject' };
const BLOCK = {
  bucket: 'shop-evidence',
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
const PUBLIC = ['cloudtrail/log-bucket-public introduced critical'];

describe('the bucket of a trail', () => {
  const says = (pieces: Readonly<Record<string, Piece>>): string[] =>
    told(['cloudtrail/log-bucket-public', 's3/acl', 's3/bucket-policy-public', 's3/public-access-block-weakened'], {
      'aws_cloudtrail.t': same(TRAIL),
      'aws_s3_bucket.b': same(BUCKET),
      ...pieces,
    });

  test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
    ['opened by its policy, told once', { 'aws_s3_bucket_policy.p': { after: { ...policy(READ) } } }, PUBLIC],
    [
      'opened by its ACL, told once',
      { 'aws_s3_bucket_acl.a': { after: { bucket: 'shop-evidence', acl: 'public-read' } } },
      PUBLIC,
    ],
    [
      'opened when its access block goes',
      { 'aws_s3_bucket_policy.p': same(policy(READ)), 'aws_s3_bucket_public_access_block.x': { before: BLOCK } },
      PUBLIC,
    ],
    [
      'not open behind its access block',
      { 'aws_s3_bucket_policy.p': { after: { ...policy(READ) } }, 'aws_s3_bucket_public_access_block.x': same(BLOCK) },
      ['s3/bucket-policy-public introduced medium'],
    ],
    [
      'not open to the organization',
      {
        'aws_s3_bucket_policy.p': {
          after: { ...policy({ ...READ, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }) },
        },
      },
      ['s3/bucket-policy-public introduced info'],
    ],
  ])('%s', (_, pieces, expected) => {
    expect(says(pieces)).toEqual(expected);
  });

  test('an open bucket that a trail begins to deliver to', () => {
    const found = told(['cloudtrail/log-bucket-public'], {
      'aws_cloudtrail.t': { after: TRAIL },
      'aws_s3_bucket.b': same(BUCKET),
      'aws_s3_bucket_policy.p': same(policy(READ)),
    });
    expect(found).toEqual(PUBLIC);
  });

  test('access logging that goes is missed, though the bucket still mirrors it', () => {
    const found = told(['cloudtrail/log-bucket-access'], {
      'aws_cloudtrail.t': same(TRAIL),
      'aws_s3_bucket.b': { ...same({ ...BUCKET, logging: [{ target_bucket: 'x' }] }), expressions: {} },
      'aws_s3_bucket_logging.l': { before: { bucket: 'shop-evidence', target_bucket: 'x' } },
    });
    expect(found).toEqual(['cloudtrail/log-bucket-access-logging-missing introduced low']);
  });
});

const STORE = {
  name: 'lake',
  termination_protection_enabled: true,
  retention_period: 2555,
  multi_region_enabled: true,
};

test.each<[string, Piece, string[]]>([
  ['deleted', { before: STORE }, ['introduced high']],
  ['forgotten', { before: STORE, actions: ['forget'] }, ['introduced medium']],
  [
    'may be deleted',
    { before: STORE, after: { ...STORE, termination_protection_enabled: false } },
    ['introduced medium'],
  ],
  ['suspended', { before: STORE, after: { ...STORE, suspend: 'true' } }, ['introduced high']],
  ['kept longer', { before: STORE, after: { ...STORE, retention_period: 3653 } }, []],
])('an event data store that is %s', (_, piece, expected) => {
  const found = told(['cloudtrail/event-data'], { 'aws_cloudtrail_event_data_store.s': piece });
  expect(found).toEqual(expected.map((one) => `cloudtrail/event-data-store-weakened ${one}`));
});
