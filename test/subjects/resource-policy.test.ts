import { describe, expect, it } from 'vitest';
import { allow, deny, policyText, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const ids = [
  's3/bucket-policy-public',
  's3/bucket-policy-protection-removed',
  'kms/key-policy-public',
  'kms/key-policy-lockout',
];
const review = (...instances: Instance[]) => reviewOf(ids, instances);

const bucketValues = { bucket: 'data', id: 'data', arn: 'arn:aws:s3:::data' };
const bucket: Instance = { address: 'aws_s3_bucket.data', before: bucketValues, after: bucketValues };
const policy = (before: object[] | null, after: object[] | null): Instance => {
  const values = (statements: object[] | null) =>
    statements === null ? null : { bucket: 'data', policy: policyText(...statements) };
  return { address: 'aws_s3_bucket_policy.data', before: values(before), after: values(after) };
};
const OBJECTS = 'arn:aws:s3:::data/*';
const everyone = (action: string | string[], Condition?: object, more: object = {}) =>
  allow(action, OBJECTS, { Principal: '*', ...(Condition ? { Condition } : {}), ...more });
const named = allow('s3:GetObject', OBJECTS, { Principal: { AWS: 'arn:aws:iam::111122223333:role/app' } });
const introduced = (severity: string) => [`introduced ${severity} s3/bucket-policy-public aws_s3_bucket_policy.data`];

describe('a bucket policy', () => {
  it.each([
    ['critical for writing', everyone('s3:PutObject'), introduced('critical')],
    ['critical for everything', everyone('s3:*'), introduced('critical')],
    ['high for reading objects', everyone('s3:GetObject'), introduced('high')],
    [
      'high with a referer only',
      everyone('s3:GetObject', { StringLike: { 'aws:Referer': 'https://x/*' } }),
      introduced('high'),
    ],
    ['high with TLS only', everyone('s3:GetObject', { Bool: { 'aws:SecureTransport': 'true' } }), introduced('high')],
    [
      'high for half of the internet twice',
      everyone('s3:GetObject', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }),
      introduced('high'),
    ],
    [
      'critical for everyone but one',
      { Effect: 'Allow', NotPrincipal: { AWS: '111122223333' }, Action: 's3:*', Resource: OBJECTS },
      introduced('critical'),
    ],
    [
      'info for an organization',
      everyone('s3:*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
      introduced('info'),
    ],
    ['info for an office', everyone('s3:*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), introduced('info')],
    ['silent for a VPC endpoint', everyone('s3:*', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }), []],
    [
      'silent for CloudFront',
      allow('s3:GetObject', OBJECTS, { Principal: { Service: 'cloudfront.amazonaws.com' } }),
      [],
    ],
    ['silent for a Deny', deny('s3:*', OBJECTS, { Principal: '*' }), []],
  ])('is %s', (_, statement, expected) => {
    expect(review(bucket, policy([named], [named, statement]))).toEqual(expected);
  });

  it('is looked at beyond its first wildcard', () => {
    const endpoint = everyone('s3:*', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } });
    expect(review(bucket, policy([named], [endpoint, everyone('s3:GetObject')]))).toEqual(introduced('high'));
  });

  it('is low when the same policy denies everybody outside an endpoint', () => {
    const guard = deny('s3:*', OBJECTS, {
      Principal: '*',
      Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
    });
    expect(review(bucket, policy([named], [everyone('s3:GetObject'), guard]))).toEqual(introduced('low'));
  });

  it('gets worse when writing joins reading, and stays silent when it is only rewritten', () => {
    expect(review(bucket, policy([everyone('s3:GetObject')], [everyone(['s3:GetObject', 's3:PutObject'])]))).toContain(
      introduced('critical')[0],
    );
    expect(
      review(
        bucket,
        policy(
          [everyone('s3:GetObject')],
          [{ ...Object(everyone(['S3:getobject'])), Principal: { AWS: ['*'] }, Sid: 'Read' }],
        ),
      ),
    ).toEqual(['persisting high s3/bucket-policy-public aws_s3_bucket_policy.data']);
  });

  it('is medium while a public access block stops it, and told when the block goes', () => {
    const block = (before: boolean, after: boolean): Instance => ({
      address: 'aws_s3_bucket_public_access_block.data',
      before: before ? { bucket: 'data', restrict_public_buckets: true } : null,
      after: after ? { bucket: 'data', restrict_public_buckets: true } : null,
    });
    expect(review(bucket, policy([named], [everyone('s3:*')]), block(true, true))).toEqual(introduced('medium'));
    expect(review(bucket, policy([everyone('s3:*')], [everyone('s3:*')]), block(true, false))).toEqual(
      introduced('critical'),
    );
  });

  it('is info where the configuration says that it is public on purpose', () => {
    const www = { bucket: 'www-site', id: 'www-site', arn: 'arn:aws:s3:::www-site' };
    const site: Instance = {
      address: 'aws_s3_bucket_policy.www',
      after: { bucket: 'www-site', policy: policyText(everyone('s3:GetObject')) },
    };
    expect(review({ address: 'aws_s3_bucket.www', before: www, after: www }, site)).toEqual([
      'introduced info s3/bucket-policy-public aws_s3_bucket_policy.www',
    ]);
  });

  it('moves from the bucket to a resource of its own in silence', () => {
    const text = policyText(
      everyone('s3:GetObject'),
      deny('s3:*', OBJECTS, { Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
    const mirrored = { ...bucketValues, policy: text };
    const parent: Instance = {
      address: 'aws_s3_bucket.data',
      before: mirrored,
      after: bucketValues,
      unknown: { policy: true },
    };
    const split: Instance = { address: 'aws_s3_bucket_policy.data', after: { bucket: 'data', policy: text } };
    expect(review(parent, split).filter((line) => line.startsWith('introduced'))).toEqual([]);
  });

  it('cannot be judged when it is known only after apply, and is never resolved by that', () => {
    const later: Instance = {
      address: 'aws_s3_bucket_policy.data',
      before: { bucket: 'data', policy: policyText(everyone('s3:*')) },
      after: { bucket: 'data' },
      unknown: { policy: true },
      references: { policy: ['var.policy'] },
    };
    expect(review(bucket, later)).toEqual([expect.stringMatching(/^undetermined \w+ s3\/bucket-policy-public/)]);
  });
});

describe('the protection of a bucket', () => {
  const tls = deny('s3:*', OBJECTS, { Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  const lost = ['introduced high s3/bucket-policy-protection-removed aws_s3_bucket_policy.data'];

  it('is lost with a Deny, and with the whole policy while the bucket stays', () => {
    expect(review(bucket, policy([named, tls], [named]))).toEqual(lost);
    expect(review(bucket, policy([named, tls], null))).toEqual(lost);
  });

  it('is one question with the rest of a policy that is known only after apply', () => {
    const later: Instance = {
      ...policy([named, tls], [named]),
      after: { bucket: 'data' },
      unknown: { policy: true },
      references: { policy: ['var.policy'] },
    };
    expect(review(bucket, later)).toEqual(['undetermined critical s3/bucket-policy-public aws_s3_bucket_policy.data']);
  });

  it('is not lost when the bucket goes too, when nothing protected it, or when the policy is only forgotten', () => {
    expect(review({ ...bucket, after: null }, policy([named, tls], null))).toEqual([]);
    expect(review(bucket, policy([named], null))).toEqual([]);
    expect(review(bucket, { ...policy([named, tls], null), forgotten: true })).toEqual([]);
  });

  it('is not lost when a stricter Deny takes its place', () => {
    expect(review(bucket, policy([named, tls], [named, deny('s3:*', '*', { Principal: '*' })]))).toEqual([]);
  });
});

describe('a key policy', () => {
  const keyValues = { key_id: 'k', id: 'k', arn: 'arn:aws:kms:eu-west-1:111122223333:key/k' };
  const root = allow('kms:*', '*', {
    Sid: 'Enable IAM User Permissions',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  });
  const key = (before: object[], after: object[], more: object = {}): Instance => ({
    address: 'aws_kms_key.k',
    before: { ...keyValues, policy: policyText(...before) },
    after: { ...keyValues, ...more, policy: policyText(...after) },
  });
  const open = (action: string | string[], Condition?: object) =>
    allow(action, '*', { Principal: { AWS: '*' }, ...(Condition ? { Condition } : {}) });

  it.each([
    ['critical for decryption', open('kms:Decrypt'), ['introduced critical kms/key-policy-public aws_kms_key.k']],
    ['high for encryption', open('kms:Encrypt'), ['introduced high kms/key-policy-public aws_kms_key.k']],
    [
      'high with kms:ViaService only',
      open('kms:Decrypt', { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }),
      ['introduced high kms/key-policy-public aws_kms_key.k'],
    ],
    [
      'silent for callers of one account',
      open('kms:*', {
        StringEquals: { 'kms:CallerAccount': '111122223333', 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
      }),
      [],
    ],
  ])('is %s', (_, statement, expected) => {
    expect(review(key([root], [root, statement]))).toEqual(expected);
  });

  it('locks out when nobody of the own account can change it', () => {
    const admin = allow('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::111122223333:role/keys' } });
    const foreign = allow('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::999988887777:root' } });
    expect(review(key([root], [foreign]))).toEqual(['introduced high kms/key-policy-lockout aws_kms_key.k']);
    expect(review(key([root], [foreign], { bypass_policy_lockout_safety_check: true }))).toEqual([
      'introduced critical kms/key-policy-lockout aws_kms_key.k',
    ]);
    expect(review(key([root], [admin]))).toEqual(['introduced medium kms/key-policy-lockout aws_kms_key.k']);
    const denied = deny('kms:PutKeyPolicy', '*', { Principal: '*' });
    expect(review(key([root], [root, denied]))).toEqual(['introduced high kms/key-policy-lockout aws_kms_key.k']);
    expect(review(key([root, admin], [root]))).toEqual([]);
  });

  it('is one question when it is known only after apply', () => {
    const later: Instance = {
      address: 'aws_kms_key.k',
      before: { ...keyValues, policy: policyText(root) },
      after: keyValues,
      unknown: { policy: true },
      references: { policy: ['var.policy'] },
    };
    expect(review(later)).toEqual(['undetermined critical kms/key-policy-public aws_kms_key.k']);
  });

  it('is AWS\u2019s default when none is set', () => {
    const plain: Instance = {
      address: 'aws_kms_key.k',
      after: {},
      unknown: { policy: true, arn: true, id: true, key_id: true },
    };
    expect(review(plain)).toEqual([]);
  });
});
