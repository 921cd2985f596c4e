import { describe, expect, it, test } from 'vitest';
import { Unknown } from '../../../src/plan/value.ts';
import { EMPTY_DOCUMENT } from '../../../src/aws/policy-document/statement.ts';
import type { Actor } from '../../../src/iam/escalation/actor.ts';
import { chainOf, conditionsOf } from '../../../src/iam/escalation/told.ts';
import { wayToAdmin } from '../../../src/iam/escalation/way.ts';
import { actor, admin, allow, completedBy, deny, doubtsOf, estate, iam, pathsOf, trusts, user } from './cast.ts';

const ROOT = trusts({ AWS: iam('root') });
const LAMBDA = trusts({ Service: 'lambda.amazonaws.com' });
const FUNCTIONS = allow(['lambda:CreateFunction', 'lambda:InvokeFunction']);
const assume = (...names: string[]) =>
  allow(
    'sts:AssumeRole',
    names.map((name) => iam(`role/${name}`)),
  );
const pass = (name: string) => allow('iam:PassRole', iam(`role/${name}`));

const chainsOf = (one: Actor, ...others: readonly Actor[]): readonly string[] =>
  completedBy(one, ...others).map(chainOf);

describe('a chain', () => {
  it('of one role that is assumed', () => {
    expect(chainsOf(actor('ci', [assume('admin')]), admin('admin', ROOT))).toEqual(['sts:AssumeRole → role admin']);
  });

  it('of roles that are assumed and passed', () => {
    const build = actor('build', [pass('janitor'), FUNCTIONS], { trust: [ROOT] });
    expect(chainsOf(actor('ci', [assume('build')]), build, admin('janitor', LAMBDA))).toEqual([
      'sts:AssumeRole → role build → iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction → role janitor',
    ]);
  });

  it('begins with a role that is passed', () => {
    const worker = actor('worker', [assume('admin')], { trust: [LAMBDA] });
    expect(chainsOf(actor('ci', [pass('worker'), FUNCTIONS]), worker, admin('admin', ROOT))).toEqual([
      'iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction → role worker → sts:AssumeRole → role admin',
    ]);
  });

  it('leads on over another role when the first is harmless, by the shortest way', () => {
    const far = actor('far', [assume('near')], { trust: [ROOT] });
    const near = actor('near', [assume('admin')], { trust: [ROOT] });
    const ci = actor('ci', [assume('far', 'near')]);
    const way = wayToAdmin(estate(ci, far, near, admin('admin', ROOT)), ci);
    expect(way?.map(({ to }) => to.name)).toEqual(['role near', 'role admin']);
  });

  it('ends where roles let in one another and nobody is an administrator', () => {
    const a = actor('a', [assume('b')], { trust: [ROOT] });
    const b = actor('b', [assume('a', 'ci')], { trust: [ROOT] });
    expect(pathsOf(actor('ci', [assume('a', 'b')], { trust: [ROOT] }), a, b)).toEqual([]);
  });

  it('is found from everybody, however the search came there first', () => {
    const admins = admin('admin', ROOT);
    const middle = actor('middle', [assume('admin')], { trust: [ROOT] });
    const [first, second] = [actor('first', [assume('middle')]), actor('second', [assume('first-not', 'middle')])];
    const all = estate(first, second, middle, admins);
    expect([first, second, middle].map((one) => wayToAdmin(all, one)?.length)).toEqual([2, 2, 1]);
  });

  it('does not end at an administrator whom a boundary holds back', () => {
    const bounded = actor('bounded', [allow('*')], { trust: [ROOT], boundary: [allow('s3:*')] });
    expect(pathsOf(actor('ci', [assume('bounded')]), bounded)).toEqual([]);
  });
});

