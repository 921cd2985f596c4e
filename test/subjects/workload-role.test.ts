import { expect, describe, it } from 'vitest';
import { allow, judgementsOf, planOf, policyText, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const values = (statements: readonly object[]) => ({
  name: 'app',
  id: 'app',
  arn: 'arn:aws:iam::111122223333:role/app',
  assume_role_policy: policyText(...statements),
});
const role = (before: readonly object[] | null, after: readonly object[]): Instance => ({
  address: 'aws_iam_role.app',
  before: before && values(before),
  after: values(after),
});
const trust = (Principal: object, Action = 'sts:AssumeRole') => ({ Effect: 'Allow', Principal, Action });
const own = trust({ Service: 'lambda.amazonaws.com' });
const short = (lines: readonly string[]) => lines.map((line) => line.split(' ').slice(0, 3).join(' '));

describe('an administrator whom workloads may become', () => {
  const IDS = ['iam/admin-policy', 'iam/admin-managed-policy-attached', 'iam/compute-role-with-admin'];
  const people = trust({ AWS: '111122223333' });
  const said = (...instances: Instance[]) => short(reviewOf(IDS, instances));
  const policy = (before: string | null, after: string | null): Instance => ({
    address: 'aws_iam_role_policy.p',
    before: before === null ? null : { name: 'p', role: 'app', policy: before },
    after: after === null ? null : { name: 'p', role: 'app', policy: after },
  });
  const ADMIN = policyText(allow('*'));
  const READ = policyText(allow('s3:GetObject'));
  const NEWS = 'introduced high iam/compute-role-with-admin';

  it('is told when the role is opened to them', () => {
    const opened = role([people], [people, trust({ Service: ['ec2.amazonaws.com', 'backup.amazonaws.com'] })]);
    expect(said(opened, policy(ADMIN, ADMIN))).toEqual(['persisting critical iam/admin-policy', NEWS]);
    expect(said(opened, policy(READ, READ))).toEqual([]);
    const [one] = judgementsOf(['iam/compute-role-with-admin'], planOf([opened, policy(ADMIN, ADMIN)]));
    expect(one?.message).toBe(
      'Role app, which controls the account, may now be taken by whatever runs in ec2.amazonaws.com: Allow * on *',
    );
  });

  it('is told once when the role becomes an administrator as well, and as that when it only becomes one', () => {
    const opened = role([people], [people, own]);
    expect(said(opened, policy(READ, ADMIN))).toEqual(['introduced critical iam/admin-policy']);
    expect(said(role([own], [own]), policy(READ, ADMIN))).toEqual(['introduced critical iam/admin-policy']);
    expect(said(role(null, [own]), policy(null, ADMIN))).toEqual(['introduced critical iam/admin-policy']);
  });

  it('is the same with a policy of AWS, which tells who gets it', () => {
    const attachment = { role: 'app', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
    const attached: Instance = {
      address: 'aws_iam_role_policy_attachment.a',
      before: attachment,
      after: { ...attachment },
    };
    expect(said(role([people], [people, own]), attached)).toEqual([
      'introduced critical iam/admin-managed-policy-attached',
    ]);
  });

  it('is silent when workloads were there before, or only get tags', () => {
    expect(said(role([own], [own, people]), policy(ADMIN, ADMIN))).toEqual(['persisting critical iam/admin-policy']);
    const tags = trust({ Service: 'ec2.amazonaws.com' }, 'sts:TagSession');
    expect(said(role([people], [people, tags]), policy(ADMIN, ADMIN))).toEqual([
      'persisting critical iam/admin-policy',
    ]);
  });

  it('is milder under a condition', () => {
    const mfa = policyText(allow('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }));
    expect(said(role([people], [people, own]), policy(mfa, mfa))).toContain(
      'introduced medium iam/compute-role-with-admin',
    );
  });
});
