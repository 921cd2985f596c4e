import { describe, expect, it, test } from 'vitest';
import { allow, deny, judgementsOf, planOf, policyText, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const ESCALATION = ['iam/privilege-escalation'];
const IDENTITY = [
  'iam/admin-policy',
  'iam/admin-managed-policy-attached',
  'iam/privilege-escalation',
  'iam/deny-or-condition-removed',
  'iam/wildcard-action',
  'iam/simulator-allows-sensitive-action',
  'iam/policy-widened',
];

const ACCOUNT = 'arn:aws:iam::111122223333';
const ADMINISTRATOR_ACCESS = 'arn:aws:iam::aws:policy/AdministratorAccess';

const trust = (Principal: object, more: object = {}): string =>
  policyText({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });
const LAMBDA = trust({ Service: 'lambda.amazonaws.com' });
const ROOT = trust({ AWS: `${ACCOUNT}:root` });

const roleValues = (name: string, assume_role_policy = LAMBDA, more: object = {}) => ({
  name,
  id: name,
  arn: `${ACCOUNT}:role/${name}`,
  path: '/',
  assume_role_policy,
  inline_policy: [],
  managed_policy_arns: [],
  permissions_boundary: '',
  ...more,
});
const role = (name: string, assume?: string, more?: object): Instance => {
  const values = roleValues(name, assume, more);
  return { address: `aws_iam_role.${name}`, before: values, after: values };
};
/** A role that the plan makes: AWS has not given it an ARN yet. */
const newRole = (name: string, assume?: string): Instance => {
  const { arn: _arn, id: _id, ...after } = roleValues(name, assume);
  return { address: `aws_iam_role.${name}`, after, unknown: { arn: true, id: true } };
};
const inline = (name: string, before: string | null, after: string | null, of = 'ci'): Instance => {
  const values = (policy: string | null) => (policy === null ? null : { name, role: of, policy });
  return { address: `aws_iam_role_policy.${name}`, before: values(before), after: values(after) };
};
const attached = (of: string, policy_arn: string, before: boolean, after = true): Instance => ({
  address: `aws_iam_role_policy_attachment.${of}`,
  before: before ? { role: of, policy_arn } : null,
  after: after ? { role: of, policy_arn } : null,
});

const FUNCTIONS = policyText(allow(['lambda:CreateFunction', 'lambda:InvokeFunction']));
const PASS = policyText(allow('iam:PassRole'));
const READ = policyText(allow('s3:GetObject', 'arn:aws:s3:::a/*'));

const review = (...instances: Instance[]) => reviewOf(ESCALATION, instances);
const messages = (...instances: Instance[]) =>
  judgementsOf(ESCALATION, planOf(instances)).map(({ message }) => message);

describe('a path that is newly completed', () => {
  it('by a second policy is told where that stands, with what was missing', () => {
    const plan = [role('ci', ROOT), inline('functions', FUNCTIONS, FUNCTIONS), inline('roles', null, PASS)];
    expect(review(...plan)).toEqual(['introduced high iam/privilege-escalation aws_iam_role_policy.roles']);
    expect(messages(...plan)).toEqual([
      'Role ci can become any role it passes to Lambda: iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction → any role; iam:PassRole was missing until now',
    ]);
  });

  it('names the administrator of the plan that it leads to', () => {
    const plan = [
      role('ci', ROOT),
      role('janitor'),
      attached('janitor', ADMINISTRATOR_ACCESS, true),
      inline('functions', FUNCTIONS, FUNCTIONS),
      inline('roles', null, policyText(allow('iam:PassRole', `${ACCOUNT}:role/janitor`))),
    ];
    expect(messages(...plan)).toEqual([
      'Role ci can become role janitor, an administrator: iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction → role janitor; iam:PassRole was missing until now',
    ]);
  });

  it('is silent when the role that is passed is harmless', () => {
    const task = policyText(allow('iam:PassRole', `${ACCOUNT}:role/task`));
    expect(
      review(role('ci', ROOT), role('task'), inline('functions', FUNCTIONS, FUNCTIONS), inline('roles', null, task)),
    ).toEqual([]);
  });

  it('is told of each path of a principal in one finding', () => {
    const both = policyText(allow(['iam:PutRolePolicy', 'iam:CreatePolicyVersion']));
    expect(review(role('ci', ROOT), inline('roles', READ, both))).toEqual([
      'introduced high iam/privilege-escalation aws_iam_role_policy.roles',
    ]);
    expect(messages(role('ci', ROOT), inline('roles', READ, both))).toEqual([
      'Role ci can become administrator: iam:CreatePolicyVersion → any policy; iam:CreatePolicyVersion was missing until now; Role ci can become administrator: iam:PutRolePolicy → any role; iam:PutRolePolicy was missing until now',
    ]);
  });

  it('is told with what else must be true', () => {
    const mfa = policyText(
      allow('iam:PutRolePolicy', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
    );
    expect(messages(role('ci', ROOT), inline('roles', READ, mfa))).toEqual([
      'Role ci can become administrator: iam:PutRolePolicy → any role if Bool aws:MultiFactorAuthPresent true; iam:PutRolePolicy was missing until now',
    ]);
  });

  it('is milder as a policy that nobody holds', () => {
    const policy: Instance = {
      address: 'aws_iam_policy.ci',
      after: { name: 'ci', path: '/', policy: policyText(allow('iam:PutRolePolicy')) },
      unknown: { arn: true, id: true },
    };
    expect(review(policy)).toEqual(['introduced medium iam/privilege-escalation aws_iam_policy.ci']);
    expect(messages(policy)).toEqual([
      'Policy ci lets whoever gets it become administrator: iam:PutRolePolicy → any role',
    ]);
  });

  it('by losing a boundary is told where that was', () => {
    const edge = { name: 'edge', path: '/', arn: `${ACCOUNT}:policy/edge`, policy: policyText(allow('s3:*')) };
    const put = policyText(allow('iam:PutRolePolicy'));
    const freed: Instance = {
      address: 'aws_iam_role.ci',
      before: roleValues('ci', ROOT, { permissions_boundary: edge.arn }),
      after: roleValues('ci', ROOT),
    };
    const plan = [freed, inline('roles', put, put), { address: 'aws_iam_policy.edge', before: edge, after: edge }];
    expect(review(...plan)).toEqual(['introduced high iam/privilege-escalation aws_iam_role.ci']);
  });

  it('by a user comes with the group that he joins', () => {
    const user = { name: 'mira', id: 'mira', path: '/', arn: `${ACCOUNT}:user/mira` };
    const group = { name: 'ops', id: 'ops', path: '/', arn: `${ACCOUNT}:group/ops` };
    const ops = policyText(allow('iam:AttachGroupPolicy', `${ACCOUNT}:group/ops`));
    const plan: Instance[] = [
      { address: 'aws_iam_user.mira', before: user, after: user },
      { address: 'aws_iam_group.ops', before: group, after: group },
      {
        address: 'aws_iam_group_policy.ops',
        before: { name: 'ops', group: 'ops', policy: ops },
        after: { name: 'ops', group: 'ops', policy: ops },
      },
      { address: 'aws_iam_user_group_membership.mira', after: { user: 'mira', groups: ['ops'] } },
    ];
    expect(review(...plan)).toEqual(['introduced high iam/privilege-escalation aws_iam_user_group_membership.mira']);
    expect(messages(...plan)).toEqual([
      'User mira can become administrator: iam:AttachGroupPolicy → its own group; iam:AttachGroupPolicy was missing until now',
    ]);
  });
});

describe('a path that is not new', () => {
  const put = policyText(allow('iam:PutRolePolicy'));

  it('persists when it is written otherwise, and where it stands', () => {
    const other = policyText({ Sid: 'Same', ...allow(['iam:PutRolePolicy', 's3:GetObject'], '*') });
    expect(review(role('ci', ROOT), inline('roles', put, other))).toEqual([
      'persisting high iam/privilege-escalation aws_iam_role_policy.roles',
    ]);
    expect(review(role('ci', ROOT), inline('roles', put, null), inline('others', null, put))).toEqual([
      'persisting high iam/privilege-escalation aws_iam_role_policy.others',
    ]);
  });

  it('is better when a step goes', () => {
    expect(review(role('ci', ROOT), inline('functions', FUNCTIONS, FUNCTIONS), inline('roles', PASS, null))).toEqual([
      'resolved high iam/privilege-escalation aws_iam_role_policy.roles',
    ]);
    expect(
      review(role('ci', ROOT), inline('roles', put, policyText(allow('iam:PutRolePolicy', `${ACCOUNT}:role/app`)))),
    ).toEqual(['resolved high iam/privilege-escalation aws_iam_role_policy.roles']);
  });

  it('is news when it reaches more', () => {
    const [one, all] = ['arn:aws:lambda:eu-west-1:111122223333:function:shop', '*'].map((resource) =>
      policyText(allow('lambda:UpdateFunctionCode', resource)),
    );
    expect(review(role('ci', ROOT), inline('code', one ?? '', all ?? ''))).toEqual([
      'introduced high iam/privilege-escalation aws_iam_role_policy.code',
    ]);
    expect(review(role('ci', ROOT), inline('code', all ?? '', one ?? ''))).toEqual([
      'persisting low iam/privilege-escalation aws_iam_role_policy.code',
    ]);
  });

  it('of somebody whom the plan does not touch is told in an audit only', () => {
    const plan = [role('ci', ROOT), inline('roles', put, put), inline('app', READ, null, 'app'), role('app')];
    expect(review(...plan)).toEqual([]);
    expect(reviewOf(ESCALATION, plan, { audit: true })).toEqual([
      'persisting high iam/privilege-escalation aws_iam_role_policy.roles',
    ]);
  });
});

describe('administrators', () => {
  const ADMIN = policyText(allow('*'));
  const put = policyText(allow('iam:PutRolePolicy'));

  it('are told as that, not by what they could do besides', () => {
    expect(reviewOf(IDENTITY, [role('ci', ROOT), inline('roles', put, ADMIN)])).toEqual([
      'introduced critical iam/admin-policy aws_iam_role_policy.roles',
    ]);
    expect(review(role('ci', ROOT), inline('roles', put, ADMIN))).toEqual([]);
    expect(review(role('ci', ROOT), inline('roles', put, put), attached('ci', ADMINISTRATOR_ACCESS, false))).toEqual(
      [],
    );
  });

  it('gain nothing by losing that', () => {
    expect(review(role('ci', ROOT), inline('roles', ADMIN, put))).toEqual([
      'persisting high iam/privilege-escalation aws_iam_role_policy.roles',
    ]);
  });
});

describe('trust', () => {
  const admins = (before: string, after: string): Instance[] => [
    { address: 'aws_iam_role.admin', before: roleValues('admin', before), after: roleValues('admin', after) },
    attached('admin', ADMINISTRATOR_ACCESS, true),
  ];

  it('that names somebody anew makes an administrator of him, though nothing of his changes', () => {
    const named = trust({ AWS: `${ACCOUNT}:role/ci` });
    const plan = [role('ci', ROOT), inline('read', READ, READ), ...admins(LAMBDA, named)];
    expect(messages(...plan)).toEqual([
      'Role ci can become role admin, an administrator: sts:AssumeRole → role admin; the trust of role admin was missing until now',
    ]);
    expect(review(role('ci', ROOT), inline('read', READ, READ), ...admins(named, named))).toEqual([]);
  });

  it('is read for roles that the plan makes', () => {
    const janitor: Instance = {
      address: 'aws_iam_role_policy_attachment.janitor',
      after: { policy_arn: ADMINISTRATOR_ACCESS },
      unknown: { role: true },
      references: { role: ['aws_iam_role.janitor.name', 'aws_iam_role.janitor'] },
    };
    const roles = policyText(allow('iam:PassRole', `${ACCOUNT}:role/jan*`));
    expect(
      messages(
        role('ci', ROOT),
        inline('functions', FUNCTIONS, FUNCTIONS),
        inline('roles', null, roles),
        newRole('janitor'),
        janitor,
      ),
    ).toEqual([
      'Role ci can become role janitor, an administrator: iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction → role janitor; iam:PassRole was missing until now',
    ]);
  });
});

describe('what is not known before apply', () => {
  const later: Instance = {
    address: 'aws_iam_role_policy.roles',
    before: { name: 'roles', role: 'ci', policy: READ },
    after: { name: 'roles', role: 'ci' },
    unknown: { policy: true },
    references: { policy: ['var.policy'] },
  };

  it('leaves the paths of a principal open', () => {
    expect(review(role('ci', ROOT), later)).toEqual([
      'undetermined high iam/privilege-escalation aws_iam_role_policy.roles',
    ]);
  });

  it('is one doubt among all policies about a principal', () => {
    expect(reviewOf(IDENTITY, [role('ci', ROOT), later])).toEqual([
      'undetermined critical iam/admin-policy aws_iam_role_policy.roles',
    ]);
  });

  it('does not hide what is sure', () => {
    const put = policyText(allow('iam:PutRolePolicy'));
    expect(review(role('ci', ROOT), later, inline('more', null, put))).toEqual([
      'introduced high iam/privilege-escalation aws_iam_role_policy.more',
      'undetermined high iam/privilege-escalation aws_iam_role_policy.roles',
    ]);
  });

  it('does not make better what was bad', () => {
    const before = { name: 'roles', role: 'ci', policy: policyText(allow('iam:PutRolePolicy')) };
    expect(review(role('ci', ROOT), { ...later, before })).toEqual([
      'undetermined high iam/privilege-escalation aws_iam_role_policy.roles',
    ]);
  });

  it.each([
    [
      'a policy that is attached and is not in the plan',
      attached('ci', `${ACCOUNT}:policy/team`, false),
      'the text of arn:aws:iam::111122223333:policy/team is not in the plan',
    ],
    ['a policy that was attached before', attached('ci', `${ACCOUNT}:policy/team`, true), undefined],
  ])('is the text of %s', (_, attachment, because) => {
    const found = judgementsOf(ESCALATION, planOf([role('ci', ROOT), attachment, inline('read', null, READ)]));
    expect(found.map(({ status, message }) => `${status}: ${message}`)).toEqual(
      because === undefined ? [] : [`undetermined: cannot be judged before apply: \`possible\`: ${because}`],
    );
  });

  it('is what a boundary that is not in the plan holds back', () => {
    const bounded = role('ci', ROOT, { permissions_boundary: `${ACCOUNT}:policy/edge` });
    const put = policyText(allow('iam:PutRolePolicy'));
    expect(review(bounded, inline('roles', READ, put))).toEqual([
      'undetermined high iam/privilege-escalation aws_iam_role.ci',
    ]);
    expect(review(bounded, inline('roles', READ, policyText(allow('s3:*', 'arn:aws:s3:::a'))))).toEqual([]);
  });
});

describe('a sensitive document', () => {
  it('is judged and not shown', () => {
    const plan = JSON.parse(
      planOf([role('ci', ROOT), inline('roles', READ, policyText(allow('iam:PutRolePolicy')))]),
    ) as {
      resource_changes: { address: string; change: object }[];
    };
    const changes = plan.resource_changes.map((one) =>
      one.address === 'aws_iam_role_policy.roles'
        ? { ...one, change: { ...one.change, after_sensitive: { policy: true } } }
        : one,
    );
    const [found] = judgementsOf(ESCALATION, JSON.stringify({ ...plan, resource_changes: changes }));
    expect(found?.status).toBe('introduced');
    expect(JSON.stringify([found?.message, found?.evidence])).not.toContain('PutRolePolicy');
  });
});

describe('several policies about one principal', () => {
  test('the path speaks, what it is made of stands beside it', () => {
    const before = policyText(allow('iam:PassRole'), deny('iam:*'));
    const plan = [role('ci', ROOT), inline('functions', FUNCTIONS, FUNCTIONS), inline('roles', before, PASS)];
    const found = judgementsOf(IDENTITY, planOf(plan));
    expect(found.map(({ policy, severity, also }) => [policy.id, severity, also.map(({ id }) => id)])).toEqual([
      ['iam/privilege-escalation', 'high', ['iam/deny-or-condition-removed', 'iam/simulator-allows-sensitive-action']],
    ]);
  });
});
