import { describe, expect, test } from 'vitest';
import { catalogueAction } from '../../../src/iam/data/catalogue.ts';
import { actionsOfRisk, risksOf } from '../../../src/iam/data/risk.ts';
import { SENSITIVE_ACTIONS } from '../../../src/iam/data/sensitive-actions.ts';

const isUnknown = (name: string): boolean => catalogueAction(name)?.name !== name;
const twice = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) !== index);

describe('risks', () => {
  test.each([
    ['credentials exposure', 63],
    ['data exfiltration', 66],
    ['resource exposure', 162],
    ['permissions management', 501],
  ] as const)('%s is told of actions that exist, each once', (risk, count) => {
    const actions = actionsOfRisk(risk);
    expect(actions.filter(isUnknown)).toEqual([]);
    expect(twice(actions)).toEqual([]);
    expect(actions).toHaveLength(count);
  });

  test.each([
    ['iam:CreateAccessKey', ['credentials exposure', 'permissions management']],
    ['S3:GETOBJECT', ['data exfiltration']],
    ['s3:PutBucketPolicy', ['resource exposure', 'permissions management']],
    ['ec2:ModifySnapshotAttribute', ['data exfiltration', 'resource exposure', 'permissions management']],
    ['iam:PassRole', ['permissions management']],
    ['ecr:GetAuthorizationToken', []],
    ['glue:GetQueries', []],
    ['s3:ListBucket', []],
    ['no:SuchAction', []],
  ])('of %s are %j', (action, risks) => {
    expect(risksOf(action)).toEqual(risks);
  });
});

describe('sensitive actions', () => {
  test('exist, each once', () => {
    const names = SENSITIVE_ACTIONS.map(({ name }) => name);
    expect(names.filter(isUnknown)).toEqual([]);
    expect(twice(names)).toEqual([]);
  });

  test('are few', () => {
    expect(SENSITIVE_ACTIONS.length).toBeLessThan(75);
  });

  test('that count on every resource only, or on others only, take resources', () => {
    const narrowed = SENSITIVE_ACTIONS.filter(({ reach }) => reach !== 'one').map(({ name }) => name);
    expect(narrowed.filter((name) => catalogueAction(name)?.wildcardOnly)).toEqual([]);
  });
});
