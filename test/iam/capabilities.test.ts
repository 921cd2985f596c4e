import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/aws/policy-document/parse.ts';
import type { Document } from '../../src/aws/policy-document/statement.ts';
import { CAPABILITIES, capabilityOf } from '../../src/iam/capability/capability.ts';
import { holdingsOf } from '../../src/iam/capability/holdings.ts';
import type { Holdings, Scope } from '../../src/iam/capability/holdings.ts';
import { actionsOfService, catalogueAction, conditionKeyType, services } from '../../src/iam/data/catalogue.ts';
import { HARMLESS_ACTIONS } from '../../src/iam/data/harmless-actions.ts';
import { BESIDE_KEYS, isRequestTagKey, isResourceKey } from '../../src/iam/data/request-keys.ts';
import { actionsWithRequired, requiredResources } from '../../src/iam/data/required-resources.ts';
import { sideOf } from '../../src/iam/difference/side.ts';
import { documentTest } from '../../src/iam/evaluate/document.ts';
import { evaluate } from '../../src/iam/evaluate/evaluate.ts';
import { Unknown } from '../../src/plan/value.ts';
import type { Value } from '../../src/plan/value.ts';

type Part = { readonly [key: string]: Value };

const documentOf = (...statements: readonly Part[]): Document => {
  const parsed = parseDocument({ Version: '2012-10-17', Statement: statements });
  if (parsed.kind !== 'document') throw new Error('not a policy');
  return parsed;
};

const allow = (Action: Value, Resource: Value = '*', Condition?: Value): Part => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const deny = (Action: Value, Resource: Value = '*', Condition?: Value): Part => ({
  ...allow(Action, Resource, Condition),
  Effect: 'Deny',
});

const namesIn = (holdings: Holdings): string[] =>
  CAPABILITIES.flatMap((capability) =>
    holdings[capability].grants.flatMap(({ actions }) => actions.map(({ name }) => name)),
  );

/** The names of what is allowed on resources that nobody named. */
const held = (...statements: readonly Part[]): string[] => namesIn(holdingsOf(sideOf(documentOf(...statements))));

const heldWithin = (boundary: Part, ...statements: readonly Part[]): string[] =>
  namesIn(holdingsOf(sideOf(documentOf(...statements), documentOf(boundary))));

const doubtsIn = (...statements: readonly Part[]): string[] => {
  const holdings = holdingsOf(sideOf(documentOf(...statements)));
  return CAPABILITIES.filter((capability) => holdings[capability].doubt !== undefined);
};

/** Actions of a service with the resources they take, from the package that the catalogue is made of. */
function referenceOf(service: string): readonly Reference[] {
  const folder = join(import.meta.dirname, '..', '..', 'node_modules', '@cloud-copilot', 'iam-data', 'data', 'actions');
  return Object.values(JSON.parse(readFileSync(join(folder, `${service}.json`), 'utf8')) as Record<string, Reference>);
}

interface Reference {
  readonly name: string;
  readonly resourceTypes: readonly { readonly required: boolean }[];
}

const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };

