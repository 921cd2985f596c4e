import { describe, expect, it, test } from 'vitest';
import { Unknown } from '../../../src/plan/value.ts';
import {
  actor,
  admin,
  ADMINISTRATOR_ACCESS,
  allow,
  completedBy,
  deny,
  doubtsOf,
  iam,
  pathsOf,
  trusts,
  user,
} from './cast.ts';

const LAMBDA = allow(['lambda:CreateFunction', 'lambda:InvokeFunction']);
const TO_LAMBDA = { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } };
const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const NO_MFA = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };
const OWN = 'arn:aws:iam::*:user/${aws:username}';

/** What a role called `ci` is granted, and the paths that it completes. */
type Case = readonly [name: string, grants: readonly object[], paths: readonly string[]];

describe('self-escalation is completed by', () => {
  test.each<Case>([
    ['a policy of any role', [allow('iam:PutRolePolicy')], ['high iam-put-role-policy everything']],
    [
      'a policy of every role of the account',
      [allow('iam:PutRolePolicy', iam('role/*'))],
      ['high iam-put-role-policy everything'],
    ],
    ['its own policy', [allow('iam:PutRolePolicy', iam('role/ci'))], ['high iam-put-role-policy itself']],
    [
      'a family of roles that it is in',
      [allow('iam:AttachRolePolicy', iam('role/c*'))],
      ['high iam-attach-role-policy itself'],
    ],
    ['any managed policy', [allow('iam:CreatePolicyVersion')], ['high iam-create-policy-version everything']],
    ['joining any group', [allow('iam:AddUserToGroup')], ['high iam-add-user-to-group everything']],
    ['a wildcard', [allow('iam:PutGroup*')], ['high iam-put-group-policy everything']],
    [
      'everything but a list',
      [{ Effect: 'Allow', NotAction: ['s3:*'], Resource: iam('role/ci') }],
      ['high iam-attach-role-policy itself', 'high iam-put-role-policy itself'],
    ],
    [
      'a permission set',
      [allow('sso:PutInlinePolicyToPermissionSet')],
      ['high sso-putinlinepolicytopermissionset everything'],
    ],
    [
      'a named permission set, which is milder',
      [
        allow('sso:PutInlinePolicyToPermissionSet', [
          'arn:aws:sso:::permissionSet/ssoins-1/ps-1',
          'arn:aws:sso:::instance/ssoins-1',
        ]),
      ],
      ['low sso-putinlinepolicytopermissionset one'],
    ],
  ])('%s', (_, grants, paths) => {
    expect(pathsOf(actor('ci', grants))).toEqual(paths);
  });
});

