import { describe, expect, it } from 'vitest';
import { allow, judgementsOf, planOf, policyText, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const IDS = [
  'sso/permission-set-admin',
  'sso/account-assignment-added',
  'iam/admin-policy',
  'iam/admin-managed-policy-attached',
  'iam/risky-managed-policy-attached',
];
const short = (lines: readonly string[]) => lines.map((line) => line.split(' ').slice(0, 3).join(' '));
const review = (...instances: Instance[]) => short(reviewOf(IDS, instances));

const setValues = { id: 'ps', arn: 'arn:aws:sso:::permissionSet/i/ps', name: 'dev' };
const set: Instance = { address: 'aws_ssoadmin_permission_set.dev', before: setValues, after: setValues };
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const created = (type: string, values: object): Instance => ({
  address: `${type}.x`,
  after: { permission_set_arn: setValues.arn, ...values },
});
const told = ['introduced high sso/permission-set-admin'];

describe('a permission set', () => {
  const policy = (text: string): Instance => ({
    address: 'aws_iam_policy.p',
    before: { name: 'deploy', arn: 'arn:aws:iam::111122223333:policy/deploy', policy: text },
    after: { name: 'deploy', arn: 'arn:aws:iam::111122223333:policy/deploy', policy: text },
  });
  const byName = { customer_managed_policy_reference: [{ name: 'deploy', path: '/' }] };

  it.each<[string, Instance[], string[]]>([
    [
      'with AdministratorAccess',
      [created('aws_ssoadmin_managed_policy_attachment', { managed_policy_arn: ADMIN })],
      told,
    ],
    [
      'with AdministratorAccess among others',
      [
        created('aws_ssoadmin_managed_policy_attachments_exclusive', {
          managed_policy_arns: ['arn:aws:iam::aws:policy/ReadOnlyAccess', ADMIN],
        }),
      ],
      told,
    ],
    [
      'with an inline policy',
      [created('aws_ssoadmin_permission_set_inline_policy', { inline_policy: policyText(allow('*')) })],
      told,
    ],
    [
      'with a policy of every account that the plan shows',
      [policy(policyText(allow('*'))), created('aws_ssoadmin_customer_managed_policy_attachment', byName)],
      told,
    ],
    [
      'with one of a list of them',
      [policy(policyText(allow('*'))), created('aws_ssoadmin_customer_managed_policy_attachments_exclusive', byName)],
      told,
    ],
    [
      'with a policy that the plan shows',
      [policy(policyText(allow('s3:GetObject'))), created('aws_ssoadmin_customer_managed_policy_attachment', byName)],
      [],
    ],
    ['with a policy that it does not show', [created('aws_ssoadmin_customer_managed_policy_attachment', byName)], []],
    [
      'with PowerUserAccess',
      [
        created('aws_ssoadmin_managed_policy_attachment', {
          managed_policy_arn: 'arn:aws:iam::aws:policy/PowerUserAccess',
        }),
      ],
      [],
    ],
  ])('%s', (_, instances, expected) => {
    expect(review(set, ...instances)).toEqual(expected);
  });

  it('is let pass when the configuration names it for emergencies, and better when the policy goes', () => {
    const named = { ...setValues, name: 'emergency-admin' };
    const attachment = created('aws_ssoadmin_managed_policy_attachment', { managed_policy_arn: ADMIN });
    expect(review({ ...set, before: named, after: named }, attachment)).toEqual([]);
    expect(review(set, { ...attachment, before: attachment.after ?? null, after: null })).toEqual([
      'resolved high sso/permission-set-admin',
    ]);
  });

  it('is unknown with an inline policy that is known only after apply', () => {
    const later: Instance = {
      ...created('aws_ssoadmin_permission_set_inline_policy', {}),
      unknown: { inline_policy: true },
      references: { inline_policy: ['var.policy'] },
    };
    expect(review(set, later)).toEqual(['undetermined high sso/permission-set-admin']);
  });
});

describe('an assignment', () => {
  const assignment = (type: string, name = 'x'): Instance => ({
    address: `aws_ssoadmin_account_assignment.${name}`,
    after: {
      permission_set_arn: setValues.arn,
      principal_id: 'g-1',
      principal_type: type,
      target_id: '111122223333',
      target_type: 'AWS_ACCOUNT',
    },
  });
  const admin: Instance = {
    address: 'aws_ssoadmin_managed_policy_attachment.a',
    before: { permission_set_arn: setValues.arn, managed_policy_arn: ADMIN },
    after: { permission_set_arn: setValues.arn, managed_policy_arn: ADMIN },
  };

  it.each<[string, Instance[], string]>([
    ['low for a group', [assignment('GROUP')], 'low'],
    ['medium for a person', [assignment('USER')], 'medium'],
    ['high for an administrator', [assignment('GROUP'), admin], 'high'],
  ])('is %s', (_, instances, severity) => {
    expect(review(set, ...instances)).toEqual([`introduced ${severity} sso/account-assignment-added`]);
  });

  it('is the same under another address, and better when it goes', () => {
    const old = { ...assignment('GROUP'), before: assignment('GROUP').after ?? null, after: null };
    expect(review(set, old, assignment('GROUP', 'y'))).toEqual(['persisting low sso/account-assignment-added']);
    expect(review(set, old)).toEqual(['resolved low sso/account-assignment-added']);
  });

  it('tells who gets what and where', () => {
    const group: Instance = {
      address: 'aws_identitystore_group.g',
      before: { group_id: 'g-1', display_name: 'developers' },
      after: { group_id: 'g-1', display_name: 'developers' },
    };
    const found = judgementsOf(IDS, planOf([set, group, assignment('GROUP'), admin]));
    expect(found.map((one) => one.message)).toEqual([
      'The group developers gets the permission set dev in the account 111122223333, and is administrator there',
    ]);
  });

  it('of a person to a group or an application is low, of a group to an application nothing', () => {
    const member: Instance = {
      address: 'aws_identitystore_group_membership.m',
      after: { group_id: 'g-1', member_id: 'u-1', identity_store_id: 'd-1' },
    };
    const application = (type: string): Instance => ({
      address: 'aws_ssoadmin_application_assignment.a',
      after: { application_arn: 'arn:aws:sso::111122223333:application/i/a', principal_id: 'p', principal_type: type },
    });
    expect(review(member)).toEqual(['introduced low sso/account-assignment-added']);
    expect(review(application('USER'))).toEqual(['introduced low sso/account-assignment-added']);
    expect(review(application('GROUP'))).toEqual([]);
  });
});
