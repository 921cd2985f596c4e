import { describe, expect, it } from 'vitest';
import { allow, deny, judgementsOf, planOf, policyText, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const IDS = [
  's3/bucket-policy-public',
  's3/bucket-policy-protection-removed',
  's3/bucket-policy-lockout',
  'kms/key-policy-public',
  'kms/key-policy-lockout',
  'kms/key-policy-cross-account',
  'kms/key-policy-widened',
  'sqs/queue-policy-public',
  'efs/policy-weakened',
  'lambda/permission-public',
  'lambda/permission-service-without-source',
  'resource-policy/public-principal',
  'resource-policy/cross-account-access-added',
  'resource-policy/deny-or-condition-removed',
  'vpc/endpoint-policy-open',
  'vpc/endpoint-policy-weakened',
  'iam/policy-widened',
  'iam/deny-or-condition-removed',
];
const short = (lines: readonly string[]) => lines.map((line) => line.split(' ').slice(0, 3).join(' '));
const review = (...instances: Instance[]) => short(reviewOf(IDS, instances));
const messages = (...instances: Instance[]) => judgementsOf(IDS, planOf(instances)).map((one) => one.message);

const TLS = { Bool: { 'aws:SecureTransport': 'false' } };
const ORG = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };

describe('the policy of a key', () => {
  const values = { key_id: 'k', id: 'k', arn: 'arn:aws:kms:eu-west-1:111122223333:key/k' };
  const root = allow('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } });
  const role = (action: string | string[], Condition?: object) =>
    allow(action, '*', {
      Principal: { AWS: 'arn:aws:iam::444455556666:role/app' },
      ...(Condition ? { Condition } : {}),
    });
  const key = (before: object[], after: object[]): Instance => ({
    address: 'aws_kms_key.k',
    before: { ...values, policy: policyText(...before) },
    after: { ...values, policy: policyText(...after) },
  });
  const own = allow('kms:Decrypt', '*', { Principal: { AWS: 'arn:aws:iam::111122223333:role/app' } });
  const viaS3 = { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } };
  const widened = ['introduced medium kms/key-policy-widened'];

  it.each([
    ['lets in a role', key([root], [root, role('kms:Decrypt')]), widened],
    ['lets a role do more', key([root, role('kms:Decrypt')], [root, role(['kms:Decrypt', 'kms:Encrypt'])]), widened],
    ['loses a condition', key([root, role('kms:Decrypt', viaS3)], [root, role('kms:Decrypt')]), widened],
    ['loses a Deny', key([root, deny('kms:Decrypt', '*', { Principal: '*', Condition: TLS })], [root]), widened],
    ['names a role whose account decides through IAM already', key([root], [root, own]), widened],
    ['named the role already', key([root, own], [root, own, { ...Object(own), Sid: 'Again' }]), []],
    ['is narrowed', key([root, role(['kms:Decrypt', 'kms:Encrypt'])], [root, role('kms:Decrypt')]), []],
  ])('that %s', (_, instance, expected) => {
    expect(review(instance)).toEqual(expected);
  });

  it('is one finding with the account that it lets in', () => {
    const foreign = allow('kms:Decrypt', '*', { Principal: { AWS: '999988887777' } });
    expect(review(key([root], [root, foreign]))).toEqual(['introduced medium kms/key-policy-cross-account']);
  });

  it('tells both halves', () => {
    const before = [root, role('kms:Decrypt'), deny('kms:Decrypt', '*', { Principal: '*', Condition: TLS })];
    expect(messages(key(before, [root, role(['kms:Decrypt', 'kms:Encrypt'])]))).toEqual([
      'Key aws_kms_key.k gets a wider policy: it now allows kms:Encrypt on * to arn:aws:iam::444455556666:role/app; it loses Deny kms:Decrypt on * to everyone if Bool aws:SecureTransport false',
    ]);
  });
});

describe('the policy of a queue', () => {
  const values = { id: 'https://sqs/q', url: 'https://sqs/q', name: 'q', arn: 'arn:aws:sqs:eu-west-1:111122223333:q' };
  const queue: Instance = { address: 'aws_sqs_queue.q', before: values, after: values };
  const policy = (before: object[] | null, after: object[] | null, more: Partial<Instance> = {}): Instance => {
    const at = (statements: object[] | null) =>
      statements && { queue_url: values.url, policy: policyText(...statements) };
    return { address: 'aws_sqs_queue_policy.q', before: at(before), after: at(after), ...more };
  };
  const send = allow('sqs:SendMessage', '*', { Principal: { AWS: '111122223333' } });
  const tls = deny('sqs:*', '*', { Principal: '*', Condition: TLS });
  const lost = ['introduced high resource-policy/deny-or-condition-removed'];

  it.each([
    ['loses its Deny', policy([send, tls], [send]), lost],
    ['is deleted with its Deny', policy([send, tls], null), lost],
    ['loses a condition', policy([{ ...send, Condition: ORG }], [send]), lost],
    ['is deleted and protected nothing', policy([send], null), []],
    ['gets a stricter Deny', policy([send, tls], [send, deny('sqs:*', '*', { Principal: '*' })]), []],
    ['is rewritten', policy([send, tls], [{ ...Object(tls), Sid: 'Tls' }, send]), []],
    ['is only forgotten', policy([send, tls], null, { forgotten: true }), []],
  ])('that %s', (_, instance, expected) => {
    expect(review(queue, instance)).toEqual(expected);
  });

  it('goes with the queue in silence', () => {
    expect(review({ ...queue, after: null }, policy([send, tls], null))).toEqual([]);
  });

  it('is one finding when it opens by the loss', () => {
    const open = allow('sqs:SendMessage', '*', { Principal: '*' });
    expect(review(queue, policy([{ ...open, Condition: ORG }], [open]))).toEqual([
      'introduced high sqs/queue-policy-public',
    ]);
  });

  it('is one question when it is known only after apply', () => {
    const later = policy([send, tls], null, {
      after: { queue_url: values.url },
      unknown: { policy: true },
      references: { policy: ['var.policy'] },
    });
    expect(review(queue, later)).toEqual(['undetermined high sqs/queue-policy-public']);
  });
});