describe('self-escalation is not completed by', () => {
  test.each<Case>([
    ['a policy of another role', [allow('iam:PutRolePolicy', iam('role/other'))], []],
    ['a family of other roles', [allow('iam:PutRolePolicy', iam('role/app-*'))], []],
    ['what a Deny takes back', [allow('iam:PutRolePolicy'), deny('iam:Put*')], []],
    [
      'what a Deny takes back from all but some',
      [allow('iam:PutRolePolicy'), { Effect: 'Deny', Action: 'iam:*', NotResource: iam('role/app-*') }],
      [],
    ],
    [
      'policies of a list only',
      [
        allow('iam:AttachRolePolicy', '*', {
          ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
        }),
      ],
      [],
    ],
    [
      'all but the policy that gives everything',
      [
        allow('iam:AttachRolePolicy'),
        deny('iam:AttachRolePolicy', '*', { ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/Admin*' } }),
      ],
      [],
    ],
    [
      'roles within a boundary only',
      [
        allow(['iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:CreateRole'], '*', {
          StringEquals: { 'iam:PermissionsBoundary': iam('policy/edge') },
        }),
      ],
      [],
    ],
    [
      'a permission set without its instance',
      [allow('sso:PutInlinePolicyToPermissionSet', 'arn:aws:sso:::permissionSet/*')],
      [],
    ],
    [
      'boundaries of its choice, of a list only',
      [
        allow('iam:PutRolePermissionsBoundary', '*', {
          StringEquals: { 'iam:PermissionsBoundary': iam('policy/edge') },
        }),
      ],
      [],
    ],
    ['lifting a Deny that it has not', [allow('iam:DeleteRolePolicy')], []],
    ['lifting a boundary that it has not', [allow('iam:DeleteRolePermissionsBoundary', iam('role/ci'))], []],
    ['the ARN of something else', [allow('iam:PutRolePolicy', 'arn:aws:s3:::ci')], []],
  ])('%s', (_, grants, paths) => {
    expect(pathsOf(actor('ci', grants))).toEqual(paths);
  });
});

describe('self-escalation', () => {
  it('of what only lifts limits needs a limit', () => {
    expect(pathsOf(actor('ci', [allow('iam:DeleteRolePolicy'), deny('s3:*')]))).toEqual([
      'medium iam-remove-deny-role itself',
    ]);
    const boundary = [allow('*')];
    const lifting = [allow('iam:DeleteRolePermissionsBoundary', iam('role/ci'))];
    expect(pathsOf(actor('ci', lifting, { boundary }))).toEqual(['medium iam-delete-role-permissions-boundary itself']);
  });

  it('within a boundary reaches no further than that', () => {
    const grants = [allow('iam:PutRolePolicy', iam('role/ci'))];
    expect(pathsOf(actor('ci', grants, { boundary: [allow(['iam:*', 's3:*'])] }))).toEqual([
      'medium iam-put-role-policy itself',
    ]);
    expect(pathsOf(actor('ci', grants, { boundary: [allow('s3:*')] }))).toEqual([]);
  });

  it('of a boundary that is not in the plan cannot be told', () => {
    const limit = new Unknown('the permissions boundary edge is not in the plan');
    const one = actor('ci', [allow('iam:PutRolePolicy')], { limit });
    expect(pathsOf(one)).toEqual([]);
    expect(doubtsOf(one)).toEqual(['iam-put-role-policy']);
  });

  it('of a user goes over itself and the groups that it is in', () => {
    const groups = [iam('group/devs')];
    expect(pathsOf(user('alice', [allow('iam:PutGroupPolicy', iam('group/devs'))], { groups }))).toEqual([
      'high iam-put-group-policy itself',
    ]);
    expect(pathsOf(user('alice', [allow('iam:PutGroupPolicy', iam('group/others'))], { groups }))).toEqual([]);
    expect(pathsOf(user('alice', [allow(['iam:PutUserPolicy', 'iam:AttachUserPolicy'], OWN)]))).toEqual([
      'high iam-attach-user-policy itself',
      'high iam-put-user-policy itself',
    ]);
  });

  it('of a group is that of whoever is in it', () => {
    expect(pathsOf(actor('devs', [allow('iam:PutUserPolicy', OWN)], { kind: 'group' }))).toEqual([
      'high iam-put-user-policy itself',
    ]);
    expect(pathsOf(actor('devs', [allow('iam:PutGroupPolicy', iam('group/devs'))], { kind: 'group' }))).toEqual([
      'high iam-put-group-policy itself',
    ]);
  });

  it('rewrites a policy of its own, not that of somebody else', () => {
    const grants = [allow('iam:CreatePolicyVersion', iam('policy/deploy'))];
    expect(pathsOf(actor('ci', grants, { policies: [iam('policy/deploy')] }))).toEqual([
      'high iam-create-policy-version itself',
    ]);
    expect(pathsOf(actor('ci', grants, { policies: [iam('policy/other')] }))).toEqual([]);
  });

  it('by what conditions ask for is told with them', () => {
    const [path] = completedBy(actor('ci', [allow('iam:PutRolePolicy', '*', MFA)]));
    expect(path?.steps.map(({ answer }) => answer.condition)).toEqual(['Bool aws:MultiFactorAuthPresent true']);
    const [denied] = completedBy(actor('ci', [allow('iam:PutRolePolicy'), deny('*', '*', NO_MFA)]));
    expect(denied?.steps.map(({ answer }) => answer.condition)).toEqual(['aws:MultiFactorAuthPresent is true']);
  });

  it('is decided for whom it is: conditions on somebody else close it', () => {
    const onlyFor = (arn: string) => [allow('iam:PutRolePolicy', '*', { ArnEquals: { 'aws:PrincipalArn': arn } })];
    expect(pathsOf(actor('ci', onlyFor(iam('role/ci'))))).toEqual(['high iam-put-role-policy everything']);
    expect(pathsOf(actor('ci', onlyFor(iam('role/other'))))).toEqual([]);
  });

  it('knows the own ARN before AWS gives it', () => {
    const arn = '⟨ref:aws_iam_role.ci.arn⟩';
    expect(pathsOf(actor('ci', [allow('iam:PutRolePolicy', arn)], { arn }))).toEqual([
      'high iam-put-role-policy itself',
    ]);
    expect(pathsOf(actor('ci', [allow('iam:PutRolePolicy', '⟨ref:aws_iam_role.other.arn⟩')], { arn }))).toEqual([]);
  });
});

describe('principal access is completed by', () => {
  test.each<Case>([
    ['keys of any user', [allow('iam:CreateAccessKey')], ['high iam-create-access-key everything']],
    [
      'a new role with a policy',
      [allow(['iam:CreateRole', 'iam:AttachRolePolicy'], iam('role/app-*'))],
      ['high iam-create-role-and-attach some'],
    ],
    [
      'a new role under a name that two patterns share',
      [allow('iam:CreateRole', iam('role/app-*')), allow('iam:PutRolePolicy', iam('role/*-ci'))],
      ['high iam-create-role-and-attach some'],
    ],
    [
      'a policy and keys of another user, whoever it is',
      [allow(['iam:PutUserPolicy', 'iam:CreateAccessKey'], iam('user/bob'))],
      ['high iam-put-user-policy-and-key one'],
    ],
    [
      'a policy and the trust of another role',
      [allow(['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'], iam('role/other'))],
      ['high combo-putrolepolicy-updateassumerolepolicy one'],
    ],
    [
      'any role',
      [allow('sts:AssumeRole')],
      ['high sts-assume-role everything', 'high organizations-accountaccessrole everything'],
    ],
    [
      'the role that administers a member account',
      [allow('sts:AssumeRole', 'arn:aws:iam::444455556666:role/OrganizationAccountAccessRole')],
      ['high organizations-accountaccessrole one'],
    ],
    ['a SAML provider', [allow('iam:UpdateSAMLProvider')], ['high iam-update-saml-provider everything']],
  ])('%s', (_, grants, paths) => {
    expect(pathsOf(actor('ci', grants))).toEqual(paths);
  });
});

describe('principal access is not completed by', () => {
  test.each<Case>([
    ['keys of a named user', [allow('iam:CreateAccessKey', iam('user/bob'))], []],
    [
      'a policy and the trust of two roles',
      [allow('iam:PutRolePolicy', iam('role/a')), allow('iam:UpdateAssumeRolePolicy', iam('role/b'))],
      [],
    ],
    [
      'new roles and policies that share no name',
      [allow('iam:CreateRole', iam('role/app-*')), allow('iam:PutRolePolicy', iam('role/web-*'))],
      [],
    ],
    ['a role that is there already', [allow(['iam:CreateRole', 'iam:PutRolePolicy'], iam('role/app'))], []],
    [
      'new roles within a boundary',
      [
        allow(['iam:CreateRole', 'iam:PutRolePolicy']),
        deny(['iam:CreateRole', 'iam:PutRolePolicy'], '*', {
          StringNotEquals: { 'iam:PermissionsBoundary': iam('policy/edge') },
        }),
      ],
      [],
    ],
    ['a named role', [allow('sts:AssumeRole', iam('role/other'))], []],
    ['that role in its own account', [allow('sts:AssumeRole', iam('role/OrganizationAccountAccessRole'))], []],
  ])('%s', (_, grants, paths) => {
    expect(pathsOf(actor('ci', grants))).toEqual(paths);
  });
});

describe('principal access', () => {
  it('is none to itself', () => {
    expect(pathsOf(user('alice', [allow(['iam:CreateAccessKey', 'iam:UpdateLoginProfile'], OWN)]))).toEqual([]);
    expect(pathsOf(user('alice', [allow('iam:CreateAccessKey', iam('user/alice'))]))).toEqual([]);
  });

  it('counts to a named administrator of the plan, and to no other', () => {
    const root = user('root-of-all', [allow('*')], { isAdmin: true });
    const bob = user('bob', [allow('s3:GetObject')]);
    const keysOf = (name: string) => actor('ci', [allow('iam:CreateAccessKey', iam(`user/${name}`))]);
    expect(pathsOf(keysOf('root-of-all'), root, bob)).toEqual(['high iam-create-access-key administrator']);
    expect(pathsOf(keysOf('bob'), root, bob)).toEqual([]);
  });

  it('counts to a group of administrators', () => {
    const admins = actor('admins', [allow('*')], { kind: 'group', isAdmin: true });
    const join = allow('iam:AddUserToGroup', iam('group/admins'));
    expect(pathsOf(user('alice', [join]), admins)).toEqual(['high iam-add-user-to-group administrator']);
    expect(pathsOf(user('alice', [join], { groups: [iam('group/admins')] }), admins)).toEqual([]);
  });

  it('gives policies to a role of the plan that it may assume', () => {
    const grants = [allow(['iam:AttachRolePolicy', 'sts:AssumeRole'], iam('role/build'))];
    const build = (...trust: object[]) => actor('build', [allow('s3:GetObject')], { trust: trust });
    const inAccount = trusts({ AWS: iam('root') });
    expect(pathsOf(actor('ci', grants), build(inAccount))).toEqual(['high combo-attachrolepolicy-assumerole one']);
    expect(pathsOf(actor('ci', grants), build(trusts({ Service: 'ec2.amazonaws.com' })))).toEqual([]);
  });

  it('rewrites a policy of a role that it may assume', () => {
    const grants = (policy: string) => [
      allow('iam:CreatePolicyVersion', iam(policy)),
      allow('sts:AssumeRole', iam('role/build')),
    ];
    const build = actor('build', [], { policies: [iam('policy/build')], trust: [trusts({ AWS: iam('role/ci') })] });
    expect(pathsOf(actor('ci', grants('policy/build')), build)).toEqual([
      'high combo-createpolicyversion-assumerole one',
    ]);
    expect(pathsOf(actor('ci', grants('policy/other')), build)).toEqual([]);
  });
});

describe('passing a role is completed by', () => {
  test.each<Case>([
    ['any role to Lambda', [allow('iam:PassRole'), LAMBDA], ['high passrole-lambda-invoke everything']],
    [
      'any role of the account, with functions of a pattern',
      [
        allow('iam:PassRole', iam('role/*')),
        allow(['lambda:CreateFunction', 'lambda:InvokeFunction'], 'arn:aws:lambda:eu-central-1:*:function:shop-*'),
      ],
      ['high passrole-lambda-invoke everything'],
    ],
    [
      'any role to Lambda only, which is milder',
      [allow('iam:PassRole', '*', TO_LAMBDA), LAMBDA],
      ['medium passrole-lambda-invoke everything'],
    ],
    [
      'any role to Lambda only by a Deny',
      [
        allow('iam:PassRole'),
        deny('iam:PassRole', '*', { StringNotEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }),
        LAMBDA,
      ],
      ['medium passrole-lambda-invoke everything'],
    ],
    [
      'two statements',
      [allow('iam:PassRole'), allow('ec2:RunInstances')],
      ['high passrole-ec2-runinstances everything'],
    ],
    [
      'one of two actions that start it',
      [allow(['iam:PassRole', 'ecs:RunTask'])],
      ['high passrole-ecs-runtask-override everything'],
    ],
  ])('%s', (_, grants, paths) => {
    expect(pathsOf(actor('ci', grants))).toEqual(paths);
  });
});

describe('passing a role is not completed by', () => {
  test.each<Case>([
    ['named roles', [allow('iam:PassRole', iam('role/task')), LAMBDA], []],
    ['a family of roles', [allow('iam:PassRole', iam('role/app-*')), LAMBDA], []],
    [
      'another service',
      [allow('iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } }), LAMBDA],
      [],
    ],
    ['functions without a role', [LAMBDA], []],
    ['a role without functions', [allow('iam:PassRole')], []],
    ['half of the actions', [allow('iam:PassRole'), allow('lambda:CreateFunction')], []],
    ['what a Deny takes back', [allow('iam:PassRole'), LAMBDA, deny('lambda:*')], []],
    ['roles with a path of their own', [allow('iam:PassRole', iam('role/service/*')), LAMBDA], []],
  ])('%s', (_, grants, paths) => {
    expect(pathsOf(actor('ci', grants))).toEqual(paths);
  });
});

describe('passing a role', () => {
  const janitor = (service: string) => admin('janitor', trusts({ Service: service }));
  const named = [allow('iam:PassRole', iam('role/janitor')), LAMBDA];

  it('counts for an administrator of the plan, whatever its name and however it is limited', () => {
    expect(pathsOf(actor('ci', named), janitor('lambda.amazonaws.com'))).toEqual([
      'high passrole-lambda-invoke administrator',
    ]);
    const limited = [allow('iam:PassRole', iam('role/jan*'), TO_LAMBDA), LAMBDA];
    expect(pathsOf(actor('ci', limited), janitor('lambda.amazonaws.com'))).toEqual([
      'high passrole-lambda-invoke administrator',
    ]);
  });

  it('needs the trust of the role', () => {
    expect(pathsOf(actor('ci', named), janitor('ec2.amazonaws.com'))).toEqual([]);
    const closed = admin('janitor', trusts({ Service: 'lambda.amazonaws.com' }), {
      Effect: 'Deny',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    });
    expect(pathsOf(actor('ci', named), closed)).toEqual([]);
  });

  it('tells the administrator among all roles', () => {
    const [path] = completedBy(actor('ci', [allow('iam:PassRole'), LAMBDA]), janitor('lambda.amazonaws.com'));
    expect(path).toMatchObject({ scope: 'everything', severity: 'high', target: 'any role' });
    expect(path?.way?.map(({ to }) => to.name)).toEqual(['role janitor']);
  });

  it('knows a role that the plan makes', () => {
    const arn = '⟨ref:aws_iam_role.janitor.arn⟩';
    const made = { ...janitor('lambda.amazonaws.com'), arn };
    expect(pathsOf(actor('ci', [allow('iam:PassRole', arn), LAMBDA]), made)).toEqual([
      'high passrole-lambda-invoke administrator',
    ]);
    expect(pathsOf(actor('ci', [allow('iam:PassRole', '⟨ref:aws_iam_role.task.arn⟩'), LAMBDA]))).toEqual([]);
  });
});

describe('what has a role already is used by', () => {
  test.each<Case>([
    ['any function', [allow('lambda:UpdateFunctionCode')], ['high lambda-updatefunctioncode everything']],
    [
      'functions of a region',
      [allow('lambda:UpdateFunctionCode', 'arn:aws:lambda:eu-west-1:*:function:*')],
      ['high lambda-updatefunctioncode everything'],
    ],
    [
      'functions of a pattern, which is milder',
      [allow('lambda:UpdateFunctionCode', 'arn:aws:lambda:*:*:function:shop-*')],
      ['medium lambda-updatefunctioncode some'],
    ],
    [
      'one function',
      [allow('lambda:UpdateFunctionCode', `arn:aws:lambda:eu-west-1:111122223333:function:shop`)],
      ['low lambda-updatefunctioncode one'],
    ],
    [
      'a function that the plan makes',
      [allow('lambda:UpdateFunctionCode', '⟨ref:aws_lambda_function.shop.arn⟩')],
      ['low lambda-updatefunctioncode one'],
    ],
    [
      'three actions on one instance',
      [
        allow(['ec2:ModifyInstanceAttribute', 'ec2:StopInstances'], 'arn:aws:ec2:*:*:instance/i-a*'),
        allow('ec2:StartInstances', 'arn:aws:ec2:*:*:instance/*b'),
      ],
      ['medium ec2-userdata some'],
    ],
    [
      'commands of a shell',
      [allow('ssm:SendCommand', ['arn:aws:ssm:*::document/AWS-RunShellScript', 'arn:aws:ec2:*:*:instance/*'])],
      ['high ssm-sendcommand everything'],
    ],
    [
      'instances with a tag',
      [allow('ssm:StartSession', 'arn:aws:ec2:*:*:instance/*', { StringEquals: { 'aws:ResourceTag/team': 'web' } })],
      ['high ssm-startsession everything'],
    ],
    [
      'where CDK puts what it deploys',
      [allow('s3:PutObject', 'arn:aws:s3:::cdk-hnb659fds-assets-111122223333-eu-west-1/*')],
      ['medium cdk-bootstrap-assets one'],
    ],
  ])('%s', (_, grants, paths) => {
    expect(pathsOf(actor('ci', grants))).toEqual(paths);
  });
});

describe('what has a role already is not used by', () => {
  test.each<Case>([
    [
      'three actions on different instances',
      [
        allow(['ec2:ModifyInstanceAttribute', 'ec2:StopInstances'], 'arn:aws:ec2:*:*:instance/i-a'),
        allow('ec2:StartInstances', 'arn:aws:ec2:*:*:instance/i-b'),
      ],
      [],
    ],
    [
      'other parts of an instance',
      [allow(['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'], 'arn:aws:ec2:*:*:volume/*')],
      [],
    ],
    [
      'commands that do one thing',
      [allow('ssm:SendCommand', ['arn:aws:ssm:*::document/AWS-RunPatchBaseline', 'arn:aws:ec2:*:*:instance/*'])],
      [],
    ],
    ['its own sessions', [allow('ssm:ResumeSession', 'arn:aws:ssm:*:*:session/${aws:username}-*')], []],
    ['objects of its own bucket', [allow('s3:PutObject', 'arn:aws:s3:::shop/*')], []],
    ['images of its own repository', [allow('ecr:PutImage', 'arn:aws:ecr:*:*:repository/shop')], []],
    ['a bucket without its objects', [allow('s3:PutObject', 'arn:aws:s3:::shop')], []],
  ])('%s', (_, grants, paths) => {
    expect(pathsOf(actor('ci', grants))).toEqual(paths);
  });
});

describe('paths of other policies', () => {
  it('are left to them: credentials and resources that are opened', () => {
    expect(pathsOf(actor('ci', [allow(['secretsmanager:GetSecretValue', 'kms:PutKeyPolicy'])]))).toEqual([]);
  });
});

describe('what cannot be told', () => {
  it('is a path of a resource that is known after apply', () => {
    const one = actor('ci', [allow('iam:PutRolePolicy', 'arn:aws:iam::⟨ref:data.http.account.body⟩:role/*')]);
    expect(pathsOf(one)).toEqual([]);
    expect(doubtsOf(one)).toEqual(['iam-put-role-policy']);
  });

  it('is nothing where another resource is known', () => {
    const known = [allow('iam:PutRolePolicy'), allow('iam:PutRolePolicy', '⟨ref:data.http.account.body⟩')];
    expect(pathsOf(actor('ci', known))).toEqual(['high iam-put-role-policy everything']);
    expect(doubtsOf(actor('ci', known))).toEqual([]);
  });

  it('attaches what gives everything, in the partition that it is in', () => {
    expect(
      pathsOf(
        actor('ci', [allow('iam:AttachRolePolicy', '*', { ArnEquals: { 'iam:PolicyARN': ADMINISTRATOR_ACCESS } })]),
      ),
    ).toEqual(['high iam-attach-role-policy everything']);
  });
});
