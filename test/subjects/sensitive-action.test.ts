import { describe, expect, it, test } from 'vitest';
import { SENSITIVE_ACTIONS } from '../../src/iam/data/sensitive-actions.ts';
import { allow, deny, judgementsOf, planOf, policyText, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const SENSITIVE = ['iam/simulator-allows-sensitive-action'];
const ACCOUNT = 'arn:aws:iam::111122223333';
const TRUST = policyText({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });

const roleValues = {
  name: 'app',
  id: 'app',
  arn: `${ACCOUNT}:role/app`,
  path: '/',
  assume_role_policy: TRUST,
  inline_policy: [],
  managed_policy_arns: [],
};
const role: Instance = { address: 'aws_iam_role.app', before: roleValues, after: roleValues };
const user: Instance = {
  address: 'aws_iam_user.alice',
  before: { name: 'alice', path: '/', arn: `${ACCOUNT}:user/alice` },
  after: { name: 'alice', path: '/', arn: `${ACCOUNT}:user/alice` },
};
const inline = (before: string | null, after: string | null, name = 'p'): Instance => {
  const values = (policy: string | null) => (policy === null ? null : { name, role: 'app', policy });
  return { address: `aws_iam_role_policy.${name}`, before: values(before), after: values(after) };
};
const ofUser = (policy: string): Instance => ({
  address: 'aws_iam_user_policy.p',
  after: { name: 'p', user: 'alice', policy },
});

/** The actions that a plan newly allows. */
const gained = (...instances: Instance[]): readonly string[] =>
  judgementsOf(SENSITIVE, planOf(instances)).flatMap(({ subject }) => subject.object['actions'] as readonly string[]);

const READ = policyText(allow('s3:GetObject', 'arn:aws:s3:::a/*'));

describe('a sensitive action is news', () => {
  test.each([
    ['when nothing allowed it', READ, allow('cloudtrail:StopLogging'), ['cloudtrail:StopLogging']],
    [
      'on one resource, where one is enough',
      READ,
      allow('kms:PutKeyPolicy', 'arn:aws:kms:eu-west-1:111122223333:key/1'),
      ['kms:PutKeyPolicy'],
    ],
    ['by a wildcard', READ, allow('guardduty:*'), ['guardduty:DeleteDetector', 'guardduty:UpdateDetector']],
    [
      'on everything, where a name is harmless',
      policyText(allow('kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:key/1')),
      allow('kms:Decrypt'),
      ['kms:Decrypt'],
    ],
    [
      'of one region',
      READ,
      allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:*:secret:*'),
      ['secretsmanager:GetSecretValue'],
    ],
    [
      'under a condition that somebody can meet',
      READ,
      allow('config:StopConfigurationRecorder', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      ['config:StopConfigurationRecorder'],
    ],
  ] as const)('%s', (_, before, statement, actions) => {
    expect(gained(role, inline(before, policyText(statement)))).toEqual(actions);
  });

  it('when a Deny goes away', () => {
    const both = policyText(allow('cloudtrail:DeleteTrail'), deny('cloudtrail:*'));
    expect(gained(role, inline(both, policyText(allow('cloudtrail:DeleteTrail'))))).toEqual(['cloudtrail:DeleteTrail']);
  });

  it('when a boundary goes away', () => {
    const edge = { name: 'edge', path: '/', arn: `${ACCOUNT}:policy/edge`, policy: policyText(allow('s3:*')) };
    const bounded: Instance = { ...role, before: { ...roleValues, permissions_boundary: edge.arn } };
    const trails = policyText(allow('cloudtrail:DeleteTrail'));
    expect(
      gained(bounded, { address: 'aws_iam_policy.edge', before: edge, after: edge }, inline(trails, trails)),
    ).toEqual(['cloudtrail:DeleteTrail']);
  });

  it('for somebody new', () => {
    const { arn: _arn, ...after } = roleValues;
    const created: Instance = { address: 'aws_iam_role.app', after, unknown: { arn: true } };
    expect(gained(created, inline(null, policyText(allow('iam:PassRole'))))).toEqual(['iam:PassRole']);
  });

  it('on others than the principal itself', () => {
    const keys = (resource: string) => ofUser(policyText(allow('iam:CreateAccessKey', resource)));
    expect(gained(user, keys(`${ACCOUNT}:user/*`))).toEqual(['iam:CreateAccessKey']);
    expect(gained(user, keys(`${ACCOUNT}:user/bob`))).toEqual(['iam:CreateAccessKey']);
    expect(gained(user, keys(`${ACCOUNT}:user/alice`))).toEqual([]);
    expect(gained(user, keys('arn:aws:iam::*:user/${aws:username}'))).toEqual([]);
  });
});

describe('a sensitive action is no news', () => {
  test.each<readonly [string, string, object[]]>([
    [
      'when it was allowed on less',
      policyText(allow('kms:PutKeyPolicy', 'arn:aws:kms:*:*:key/1')),
      [allow('kms:PutKeyPolicy')],
    ],
    [
      'when it was allowed under a condition',
      policyText(
        allow('cloudtrail:StopLogging', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      ),
      [allow('cloudtrail:StopLogging')],
    ],
    [
      'on a named resource, where everything counts',
      READ,
      [allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:*:*:secret:app-*')],
    ],
    [
      'on a secret that the plan makes',
      READ,
      [allow('secretsmanager:GetSecretValue', '⟨ref:aws_secretsmanager_secret.app.arn⟩')],
    ],
    ['on a resource that it does not take', READ, [allow('kms:PutKeyPolicy', 'arn:aws:s3:::a')]],
    ['that a Deny takes back', READ, [allow('s3:GetObject'), deny('s3:*')]],
    ['when nothing changes', policyText(allow('cloudtrail:StopLogging')), [allow('cloudtrail:StopLogging')]],
  ])('%s', (_, before, statements) => {
    expect(gained(role, inline(before, policyText(...statements)))).toEqual([]);
  });

  it('of an administrator, who is told as that', () => {
    expect(gained(role, inline(READ, policyText(allow('*'))))).toEqual([]);
  });
});

describe('the finding', () => {
  it('is one for a principal and lists what is new', () => {
    const plan = [
      role,
      inline(
        READ,
        policyText(
          allow(['cloudtrail:StopLogging', 'kms:PutKeyPolicy', 'iam:PassRole', 's3:PutBucketAcl', 's3:GetObject']),
        ),
      ),
    ];
    expect(reviewOf(SENSITIVE, plan)).toEqual([
      'introduced high iam/simulator-allows-sensitive-action aws_iam_role_policy.p',
    ]);
    const [found] = judgementsOf(SENSITIVE, planOf(plan));
    expect(found?.message).toBe(
      'Role app may now open buckets (s3:PutBucketAcl); rewrite who uses keys (kms:PutKeyPolicy); stop trails (cloudtrail:StopLogging); and 2 more',
    );
    expect(found?.evidence).toEqual([
      {
        label: 'newly allowed',
        before: null,
        after: 's3:PutBucketAcl, kms:PutKeyPolicy, cloudtrail:StopLogging, iam:PassRole, s3:GetObject',
      },
    ]);
  });

  it('cannot be made of a policy that is known only after apply', () => {
    const values = { name: 'p', role: 'app' };
    const unknown: Instance = {
      address: 'aws_iam_role_policy.p',
      before: { ...values, policy: READ },
      after: values,
      unknown: { policy: true },
      references: { policy: ['var.policy'] },
    };
    expect(reviewOf(SENSITIVE, [role, unknown])).toEqual([
      'undetermined high iam/simulator-allows-sensitive-action aws_iam_role_policy.p',
    ]);
  });

  it('is not repeated in an audit', () => {
    const trails = policyText(allow('cloudtrail:StopLogging'));
    expect(reviewOf(SENSITIVE, [role, inline(trails, trails)], { audit: true })).toEqual([]);
  });

  it('is made of every action of the list', () => {
    const policy: Instance = {
      address: 'aws_iam_policy.p',
      after: { name: 'p', path: '/', policy: policyText(...SENSITIVE_ACTIONS.map(({ name }) => allow(name))) },
      unknown: { arn: true },
    };
    expect(gained(policy)).toEqual(SENSITIVE_ACTIONS.map(({ name }) => name));
  });
});