describe('to assume a role takes', () => {
  const ci = actor('ci', [assume('admin')]);
  const silent = actor('ci', [allow('s3:GetObject')]);
  const [YES, NO] = [['high sts-assume-role administrator'], []];

  test.each([
    ['a permission where the role trusts the account', ROOT, YES, NO],
    ['no permission where it names the principal', trusts({ AWS: iam('role/ci') }), YES, YES],
    ['no permission where it names everybody', trusts('*'), YES, YES],
    ['another account', trusts({ AWS: 'arn:aws:iam::444455556666:root' }), NO, NO],
    ['another role', trusts({ AWS: iam('role/other') }), NO, NO],
    ['a service', trusts({ Service: 'ec2.amazonaws.com' }), NO, NO],
    ['an identity provider', trusts({ Federated: iam('saml-provider/x') }), NO, NO],
    [
      'a condition that it meets',
      trusts({ AWS: iam('root') }, { ArnLike: { 'aws:PrincipalArn': iam('role/c*') } }),
      YES,
      NO,
    ],
    [
      'a condition that it does not meet',
      trusts({ AWS: iam('root') }, { ArnLike: { 'aws:PrincipalArn': iam('role/x*') } }),
      NO,
      NO,
    ],
    ['another call', { ...ROOT, Action: 'sts:TagSession' }, NO, NO],
  ] as const)('%s', (_, trust, withPermission, without) => {
    expect(pathsOf(ci, admin('admin', trust))).toEqual(withPermission);
    expect(pathsOf(silent, admin('admin', trust))).toEqual(without);
  });

  it('that nothing denies it', () => {
    expect(pathsOf(actor('ci', [assume('admin'), deny('sts:*')]), admin('admin', ROOT))).toEqual([]);
    const named = trusts({ AWS: iam('role/ci') });
    expect(pathsOf(actor('ci', [deny('sts:*')]), admin('admin', named))).toEqual([]);
    const closed = { ...trusts({ AWS: iam('role/ci') }), Effect: 'Deny' };
    expect(pathsOf(ci, admin('admin', ROOT, closed))).toEqual([]);
  });

  it('a boundary that allows it, but for a user who is named', () => {
    const named = (arn: string) => admin('admin', trusts({ AWS: arn }));
    const boundary = [allow('s3:*')];
    expect(pathsOf(actor('ci', [], { boundary }), named(iam('role/ci')))).toEqual([]);
    expect(pathsOf(user('eve', [], { boundary }), named(iam('user/eve')))).toEqual([
      'high sts-assume-role administrator',
    ]);
  });

  it('what the conditions of both ask for', () => {
    const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    const one = actor('ci', [
      allow('sts:AssumeRole', iam('role/admin'), { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }),
    ]);
    const [path] = completedBy(one, admin('admin', trusts({ AWS: iam('root') }, mfa)));
    expect(path && conditionsOf(path)).toBe(
      'IpAddress aws:SourceIp 192.0.2.0/24 and Bool aws:MultiFactorAuthPresent true',
    );
  });
});

describe('a role of which little is known', () => {
  it('may let in anybody when its trust cannot be read', () => {
    const unread = [new Unknown('it is known only after apply')];
    const open: Actor = { ...admin('admin'), trust: () => ({ ...EMPTY_DOCUMENT, unread }) };
    const one = actor('ci', [assume('admin')]);
    expect(pathsOf(one, open)).toEqual([]);
    expect(doubtsOf(one, open)).toEqual(['sts-assume-role']);
  });

  it('that is not in the plan is no administrator', () => {
    expect(pathsOf(actor('ci', [assume('admin')]))).toEqual([]);
  });

  it('has no ARN yet, and is the same in all policies', () => {
    const arn = '⟨ref:aws_iam_role.admin.arn⟩';
    const made = { ...admin('admin', trusts({ AWS: '⟨ref:aws_iam_role.ci.arn⟩' })), arn };
    const ci = actor('ci', [allow('sts:AssumeRole', arn)], { arn: '⟨ref:aws_iam_role.ci.arn⟩' });
    expect(pathsOf(ci, made)).toEqual(['high sts-assume-role administrator']);
    expect(pathsOf(actor('ci', [allow('sts:AssumeRole', arn)]), made)).toEqual([]);
  });
});

describe('a large estate', () => {
  it('is gone through once, whoever asks', () => {
    let looks = 0;
    const counted = (role: Actor): Actor => ({
      ...role,
      isAdmin: () => {
        looks++;
        return false;
      },
    });
    const roles = Array.from({ length: 200 }, (_, index) =>
      counted(actor(`r${index}`, [allow('sts:AssumeRole', iam('role/r*'))], { trust: [ROOT] })),
    );
    const all = estate(...roles);
    expect(roles.filter((role) => wayToAdmin(all, role) !== undefined)).toEqual([]);
    expect(looks).toBe(roles.length);
  });
});
