import { describe, expect, test } from 'vitest';
import { actionsOfService, catalogueAction, catalogueDate, services } from '../../../src/iam/data/catalogue.ts';
import { conditionKeyType, isMultiValued } from '../../../src/iam/data/catalogue.ts';
import { GLOBAL_KEYS, globalKey } from '../../../src/iam/data/global-keys.ts';

const ACTIONS = services().flatMap(actionsOfService);

test('the catalogue has the services and actions of its day', () => {
  expect(catalogueDate()).toBe('2026-09-26');
  expect(services()).toHaveLength(456);
  expect(ACTIONS).toHaveLength(22_091);
  expect(ACTIONS.filter(({ wildcardOnly }) => wildcardOnly)).toHaveLength(6_724);
});

describe('an action', () => {
  test('is found in any case and has a name in that of AWS', () => {
    expect(catalogueAction('S3:getobject')?.name).toBe('s3:GetObject');
    expect(ACTIONS.every((action) => catalogueAction(action.name.toUpperCase()) === action)).toBe(true);
  });

  test.each(['s3:GetObjekt', 's3', 'GetObject', 's4:GetObject', 's3:*', '', ':', 'constructor:GetObject'])(
    '%j is none',
    (name) => {
      expect(catalogueAction(name)).toBeUndefined();
    },
  );

  test.each([
    ['s3:ListAllMyBuckets', 'List'],
    ['s3:GetObject', 'Read'],
    ['s3:PutObject', 'Write'],
    ['ec2:CreateTags', 'Tagging'],
    ['s3:PutBucketPolicy', 'Permissions management'],
  ])('%s is %s', (name, level) => {
    expect(catalogueAction(name)?.level).toBe(level);
  });

  test.each([
    ['iam:PassRole', ['arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}']],
    ['sqs:SendMessage', ['arn:${Partition}:sqs:${Region}:${Account}:${QueueName}']],
    [
      's3:ListBucket',
      [
        'arn:${Partition}:s3:${Region}:${Account}:accesspoint/${AccessPointName}',
        'arn:${Partition}:s3:::${BucketName}',
      ],
    ],
    ['s3:ListAllMyBuckets', []],
  ])('%s takes its resources', (name, resources) => {
    expect(catalogueAction(name)?.resources).toEqual(resources);
    expect(catalogueAction(name)?.wildcardOnly).toBe(resources.length === 0);
  });

  test('names first what every request names', () => {
    expect(catalogueAction('ssm:SendCommand')?.resources[0]).toContain(':document/');
  });

  test('has both forms of a resource that has two', () => {
    expect(catalogueAction('lex:DeleteBot')?.resources).toEqual(
      expect.arrayContaining([
        'arn:${Partition}:lex:${Region}:${Account}:bot/${BotId}',
        'arn:${Partition}:lex:${Region}:${Account}:bot:${BotName}',
      ]),
    );
  });

  test('has whole ARNs for templates', () => {
    expect(
      ACTIONS.flatMap(({ resources }) => resources).filter((arn) => !/^arn:\$\{Partition\}:\S+$/.test(arn)),
    ).toEqual([]);
  });
});

describe('a condition key', () => {
  test.each([
    ['aws:SourceIp', 'IPAddress'],
    ['AWS:SOURCEARN', 'ARN'],
    ['aws:CurrentTime', 'Date'],
    ['aws:TagKeys', 'ArrayOfString'],
    ['aws:ResourceTag/team', 'String'],
    ['aws:PrincipalTag/a/b', 'String'],
    ['identitystore:UserId', 'String'],
    ['s3:max-keys', 'Numeric'],
    ['s3:prefix', 'String'],
    ['s3:ExistingObjectTag/class', 'String'],
    ['ec2:ResourceTag/team', 'String'],
    ['iam:PassedToService', 'String'],
    ['iam:PolicyARN', 'ARN'],
    ['kms:EncryptionContext:app', 'String'],
    ['kms:EncryptionContextKeys', 'ArrayOfString'],
    ['dynamodb:LeadingKeys', 'ArrayOfString'],
    ['token.actions.githubusercontent.com:ref', 'String'],
    ['token.actions.githubusercontent.com:sub', 'String'],
    ['oidc.eks.eu-central-1.amazonaws.com/id/0A1B:aud', 'String'],
    ['cognito-identity.amazonaws.com:amr', 'ArrayOfString'],
    ['saml:aud', 'String'],
    ['s3:sub', undefined],
    ['s3:no-such-key', undefined],
    ['aws:ResourceTag/', undefined],
    ['toString', undefined],
  ])('%s is %s', (key, type) => {
    expect(conditionKeyType(key)).toBe(type);
  });

  test('has several values when its type is a list', () => {
    expect(['aws:TagKeys', 'AWS:CALLEDVIA', 'dynamodb:Attributes'].map(isMultiValued)).toEqual([true, true, true]);
    expect(['aws:SourceIp', 'aws:RequestTag/team', 'nobody:Knows'].map(isMultiValued)).toEqual([false, false, false]);
  });
});

describe('the global keys', () => {
  test('are the 59 of the user guide', () => {
    expect(Object.keys(GLOBAL_KEYS)).toHaveLength(59);
    expect(Object.keys(GLOBAL_KEYS).filter((key) => key !== key.toLowerCase())).toEqual([]);
  });

  test.each([
    ['aws:PrincipalAccount', 'always'],
    ['aws:PrincipalArn', 'signed-requests'],
    ['aws:ResourceAccount', 'most-actions'],
    ['aws:MultiFactorAuthPresent', 'sometimes'],
    ['aws:PrincipalTag/team', 'sometimes'],
  ])('say that a request carries %s %s', (key, present) => {
    expect(globalKey(key)?.present).toBe(present);
  });

  test('have several values when their type is a list', () => {
    expect(Object.values(GLOBAL_KEYS).filter(({ type, multi }) => type.startsWith('ArrayOf') !== multi)).toEqual([]);
  });
});