describe('an action counts for one capability', () => {
  test.each([
    ['iam:PassRole', 'pass roles'],
    ['kms:Decrypt', 'decrypt'],
    ['kms:ReEncryptFrom', 'decrypt'],
    ['s3:PutBucketPolicy', 'manage permissions'],
    ['iam:PutRolePolicy', 'manage permissions'],
    ['s3:PutAccountPublicAccessBlock', 'manage permissions'],
    ['ec2:ModifySnapshotAttribute', 'manage permissions'],
    ['iam:CreateAccessKey', 'read data or credentials'],
    ['sts:AssumeRole', 'read data or credentials'],
    ['secretsmanager:GetSecretValue', 'read data or credentials'],
    ['dynamodb:PutItem', 'change resources'],
    ['ec2:CreateTags', 'change resources'],
    ['waf:CreateWebACL', 'change resources'],
    ['glue:TestConnection', undefined],
    ['states:GetActivityTask', undefined],
    ['dynamodb:DescribeTable', undefined],
    ['s3:ListBucket', undefined],
    ['autoscaling:DescribeTags', undefined],
    ['logs:PutLogEvents', undefined],
    ['ecr:GetAuthorizationToken', undefined],
    ['xray:PutTraceSegments', undefined],
  ])('%s: %s', (name, expected) => {
    const action = catalogueAction(name);
    expect(action && capabilityOf(action)).toBe(expected);
    expect(action).toBeDefined();
  });

  test('what only reads never counts as a change, and no change counts that takes no resource', () => {
    const changes = services()
      .flatMap(actionsOfService)
      .filter((action) => capabilityOf(action) === 'change resources');
    expect(changes.filter(({ level, wildcardOnly }) => /List|Read/.test(level) || wildcardOnly)).toEqual([]);
    expect(changes.filter(({ name }) => /:(Get|List|Describe)/.test(name)).map(({ name }) => name)).toEqual([]);
  });
});

describe('lists', () => {
  test('of harmless actions have changing ones that exist', () => {
    expect(HARMLESS_ACTIONS.filter((name) => catalogueAction(name)?.name !== name)).toEqual([]);
    expect(HARMLESS_ACTIONS.filter((name) => /List|Read/.test(catalogueAction(name)?.level ?? ''))).toEqual([]);
  });

  test('of keys that narrow nothing have keys that exist', () => {
    expect(BESIDE_KEYS.filter((key) => conditionKeyType(key) === undefined)).toEqual([]);
    expect(BESIDE_KEYS.filter((key) => isResourceKey(key.toLowerCase()))).toEqual([]);
  });

  test('of what every request names say what the reference says', () => {
    const services = [...new Set(actionsWithRequired().map((name) => name.split(':')[0] ?? ''))];
    const expected = services.flatMap((service) =>
      referenceOf(service).flatMap(({ name, resourceTypes }) => {
        const required = resourceTypes.filter((type) => type.required).length;
        const action = catalogueAction(`${service}:${name}`);
        const counts = required > 0 && resourceTypes.length > 1 && action && capabilityOf(action) !== undefined;
        return counts ? [`${service}:${name} ${required}`] : [];
      }),
    );
    const listed = actionsWithRequired().map((name) => `${name} ${requiredResources(name)}`);
    expect(listed.toSorted()).toEqual(expected.toSorted());
  });

  test.each([
    ['aws:resourcetag/team', true],
    ['ec2:resourcetag/team', true],
    ['kms:viaservice', true],
    ['kms:encryptioncontext:tenant', true],
    ['dynamodb:leadingkeys', true],
    ['ec2:region', false],
    ['ec2:sourceinstancearn', false],
    ['aws:sourceip', false],
    ['aws:principaltag/team', false],
    ['aws:requesttag/team', false],
    ['saml:aud', false],
    ['token.actions.githubusercontent.com:sub', false],
  ])('%s narrows to resources: %s', (key, expected) => {
    expect(isResourceKey(key)).toBe(expected);
  });

  test('of request tags', () => {
    expect(['aws:requesttag/a', 'aws:tagkeys', 'aws:resourcetag/a'].map(isRequestTagKey)).toEqual([true, true, false]);
  });
});

