import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/iam/escalation/actor.ts';
import { escalationsOf } from '../../../src/iam/escalation/escalations.ts';
import { familiesOf } from '../../../src/iam/escalation/families.ts';
import { missingSteps } from '../../../src/iam/escalation/missing.ts';
import { powersOf } from '../../../src/iam/escalation/powers.ts';
import { becomes } from '../../../src/iam/escalation/told.ts';
import { actor, admin, allow, deny, estate, iam, trusts } from './cast.ts';

const PASS = allow('iam:PassRole');
const FUNCTIONS = allow(['lambda:CreateFunction', 'lambda:InvokeFunction']);
const LAMBDA = trusts({ Service: 'lambda.amazonaws.com' });

/** What is told of somebody, in short: `introduced passrole-lambda-invoke (missing iam:PassRole) also …`. */
function told(before: readonly Actor[], after: readonly Actor[]): readonly string[] {
  const [then, now] = [estate(...before), estate(...after)];
  const [old, current] = [before[0], after[0]];
  const completed = (side: typeof then, one: Actor | undefined) => (one ? escalationsOf(side, one).completed : []);
  return familiesOf(completed(then, old), completed(now, current)).map((family) => {
    const status = family.after ? (family.before ? 'persisting' : 'introduced') : 'resolved';
    const spoken = family.after ?? family.before;
    const missing =
      status === 'introduced' && family.after && current
        ? missingSteps(family.after, powersOf(now, current), then)
        : [];
    return [
      status,
      spoken?.severity,
      spoken?.path.id,
      ...(missing.length > 0 ? [`(missing ${missing.join(', ')})`] : []),
      ...(family.also.length > 0 ? [`also ${family.also.join(', ')}`] : []),
    ].join(' ');
  });
}

const ci = (...grants: readonly object[]): Actor[] => [actor('ci', grants)];

describe('a path is new', () => {
  it('when its last action comes in another statement than the others', () => {
    expect(told(ci(FUNCTIONS), ci(FUNCTIONS, PASS))).toEqual([
      'introduced high passrole-lambda-invoke (missing iam:PassRole)',
    ]);
    expect(told(ci(PASS), ci(FUNCTIONS, PASS))).toEqual([
      'introduced high passrole-lambda-invoke (missing lambda:CreateFunction, lambda:InvokeFunction)',
    ]);
  });

  it('when a Deny or a condition goes away', () => {
    expect(told(ci(allow('iam:PutRolePolicy'), deny('iam:*')), ci(allow('iam:PutRolePolicy')))).toEqual([
      'introduced high iam-put-role-policy (missing iam:PutRolePolicy)',
    ]);
  });

  it('when what it reaches grows from harmless names', () => {
    const named = allow('iam:PassRole', iam('role/task'));
    expect(told(ci(FUNCTIONS, named), ci(FUNCTIONS, PASS))).toEqual([
      'introduced high passrole-lambda-invoke (missing iam:PassRole on any role)',
    ]);
  });

  it('when the role that it reaches becomes an administrator, or lets it in', () => {
    const assume = actor('ci', [allow('sts:AssumeRole', iam('role/ops'))]);
    const [open, closed] = [trusts({ AWS: iam('root') }), trusts({ Service: 'ec2.amazonaws.com' })];
    const ops = (isAdmin: boolean, trust: object) => actor('ops', [], { isAdmin, trust: [trust] });
    expect(told([assume, ops(false, open)], [assume, ops(true, open)])).toEqual([
      'introduced high sts-assume-role (missing administrator access of role ops)',
    ]);
    expect(told([assume, ops(true, closed)], [assume, ops(true, open)])).toEqual([
      'introduced high sts-assume-role (missing the trust of role ops)',
    ]);
    expect(told([assume], [assume, ops(true, open)])).toEqual(['introduced high sts-assume-role (missing role ops)']);
  });

  it('for somebody new without anything that was missing', () => {
    expect(told([], ci(FUNCTIONS, PASS))).toEqual(['introduced high passrole-lambda-invoke']);
  });

  it('and gone when one of its actions goes', () => {
    expect(told(ci(FUNCTIONS, PASS), ci(FUNCTIONS))).toEqual(['resolved high passrole-lambda-invoke']);
  });

  it('not when it was complete in other words', () => {
    expect(
      told(ci(allow('iam:Put*')), ci(allow('iam:PutRolePolicy'), allow(['iam:PutUserPolicy', 'iam:PutGroupPolicy']))),
    ).toEqual(expect.not.arrayContaining([expect.stringMatching(/^introduced/)]));
  });
});

