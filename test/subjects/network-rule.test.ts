import { describe, expect, it } from 'vitest';
import { networkRule } from '../../src/subjects/network/network-rule.ts';
import type { Subject } from '../../src/subjects/subject.ts';
import { buildWorlds } from '../../src/world/build.ts';
import { noExpressions } from '../../src/world/expressions.ts';
import { changeOf, planOf } from '../support/plan.ts';
import { REVIEW, build, readable } from './worlds.ts';
import type { Piece } from './worlds.ts';

const group = (before: object | null, after: object | null, more: Partial<Piece> = {}): Piece => ({
  address: 'aws_security_group.web',
  before: before && { id: 'sg-1', name: 'web', vpc_id: 'vpc-1', ingress: [], egress: [], ...before },
  after: after && { id: 'sg-1', name: 'web', vpc_id: 'vpc-1', ingress: [], egress: [], ...after },
  configured: ['name', 'vpc_id'],
  ...more,
});

const inline = (from: number, to: number, ...cidrs: string[]): object => ({
  protocol: 'tcp',
  from_port: from,
  to_port: to,
  cidr_blocks: cidrs,
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  security_groups: [],
  self: false,
});

const oldForm = (from: number, to: number, ...cidrs: string[]): object => ({
  security_group_id: 'sg-1',
  type: 'ingress',
  protocol: 'tcp',
  from_port: from,
  to_port: to,
  cidr_blocks: cidrs,
});

const newForm = (from: number, to: number, cidr: string): object => ({
  security_group_id: 'sg-1',
  ip_protocol: '6',
  from_port: from,
  to_port: to,
  cidr_ipv4: cidr,
});

/** Slice → ports and source, on one side. */
const told = (pieces: readonly Piece[], side: 'before' | 'after'): string[] =>
  [...build(networkRule, pieces)[side].values()].map((subject) => {
    const { direction, slice, ports, source } = readable(subject);
    return `${String(direction)} ${String(slice)} in ${String(ports)} from ${String(source)}`;
  });

