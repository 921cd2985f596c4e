import { expect, test } from 'vitest';
import { prepareDocument } from '../../../src/iam/aws-simulation/document.ts';
import type { Question } from '../../../src/iam/aws-simulation/query.ts';
import { readAnswer, type EvaluationResult } from '../../../src/iam/aws-simulation/result.ts';
import { policy } from '../../support/iam/cases.ts';

const BUCKET = 'arn:aws:s3:::logs';

const prepared = prepareDocument(
  policy({ Effect: 'Allow', Action: 's3:*' }, { Effect: 'Deny', Action: 's3:DeleteBucket' }),
  (text) => text,
);

const question: Question = {
  kind: 'question',
  query: {
    principal: null,
    policies: prepared.kind === 'sendable' ? [prepared] : [],
    boundary: null,
    excluded: [],
    resource: BUCKET,
    context: [],
  },
  places: [0],
  isMasked: false,
};

const read = (result: Partial<EvaluationResult>) =>
  readAnswer(
    [{ EvalActionName: 's3:DeleteBucket', EvalDecision: 'implicitDeny', ...result }],
    's3:DeleteBucket',
    question,
  );

const statement = (line?: number, id = 'PolicyInputList.1') => ({
  SourcePolicyId: id,
  EndPosition: line === undefined ? undefined : { Line: line },
});

test('the decision on the resource counts, not the one above, whatever stands above', () => {
  const specific = { EvalResourceName: BUCKET, EvalResourceDecision: 'allowed' };
  const answer = read({ EvalDecision: 'explicitDeny', ResourceSpecificResults: [specific] });
  expect(answer).toMatchObject({ decision: 'allowed' });
});

test('a resource that is named otherwise is still the one that was asked for', () => {
  const specific = { EvalResourceName: 'arn:${Partition}:s3:::${BucketName}', EvalResourceDecision: 'explicitDeny' };
  expect(read({ ResourceSpecificResults: [specific] })).toMatchObject({ decision: 'explicitDeny' });
});

test('statements and keys that stand only above are read', () => {
  const specific = { EvalResourceName: BUCKET, EvalResourceDecision: 'explicitDeny', MatchedStatements: [] };
  expect(
    read({
      ResourceSpecificResults: [specific],
      MatchedStatements: [statement(3)],
      MissingContextValues: ['aws:SourceIp'],
    }),
  ).toEqual({
    kind: 'decided',
    decision: 'explicitDeny',
    decidedBy: [{ policy: 0, statement: 1 }],
    missingContext: ['aws:SourceIp'],
  });
});

test.each([
  ['before the first statement', statement(1), { policy: 0, statement: null }],
  ['behind the last', statement(4), { policy: 0, statement: null }],
  ['without a position', statement(), { policy: 0, statement: null }],
  ['of a policy that was not given', statement(2, 'PolicyInputList.2'), { policy: null, statement: null }],
  ['of a policy of the account', statement(2, 'AdministratorAccess'), { policy: null, statement: null }],
  ['of the boundary', statement(2, 'PermissionsBoundaryPolicyInputList.1'), { policy: null, statement: null }],
])('a statement %s is not guessed', (_, matched, expected) => {
  expect(read({ MatchedStatements: [matched] })).toMatchObject({ decidedBy: [expected] });
});

test('an action that is left out is not answered', () => {
  expect(readAnswer([], 's3:DeleteBucket', question)).toEqual({
    kind: 'unanswered',
    reason: 'IAM left the action out of its answer',
  });
});
