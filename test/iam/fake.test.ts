import { GetContextKeysForCustomPolicyCommand, IAMClient, SimulateCustomPolicyCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { allow, CREDENTIALS, policy } from '../support/iam/cases.ts';
import { parseForm } from '../support/iam/form.ts';
import { statementPosition } from '../support/iam/positions.ts';
import { startIam, type FakeIam } from '../support/iam/server.ts';

let iam: FakeIam;

beforeEach(async () => {
  iam = await startIam();
});

afterEach(() => iam.close());

const client = () => new IAMClient({ endpoint: iam.url, region: 'us-east-1', credentials: CREDENTIALS });

const good = { PolicyInputList: [allow('s3:GetObject')], ActionNames: ['s3:GetObject'] };

test.each([
  ['a wildcard in an action', { ActionNames: ['s3:*'] }],
  ['no policy', { PolicyInputList: [] }],
  ['a character above Latin-1', { PolicyInputList: [allow('s3:中')] }],
  ['a policy that is no policy', { PolicyInputList: ['{}'] }],
  ['a long resource', { ResourceArns: ['a'.repeat(2049)] }],
  ['a key without values', { ContextEntries: [{ ContextKeyName: 'aws:SourceIp', ContextKeyType: 'ip' as const }] }],
])('refuses %s, as IAM does', async (_, input) => {
  await expect(client().send(new SimulateCustomPolicyCommand({ ...good, ...input }))).rejects.toMatchObject({
    name: 'ValidationError',
  });
  expect(iam.violations).toHaveLength(1);
});

test('refuses a request that is not signed', async () => {
  const response = await fetch(iam.url, { method: 'POST', body: 'Action=SimulateCustomPolicy' });
  expect(await response.text()).toContain('<Code>MissingAuthenticationToken</Code>');
});

test('a list must be numbered without a gap', () => {
  expect(parseForm('A.member.1=x&A.member.2.B=y')).toEqual({ A: ['x', { B: 'y' }] });
  expect(() => parseForm('A.member.1=x&A.member.3=y')).toThrow('member 2 of a list is missing');
});

test('has one result for an action and the ARNs below it in the new shape, and one for each ARN in the old', async () => {
  iam.decide = ({ resource }) => ({ decision: resource.endsWith('secret') ? 'explicitDeny' : 'allowed' });
  const command = () =>
    new SimulateCustomPolicyCommand({ ...good, ResourceArns: ['arn:aws:s3:::a/b', 'arn:aws:s3:::a/secret'] });
  const ofNew = await client().send(command());
  expect(ofNew.EvaluationResults).toMatchObject([
    {
      EvalResourceName: 'arn:aws:s3:::${ResourceName}',
      EvalDecision: 'explicitDeny',
      ResourceSpecificResults: [{ EvalResourceDecision: 'allowed' }, { EvalResourceDecision: 'explicitDeny' }],
    },
  ]);
  iam.shape = 'old';
  const ofOld = await client().send(command());
  expect(
    ofOld.EvaluationResults?.map(({ EvalResourceName: name, EvalDecision: decision }) => [name, decision]),
  ).toEqual([
    ['arn:aws:s3:::a/b', 'allowed'],
    ['arn:aws:s3:::a/secret', 'explicitDeny'],
  ]);
});

test('tells the context keys of a policy', async () => {
  const Condition = { Bool: { 'aws:SecureTransport': 'true' }, StringLike: { 's3:prefix': 'a*' } };
  const PolicyInputList = [policy({ Effect: 'Allow', Action: 's3:ListBucket', Condition })];
  const { ContextKeyNames: names } = await client().send(new GetContextKeysForCustomPolicyCommand({ PolicyInputList }));
  expect(names).toEqual(['aws:SecureTransport', 's3:prefix']);
});

test('says where a statement stands as AWS’s example of simulate-principal-policy does', () => {
  const document = {
    Version: '2012-10-17',
    Statement: [{ Sid: 'ListRepositories', Effect: 'Allow', Action: 'codecommit:ListRepositories', Resource: '*' }],
  };
  expect(statementPosition(JSON.stringify(document, null, 4), 0)).toEqual({
    StartPosition: { Line: 3, Column: 19 },
    EndPosition: { Line: 9, Column: 10 },
  });
});
