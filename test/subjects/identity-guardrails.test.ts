import { describe, expect, it } from 'vitest';
import { allow, deny, judgementsOf, planOf, policyText, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const IDS = [
  'iam/admin-policy',
  'iam/admin-managed-policy-attached',
  'iam/risky-managed-policy-attached',
  'iam/allow-with-not-element',
  'iam/assume-role-any-principal',
  'iam/mfa-enforcement-removed',
  'iam/permissions-boundary-removed',
  'iam/deny-or-condition-removed',
  'iam/policy-widened',
  's3/bucket-policy-public',
];
const short = (lines: readonly string[]) => lines.map((line) => line.split(' ').slice(0, 3).join(' '));
const review = (...instances: Instance[]) => short(reviewOf(IDS, instances));
const messages = (...instances: Instance[]) => judgementsOf(IDS, planOf(instances)).map((one) => one.message);

const arn = (name: string) => `arn:aws:iam::111122223333:policy/${name}`;
const TRUST = policyText({ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' });
const roleValues = { name: 'app', id: 'app', arn: 'arn:aws:iam::111122223333:role/app', assume_role_policy: TRUST };
const role = (before: object | null = {}, after: object | null = {}): Instance => ({
  address: 'aws_iam_role.app',
  before: before && { ...roleValues, ...before },
  after: after && { ...roleValues, ...after },
});
const inline = (before: object[], after: object[]): Instance => ({
  address: 'aws_iam_role_policy.p',
  before: { name: 'p', role: 'app', policy: policyText(...before) },
  after: { name: 'p', role: 'app', policy: policyText(...after) },
});
const policy = (name: string, before: object[] | null, after: object[] | null = before): Instance => {
  const values = (statements: object[] | null) =>
    statements && { id: arn(name), arn: arn(name), name, policy: policyText(...statements) };
  return { address: `aws_iam_policy.${name}`, before: values(before), after: values(after) };
};
const READ = allow('s3:GetObject', 'arn:aws:s3:::a/*');

describe('MFA', () => {
  const forced = (operator: string) => ({
    Effect: 'Deny',
    NotAction: ['iam:*'],
    Resource: '*',
    Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } },
  });
  const asked = allow('s3:GetObject', 'arn:aws:s3:::a/*', {
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  });
  const fresh = (age: string) =>
    allow('s3:GetObject', 'arn:aws:s3:::a/*', { Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': age } } });
  const told = ['introduced high iam/mfa-enforcement-removed'];

  it.each([
    ['is lost with its Deny', [READ, forced('BoolIfExists')], [READ], told],
    ['is lost where keys carry none', [READ, forced('BoolIfExists')], [READ, forced('Bool')], told],
    ['is lost with its condition', [asked], [READ], told],
    ['may be older', [fresh('3600')], [fresh('86400')], told],
    ['may be younger only', [fresh('86400')], [fresh('3600')], []],
    ['is asked for in more ways', [READ, forced('Bool')], [READ, forced('BoolIfExists')], []],
    ['comes', [READ], [asked], []],
  ])('that %s', (_, before, after, expected) => {
    expect(review(role(), inline(before, after))).toEqual(expected);
  });

  it('is lost when the policy that forces it is detached from a group', () => {
    const attachment: Instance = {
      address: 'aws_iam_group_policy_attachment.mfa',
      before: { group: 'staff', policy_arn: arn('force-mfa') },
      after: null,
    };
    expect(review(policy('force-mfa', [forced('BoolIfExists')]), attachment)).toEqual(told);
    expect(messages(policy('force-mfa', [forced('BoolIfExists')]), attachment)).toEqual([
      'Group staff may act without MFA where it could not: Deny everything except iam:* on * if BoolIfExists aws:MultiFactorAuthPresent false',
    ]);
  });

  it('is lost in a trust policy', () => {
    const trust = (more: object) => ({
      assume_role_policy: policyText({
        Effect: 'Allow',
        Principal: { AWS: '111122223333' },
        Action: 'sts:AssumeRole',
        ...more,
      }),
    });
    const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
    expect(review(role(trust(mfa), trust({})))).toEqual(told);
  });
});

describe('a permissions boundary', () => {
  const bounded = (name: string) => ({ permissions_boundary: arn(name) });
  const edge = policy('edge', [READ, deny('iam:*')]);
  const wide = policy('wide', [READ]);
  const tight = policy('tight', [READ, deny('iam:*'), deny('organizations:*')]);
  const told = ['introduced high iam/permissions-boundary-removed'];

  it.each<[string, Instance[], string[]]>([
    ['goes', [edge, role(bounded('edge'), {})], told],
    [
      'goes from a user',
      [{ address: 'aws_iam_user.u', before: { name: 'u', ...bounded('x') }, after: { name: 'u' } }],
      told,
    ],
    ['gives way to a wider one', [edge, wide, role(bounded('edge'), bounded('wide'))], told],
    [
      'gives way to an administrator',
      [edge, role(bounded('edge'), { permissions_boundary: 'arn:aws:iam::aws:policy/AdministratorAccess' })],
      told,
    ],
    ['gives way to a narrower one', [edge, tight, role(bounded('edge'), bounded('tight'))], []],
    [
      'gives way to the same under another name',
      [edge, policy('copy', [READ, deny('iam:*')]), role(bounded('edge'), bounded('copy'))],
      [],
    ],
    [
      'gives way to one that is not in the plan',
      [edge, role(bounded('edge'), bounded('other'))],
      ['undetermined high iam/permissions-boundary-removed'],
    ],
    ['comes', [edge, role({}, bounded('edge'))], []],
    ['goes with its role', [edge, { ...role(bounded('edge')), after: null }], []],
    ['stays', [edge, role(bounded('edge'), { ...bounded('edge'), description: 'x' })], []],
  ])('that %s', (_, instances, expected) => {
    // What the principal may do by it is for other policies to tell.
    const found = review(...instances).filter((line) => line.endsWith('permissions-boundary-removed'));
    expect(found).toEqual(expected);
  });

  it('that gives way to one that is not in the plan may still keep out what it kept out', () => {
    const broad = inline([allow('sqs:*')], [allow('sqs:*')]);
    const found = review(edge, broad, role(bounded('edge'), bounded('other')));
    expect(found.filter((line) => line.startsWith('introduced'))).toEqual([]);
    expect(found).toContain('undetermined high iam/permissions-boundary-removed');
    expect(review(edge, broad, role(bounded('edge'), {}))).toContain(told[0]);
  });

  it('is told where it stands when it lets more through under its own name', () => {
    const held = role(bounded('edge'), bounded('edge'));
    expect(reviewOf(IDS, [policy('edge', [READ], [READ, allow('sqs:*')]), held])).toEqual([
      'introduced high iam/permissions-boundary-removed aws_iam_policy.edge',
    ]);
    expect(review(policy('edge', [READ, deny('iam:*')], [READ]), held)).toContain(told[0]);
    expect(review(policy('edge', [READ, allow('sqs:*')], [READ]), held)).toEqual([]);
  });

  it('of a permission set stands in an attachment', () => {
    const set = { id: 'ps', arn: 'arn:aws:sso:::permissionSet/i/ps', name: 'dev' };
    const attachment = (before: object | null, after: object | null): Instance => {
      const values = (boundary: object | null) =>
        boundary && { permission_set_arn: set.arn, permissions_boundary: [boundary] };
      return {
        address: 'aws_ssoadmin_permissions_boundary_attachment.dev',
        before: values(before),
        after: values(after),
      };
    };
    const named = (name: string) => ({ customer_managed_policy_reference: [{ name, path: '/' }] });
    const dev: Instance = { address: 'aws_ssoadmin_permission_set.dev', before: set, after: set };
    expect(review(dev, edge, attachment(named('edge'), null))).toEqual(told);
    expect(review(edge, attachment(named('edge'), null))).toEqual(told);
    expect(review(dev, edge, wide, attachment(named('edge'), named('wide')))).toEqual(told);
    expect(review(dev, edge, tight, attachment(named('edge'), named('tight')))).toEqual([]);
    expect(review({ ...dev, after: null }, edge, attachment(named('edge'), null))).toEqual([]);
  });
});

describe('a broad policy of AWS', () => {
  const attach = (name: string, before: boolean, after: boolean): Instance => {
    const values = { role: 'app', policy_arn: `arn:aws:iam::aws:policy/${name}` };
    return {
      address: 'aws_iam_role_policy_attachment.a',
      before: before ? values : null,
      after: after ? values : null,
    };
  };

  it.each([
    ['PowerUserAccess', ['introduced medium iam/risky-managed-policy-attached']],
    ['AmazonS3FullAccess', ['introduced medium iam/risky-managed-policy-attached']],
    ['job-function/SystemAdministrator', ['introduced medium iam/risky-managed-policy-attached']],
    ['AdministratorAccess', ['introduced high iam/admin-managed-policy-attached']],
    ['ReadOnlyAccess', ['introduced low iam/policy-widened']],
  ])('is told: %s', (name, expected) => {
    expect(review(role(), attach(name, false, true))).toEqual(expected);
  });

  it('is better when it goes', () => {
    expect(review(role(), attach('PowerUserAccess', true, false))).toEqual([
      'resolved medium iam/risky-managed-policy-attached',
    ]);
  });
});

describe('an Allow that leaves out a list', () => {
  const not = (NotAction: string[], more: object = {}) => ({ Effect: 'Allow', NotAction, Resource: '*', ...more });
  const told = (severity: string) => [`introduced ${severity} iam/allow-with-not-element`];
  const power = ['iam:*', 'organizations:*', 'account:*'];

  it.each([
    ['of actions', not(power), told('high')],
    ['of actions on one bucket', not(power, { Resource: 'arn:aws:s3:::a/*' }), told('medium')],
    ['of resources', { Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::secret/*' }, told('high')],
    ['of actions in a Deny', { ...not(power), Effect: 'Deny' }, []],
    ['that leaves IAM in, which makes an administrator', not(['s3:*']), ['introduced critical iam/admin-policy']],
  ])('%s', (_, statement, expected) => {
    const found = review(role(), inline([READ], [READ, statement]));
    expect(found.filter((line) => !line.startsWith('resolved'))).toEqual(expected);
  });

  it('is nothing when the same policy denies it all', () => {
    expect(review(role(), inline([READ], [READ, not(power), deny('*')]))).toEqual([]);
  });

  it('is not new when it leaves out more, and new beside another one', () => {
    const narrowed = review(role(), inline([not(power)], [not([...power, 's3:*'])]));
    expect(narrowed).toContain('persisting high iam/allow-with-not-element');
    expect(narrowed.filter((line) => line.startsWith('introduced'))).toEqual([]);
    expect(review(role(), inline([not(power, { Resource: 'arn:aws:s3:::a/*' })], [not(power)]))).toContain(
      told('high')[0],
    );
    expect(review(role(), inline([not(power)], [READ]))).toContain('resolved high iam/allow-with-not-element');
  });

  it('is looked for in trust and resource policies', () => {
    const bucket = (statement: object): Instance => ({
      address: 'aws_s3_bucket_policy.b',
      after: { bucket: 'b', policy: policyText(statement) },
    });
    const named = {
      Effect: 'Allow',
      Principal: { AWS: '111122223333' },
      NotAction: ['s3:DeleteBucket'],
      Resource: '*',
    };
    const others = { Effect: 'Allow', NotPrincipal: { AWS: '111122223333' }, Action: 's3:GetObject', Resource: '*' };
    expect(review(bucket(named))).toEqual(told('high'));
    expect(review(bucket(others))).toEqual(['introduced high s3/bucket-policy-public']);
    const trust = policyText({ Effect: 'Allow', Principal: { AWS: '111122223333' }, NotAction: ['sts:TagSession'] });
    expect(review(role({}, { assume_role_policy: trust }))).toContain(told('high')[0]);
  });

  it('may still be there in a policy that is known only after apply', () => {
    const later: Instance = {
      ...inline([not(power)], []),
      after: { name: 'p', role: 'app' },
      unknown: { policy: true },
      references: { policy: ['var.policy'] },
    };
    expect(short(reviewOf(['iam/allow-with-not-element'], [role(), later]))).toEqual([
      'undetermined high iam/allow-with-not-element',
    ]);
    expect(review(role(), later)).toEqual(['undetermined critical iam/admin-policy']);
  });
});