describe('resources that nobody named', () => {
  test.each([
    ['*', true],
    ['arn:aws:dynamodb:*:*:table/*', true],
    ['arn:aws:dynamodb:*', true],
    ['arn:*', true],
    ['arn:aws:dynamodb:eu-central-1:111122223333:table/*', true],
    ['arn:aws:dynamodb:eu-central-1:*', true],
    ['arn:aws-cn:dynamodb:cn-north-1:111122223333:table/*', true],
    ['arn:aws:dynamodb:⟨ref:data.aws_region.here.name⟩:⟨ref:data.aws_caller_identity.me.account_id⟩:table/*', true],
    ['arn:aws:dynamodb:*:*:table/app-*', false],
    ['arn:aws:dynamodb:*:*:table/*-app', false],
    ['arn:aws:dynamodb:*:*:table/carts', false],
    ['arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/team}', false],
    ['arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/team}*', false],
    ['arn:aws:dynamodb:*:*:index/*', false],
    ['arn:aws:s3:::*', false],
    ['⟨ref:aws_dynamodb_table.carts.arn⟩', false],
    ['⟨ref:aws_dynamodb_table.carts.arn⟩*', false],
    ['arn:aws:dynamodb:eu-central-1:111122223333:table/⟨ref:aws_dynamodb_table.carts.id⟩', false],
  ])('%s: %s', (resource, expected) => {
    expect(held(allow('dynamodb:PutItem', resource))).toEqual(expected ? ['dynamodb:PutItem'] : []);
    expect(doubtsIn(allow('dynamodb:PutItem', resource))).toEqual([]);
  });

  test('are those of the kinds that an action takes', () => {
    expect(held(allow(['s3:GetObject', 's3:PutBucketPolicy'], 'arn:aws:s3:::*/*'))).toEqual(['s3:GetObject']);
    expect(held(allow(['s3:PutBucketPolicy', 's3:PutAccountPublicAccessBlock'], 'arn:aws:s3:::*'))).toEqual([
      's3:PutBucketPolicy',
    ]);
    expect(held(allow('s3:PutAccountPublicAccessBlock'))).toEqual(['s3:PutAccountPublicAccessBlock']);
  });

  test('are left over by NotResource, with what is known only later', () => {
    const except = (NotResource: Value): Part => ({ Effect: 'Allow', Action: 's3:GetObject', NotResource });
    expect(held(except(['arn:aws:s3:::a/*', '⟨ref:aws_s3_bucket.b.arn⟩/*']))).toEqual(['s3:GetObject']);
    expect(held(except('arn:aws:s3:::*'))).toEqual([]);
  });

  test('are told as the statement has them', () => {
    const side = sideOf(
      documentOf(
        allow('dynamodb:PutItem', ['arn:aws:dynamodb:*:*:table/carts', 'arn:aws:dynamodb:eu-west-1:*:table/*']),
        { Effect: 'Allow', Action: 'sqs:SendMessage', NotResource: 'arn:aws:sqs:*:*:secret' },
      ),
    );
    expect(holdingsOf(side)['change resources'].grants.map(({ resources }) => resources)).toEqual([
      ['arn:aws:dynamodb:eu-west-1:*:table/*'],
      ['everything except arn:aws:sqs:*:*:secret'],
    ]);
  });

  test('must be allowed together where a request names several', () => {
    const ec2 = (...types: string[]): string[] => types.map((type) => `arn:aws:ec2:*:*:${type}`);
    const started = ec2('instance/*', 'volume/*', 'network-interface/*', 'security-group/*', 'image/*');
    expect(held(allow('ec2:RunInstances', [...started, ...ec2('subnet/subnet-1')]))).toEqual([]);
    expect(held(allow('ec2:RunInstances', started), allow('ec2:RunInstances', ec2('subnet/*')))).toEqual([
      'ec2:RunInstances',
      'ec2:RunInstances',
    ]);
    expect(held(allow('ec2:CreateTags', ec2('instance/*')))).toEqual(['ec2:CreateTags']);
    expect(held(allow('ec2:CreateVolume', ec2('snapshot/*')))).toEqual([]);
    expect(
      held(allow('ssm:SendCommand', ['arn:aws:ssm:*:*:document/AWS-RunShellScript', ...ec2('instance/*')])),
    ).toEqual(['ssm:SendCommand']);
    const database = (name: string) => [
      `arn:aws:rds:*:*:db:${name}`,
      'arn:aws:rds:*:*:subgrp:*',
      'arn:aws:rds:*:*:pg:*',
    ];
    expect(held(allow('rds:CreateDBInstance', database('app-*')))).toEqual([]);
    expect(held(allow('rds:CreateDBInstance', database('*')))).toEqual(['rds:CreateDBInstance']);
  });
});

