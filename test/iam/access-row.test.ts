import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/plan/value.ts';
import { diffPolicies } from '../../src/iam/lines.ts';

const policy = (...statements: readonly Json[]): Json => ({ Version: '2012-10-17', Statement: statements });
const allow = (Action: Json, Resource: Json = '*', more: { readonly [key: string]: Json } = {}): Json => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: Json, Resource: Json = '*', more: { readonly [key: string]: Json } = {}): Json => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...more,
});

/** The gained rows of two policies, in short. */
const gained = (old: Json, current: Json): string[] =>
  diffPolicies({ old, new: current }).gained.map(({ summary, resources, principals, condition }) =>
    [
      summary.join(', '),
      resources.length > 0 ? `on ${resources.join(', ')}` : '',
      principals.length > 0 ? `to ${principals.join(', ')}` : '',
      condition === null ? '' : `if ${condition}`,
    ]
      .filter(Boolean)
      .join(' '),
  );

const NOTHING = null;

describe('actions', () => {
  test('are wildcards where all of one is gained', () => {
    expect(gained(policy(allow('s3:GetObject', 'arn:aws:s3:::a/*')), policy(allow('s3:*')))).toEqual(['s3:* on *']);
    expect(gained(NOTHING, policy(allow('*')))).toEqual(['* on *']);
    expect(gained(NOTHING, policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }))).toEqual([
      'everything except iam:* on *',
    ]);
  });

  test('are names where few of a wildcard are gained, in the case that AWS has them in', () => {
    expect(gained(policy(allow(['sqs:*message*', 'sqs:*Queue*'])), policy(allow('SQS:*')))).toEqual([
      'sqs:AddPermission, sqs:RemovePermission on *',
    ]);
  });

  test('are numbers where many are', () => {
    expect(gained(policy(allow('dynamodb:Get*')), policy(allow('dynamodb:*')))[0]).toMatch(
      /^\d+ (list|read|write|tagging|permissions management) actions? of dynamodb, .* on \*$/,
    );
  });

  test('of the future count: all that AWS has today is not all', () => {
    const [row] = diffPolicies({
      old: policy(allow(['account:*', 'rds-data:BatchExecuteStatement'])),
      new: policy(allow(['account:*', 'rds-data:Batch*'])),
    }).gained;
    expect(row?.actions).toEqual(['future actions of rds-data:Batch*']);
  });
});

describe('resources', () => {
  test('are the patterns of the statement, or what a lost Deny singled out', () => {
    const secret = 'arn:aws:s3:::a/secret/*';
    expect(
      gained(
        policy(allow('s3:GetObject', 'arn:aws:s3:::a/*'), deny('s3:*', secret)),
        policy(allow('s3:GetObject', 'arn:aws:s3:::a/*')),
      ),
    ).toEqual([`s3:GetObject on ${secret}`]);
  });

  test('of a trust policy are none', () => {
    expect(
      gained(NOTHING, policy({ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' })),
    ).toEqual(['sts:AssumeRole to account 111122223333']);
  });
});

describe('conditions', () => {
  const when = (operator: string, value = 'true'): Json =>
    policy(allow('ec2:StopInstances', '*', { Condition: { [operator]: { 'aws:MultiFactorAuthPresent': value } } }));

  test('say in which case it is new', () => {
    expect(gained(when('Bool'), when('BoolIfExists'))).toEqual([
      'ec2:StopInstances on * if BoolIfExists aws:MultiFactorAuthPresent true and aws:MultiFactorAuthPresent is absent',
    ]);
    expect(gained(when('Bool'), policy(allow('ec2:StopInstances')))).toEqual([
      'ec2:StopInstances on * if aws:MultiFactorAuthPresent is false or absent',
    ]);
  });
});

describe('rows', () => {
  test('come with the most dangerous first, and say what they can be used for', () => {
    const rows = diffPolicies({
      old: NOTHING,
      new: policy(
        allow('ec2:DescribeInstances'),
        allow('s3:GetObject', 'arn:aws:s3:::a/*'),
        allow('iam:AttachRolePolicy'),
        allow('secretsmanager:GetSecretValue'),
      ),
    }).gained;
    expect(rows.map(({ actions, level, risks }) => [actions[0], level, ...risks])).toEqual([
      ['iam:AttachRolePolicy', 'Permissions management', 'permissions management'],
      ['secretsmanager:GetSecretValue', 'Read', 'data exfiltration'],
      ['s3:GetObject', 'Read', 'data exfiltration'],
      ['ec2:DescribeInstances', 'List'],
    ]);
  });

  test('prove themselves with requests that AWS could get', () => {
    const witness = (Action: string, Resource: string) =>
      diffPolicies({ old: NOTHING, new: policy(allow(Action, Resource)) }).gained[0]?.witness;
    expect(witness('s3:PutObject', '*')).toEqual({
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::example/example',
      context: {},
    });
    expect(witness('ec2:DescribeInstances', '*')).toEqual({
      action: 'ec2:DescribeInstances',
      resource: '*',
      context: {},
    });
    expect(witness('sqs:SendMessage', 'arn:aws:sqs:*:111122223333:jobs-*')?.resource).toMatch(
      /^arn:aws:sqs:[a-z0-9-]+:111122223333:jobs-\w+$/,
    );
  });

  test('say when no action takes such a resource: a bucket is no object', () => {
    const [row] = diffPolicies({ old: NOTHING, new: policy(allow('s3:GetObject', 'arn:aws:s3:::bucket')) }).gained;
    expect(row?.isUsable).toBe(false);
    const [listed] = diffPolicies({
      old: NOTHING,
      new: policy(allow('s3:ListAllMyBuckets', 'arn:aws:s3:::bucket')),
    }).gained;
    expect(listed?.isUsable).toBe(false);
  });
});
