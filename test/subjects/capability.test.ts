import { describe, expect, it, vi } from 'vitest';
import { parsePlanText } from '../../src/plan/parse.ts';
import { Unknown } from '../../src/plan/value.ts';
import type { Value } from '../../src/plan/value.ts';
import { capability } from '../../src/subjects/identity/capability.ts';
import type { Fact } from '../../src/subjects/subject.ts';
import { buildWorlds } from '../../src/world/build.ts';
import { noExpressions } from '../../src/world/expressions.ts';
import { allow, deny, judgementsOf, OPTIONS, planOf, policyText, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const MINE = [
  'iam/pass-role-unrestricted',
  'iam/permissions-management',
  'iam/data-or-credential-exposure',
  'iam/kms-decrypt-all-keys',
  'iam/wildcard-resource',
];
const ALL = [
  ...MINE,
  'iam/admin-policy',
  'iam/admin-managed-policy-attached',
  'iam/wildcard-action',
  'iam/policy-widened',
  'iam/deny-or-condition-removed',
];

type Options = Parameters<typeof reviewOf>[2];

const review = (instances: readonly Instance[], options: Options = {}, ids = MINE) =>
  reviewOf(ids, instances, options).map((line) => line.replace('iam/', '').replace(/ aws_\S+$/, ''));
const places = (instances: readonly Instance[]) => reviewOf(MINE, instances).map((line) => line.split(' ').at(-1));
const messages = (instances: readonly Instance[], ids = MINE) =>
  judgementsOf(ids, planOf(instances)).map(({ status, message }) => `${status}: ${message}`);

const ACCOUNT = '111122223333';
const trusted = policyText({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
const roleValues = {
  name: 'app',
  id: 'app',
  arn: `arn:aws:iam::${ACCOUNT}:role/app`,
  assume_role_policy: trusted,
  inline_policy: [],
  managed_policy_arns: [],
};
const role: Instance = { address: 'aws_iam_role.app', before: roleValues, after: roleValues };
const inline = (before: string | null, after: string | null, name = 'p', owner = 'app'): Instance => {
  const values = (policy: string | null) => (policy === null ? null : { name, role: owner, policy });
  return { address: `aws_iam_role_policy.${name}`, before: values(before), after: values(after) };
};
/** The role with one inline policy, before and after. */
const changed = (before: string | null, after: string | null): Instance[] => [role, inline(before, after)];
const attached = (policy: string, before: boolean, after: boolean, name = 'a'): Instance => {
  const values = { role: 'app', policy_arn: policy };
  return {
    address: `aws_iam_role_policy_attachment.${name}`,
    before: before ? values : null,
    after: after ? values : null,
  };
};
const aws = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

const NAMED = policyText(allow('s3:GetObject', 'arn:aws:s3:::a/*'));
const WRITE = policyText(allow(['dynamodb:PutItem', 'dynamodb:DeleteItem']));
const READ = policyText(allow('s3:GetObject'));
const ADMIN = policyText(allow('*'));

describe.each([
  ['pass-role-unrestricted', 'high', 'iam:PassRole'],
  ['permissions-management', 'medium', 's3:PutBucketPolicy'],
  ['data-or-credential-exposure', 'medium', 'secretsmanager:GetSecretValue'],
  ['kms-decrypt-all-keys', 'medium', 'kms:Decrypt'],
  ['wildcard-resource', 'medium', 'dynamodb:PutItem'],
])('%s', (id, severity, action) => {
  const wide = policyText(allow(action));
  const named = policyText(allow(action, 'arn:aws:x:eu-west-1:111122223333:one'));

  it('speaks when it is newly allowed on everything', () => {
    expect(review(changed(named, wide))).toEqual([`introduced ${severity} ${id}`]);
    expect(review([{ ...role, before: null }, inline(null, wide)])).toEqual([`introduced ${severity} ${id}`]);
  });

  it('is resolved the other way round, where it was', () => {
    expect(review(changed(wide, named))).toEqual([`resolved ${severity} ${id}`]);
    expect(review(changed(wide, null))).toEqual([`resolved ${severity} ${id}`]);
    expect(places(changed(wide, null))).toEqual(['aws_iam_role_policy.p']);
  });

  it('is silent about what is named, before and after', () => {
    expect(review(changed(named, policyText(allow(action, 'arn:aws:x:eu-west-1:111122223333:two'))))).toEqual([]);
  });

  it('is not new when it was there and something else changes', () => {
    const besides = policyText(allow(action), allow('s3:ListBucket', 'arn:aws:s3:::a'));
    expect(review(changed(wide, besides))).toEqual([`persisting ${severity} ${id}`]);
    expect(review(changed(policyText(allow([action, 's3:ListAllMyBuckets'])), wide))).toEqual([
      `persisting ${severity} ${id}`,
    ]);
  });

  it('hears a Deny and a boundary, and their end', () => {
    const denied = policyText(allow(action), deny(action));
    expect(review(changed(wide, denied))).toEqual([`resolved ${severity} ${id}`]);
    expect(review(changed(denied, wide))).toEqual([`introduced ${severity} ${id}`]);
    const edge: Instance = {
      address: 'aws_iam_policy.edge',
      before: { name: 'edge', arn: `arn:aws:iam::${ACCOUNT}:policy/edge`, policy: NAMED },
      after: { name: 'edge', arn: `arn:aws:iam::${ACCOUNT}:policy/edge`, policy: NAMED },
    };
    const bounded = { ...roleValues, permissions_boundary: `arn:aws:iam::${ACCOUNT}:policy/edge` };
    const [within, without] = [
      { ...role, after: bounded },
      { ...role, before: bounded },
    ];
    expect(review([edge, within, inline(wide, wide)])).toEqual([`resolved ${severity} ${id}`]);
    expect(review([edge, without, inline(wide, wide)])).toEqual([`introduced ${severity} ${id}`]);
  });

  it('cannot be told of a policy that is known only after apply', () => {
    const unknown: Instance = {
      address: 'aws_iam_role_policy.p',
      before: { name: 'p', role: 'app', policy: named },
      after: { name: 'p', role: 'app' },
      unknown: { policy: true },
      references: { policy: ['var.policy'] },
    };
    expect(reviewOf([`iam/${id}`], [role, unknown])).toEqual([
      `undetermined ${severity} iam/${id} aws_iam_role_policy.p`,
    ]);
  });

  it('is told of users, groups, permission sets and policies that nobody holds', () => {
    const of = (address: string, values: object): string[] => review([{ address, after: values }]);
    expect(of('aws_iam_user_policy.p', { name: 'p', user: 'eve', policy: wide })).toEqual([
      `introduced ${severity} ${id}`,
    ]);
    expect(of('aws_iam_group_policy.p', { name: 'p', group: 'ops', policy: wide })).toEqual([
      `introduced ${severity} ${id}`,
    ]);
    expect(
      of('aws_ssoadmin_permission_set_inline_policy.p', {
        permission_set_arn: 'arn:aws:sso:::permissionSet/a/b',
        instance_arn: 'arn:aws:sso:::instance/a',
        inline_policy: wide,
      }),
    ).toEqual([`introduced ${severity} ${id}`]);
    expect(of('aws_iam_policy.p', { name: 'p', policy: wide })).toEqual([`introduced ${severity} ${id}`]);
  });

  it('is let pass for whom the configuration names for emergencies', () => {
    expect(
      review([{ address: 'aws_iam_user_policy.p', after: { name: 'p', user: 'emergency-1', policy: wide } }]),
    ).toEqual([]);
  });
});

describe('what is new of it', () => {
  it('is told by itself, beside what lasts', () => {
    const more = policyText(allow(['s3:GetObject', 'secretsmanager:GetSecretValue']));
    expect(messages(changed(READ, more))).toEqual([
      'persisting: Role app may read data or take credentials everywhere: s3:GetObject on *',
      'introduced: Role app may read data or take credentials everywhere: secretsmanager:GetSecretValue on *',
    ]);
  });

  it('is nothing when the same is split, moved, reordered and narrowed', () => {
    const parts = [
      inline(null, policyText(allow('dynamodb:DeleteItem')), 'q'),
      inline(null, policyText(allow('dynamodb:PutItem', 'arn:aws:dynamodb:eu-west-1:*:table/*')), 'r'),
    ];
    expect(review([role, inline(WRITE, null), ...parts])).toEqual(['persisting medium wildcard-resource']);
    const policy: Instance = {
      address: 'aws_iam_policy.p',
      after: { name: 'p', arn: `arn:aws:iam::${ACCOUNT}:policy/p`, policy: WRITE },
    };
    const moved = [role, inline(WRITE, null), policy, attached(`arn:aws:iam::${ACCOUNT}:policy/p`, false, true)];
    expect(review(moved)).toEqual(['persisting medium wildcard-resource']);
    expect(review(changed(policyText(allow('dynamodb:*')), WRITE))).toEqual(['persisting medium wildcard-resource']);
  });

  it('is nothing in other regions than before', () => {
    const region = (name: string) => policyText(allow('dynamodb:PutItem', `arn:aws:dynamodb:${name}:*:table/*`));
    const denied = policyText(allow('dynamodb:PutItem'), deny('dynamodb:*', 'arn:aws:dynamodb:us-east-1:*:*'));
    expect(review(changed(denied, region('eu-west-1')))).toEqual(['persisting medium wildcard-resource']);
    expect(review(changed(region('eu-west-1'), denied))).toEqual(['persisting medium wildcard-resource']);
  });

  it('comes with a condition that goes, and goes with one that comes', () => {
    const tagged = policyText(
      allow('dynamodb:PutItem', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } }),
    );
    const open = policyText(allow('dynamodb:PutItem'));
    expect(review(changed(tagged, open))).toEqual(['introduced medium wildcard-resource']);
    expect(review(changed(open, tagged))).toEqual(['resolved medium wildcard-resource']);
  });

  it('is told at the attachment of a policy that stays, and where the plan changes something', () => {
    const policy = { name: 'p', arn: `arn:aws:iam::${ACCOUNT}:policy/p`, policy: WRITE };
    expect(
      places([role, { address: 'aws_iam_policy.p', before: policy, after: policy }, attached(policy.arn, false, true)]),
    ).toEqual(['aws_iam_role_policy_attachment.a']);
  });
});

describe('its words', () => {
  it('are names while they are few, and numbers by service when they are many', () => {
    expect(messages(changed(NAMED, WRITE))).toEqual([
      'introduced: Role app may change resources everywhere: dynamodb:PutItem, dynamodb:DeleteItem on *',
    ]);
    const many = policyText(allow(['sqs:*', 'sns:*']));
    expect(messages(changed(NAMED, many), ['iam/wildcard-resource'])).toEqual([
      expect.stringMatching(
        /everywhere: 8 write actions of sqs, \d write actions of sns, 2 tagging actions of sqs, 2 tagging actions of sns on \*$/,
      ),
    ]);
  });

  it('have the resources as they are written, and the conditions that are left', () => {
    const text = policyText(
      allow('dynamodb:PutItem', ['arn:aws:dynamodb:eu-west-1:*:table/*', 'arn:aws:dynamodb:eu-west-1:*:table/a'], {
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      }),
    );
    expect(messages(changed(NAMED, text))).toEqual([
      'introduced: Role app may change resources everywhere: dynamodb:PutItem on ' +
        'arn:aws:dynamodb:eu-west-1:*:table/*, under conditions on aws:MultiFactorAuthPresent',
    ]);
  });

  it('tell nothing of a policy that the plan marks as sensitive', () => {
    const plan = JSON.parse(planOf(changed(NAMED, policyText(allow('iam:PassRole'), allow('kms:Decrypt'))))) as {
      resource_changes: { address: string; change: { after_sensitive: unknown } }[];
    };
    for (const { address, change } of plan.resource_changes)
      if (address === 'aws_iam_role_policy.p') change.after_sensitive = { policy: true };
    const found = judgementsOf(MINE, JSON.stringify(plan));
    expect(found.map(({ message }) => message)).toEqual(['Role app may pass every role to every service: (sensitive)']);
    expect(found.flatMap(({ evidence }) => evidence.map(({ after }) => after))).toEqual([
      'Role app may decrypt with every key: (sensitive) on (sensitive)',
    ]);
  });
});

describe('an administrator', () => {
  it('is told to be one, and nothing else', () => {
    expect(review(changed(WRITE, ADMIN), {}, ALL)).toEqual(['introduced critical admin-policy']);
    expect(review(changed(ADMIN, policyText(allow('*'), allow(['s3:*', 'iam:*']))), {}, ALL)).toEqual([
      'persisting critical admin-policy',
    ]);
    expect(review([role, inline(null, WRITE), attached(aws('AdministratorAccess'), true, true)], {}, ALL)).toEqual([
      'persisting critical admin-managed-policy-attached',
    ]);
  });

  it('who keeps a part of it gains nothing, and what he loses is told once', () => {
    expect(review(changed(ADMIN, WRITE), {}, ALL)).toEqual([
      'persisting medium wildcard-resource',
      'resolved critical admin-policy',
    ]);
    expect(review(changed(ADMIN, NAMED), {}, ALL)).toEqual(['resolved critical admin-policy']);
    const taken = [role, inline(null, READ), attached(aws('AdministratorAccess'), true, false)];
    expect(review(taken, {}, ALL)).toEqual([
      'persisting medium data-or-credential-exposure',
      'resolved critical admin-managed-policy-attached',
    ]);
  });

  it('may turn out to be one only after apply: then that is the question', () => {
    const unknown: Instance = {
      address: 'aws_iam_role_policy.p',
      before: { name: 'p', role: 'app', policy: READ },
      after: { name: 'p', role: 'app' },
      unknown: { policy: true },
      references: { policy: ['var.policy'] },
    };
    expect(review([role, unknown], {}, ALL)).toEqual(['undetermined critical admin-policy']);
  });
});

describe('policies of AWS', () => {
  it('do not count, whether they come or stay', () => {
    expect(review([role, attached(aws('ReadOnlyAccess'), false, true)])).toEqual([]);
    expect(review([role, attached(aws('ReadOnlyAccess'), true, true), inline(null, NAMED)])).toEqual([]);
  });

  it('allow what is written down instead of them', () => {
    const copied = [role, attached(aws('AmazonDynamoDBFullAccess'), true, false), inline(null, WRITE)];
    expect(review(copied)).toEqual(['persisting medium wildcard-resource']);
    const more = [role, attached(aws('AmazonDynamoDBReadOnlyAccess'), true, false), inline(null, WRITE)];
    expect(review(more)).toEqual(['introduced medium wildcard-resource']);
  });

  it('are no improvement over the same words of the own', () => {
    expect(review([role, attached(aws('AmazonDynamoDBFullAccess'), false, true), inline(WRITE, null)])).toEqual([]);
    expect(review([role, attached(aws('AmazonSQSFullAccess'), false, true), inline(WRITE, null)])).toEqual([
      'resolved medium wildcard-resource',
    ]);
  });

  it('deny as others do', () => {
    expect(review([role, attached(aws('AWSDenyAll'), false, true), inline(WRITE, WRITE)])).toEqual([
      'resolved medium wildcard-resource',
    ]);
  });
});

describe('a wildcard that is told by itself', () => {
  const wide = policyText(allow(['s3:*', 'dynamodb:PutItem']));

  it('is one finding when it comes, with what it brings beside it', () => {
    const [found, ...others] = judgementsOf(ALL, planOf(changed(NAMED, wide)));
    expect(others).toEqual([]);
    expect(found?.policy.id).toBe('iam/wildcard-action');
    expect(found?.also.map(({ id }) => id)).toEqual([
      'iam/permissions-management',
      'iam/data-or-credential-exposure',
      'iam/wildcard-resource',
    ]);
  });

  it('is told once when it stays and when it goes', () => {
    const besides = policyText(allow(['s3:*', 'dynamodb:PutItem']), allow('sqs:SendMessage', 'arn:aws:sqs:*:*:q'));
    expect(review(changed(wide, besides), {}, ALL).filter((line) => !line.startsWith('introduced'))).toEqual([
      'persisting medium wildcard-resource',
      'persisting high wildcard-action',
    ]);
    expect(messages(changed(wide, besides))).toEqual([
      'persisting: Role app may change resources everywhere: dynamodb:PutItem on *',
    ]);
    expect(review(changed(wide, NAMED), {}, ALL)).toEqual([
      'resolved medium wildcard-resource',
      'resolved high wildcard-action',
    ]);
  });

  it('gives back what it brings when a Deny goes that kept it out', () => {
    const guarded = policyText(allow('s3:*'), deny('s3:GetObject*'));
    expect(review(changed(guarded, policyText(allow('s3:*'))))).toEqual([
      'introduced medium data-or-credential-exposure',
    ]);
  });

  it('is not told of permission sets, so what it brings is', () => {
    const set = (policy: string) => ({
      permission_set_arn: 'arn:aws:sso:::permissionSet/a/b',
      instance_arn: 'arn:aws:sso:::instance/a',
      inline_policy: policy,
    });
    const more = policyText(allow('sqs:*'), allow('s3:ListBucket', 'arn:aws:s3:::a'));
    expect(
      review(
        [
          {
            address: 'aws_ssoadmin_permission_set_inline_policy.p',
            before: set(policyText(allow('sqs:*'))),
            after: set(more),
          },
        ],
        {},
        [...MINE, 'iam/wildcard-action'],
      ),
    ).toEqual([
      'persisting medium permissions-management',
      'persisting medium data-or-credential-exposure',
      'persisting medium wildcard-resource',
    ]);
  });
});

describe('one principal', () => {
  it('is one finding, the gravest, with the others beside it', () => {
    const text = policyText(
      allow(['iam:PassRole', 's3:PutBucketPolicy', 's3:GetObject', 'kms:Decrypt', 'sqs:SendMessage']),
    );
    const found = judgementsOf(ALL, planOf(changed(NAMED, text)));
    expect(found.map(({ status, severity, policy }) => `${status} ${severity} ${policy.id}`)).toEqual([
      'introduced high iam/pass-role-unrestricted',
    ]);
    expect(found[0]?.also.map(({ id }) => id)).toEqual(MINE.slice(1));
  });

  it('is the group, not its members; who joins it gains what it has', () => {
    const group = (before: string, after: string): Instance => ({
      address: 'aws_iam_group_policy.g',
      before: { name: 'g', group: 'ops', policy: before },
      after: { name: 'g', group: 'ops', policy: after },
    });
    const membership = { user: 'eve', groups: ['ops'] };
    const member: Instance = { address: 'aws_iam_user_group_membership.m', before: membership, after: membership };
    expect(messages([group(NAMED, READ), member]).filter((line) => line.startsWith('introduced'))).toEqual([
      'introduced: Group ops may read data or take credentials everywhere: s3:GetObject on *',
    ]);
    expect(messages([group(READ, READ), { ...member, before: null }])).toEqual([
      'introduced: User eve may read data or take credentials everywhere: s3:GetObject on *',
    ]);
  });

  it('is no boundary, which only limits', () => {
    const edge = { name: 'edge', arn: `arn:aws:iam::${ACCOUNT}:policy/edge`, policy: WRITE };
    const bounded = { ...roleValues, permissions_boundary: edge.arn };
    expect(
      review([
        { address: 'aws_iam_policy.edge', after: edge },
        { ...role, after: bounded },
      ]),
    ).toEqual([]);
  });
});

describe('resources that the plan makes', () => {
  const told = (resources: readonly Value[], isHidden = false): Fact[] => {
    const worlds = buildWorlds(parsePlanText(planOf(changed(NAMED, READ)), 'plan.json'), noExpressions);
    for (const resource of worlds.after.resources('aws_iam_role_policy')) {
      const statement = { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: resources };
      vi.spyOn(resource, 'document').mockReturnValue({ Version: '2012-10-17', Statement: [statement] });
      vi.spyOn(resource, 'isSensitive').mockReturnValue(isHidden);
    }
    return capability.build(worlds, OPTIONS).after.map(({ object }) => object['held'] ?? null);
  };
  const arn = new Unknown(undefined, [{ address: 'aws_dynamodb_table.t', attribute: 'arn' }]);

  it('are named by what makes them', () => {
    expect(told([arn, '⟨ref:aws_dynamodb_table.t.arn⟩/index/*'])).toEqual([]);
  });

  it('are a question when nothing is known of them, told by the statement', () => {
    const because = 'a part of `Allow dynamodb:PutItem on (known after apply)` is known only after apply';
    expect(told([new Unknown()])).toEqual([new Unknown(because)]);
    expect(told([new Unknown()], true)).toEqual([new Unknown()]);
    expect(told([new Unknown(), '*'])).toEqual([true]);
  });
});

it('reads no documents of principals that the plan leaves alone, but for an audit', () => {
  const instances = ['app0', 'app1', 'app2'].flatMap((name, index): Instance[] => {
    const values = { ...roleValues, name, id: name, arn: `arn:aws:iam::${ACCOUNT}:role/${name}` };
    const policy = { name: 'p', role: name, policy: WRITE };
    return [
      { address: `aws_iam_role.${name}`, before: values, after: values },
      {
        address: `aws_iam_role_policy.${name}`,
        before: policy,
        after: index === 0 ? { ...policy, policy: READ } : policy,
      },
    ];
  });
  const worlds = buildWorlds(parsePlanText(planOf(instances), 'plan.json'), noExpressions);
  const read = new Set<string>();
  for (const resource of [worlds.before, worlds.after].flatMap((world) => world.resources('aws_iam_role_policy'))) {
    const document = resource.document.bind(resource);
    vi.spyOn(resource, 'document').mockImplementation((...path) => {
      read.add(resource.address);
      return document(...path);
    });
  }
  capability.build(worlds, OPTIONS);
  expect([...read]).toEqual(['aws_iam_role_policy.app0']);
  const found = reviewOf(MINE, instances, { audit: true });
  expect(found.filter((line) => line.startsWith('persisting'))).toEqual([
    'persisting medium iam/wildcard-resource aws_iam_role_policy.app1',
    'persisting medium iam/wildcard-resource aws_iam_role_policy.app2',
  ]);
});
