import { describe, expect, test } from 'vitest';
import { isSamePolicy } from '../../src/aws/policy-document/same.ts';

const policy = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const READ = { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['a', 'b'] };
const IF = { ...READ, Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } } };

describe('a policy says the same', () => {
  test.each([
    ['in another order', policy(READ, IF), policy(IF, { ...READ, Resource: ['b', 'a'] })],
    ['with other ids', policy({ ...READ, Sid: 'A' }), policy({ ...READ, Sid: 'B' })],
    ['in other letters of actions', policy(READ), policy({ ...READ, Action: ['S3:LISTBUCKET', 's3:getobject'] })],
    [
      'in other letters of keys',
      policy(IF),
      policy({ ...READ, Condition: { StringEquals: { 'aws:principalorgid': ['o-2', 'o-1'] } } }),
    ],
    ['with a list of one', policy({ ...READ, Action: 's3:*' }), policy({ ...READ, Action: ['s3:*'] })],
  ])('%s', (_, before, after) => {
    expect(isSamePolicy(before, after)).toBe(true);
  });
});

describe('a policy says something else', () => {
  test.each([
    ['with another resource', policy({ ...READ, Resource: ['A', 'b'] })],
    ['with NotAction', policy({ Effect: 'Allow', NotAction: READ.Action, Resource: READ.Resource })],
    ['with a condition', policy(IF)],
    ['as a Deny', policy({ ...READ, Effect: 'Deny' })],
    ['of another version', policy(READ).replace('2012-10-17', '2008-10-17')],
    ['that cannot be read', 'not JSON'],
  ])('%s', (_, after) => {
    expect(isSamePolicy(policy(READ), after)).toBe(false);
  });
  test('with another value of a condition', () => {
    const other = policy({ ...READ, Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'O-2'] } } });
    expect(isSamePolicy(policy(IF), other)).toBe(false);
  });
});
