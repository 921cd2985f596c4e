import { describe, expect, it, vi } from 'vitest';
import { parsePlanText } from '../../src/plan/parse.ts';
import { KINDS } from '../../src/subjects/index.ts';
import { buildWorlds } from '../../src/world/build.ts';
import { noExpressions } from '../../src/world/expressions.ts';
import { allow, deny, judgementsOf, OPTIONS, planOf, policyText, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const IDENTITY = [
  'iam/admin-policy',
  'iam/admin-managed-policy-attached',
  'iam/wildcard-action',
  'iam/policy-widened',
  'iam/deny-or-condition-removed',
  'iam/mfa-enforcement-removed',
];
const review = (...instances: Instance[]) => reviewOf(IDENTITY, instances);
const evidence = (...instances: Instance[]) =>
  judgementsOf(IDENTITY, planOf(instances)).flatMap((one) => one.evidence.map(({ after }) => after));

const TRUST = policyText({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
const roleValues = {
  name: 'app',
  id: 'app',
  arn: 'arn:aws:iam::111122223333:role/app',
  assume_role_policy: TRUST,
  inline_policy: [],
  managed_policy_arns: [],
};
const role: Instance = { address: 'aws_iam_role.app', before: roleValues, after: roleValues };
const inline = (before: string | null, after: string | null, name = 'p'): Instance => {
  const values = (policy: string | null) => (policy === null ? null : { name, role: 'app', policy });
  return { address: `aws_iam_role_policy.${name}`, before: values(before), after: values(after) };
};

const ADMIN = policyText(allow('*'));
const READ = policyText(allow('s3:GetObject', 'arn:aws:s3:::a/*'));

describe('an administrator', () => {
  it('is told once, with what it widens beside it', () => {
    expect(review(role, inline(READ, ADMIN))).toEqual(['introduced critical iam/admin-policy aws_iam_role_policy.p']);
  });

  it('is silent when it was one before, in whatever form', () => {
    const policy: Instance = {
      address: 'aws_iam_policy.p',
      after: { name: 'p', policy: ADMIN },
      unknown: { arn: true, id: true },
    };
    const attachment: Instance = {
      address: 'aws_iam_role_policy_attachment.p',
      after: { role: 'app' },
      unknown: { policy_arn: true, id: true },
      references: { policy_arn: ['aws_iam_policy.p.arn', 'aws_iam_policy.p'] },
    };
    expect(review(role, inline(ADMIN, null), policy, attachment)).toEqual([
      'persisting critical iam/admin-policy aws_iam_policy.p',
    ]);
  });

  it('is milder under a condition or a boundary, and the loss of the condition makes it worse', () => {
    const mfa = policyText(allow('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }));
    expect(review(role, inline(READ, mfa))).toEqual(['introduced high iam/admin-policy aws_iam_role_policy.p']);
    expect(review(role, inline(mfa, ADMIN))).toEqual(['introduced critical iam/admin-policy aws_iam_role_policy.p']);
    expect(evidence(role, inline(mfa, ADMIN))).toContain(
      'Role app may act without MFA where it could not: condition Bool aws:MultiFactorAuthPresent true',
    );
    const bounded = { ...roleValues, permissions_boundary: 'arn:aws:iam::111122223333:policy/edge' };
    expect(review({ ...role, before: bounded, after: bounded }, inline(READ, ADMIN))).toEqual([
      'introduced high iam/admin-policy aws_iam_role_policy.p',
    ]);
  });

  it.each([
    ['NotAction that leaves IAM in', { Effect: 'Allow', NotAction: ['s3:*'], Resource: '*' }, true],
    [
      'NotAction of IAM and others',
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      false,
    ],
    ['every ARN', allow('*', 'arn:aws:*'), true],
    ['whole services with IAM among them', allow(['ec2:*', 'iam:*']), true],
    ['all of IAM, who can give himself the rest', allow('iam:*'), true],
    ['all of IAM on one role', allow('iam:*', 'arn:aws:iam::111122223333:role/x'), false],
    ['one bucket', allow('*', 'arn:aws:s3:::a/*'), false],
    ['Deny', deny('*'), false],
  ])('by %s', (_, statement, expected) => {
    expect(
      review(role, inline(READ, policyText(statement))).some((line) => line.includes('critical iam/admin-policy')),
    ).toBe(expected);
  });

  it('cannot be told of a policy that is known only after apply', () => {
    const unknown: Instance = {
      address: 'aws_iam_role_policy.p',
      before: { name: 'p', role: 'app', policy: READ },
      after: { name: 'p', role: 'app' },
      unknown: { policy: true },
      references: { policy: ['var.policy'] },
    };
    expect(review(role, unknown)).toEqual(['undetermined critical iam/admin-policy aws_iam_role_policy.p']);
  });

  it.each([
    ['a Deny', deny('s3:*', 'arn:aws:s3:::a/secret/*')],
    ['a wildcard', allow('s3:*')],
    ['a condition', allow('s3:GetObject', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })],
  ])('is one question about a policy that had %s and is known only after apply', (_, statement) => {
    const values = { name: 'p', role: 'app' };
    const unknown: Instance = {
      address: 'aws_iam_role_policy.p',
      before: { ...values, policy: policyText(statement) },
      after: values,
      unknown: { policy: true },
      references: { policy: ['var.policy'] },
    };
    expect(review(role, unknown)).toEqual(['undetermined critical iam/admin-policy aws_iam_role_policy.p']);
  });

  it('is high as a policy that nobody holds yet, medium as a boundary', () => {
    const policy: Instance = {
      address: 'aws_iam_policy.edge',
      after: { name: 'edge', arn: 'arn:aws:iam::111122223333:policy/edge', policy: ADMIN },
    };
    expect(review(policy)).toEqual(['introduced high iam/admin-policy aws_iam_policy.edge']);
    const bounded: Instance = {
      ...role,
      before: null,
      after: { ...roleValues, permissions_boundary: 'arn:aws:iam::111122223333:policy/edge' },
    };
    expect(review(policy, bounded)).toEqual(['introduced medium iam/admin-policy aws_iam_policy.edge']);
  });

  it('is an improvement when the admin policy is detached', () => {
    const policy = { name: 'p', arn: 'arn:aws:iam::111122223333:policy/p', policy: ADMIN };
    const attachment: Instance = {
      address: 'aws_iam_role_policy_attachment.p',
      before: { role: 'app', policy_arn: policy.arn },
      after: null,
    };
    expect(review(role, { address: 'aws_iam_policy.p', before: policy, after: policy }, attachment)).toEqual([
      'resolved critical iam/admin-policy aws_iam_role_policy_attachment.p',
    ]);
  });
});

describe('an attached managed policy', () => {
  const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const attach = (kind: string, owner: object, before: boolean, after: boolean, name = 'a'): Instance => ({
    address: `aws_iam_${kind}_attachment.${name}`,
    before: before ? { ...owner, policy_arn: arn } : null,
    after: after ? { ...owner, policy_arn: arn } : null,
  });

  it.each([
    ['a compute role', [role, attach('role_policy', { role: 'app' }, false, true)]],
    ['a user', [attach('user_policy', { user: 'eve' }, false, true)]],
    ['a group', [attach('group_policy', { group: 'ops' }, false, true)]],
    ['everybody in a set', [attach('policy', { users: ['eve'], roles: [], groups: [], name: 'x' }, false, true)]],
  ])('is critical on %s', (_, instances) => {
    expect(review(...instances)).toEqual([
      expect.stringMatching(/^introduced critical iam\/admin-managed-policy-attached/),
    ]);
  });

  it('is let pass on a user whom the configuration names for emergencies', () => {
    expect(review(attach('user_policy', { user: 'emergency-1' }, false, true))).toEqual([
      'introduced low iam/policy-widened aws_iam_user_policy_attachment.a',
    ]);
  });

  it('is high on a role that no workload can take', () => {
    const values = {
      ...roleValues,
      assume_role_policy: policyText({ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }),
    };
    expect(
      review({ ...role, before: values, after: values }, attach('role_policy', { role: 'app' }, false, true)),
    ).toEqual(['introduced high iam/admin-managed-policy-attached aws_iam_role_policy_attachment.a']);
  });

  it('is silent when only the form of the attachment changes', () => {
    const mirrored = { ...roleValues, managed_policy_arns: [arn] };
    const moved = [
      attach('role_policy', { role: 'app' }, true, false, 'old'),
      attach('role_policy', { role: 'app' }, false, true, 'new'),
    ];
    expect(review({ ...role, before: mirrored, after: mirrored }, ...moved)).toEqual([
      'persisting critical iam/admin-managed-policy-attached aws_iam_role_policy_attachment.new',
    ]);
  });

  it('is resolved when the split resource goes, though the copy in the role stays in the plan', () => {
    const mirrored = { ...roleValues, managed_policy_arns: [arn] };
    const copied: Instance = { ...role, before: mirrored, after: mirrored, computed: ['managed_policy_arns'] };
    expect(review(copied, attach('role_policy', { role: 'app' }, true, false))).toEqual([
      'resolved critical iam/admin-managed-policy-attached aws_iam_role_policy_attachment.a',
    ]);
  });

  it('stays when the configuration only stops to mention it', () => {
    const mirrored = { ...roleValues, managed_policy_arns: [arn], description: 'a' };
    const dropped: Instance = {
      ...role,
      before: mirrored,
      after: { ...mirrored, description: 'b' },
      computed: ['managed_policy_arns'],
    };
    expect(review(dropped)).toEqual(['persisting critical iam/admin-managed-policy-attached aws_iam_role.app']);
  });

  it('is reported at the attachment when a policy of the plan is attached to one more principal', () => {
    const admin = { name: 'p', arn: 'arn:aws:iam::111122223333:policy/p', policy: ADMIN };
    const set = (roles: string[]) => ({ name: 'a', roles, users: [], groups: [], policy_arn: admin.arn });
    const policy: Instance = { address: 'aws_iam_policy.p', before: admin, after: admin };
    const attachment: Instance = { address: 'aws_iam_policy_attachment.a', before: set(['x']), after: set(['x', 'y']) };
    expect(review(policy, attachment).filter((line) => line.startsWith('introduced'))).toEqual([
      'introduced critical iam/admin-policy aws_iam_policy_attachment.a',
    ]);
  });

  it('reaches a user who joins the group that holds it', () => {
    const group = attach('group_policy', { group: 'ops' }, true, true);
    const member: Instance = { address: 'aws_iam_user_group_membership.m', after: { user: 'eve', groups: ['ops'] } };
    expect(review(group, member)).toEqual([
      'introduced critical iam/admin-managed-policy-attached aws_iam_user_group_membership.m',
    ]);
    const inlined: Instance = { address: 'aws_iam_group_policy.g', before: { name: 'g', group: 'ops', policy: ADMIN } };
    expect(review({ ...inlined, after: { ...inlined.before } }, member)).toEqual([
      'introduced critical iam/admin-policy aws_iam_user_group_membership.m',
    ]);
  });
});

describe('a service wildcard', () => {
  it.each([
    ['high for a sensitive service everywhere', ['secretsmanager:*', '*'], ['introduced high iam/wildcard-action']],
    ['medium for another service', ['glue:*', '*'], ['introduced medium iam/wildcard-action']],
    ['low on one bucket', ['s3:*', 'arn:aws:s3:::a/*'], ['introduced low iam/wildcard-action']],
    ['medium for a changing verb everywhere', ['ec2:Delete*', '*'], ['introduced medium iam/wildcard-action']],
    ['silent for reading verbs', [['ec2:Describe*', 's3:List*'], '*'], ['introduced low iam/policy-widened']],
  ] as const)('is %s', (_, [action, resource], expected) => {
    const text = policyText(allow(typeof action === 'string' ? action : [...action], resource));
    expect(review(role, inline(READ, text)).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(expected);
  });

  it('is silent when narrowed from one that held it, and told when a second one comes', () => {
    const wide = policyText(allow('s3:*'));
    expect(
      review(role, inline(wide, policyText(allow('s3:Put*')))).filter((line) => line.startsWith('introduced')),
    ).toEqual([]);
    expect(review(role, inline(wide, policyText(allow(['s3:*', 'ec2:*']))))).toContain(
      'introduced high iam/wildcard-action aws_iam_role_policy.p',
    );
  });
});

describe('what a principal loses', () => {
  const guarded = policyText(
    allow('s3:GetObject', 'arn:aws:s3:::a/*'),
    deny('s3:GetObject', 'arn:aws:s3:::a/secret/*'),
  );

  it('is told for a Deny, also when the whole policy goes and the principal stays', () => {
    expect(review(role, inline(guarded, READ))).toEqual([
      'introduced high iam/deny-or-condition-removed aws_iam_role_policy.p',
    ]);
    expect(review(role, inline(guarded, null))).toEqual([
      'introduced high iam/deny-or-condition-removed aws_iam_role_policy.p',
    ]);
  });

  it('is a question, not a loss, when the policy that may hold the Deny is not known', () => {
    const bucket = policyText(deny('s3:*', 'arn:aws:s3:::a/secret/*'));
    const unknown: Instance = {
      address: 'aws_iam_role_policy.p',
      before: { name: 'p', role: 'app', policy: bucket },
      after: { name: 'p', role: 'app' },
      unknown: { policy: true },
      references: { policy: ['var.policy'] },
    };
    expect(reviewOf(['iam/deny-or-condition-removed'], [role, unknown])).toEqual([
      'undetermined medium iam/deny-or-condition-removed aws_iam_role_policy.p',
    ]);
  });

  it('is silent when the principal goes with its policies', () => {
    expect(review({ ...role, after: null }, inline(guarded, null))).toEqual([]);
  });

  it('is silent when a Deny moves to another policy of the principal', () => {
    const other = policyText(deny('s3:*', 'arn:aws:s3:::a/secret/*'));
    expect(review(role, inline(guarded, READ), inline(null, other, 'q'))).toEqual([]);
  });

  it('is medium for a condition that guards little', () => {
    const region = policyText(
      allow('s3:GetObject', 'arn:aws:s3:::a/*', {
        Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      }),
    );
    expect(review(role, inline(region, READ))).toEqual([
      'introduced medium iam/deny-or-condition-removed aws_iam_role_policy.p',
    ]);
  });

  it('cannot be told when a policy of the own account with unknown text is detached', () => {
    const detached: Instance = {
      address: 'aws_iam_role_policy_attachment.x',
      before: { role: 'app', policy_arn: 'arn:aws:iam::111122223333:policy/guard' },
      after: null,
    };
    expect(review(role, detached)).toEqual([expect.stringMatching(/^undetermined \w+ iam\/deny-or-condition-removed/)]);
  });
});

describe('a policy of a principal', () => {
  it('is widened by what is new, low, at the resource that brings it', () => {
    const more = policyText(
      allow('s3:GetObject', 'arn:aws:s3:::a/*'),
      allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q'),
    );
    expect(review(role, inline(READ, more))).toEqual(['introduced low iam/policy-widened aws_iam_role_policy.p']);
  });

  it('is widened on a role that is not in the plan, and not on one that is new', () => {
    expect(review(inline(null, READ))).toEqual(['introduced low iam/policy-widened aws_iam_role_policy.p']);
    expect(review({ ...role, before: null }, inline(null, READ))).toEqual([]);
  });

  it('is the same when it is split, renamed and re-keyed', () => {
    const both = policyText(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::a/*'));
    const put = policyText(allow('s3:PutObject', 'arn:aws:s3:::a/*'));
    expect(review(role, inline(both, null), inline(null, put, 'q'), inline(null, READ, 'r'))).toEqual([]);
  });
});

it('does not read the documents of principals that the plan leaves alone', () => {
  const roles = Array.from({ length: 20 }, (_, index) => `app${index}`);
  const plan = planOf(
    roles.flatMap((name, index): Instance[] => {
      const values = { ...roleValues, name, id: name, arn: `arn:aws:iam::111122223333:role/${name}` };
      const policy = { name: 'p', role: name, policy: READ };
      const after = index === 0 ? { ...policy, policy: policyText(allow('s3:GetObject', 'arn:aws:s3:::b/*')) } : policy;
      return [
        { address: `aws_iam_role.${name}`, before: values, after: values },
        { address: `aws_iam_role_policy.${name}`, before: policy, after },
      ];
    }),
  );
  const worlds = buildWorlds(parsePlanText(plan, 'plan.json'), noExpressions);
  const read = new Set<string>();
  for (const world of [worlds.before, worlds.after]) {
    for (const resource of world.resources('aws_iam_role', 'aws_iam_role_policy')) {
      const document = resource.document.bind(resource);
      vi.spyOn(resource, 'document').mockImplementation((...path) => {
        read.add(resource.address);
        return document(...path);
      });
    }
  }
  for (const kind of KINDS.filter(({ name }) =>
    /^(principal|identity|attached|access|guardrail|trust|service-w)/.test(name),
  ))
    kind.build(worlds, OPTIONS);
  expect([...read]).toEqual(['aws_iam_role_policy.app0']);
});