it('a policy whose owner has no argument for it is lost with its resource, too', () => {
  const values = { id: 'app', name: 'app', arn: 'arn:aws:ecr:eu-west-1:111122223333:repository/app' };
  const policy = policyText(
    deny('ecr:*', '*', { Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
  );
  expect(
    review(
      { address: 'aws_ecr_repository.app', before: values, after: values },
      { address: 'aws_ecr_repository_policy.app', before: { repository: 'app', policy }, after: null },
    ),
  ).toEqual(['introduced high resource-policy/deny-or-condition-removed']);
});

it('a permission of a function that loses its source is one finding', () => {
  const values = { function_name: 'orders', action: 'lambda:InvokeFunction', principal: 's3.amazonaws.com' };
  const permission: Instance = {
    address: 'aws_lambda_permission.p',
    before: { ...values, source_arn: 'arn:aws:s3:::uploads' },
    after: values,
  };
  expect(review(permission)).toEqual(['introduced medium lambda/permission-service-without-source']);
});

describe('the policy of a VPC endpoint', () => {
  const values = { id: 'vpce-1', service_name: 'com.amazonaws.eu-west-1.s3', vpc_id: 'vpc-1' };
  const endpoint: Instance = { address: 'aws_vpc_endpoint.s3', before: values, after: values };
  const policy = (before: object[] | null, after: object[] | null): Instance => {
    const at = (statements: object[] | null) =>
      statements && { vpc_endpoint_id: 'vpce-1', policy: policyText(...statements) };
    return { address: 'aws_vpc_endpoint_policy.p', before: at(before), after: at(after) };
  };
  const to = (Resource: string, Condition?: object) =>
    allow('s3:*', Resource, { Principal: '*', ...(Condition ? { Condition } : {}) });

  it.each([
    ['is removed', policy([to('arn:aws:s3:::data/*')], null), ['introduced medium vpc/endpoint-policy-open']],
    [
      'lets through another bucket',
      policy([to('arn:aws:s3:::data/*')], [to('arn:aws:s3:::data/*'), to('arn:aws:s3:::more/*')]),
      ['introduced medium vpc/endpoint-policy-weakened'],
    ],
    ['loses its organization', policy([to('*', ORG)], [to('*')]), ['introduced medium vpc/endpoint-policy-open']],
    ['is narrowed', policy([to('*', ORG)], [to('arn:aws:s3:::data/*', ORG)]), []],
    ['comes', policy(null, [to('arn:aws:s3:::data/*')]), ['resolved info vpc/endpoint-policy-open']],
  ])('that %s', (_, instance, expected) => {
    expect(review(endpoint, instance)).toEqual(expected);
  });
});

describe('a bucket policy that nobody can change any more', () => {
  const values = { bucket: 'data', id: 'data', arn: 'arn:aws:s3:::data' };
  const bucket: Instance = { address: 'aws_s3_bucket.data', before: values, after: values };
  const policy = (...statements: object[]): Instance => ({
    address: 'aws_s3_bucket_policy.data',
    after: { bucket: 'data', policy: policyText(...statements) },
  });
  const told = ['introduced medium s3/bucket-policy-lockout'];

  it.each([
    ['denies everything', deny('s3:*', ['arn:aws:s3:::data', 'arn:aws:s3:::data/*'], { Principal: '*' }), told],
    ['denies to change it', deny('s3:PutBucketPolicy', 'arn:aws:s3:::data', { Principal: { AWS: '*' } }), told],
    ['denies what is in it', deny('s3:*', 'arn:aws:s3:::data/*', { Principal: '*' }), []],
    ['denies clear text', deny('s3:*', '*', { Principal: '*', Condition: TLS }), []],
    [
      'denies all but one role',
      deny('s3:*', '*', {
        Principal: '*',
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/admin' } },
      }),
      [],
    ],
    [
      'denies all but one principal',
      { Effect: 'Deny', NotPrincipal: { AWS: '111122223333' }, Action: 's3:*', Resource: '*' },
      [],
    ],
    ['denies deleting', deny('s3:DeleteObject', '*', { Principal: '*' }), []],
  ])('%s', (_, statement, expected) => {
    expect(review(bucket, policy(statement))).toEqual(expected);
  });
});