describe('what keeps an action from counting', () => {
  test.each([
    ['a Deny', [deny('dynamodb:*')], []],
    ['a Deny of other tables', [deny('dynamodb:*', 'arn:aws:dynamodb:*:*:table/secret')], ['dynamodb:PutItem']],
    [
      'a Deny without MFA',
      [deny('*', '*', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })],
      ['dynamodb:PutItem'],
    ],
    [
      'a Deny of tagged tables',
      [deny('*', '*', { StringEquals: { 'aws:ResourceTag/env': 'prod' } })],
      ['dynamodb:PutItem'],
    ],
    ['a Deny of all but tagged tables', [deny('*', '*', { StringNotEquals: { 'aws:ResourceTag/env': 'dev' } })], []],
    [
      'a Deny of all but one table',
      [{ Effect: 'Deny', Action: 'dynamodb:*', NotResource: ['⟨ref:aws_dynamodb_table.a.arn⟩'] }],
      [],
    ],
    [
      'a Deny of a table that is named later',
      [deny('dynamodb:*', '⟨ref:aws_dynamodb_table.a.arn⟩')],
      ['dynamodb:PutItem'],
    ],
  ] as const)('%s', (_, denies, expected) => {
    expect(held(allow('dynamodb:PutItem'), ...denies)).toEqual(expected);
  });

  test('a boundary, and not one that allows it', () => {
    expect(heldWithin(allow('s3:*'), allow('dynamodb:PutItem'))).toEqual([]);
    expect(heldWithin(allow('dynamodb:*'), allow('dynamodb:PutItem'))).toEqual(['dynamodb:PutItem']);
    expect(heldWithin(allow('dynamodb:*', 'arn:aws:dynamodb:eu-west-1:*:table/*'), allow('dynamodb:PutItem'))).toEqual([
      'dynamodb:PutItem',
    ]);
    expect(heldWithin(allow('dynamodb:*', 'arn:aws:dynamodb:*:*:table/a'), allow('dynamodb:PutItem'))).toEqual([]);
  });

  test.each([
    ['a tag of the resource', { StringEquals: { 'aws:ResourceTag/team': 'a' } }, false],
    ['a tag like the own one', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } }, false],
    [
      'an own tag like that of the resource',
      { StringEquals: { 'aws:PrincipalTag/team': '${aws:ResourceTag/team}' } },
      false,
    ],
    ['a tag, if there is one', { StringEqualsIfExists: { 'aws:ResourceTag/team': 'a' } }, true],
    ['any tag but one', { StringNotEquals: { 'aws:ResourceTag/team': 'a' } }, true],
    [
      'a key of the service',
      { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a'] }, Null: { 'dynamodb:LeadingKeys': 'false' } },
      false,
    ],
    [
      'a key of the service that may be absent',
      { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } },
      true,
    ],
    ['MFA', MFA, true],
    ['an address', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, true],
    ['a region', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, true],
    ['a tag that the request gives', { StringEquals: { 'aws:RequestTag/team': 'a' } }, false],
    ['a service that asks', { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } }, true],
  ] as const)('a condition on %s', (_, condition, expected) => {
    expect(held(allow('dynamodb:PutItem', '*', condition))).toEqual(expected ? ['dynamodb:PutItem'] : []);
    expect(doubtsIn(allow('dynamodb:PutItem', '*', condition))).toEqual([]);
  });

  test('tags that a request gives do not keep anybody from tagging what is there', () => {
    const tags = { StringEquals: { 'aws:RequestTag/team': 'a' } };
    expect(held(allow(['ec2:CreateTags', 'ec2:CreateVolume'], '*', tags))).toEqual(['ec2:CreateTags']);
    expect(held(allow('ec2:CreateTags', '*', { StringEquals: { 'ec2:CreateAction': 'RunInstances' } }))).toEqual([]);
  });
});