describe('network-rule', () => {
  it('reads every resource form alike', () => {
    const expected = ['ingress tcp/22 in tcp/22 from the whole internet (0.0.0.0/0)'];
    const world = '0.0.0.0/0';
    const forms: Piece[][] = [
      [group({}, { ingress: [inline(22, 22, world)] }, { configured: ['ingress'] })],
      [group({}, {}), { address: 'aws_security_group_rule.ssh', after: oldForm(22, 22, world) }],
      [group({}, {}), { address: 'aws_vpc_security_group_ingress_rule.ssh', after: newForm(22, 22, world) }],
      [{ address: 'aws_vpc_security_group_ingress_rule.ssh', after: newForm(22, 22, world) }],
    ];
    for (const form of forms) expect(told(form, 'after')).toEqual(expected);
  });

  it('unites the sources of a port over all resources', () => {
    const pieces = [
      group({}, { ingress: [inline(22, 22, '0.0.0.0/1')] }, { configured: ['ingress'] }),
      { address: 'aws_vpc_security_group_ingress_rule.half', after: newForm(22, 22, '128.0.0.0/1') },
    ];
    expect(told(pieces, 'after')).toEqual(['ingress tcp/22 in tcp/22 from the whole internet (0.0.0.0/0)']);
  });

  it('has the same ids on both sides and shows the whole open range', () => {
    const pieces = [
      group({}, {}),
      {
        address: 'aws_security_group_rule.web',
        before: oldForm(22, 22, '0.0.0.0/0'),
        after: oldForm(0, 65_535, '0.0.0.0/0'),
      },
    ];
    const { before, after } = build(networkRule, pieces);
    expect([...before.keys()].every((id) => after.has(id))).toBe(true);
    expect(told(pieces, 'before')).toEqual(['ingress tcp/22 in tcp/22 from the whole internet (0.0.0.0/0)']);
    expect(told(pieces, 'after')).toEqual([
      'ingress tcp/0-21 in tcp/0-65535 from the whole internet (0.0.0.0/0)',
      'ingress tcp/22 in tcp/0-65535 from the whole internet (0.0.0.0/0)',
      'ingress tcp/23-65535 in tcp/0-65535 from the whole internet (0.0.0.0/0)',
    ]);
  });

  it('does not count the copies that a refresh writes into the group', () => {
    const mirrored = { ingress: [inline(22, 22, '0.0.0.0/0')] };
    const pieces = [
      group(mirrored, mirrored),
      {
        address: 'aws_security_group_rule.ssh',
        before: oldForm(22, 22, '0.0.0.0/0'),
        after: oldForm(22, 22, '10.0.0.0/8'),
      },
    ];
    expect(told(pieces, 'after')).toEqual(['ingress tcp/22 in tcp/22 from 10.0.0.0/8']);
    expect(
      told(
        [
          pieces[0] ?? group({}, {}),
          { address: 'aws_security_group_rule.ssh', before: oldForm(22, 22, '0.0.0.0/0'), after: null },
        ],
        'after',
      ),
    ).toEqual([]);
  });

  it('keeps inline rules that merely left the configuration, since AWS keeps them', () => {
    const deployed = { ingress: [inline(22, 22, '10.0.0.0/8')] };
    const pieces = [
      group(deployed, deployed),
      { address: 'aws_vpc_security_group_ingress_rule.ssh', after: newForm(22, 22, '10.0.0.0/8') },
    ];
    expect(told(pieces, 'before')).toEqual(told(pieces, 'after'));
  });

  it('tells causes with the block that stands there, touched and widest first', () => {
    const pieces = [
      group({}, {}),
      {
        address: 'aws_security_group_rule.old',
        before: oldForm(22, 22, '0.0.0.0/1'),
        after: oldForm(22, 22, '0.0.0.0/1'),
      },
      { address: 'aws_vpc_security_group_ingress_rule.office', after: newForm(22, 22, '192.0.2.0/24') },
      { address: 'aws_vpc_security_group_ingress_rule.half', after: newForm(22, 22, '128.0.0.0/1') },
    ];
    const [subject] = build(networkRule, pieces).after.values();
    expect(subject?.address).toBe('aws_vpc_security_group_ingress_rule.half');
    expect(subject?.attribute).toBe('cidr_ipv4');
    expect(subject?.causes).toEqual([
      { address: 'aws_vpc_security_group_ingress_rule.half', path: ['cidr_ipv4'], hint: '128.0.0.0/1' },
      { address: 'aws_vpc_security_group_ingress_rule.office', path: ['cidr_ipv4'], hint: '192.0.2.0/24' },
      { address: 'aws_security_group_rule.old', path: ['cidr_blocks'], hint: '0.0.0.0/1' },
    ]);
  });

  it('takes a rule without known group for one of the group it refers to', () => {
    const pieces: Piece[] = [
      {
        address: 'aws_security_group.web',
        after: { name: 'web' },
        unknown: { id: true, ingress: true, egress: true },
        configured: ['name'],
      },
      {
        address: 'aws_security_group_rule.ssh',
        after: { type: 'ingress', protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'] },
        unknown: { security_group_id: true, source_security_group_id: true },
        configured: ['type', 'protocol', 'from_port', 'to_port', 'cidr_blocks'],
        refers: { security_group_id: ['aws_security_group.web.id', 'aws_security_group.web'] },
      },
    ];
    const [subject] = build(networkRule, pieces).after.values();
    expect(subject && readable(subject)).toMatchObject({
      group: 'aws_security_group.web',
      source: 'the whole internet (0.0.0.0/0)',
    });
  });

  it('knows that a group is never the world, and says so when addresses are not known', () => {
    const rule = { security_group_id: 'sg-1', type: 'ingress', protocol: 'tcp', from_port: 22, to_port: 22 };
    const byGroup: Piece[] = [
      { address: 'aws_security_group_rule.a', after: { ...rule, source_security_group_id: 'sg-2' } },
    ];
    const unknown: Piece[] = [{ address: 'aws_security_group_rule.a', after: rule, unknown: { cidr_blocks: true } }];
    expect(told(byGroup, 'after')).toEqual(['ingress tcp/22 in tcp/22 from security group sg-2']);
    expect(told(unknown, 'after')).toEqual([
      'ingress tcp/22 in tcp/22 from something not known yet (it is known only after apply)',
    ]);
  });

  it('reads protocol -1 and ICMP for what they are', () => {
    const rule = {
      security_group_id: 'sg-1',
      ip_protocol: '-1',
      cidr_ipv4: '0.0.0.0/0',
      from_port: null,
      to_port: null,
    };
    expect(told([{ address: 'aws_vpc_security_group_ingress_rule.all', after: rule }], 'after')).toEqual([
      'ingress every port of every protocol in every port of every protocol from the whole internet (0.0.0.0/0)',
    ]);
    const ping = { ...rule, ip_protocol: 'icmp', from_port: 8, to_port: -1 };
    expect(told([{ address: 'aws_vpc_security_group_ingress_rule.ping', after: ping }], 'after')).toEqual([
      'ingress icmp/type 8 in icmp/type 8 from the whole internet (0.0.0.0/0)',
    ]);
  });

  it('resolves prefix lists of the plan and blames the entry that changed', () => {
    const list = (...cidrs: string[]): object => ({
      id: 'pl-1',
      name: 'offices',
      entry: cidrs.map((cidr) => ({ cidr, description: '' })),
    });
    const rule = { ...newForm(22, 22, ''), cidr_ipv4: null, prefix_list_id: 'pl-1' };
    const pieces: Piece[] = [
      {
        address: 'aws_ec2_managed_prefix_list.offices',
        before: list('192.0.2.0/24'),
        after: list('192.0.2.0/24', '0.0.0.0/0'),
      },
      { address: 'aws_vpc_security_group_ingress_rule.ssh', before: rule, after: rule },
    ];
    const { before, after } = build(networkRule, pieces);
    expect([...before.values()].map((subject) => readable(subject)['source'])).toEqual(['192.0.2.0/24']);
    const [subject] = after.values();
    expect(subject && readable(subject)['source']).toBe('the whole internet (0.0.0.0/0)');
    expect(subject?.touched).toBe(true);
    expect(subject?.causes[0]).toEqual({
      address: 'aws_ec2_managed_prefix_list.offices',
      path: ['entry', 1, 'cidr'],
      hint: '0.0.0.0/0',
    });
  });

  it('does not judge a prefix list nobody can see', () => {
    const rule = { ...newForm(22, 22, ''), cidr_ipv4: null, prefix_list_id: 'pl-9' };
    expect(told([{ address: 'aws_vpc_security_group_ingress_rule.ssh', after: rule }], 'after')).toEqual([
      'ingress tcp/22 in tcp/22 from something not known yet (the entries of prefix list pl-9 are not in the plan)',
    ]);
  });

  it('pairs a group that is created anew', () => {
    const rules = { ingress: [inline(22, 22, '0.0.0.0/0')] };
    const pieces = [
      { ...group(rules, null), address: 'aws_security_group.old' },
      {
        ...group(null, { ...rules, id: undefined }),
        address: 'aws_security_group.new',
        configured: ['name', 'vpc_id', 'ingress'],
        unknown: { id: true },
      },
    ];
    const { before, after } = build(networkRule, pieces);
    expect([...before.keys()]).toEqual([...after.keys()]);
  });

  it('builds untouched groups only for an audit', () => {
    const rules = { ingress: [inline(22, 22, '0.0.0.0/0')] };
    const pieces = [group(rules, rules, { configured: ['ingress'] })];
    expect(build(networkRule, pieces).after.size).toBe(0);
    expect(build(networkRule, pieces, { ...REVIEW, audit: true }).after.size).toBe(1);
  });

  it('knows who uses a group', () => {
    const pieces: Piece[] = [
      group({}, { ingress: [inline(443, 443, '0.0.0.0/0')] }, { configured: ['ingress'] }),
      { address: 'aws_instance.app', after: { vpc_security_group_ids: ['sg-1'] } },
    ];
    const [subject] = build(networkRule, pieces).after.values();
    expect(subject?.object['users']).toEqual(['instance']);
  });
});

it('hides addresses that the plan marks as sensitive', () => {
  const change = (sensitive: object): object => ({
    resource_changes: [
      changeOf('aws_security_group_rule.a', ['create'], {
        after: oldForm(22, 22, '203.0.113.7/32'),
        after_sensitive: sensitive,
      }),
    ],
  });
  const subjectOf = (sensitive: object): Subject | undefined =>
    networkRule.build(buildWorlds(planOf(change(sensitive)), noExpressions), REVIEW).after[0];
  expect(subjectOf({ cidr_blocks: [true] })?.sensitive?.(['source'])).toBe(true);
  expect(subjectOf({ cidr_blocks: [true] })?.sensitive?.(['ports'])).toBe(false);
  expect(subjectOf({ from_port: true })?.sensitive?.(['slice'])).toBe(true);
  expect(subjectOf({})?.sensitive).toBeUndefined();
});
