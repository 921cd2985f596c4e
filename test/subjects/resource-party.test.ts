import { describe, expect, it } from 'vitest';
import { allow, deny, judgementsOf, planOf, policyText, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const IDS = [
  's3/bucket-policy-cross-account',
  's3/bucket-policy-public',
  'kms/key-policy-cross-account',
  'kms/key-policy-public',
  'resource-policy/cross-account-access-added',
  'resource-policy/service-principal-without-source',
  'lambda/permission-service-without-source',
  'lambda/permission-public',
  'sqs/queue-policy-public',
];
const short = (lines: readonly string[]) => lines.map((line) => line.split(' ').slice(0, 3).join(' '));
const review = (...instances: Instance[]) => short(reviewOf(IDS, instances));

const FOREIGN = 'arn:aws:iam::999988887777:root';
const OBJECTS = 'arn:aws:s3:::data/*';
const bucketValues = { bucket: 'data', id: 'data', arn: 'arn:aws:s3:::data' };
const bucket: Instance = { address: 'aws_s3_bucket.data', before: bucketValues, after: bucketValues };
const policy = (before: object[] | null, after: object[] | null): Instance => {
  const values = (statements: object[] | null) => statements && { bucket: 'data', policy: policyText(...statements) };
  return { address: 'aws_s3_bucket_policy.data', before: values(before), after: values(after) };
};
const to = (Principal: object | string, action: string | string[], Condition?: object) =>
  allow(action, OBJECTS, { Principal, ...(Condition ? { Condition } : {}) });
const own = to({ AWS: 'arn:aws:iam::111122223333:role/app' }, 's3:GetObject');

describe('a bucket policy that names another account', () => {
  const told = (severity: string) => [`introduced ${severity} s3/bucket-policy-cross-account`];

  it.each([
    ['reading', to({ AWS: FOREIGN }, 's3:GetObject'), told('medium')],
    ['reading by one role', to({ AWS: 'arn:aws:iam::999988887777:role/etl' }, 's3:GetObject'), told('medium')],
    ['writing', to({ AWS: FOREIGN }, 's3:PutObject'), told('high')],
    ['everything', to({ AWS: FOREIGN }, 's3:*'), told('high')],
    ['changing the policy', to({ AWS: FOREIGN }, 's3:PutBucketPolicy'), told('high')],
    [
      'reading inside the organization',
      to({ AWS: FOREIGN }, 's3:*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
      told('low'),
    ],
    [
      'everyone of that account',
      to('*', 's3:GetObject', { StringEquals: { 'aws:PrincipalAccount': '999988887777' } }),
      told('medium'),
    ],
    [
      'a trail of that account',
      to({ Service: 'cloudtrail.amazonaws.com' }, 's3:PutObject', {
        StringEquals: { 'aws:SourceArn': 'arn:aws:cloudtrail:eu-west-1:999988887777:trail/t' },
      }),
      told('medium'),
    ],
    ['a canonical user', to({ CanonicalUser: 'a'.repeat(64) }, 's3:GetObject'), told('medium')],
    ['the own account', to({ AWS: '111122223333' }, 's3:*'), []],
    ['an account of the configuration', to({ AWS: '444455556666' }, 's3:*'), []],
    ['the load balancers of AWS', to({ AWS: 'arn:aws:iam::127311923021:root' }, 's3:PutObject'), []],
    [
      'an origin access identity',
      to({ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' }, 's3:GetObject'),
      [],
    ],
    [
      'a topic of the own account',
      to('*', 's3:PutObject', { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:t' } }),
      [],
    ],
  ])('for %s', (_, statement, expected) => {
    expect(review(bucket, policy([own], [own, statement]))).toEqual(expected);
    expect(review(bucket, policy([own, statement], [own, { ...Object(statement), Sid: 'x' }]))).toEqual(
      expected.map((line) => line.replace('introduced', 'persisting')),
    );
    expect(review(bucket, policy([own, statement], [own]))).toEqual(
      expected.map((line) => line.replace('introduced', 'resolved')),
    );
  });

  it('is silent when the policy denies it, and low when it denies all but some', () => {
    const foreign = to({ AWS: FOREIGN }, 's3:GetObject');
    const outside = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } };
    expect(review(bucket, policy([own], [foreign, deny('s3:*', '*', { Principal: '*' })]))).toEqual([]);
    expect(review(bucket, policy([own], [foreign, deny('s3:*', '*', { Principal: '*', Condition: outside })]))).toEqual(
      told('low'),
    );
  });

  it('says nothing new of an account that everyone included before', () => {
    const open = to('*', 's3:GetObject');
    const narrowed = review(bucket, policy([open], [to({ AWS: FOREIGN }, 's3:GetObject')]));
    expect(narrowed.filter((line) => line.startsWith('introduced'))).toEqual([]);
    expect(narrowed).toContain('resolved high s3/bucket-policy-public');
  });

  it('gets worse when reading becomes writing', () => {
    expect(review(bucket, policy([to({ AWS: FOREIGN }, 's3:GetObject')], [to({ AWS: FOREIGN }, 's3:*')]))).toEqual(
      told('high'),
    );
  });

  it('tells whom and what', () => {
    const message = (options = {}) =>
      judgementsOf(IDS, planOf([bucket, policy([own], [to({ AWS: FOREIGN }, 's3:GetObject')])]), options).map(
        (one) => one.message,
      );
    expect(message()).toEqual([
      'The policy of the bucket data lets in account 999988887777, which is not one of the own or trusted accounts: s3:GetObject',
    ]);
    expect(message({ trustedAccounts: ['999988887777'] })).toEqual([]);
    expect(message({ ownAccounts: ['111122223333', '999988887777'] })).toEqual([]);
  });

  it('takes the account of its own resources for the own one', () => {
    const queue: Instance = {
      address: 'aws_sqs_queue_policy.q',
      after: {
        queue_url: 'u',
        policy: policyText(
          allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:222233334444:q', { Principal: { AWS: '222233334444' } }),
        ),
      },
    };
    expect(short(reviewOf(IDS, [queue], { ownAccounts: [] }))).toEqual([]);
  });

  it('says so when it does not know which accounts are the own ones', () => {
    const found = judgementsOf(IDS, planOf([policy(null, [to({ AWS: FOREIGN }, 's3:GetObject')])]), {
      ownAccounts: [],
    });
    expect(found.map((one) => one.message)).toEqual([
      'The policy of the bucket data lets in account 999988887777, an account that is not named in the configuration: s3:GetObject',
    ]);
  });

  it('cannot be judged, and is not resolved, when the policy is known only after apply', () => {
    const later: Instance = {
      ...policy([own, to({ AWS: FOREIGN }, 's3:GetObject')], null),
      after: { bucket: 'data' },
      unknown: { policy: true },
      references: { policy: ['var.policy'] },
    };
    expect(short(reviewOf(['s3/bucket-policy-cross-account'], [bucket, later]))).toEqual([
      'persisting medium s3/bucket-policy-cross-account',
      'undetermined medium s3/bucket-policy-cross-account',
    ]);
    expect(review(bucket, later)).toContain('undetermined critical s3/bucket-policy-public');
  });
});

describe('a key policy that names another account', () => {
  const values = { key_id: 'k', id: 'k', arn: 'arn:aws:kms:eu-west-1:111122223333:key/k' };
  const root = allow('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } });
  const grant = (action: string | string[], Condition?: object) =>
    allow(action, '*', { Principal: { AWS: FOREIGN }, ...(Condition ? { Condition } : {}) });
  const key = (before: object[] | null, after: object[]): Instance => ({
    address: 'aws_kms_key.k',
    before: before && { ...values, policy: policyText(...before) },
    after: { ...(before ? values : {}), policy: policyText(...after) },
  });

  it.each([
    ['medium for its use', grant(['kms:Decrypt', 'kms:GenerateDataKey']), 'medium'],
    ['high for all of it', grant('kms:*'), 'high'],
    ['high for grants', grant('kms:CreateGrant'), 'high'],
    [
      'medium for grants to services of AWS',
      grant('kms:CreateGrant', { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
      'medium',
    ],
    [
      'medium for its callers',
      allow('kms:Decrypt', '*', {
        Principal: { AWS: '*' },
        Condition: { StringEquals: { 'kms:CallerAccount': '999988887777' } },
      }),
      'medium',
    ],
  ])('is %s', (_, statement, severity) => {
    expect(review(key([root], [root, statement]))).toEqual([`introduced ${severity} kms/key-policy-cross-account`]);
  });

  it('does not take the own account for another one where nothing tells which it is', () => {
    expect(short(reviewOf(IDS, [key(null, [root])], { ownAccounts: [] }))).toEqual([]);
    expect(short(reviewOf(IDS, [key(null, [root, grant('kms:Decrypt')])], { ownAccounts: [] }))).toEqual([
      'introduced medium kms/key-policy-cross-account',
    ]);
  });
});

describe('another policy that names another account', () => {
  const lambda = (values: object): Instance => ({
    address: 'aws_lambda_permission.p',
    after: { function_name: 'orders', action: 'lambda:InvokeFunction', ...values },
  });
  const queue = (statement: object): Instance => ({
    address: 'aws_sqs_queue_policy.q',
    after: { queue_url: 'u', policy: policyText(statement) },
  });
  const crossed = 'introduced medium resource-policy/cross-account-access-added';

  it.each([
    ['a queue', queue(allow('sqs:SendMessage', '*', { Principal: { AWS: FOREIGN } })), [crossed]],
    [
      'a queue that a topic of that account feeds',
      queue(
        allow('sqs:SendMessage', '*', {
          Principal: { Service: 'sns.amazonaws.com' },
          Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:999988887777:t' } },
        }),
      ),
      [crossed],
    ],
    ['a function', lambda({ principal: '999988887777' }), [crossed]],
    [
      'a function that a bucket of that account triggers',
      lambda({ principal: 's3.amazonaws.com', source_arn: 'arn:aws:s3:::other', source_account: '999988887777' }),
      [crossed],
    ],
    ['a function of the own account', lambda({ principal: '111122223333' }), []],
    [
      'an event bus',
      {
        address: 'aws_cloudwatch_event_permission.p',
        after: { principal: '999988887777', event_bus_name: 'default', action: 'events:PutEvents' },
      },
      [crossed],
    ],
    [
      'a collection',
      {
        address: 'aws_opensearchserverless_access_policy.d',
        after: {
          name: 'd',
          type: 'data',
          policy: JSON.stringify([
            {
              Principal: ['arn:aws:iam::999988887777:role/etl'],
              Rules: [{ ResourceType: 'index', Resource: ['index/books/*'], Permission: ['aoss:ReadDocument'] }],
            },
          ]),
        },
      },
      [crossed],
    ],
  ])('is told of %s', (_, instance, expected) => {
    expect(review(instance)).toEqual(expected);
  });

  it('is told of another organization than the own one', () => {
    const open = queue(
      allow('sqs:SendMessage', '*', { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-2' } } }),
    );
    expect(review(open)).toEqual([]);
    expect(short(reviewOf(IDS, [open], { organizationId: 'o-2' }))).toEqual([]);
    expect(short(reviewOf(IDS, [open], { organizationId: 'o-1' }))).toEqual([
      'introduced low resource-policy/cross-account-access-added',
    ]);
  });

  it('is not known of a principal that is known only after apply', () => {
    const later: Instance = {
      ...lambda({}),
      unknown: { principal: true },
      references: { principal: ['var.partner'] },
    };
    expect(short(reviewOf(['resource-policy/cross-account-access-added'], [later]))).toEqual([
      'undetermined medium resource-policy/cross-account-access-added',
    ]);
  });
});

describe('a service that acts for others', () => {
  const service = (name: string, Condition?: object) =>
    policy([own], [own, to({ Service: name }, 's3:GetObject', Condition)]);
  const told = ['introduced low resource-policy/service-principal-without-source'];

  it.each([
    ['CloudFront', service('cloudfront.amazonaws.com'), told],
    ['logs of a region', service('logs.eu-west-1.amazonaws.com'), told],
    ['every service', policy([own], [own, to({ Service: '*' }, 's3:GetObject')]), told],
    [
      'CloudFront with its distribution',
      service('cloudfront.amazonaws.com', {
        StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/E1' },
      }),
      [],
    ],
    [
      'CloudFront with any distribution',
      service('cloudfront.amazonaws.com', { StringLike: { 'AWS:SourceArn': 'arn:aws:cloudfront::*:distribution/*' } }),
      told,
    ],
    [
      'a test that passes without the key',
      service('sns.amazonaws.com', {
        StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' },
      }),
      told,
    ],
    ['a service that acts for nobody else', service('ec2.amazonaws.com'), []],
  ])('is told of %s', (_, instance, expected) => {
    expect(review(bucket, instance).filter((line) => !line.includes('bucket-policy-public'))).toEqual(expected);
  });

  it('is told of a function, whichever service it is', () => {
    const lambda = (values: object): Instance => ({
      address: 'aws_lambda_permission.p',
      after: { function_name: 'orders', action: 'lambda:InvokeFunction', principal: 's3.amazonaws.com', ...values },
    });
    const alexa = { principal: 'alexa-appkit.amazon.com', event_source_token: 'amzn1.ask.skill.1' };
    expect(review(lambda({}))).toEqual(['introduced medium lambda/permission-service-without-source']);
    expect(review(lambda({ source_arn: 'arn:aws:s3:::uploads' }))).toEqual([]);
    expect(review(lambda({ source_account: '111122223333' }))).toEqual([]);
    expect(review(lambda(alexa))).toEqual([]);
    const later = {
      unknown: { source_arn: true },
      references: { source_arn: ['aws_s3_bucket.b.arn', 'aws_s3_bucket.b'] },
    };
    expect(review({ ...lambda({}), ...later })).toEqual([]);
  });

  it('is known by its encryption context in a key policy', () => {
    const logs = (Condition?: object): Instance => ({
      address: 'aws_kms_key_policy.k',
      after: {
        key_id: 'k',
        policy: policyText(
          allow('kms:*', '*', { Principal: { AWS: '111122223333' } }),
          allow('kms:Decrypt', '*', {
            Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
            ...(Condition ? { Condition } : {}),
          }),
        ),
      },
    });
    const context = { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:111122223333:*' } };
    expect(review(logs())).toEqual(told);
    expect(review(logs(context))).toEqual([]);
  });
});
