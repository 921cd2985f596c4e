import { describe, expect, it } from 'vitest';
import { allow, deny, judgementsOf, planOf, policyText, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const IDS = ['organizations/scp-weakened', 'organizations/scp-detached-or-deleted', 'iam/policy-widened'];
const short = (lines: readonly string[]) => lines.map((line) => line.split(' ').slice(0, 3).join(' '));
const review = (...instances: Instance[]) => short(reviewOf(IDS, instances));
const messages = (...instances: Instance[]) => judgementsOf(IDS, planOf(instances)).map((one) => one.message);

const values = (name: string, statements: object[], more: object = {}) => ({
  id: `p-${name}`,
  name,
  type: 'SERVICE_CONTROL_POLICY',
  content: policyText(...statements),
  ...more,
});
const policy = (name: string, before: object[] | null, after: object[] | null, more: object = {}): Instance => ({
  address: `aws_organizations_policy.${name}`,
  before: before && values(name, before, more),
  after: after && values(name, after, more),
});
const attachment = (
  name: string,
  target: string,
  before: boolean,
  after: boolean,
  more: Partial<Instance> = {},
): Instance => {
  const attached = { policy_id: `p-${name}`, target_id: target };
  return {
    address: `aws_organizations_policy_attachment.${name}_${target}`,
    before: before ? attached : null,
    after: after ? attached : null,
    ...more,
  };
};

const trails = deny('cloudtrail:StopLogging');
const leaving = deny('organizations:LeaveOrganization');
const lost = ['introduced high organizations/scp-weakened'];

describe('a control policy', () => {
  it.each([
    ['loses a Deny', policy('g', [trails, leaving], [trails]), lost],
    [
      'excepts somebody',
      policy(
        'g',
        [trails],
        [
          deny('cloudtrail:StopLogging', '*', {
            Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ops' } },
          }),
        ],
      ),
      lost,
    ],
    [
      'lets more through',
      policy('g', [allow('s3:*')], [allow(['s3:*', 'bedrock:*'])]),
      ['introduced medium organizations/scp-weakened'],
    ],
    [
      'of resources loses a Deny',
      policy('g', [deny('s3:*', '*', { Principal: '*' })], [deny('s3:Put*', '*', { Principal: '*' })], {
        type: 'RESOURCE_CONTROL_POLICY',
      }),
      lost,
    ],
    ['denies more', policy('g', [trails], [trails, leaving]), []],
    [
      'is rewritten',
      policy('g', [trails, leaving], [deny(['organizations:LeaveOrganization', 'cloudtrail:StopLogging'])]),
      [],
    ],
    ['is no control policy', policy('g', [trails], [], { type: 'TAG_POLICY' }), []],
    ['has no type, which is a service control policy', policy('g', [trails], [], { type: null }), lost],
  ])('that %s', (_, instance, expected) => {
    expect(review(instance)).toEqual(expected);
  });

  it('tells what it loses', () => {
    expect(messages(policy('g', [trails, leaving], [trails]))).toEqual([
      'Control policy g loses Deny organizations:LeaveOrganization on *',
    ]);
  });

  it('loses nothing when the Deny moves to another policy of the same targets', () => {
    const moved = [policy('g', [trails, leaving], [trails]), policy('h', null, [leaving])];
    const first = [attachment('g', 'ou-1', true, true), attachment('h', 'ou-1', false, true)];
    expect(review(...moved, ...first)).toEqual([]);
    expect(review(...moved, ...first, attachment('g', 'ou-2', true, true))).toEqual(lost);
  });

  it('cannot be compared when it is known only after apply', () => {
    const { content: _content, ...rest } = values('g', []);
    const later: Instance = {
      ...policy('g', [trails], null),
      after: rest,
      unknown: { content: true },
      references: { content: ['var.guardrails'] },
    };
    expect(short(reviewOf(IDS, [later]))).toEqual(['undetermined medium organizations/scp-weakened']);
  });
});

describe('a control policy that is taken away', () => {
  const guard = policy('g', [trails], [trails]);
  const told = ['introduced high organizations/scp-detached-or-deleted'];

  it.each([
    ['from a target', [guard, attachment('g', 'ou-1', true, false)], told],
    [
      'from two targets, which is one finding',
      [guard, attachment('g', 'ou-1', true, false), attachment('g', 'ou-2', true, false)],
      told,
    ],
    ['and deleted', [policy('g', [trails], null), attachment('g', 'ou-1', true, false)], told],
    ['by deleting it where the plan attaches it nowhere', [policy('g', [trails], null)], told],
    ['and denied nothing', [policy('g', [allow('*')], null), attachment('g', 'ou-1', true, false)], []],
    [
      'and is no control policy',
      [policy('g', [], null, { type: 'TAG_POLICY' }), attachment('g', 'ou-1', true, false)],
      [],
    ],
    ['which is the one that allows everything', [attachment('FullAWSAccess', 'ou-1', true, false)], []],
    [
      'and replaced by one that denies as much',
      [
        guard,
        policy('h', [trails, leaving], [trails, leaving]),
        attachment('g', 'ou-1', true, false),
        attachment('h', 'ou-1', false, true),
      ],
      [],
    ],
    [
      'and attached again elsewhere in the configuration',
      [
        guard,
        attachment('g', 'ou-1', true, false),
        { ...attachment('g', 'ou-1', false, true), address: 'aws_organizations_policy_attachment.again' },
      ],
      [],
    ],
    [
      'by Terraform only',
      [guard, attachment('g', 'ou-1', true, false, { forgotten: true })],
      ['introduced medium organizations/scp-detached-or-deleted'],
    ],
    [
      'whose text is not in the plan',
      [attachment('unseen', 'ou-1', true, false)],
      ['undetermined high organizations/scp-detached-or-deleted'],
    ],
  ])('%s', (_, instances, expected) => {
    expect(review(...instances)).toEqual(expected);
  });

  it('tells from where', () => {
    expect(messages(guard, attachment('g', 'ou-1', true, false), attachment('g', 'ou-2', true, false))).toEqual([
      'The control policy g is detached from ou-1; The control policy g is detached from ou-2',
    ]);
  });
});