describe('paths that contain one another', () => {
  it('are told under the smallest', () => {
    expect(told(ci(), ci(allow(['iam:CreateAccessKey', 'iam:DeleteAccessKey'])))).toEqual([
      'introduced high iam-create-access-key (missing iam:CreateAccessKey) also Replace an access key of another user',
    ]);
  });

  it('but not under one that is milder', () => {
    const before = ci(allow(['lambda:CreateFunction', 'lambda:AddPermission']));
    expect(told(ci(), ci(allow(['lambda:CreateFunction', 'lambda:AddPermission']), PASS))).toEqual([
      'introduced high passrole-lambda-addpermission (missing iam:PassRole, lambda:CreateFunction, lambda:AddPermission)',
      'introduced medium lambda-addpermission (missing lambda:AddPermission)',
    ]);
    expect(told(before, ci(allow(['lambda:CreateFunction', 'lambda:AddPermission']), PASS))).toEqual([
      'introduced high passrole-lambda-addpermission (missing iam:PassRole)',
      'persisting medium lambda-addpermission',
    ]);
  });

  it('are not hidden by a smaller one that was there before', () => {
    const builds = allow(['codebuild:CreateProject', 'codebuild:StartBuild']);
    expect(told(ci(builds), ci(builds, PASS))).toEqual([
      'introduced high passrole-codebuild (missing iam:PassRole)',
      'persisting high codebuild-startbuild',
    ]);
  });

  it('are one where a role is passed to the same service, whatever starts it', () => {
    const more = allow(['lambda:CreateFunction', 'lambda:InvokeFunction', 'lambda:CreateFunctionUrlConfig']);
    expect(told(ci(), ci(PASS, more))).toEqual([
      'introduced high passrole-lambda-invoke (missing iam:PassRole, lambda:CreateFunction, lambda:InvokeFunction) also Make a Lambda function with a URL and a role of its choice',
    ]);
    expect(told(ci(PASS, FUNCTIONS), ci(PASS, more))).toEqual([
      'persisting high passrole-lambda-invoke also Make a Lambda function with a URL and a role of its choice',
    ]);
  });

  it('are told by name only where nothing broader is allowed', () => {
    expect(told(ci(), ci(allow('s3:PutObject')))).toEqual([
      'introduced medium s3-code-injection (missing s3:PutObject) also Replace what CDK is about to deploy',
    ]);
  });
});

describe('what a principal becomes', () => {
  const first = (...all: readonly Actor[]) => {
    const [one] = all;
    const [path] = one ? escalationsOf(estate(...all), one).completed : [];
    return path && becomes(path);
  };

  it('is what the path says', () => {
    expect(first(...ci(allow('iam:PutRolePolicy')))).toBe('administrator');
    expect(first(...ci(allow('lambda:UpdateFunctionCode')))).toBe('the role of any Lambda function');
    expect(first(...ci(PASS, FUNCTIONS))).toBe('any role it passes to Lambda');
  });

  it('is one of them where it reaches no more', () => {
    expect(first(...ci(allow('lambda:UpdateFunctionCode', 'arn:aws:lambda:*:*:function:shop')))).toBe(
      'the role of a Lambda function',
    );
    expect(first(...ci(allow('ssm:StartSession', 'arn:aws:ec2:*:*:instance/i-1')))).toBe(
      'the role of a managed instance',
    );
    expect(first(...ci(allow('ecs:ExecuteCommand', 'arn:aws:ecs:*:*:task/shop/*')))).toBe('the role of an ECS task');
  });

  it('is whoever it leads to', () => {
    expect(first(actor('ci', [FUNCTIONS, allow('iam:PassRole', iam('role/janitor'))]), admin('janitor', LAMBDA))).toBe(
      'role janitor, an administrator',
    );
  });
});