describe('passing roles', () => {
  test.each([
    ['without a condition', undefined, true],
    ['with MFA', MFA, true],
    ['to one service', { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }, false],
    [
      'to one service, if the request says which',
      { StringEqualsIfExists: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      false,
    ],
    ['to services of a kind', { StringLike: { 'iam:PassedToService': 'ec2*' } }, false],
    ['to every service', { StringLike: { 'iam:PassedToService': '*.amazonaws.com' } }, true],
    ['to all services but one', { StringNotEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }, true],
    ['for one resource', { ArnLike: { 'iam:AssociatedResourceArn': 'arn:aws:ec2:*:*:instance/*' } }, false],
  ] as const)('%s', (_, condition, expected) => {
    expect(held(allow('iam:PassRole', '*', condition))).toEqual(expected ? ['iam:PassRole'] : []);
  });

  test('counts on all roles of an account, and not on those of one path', () => {
    expect(held(allow('iam:Pass*', 'arn:aws:iam::111122223333:role/*'))).toEqual(['iam:PassRole']);
    expect(held(allow('iam:PassRole', 'arn:aws:iam::111122223333:role/app/*'))).toEqual([]);
  });
});

describe('decrypting', () => {
  test.each([
    ['without a condition', undefined, true],
    ['through one service', { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }, false],
    ['with one alias', { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/app' } }, false],
    ['in an encryption context', { StringEquals: { 'kms:EncryptionContext:app': 'cart' } }, false],
    ['when a service asks', { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } }, false],
    ['when some service asks', { Bool: { 'aws:ViaAWSService': 'true' } }, false],
    ['for the own account', { StringEquals: { 'kms:CallerAccount': '111122223333' } }, true],
  ] as const)('%s', (_, condition, expected) => {
    expect(held(allow('kms:Decrypt', '*', condition))).toEqual(expected ? ['kms:Decrypt'] : []);
    expect(doubtsIn(allow('kms:Decrypt', '*', condition))).toEqual([]);
  });

  test('counts where encrypting does not', () => {
    expect(held(allow(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey']))).toEqual([
      'kms:Decrypt',
    ]);
  });
});

describe('what is not known', () => {
  const unknown = new Unknown();

  test('is a doubt about what it may be', () => {
    expect(doubtsIn(allow('dynamodb:PutItem', [unknown]))).toEqual(['change resources']);
    expect(doubtsIn(allow('dynamodb:GetItem', '*', unknown))).toEqual(['read data or credentials']);
    expect(doubtsIn(allow([unknown]))).toEqual([...CAPABILITIES]);
    expect(doubtsIn(allow([unknown], 'arn:aws:s3:::a'))).toEqual([]);
    expect(doubtsIn(unknown as unknown as Part)).toEqual([...CAPABILITIES]);
  });

  test('is none about what is known besides', () => {
    const strange = allow('dynamodb:PutItem', '*', { StringFuzzy: { 'aws:PrincipalTag/a': 'b' } });
    expect(doubtsIn(allow('s3:GetObject'), allow('iam:PassRole'), strange)).toEqual(['change resources']);
    expect(doubtsIn(allow('dynamodb:PutItem', [unknown]), allow('dynamodb:DeleteItem'))).toEqual([]);
    expect(held(strange, allow('s3:GetObject'))).toEqual(['s3:GetObject']);
  });

  test('keeps nothing out that a Deny may deny', () => {
    expect(held(allow('dynamodb:PutItem'), deny([unknown]))).toEqual([]);
    expect(doubtsIn(allow('dynamodb:PutItem'), deny([unknown]))).toEqual(['change resources']);
  });
});

test('only some actions are of interest', () => {
  const side = sideOf(documentOf(allow('*', 'arn:aws:s3:::*')));
  const scope: Scope = { among: new Set(['s3:GetObject', 'dynamodb:PutItem']) };
  expect(namesIn(holdingsOf(side, scope))).toEqual(['s3:GetObject']);
});

test('all of a service is asked about at once', () => {
  const counted = actionsOfService('ec2').filter((action) => capabilityOf(action) !== undefined);
  expect(new Set(held(allow('ec2:*')))).toEqual(new Set(counted.map(({ name }) => name)));
  expect(held(allow('ec2:*'), deny('ec2:Delete*')).filter((name) => name.startsWith('ec2:Delete'))).toEqual([]);
});

describe('for policies of all kinds', () => {
  const actions = ['s3:GetObject', 's3:PutObject', 's3:*', 'dynamodb:*', 'iam:PassRole'];
  const resources = [
    '*',
    'arn:aws:s3:::*',
    'arn:aws:s3:::a/*',
    'arn:aws:dynamodb:eu-west-1:*:table/*',
    'arn:aws:iam::*:role/*',
  ];
  const conditions: Value[] = [
    {},
    MFA,
    { StringEquals: { 'aws:ResourceTag/a': 'b' } },
    { StringNotEquals: { 'aws:ResourceTag/a': 'b' } },
    { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    { StringLike: { 'iam:PassedToService': '*' } },
    { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  ];
  const pick = <T>(items: readonly T[]) => fc.constantFrom(...items);
  const someOf = <T>(items: readonly T[]) => fc.uniqueArray(pick(items), { minLength: 1, maxLength: 2 });
  const statement = fc
    .record({ Action: someOf(actions), Resource: someOf(resources), Condition: pick(conditions), isDeny: fc.nat(3) })
    .map(({ isDeny, ...rest }): Part => ({ ...rest, Effect: isDeny === 0 ? 'Deny' : 'Allow' }));
  const policy = fc.array(statement, { minLength: 1, maxLength: 4 });

  test('less is never more', () => {
    fc.assert(
      fc.property(policy, statement, fc.nat(9), (statements, more, at) => {
        const [wide, narrow] = [
          [...statements, { ...more, Effect: 'Allow' }],
          statements.flatMap((one, index) => (index === at ? [] : [one])),
        ];
        const denied = statements[at]?.['Effect'] === 'Deny';
        if (denied) return;
        const [a, b] = [sideOf(documentOf(...wide)), sideOf(documentOf(...narrow))];
        const all = new Set(namesIn(holdingsOf(a, { other: b })));
        expect(namesIn(holdingsOf(b, { other: a })).filter((name) => !all.has(name))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  const ARNS: Readonly<Record<string, readonly string[]>> = {
    's3:GetObject': ['arn:aws:s3:::planwarden-any/planwarden-any'],
    's3:PutObject': ['arn:aws:s3:::planwarden-any/planwarden-any'],
    'dynamodb:PutItem': [
      'arn:aws:dynamodb:us-east-1:123456789012:table/planwarden-any',
      'arn:aws:dynamodb:eu-west-1:123456789012:table/planwarden-any',
    ],
    'iam:PassRole': ['arn:aws:iam::123456789012:role/planwarden-any'],
  };

  test('the evaluator says the same of single requests', () => {
    fc.assert(
      fc.property(policy, (statements) => {
        const document = documentOf(...statements);
        const identity = [documentTest(document)];
        const mfa = [{}, { 'aws:MultiFactorAuthPresent': ['true'] }, { 'aws:MultiFactorAuthPresent': ['false'] }];
        const expected = Object.keys(ARNS).filter((action) =>
          (ARNS[action] ?? []).some((resource) =>
            mfa.some((context) => {
              const passed = action === 'iam:PassRole' ? { 'iam:PassedToService': ['example.amazonaws.com'] } : {};
              const request = {
                action,
                resource,
                requester: { kind: 'holder' as const },
                context: { ...context, ...passed },
              };
              return evaluate({ identity }, request).decision === 'allowed';
            }),
          ),
        );
        const found = new Set(namesIn(holdingsOf(sideOf(document))));
        expect(Object.keys(ARNS).filter((action) => found.has(action))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
