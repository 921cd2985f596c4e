import { expect, test } from 'vitest';
import { managedPoliciesDate, managedPolicyDocument } from '../../../src/iam/data/managed-policies.ts';

test('a managed policy is the document that AWS has', () => {
  expect(managedPoliciesDate()).toBe('2026-08-26');
  expect(managedPolicyDocument('AdministratorAccess')).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  });
});

test('a managed policy is found below the path it has', () => {
  expect(managedPolicyDocument('service-role/AWSLambdaBasicExecutionRole')).toEqual({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
    ],
  });
  expect(managedPolicyDocument('job-function/ViewOnlyAccess')).toBeDefined();
});

test.each(['AWSLambdaBasicExecutionRole', 'NoSuchPolicy', '', 'constructor', 'AdministratorAccess\t'])(
  '%j is no managed policy',
  (name) => {
    expect(managedPolicyDocument(name)).toBeUndefined();
  },
);

test('each reader gets a document of its own', () => {
  expect(managedPolicyDocument('ReadOnlyAccess')).not.toBe(managedPolicyDocument('ReadOnlyAccess'));
});
