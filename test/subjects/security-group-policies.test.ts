import { describe, expect, it } from 'vitest';
import { judge, news, smallPlan } from './worlds.ts';
import type { Piece } from './worlds.ts';

const rule = (name: string, from: number, to: number, cidr: string, group = 'sg-1'): object => ({
  id: name,
  security_group_id: group,
  ip_protocol: 'tcp',
  from_port: from,
  to_port: to,
  cidr_ipv4: cidr,
});

const change = (name: string, before: object | null, after: object | null): Piece => ({
  address: `aws_vpc_security_group_ingress_rule.${name}`,
  before,
  after,
});

const said = (...pieces: Piece[]): string[] => news(smallPlan(pieces));

const policy = (name: string): string => `security-group/ingress-${name}`;

describe('one finding per group, told by the worst', () => {
  it('lists the other ports with it', () => {
    const judgements = judge(
      smallPlan([
        change('ssh', null, rule('a', 22, 22, '0.0.0.0/0')),
        change('db', null, rule('b', 5432, 5432, '0.0.0.0/0')),
        change('web', null, rule('c', 443, 443, '0.0.0.0/0')),
      ]),
    );
    expect(judgements.map(({ policy: { id } }) => id)).toEqual([policy('open-to-world-admin-port')]);
    expect(judgements[0]?.evidence).toContainEqual({
      label: 'open to the internet',
      before: null,
      after: 'tcp/22, tcp/443, tcp/5432',
    });
  });

  it('is one per group', () => {
    expect(
      said(
        change('one', null, rule('a', 22, 22, '0.0.0.0/0')),
        change('two', null, rule('b', 22, 22, '0.0.0.0/0', 'sg-2')),
      ),
    ).toHaveLength(2);
  });
});

describe('narrowing is never widening', () => {
  it.each([
    ['0-65535 to 22', rule('a', 0, 65_535, '0.0.0.0/0'), rule('a', 22, 22, '0.0.0.0/0')],
    ['22-25 to 22', rule('a', 22, 25, '0.0.0.0/0'), rule('a', 22, 22, '0.0.0.0/0')],
    ['world to half of it', rule('a', 22, 22, '0.0.0.0/0'), rule('a', 22, 22, '128.0.0.0/1')],
    ['world to a provider', rule('a', 22, 22, '0.0.0.0/0'), rule('a', 22, 22, '8.0.0.0/8')],
    ['/8 to /16', rule('a', 22, 22, '10.0.0.0/8'), rule('a', 22, 22, '10.1.0.0/16')],
  ])('%s', (_, before, after) => {
    expect(said(change('a', before, after)).filter((line) => !line.startsWith('resolved'))).toEqual([]);
  });
});

describe('widening is told once', () => {
  it.each([
    [
      '22 to all ports',
      rule('a', 22, 22, '0.0.0.0/0'),
      rule('a', 0, 65_535, '0.0.0.0/0'),
      `introduced critical ${policy('open-to-world-all-ports')}`,
    ],
    [
      'a few ports to many',
      rule('a', 8000, 8010, '0.0.0.0/0'),
      rule('a', 8000, 8030, '0.0.0.0/0'),
      `introduced high ${policy('open-to-world-port-range')}`,
    ],
    [
      'office to world',
      rule('a', 22, 22, '192.0.2.0/24'),
      rule('a', 22, 22, '0.0.0.0/0'),
      `introduced critical ${policy('open-to-world-admin-port')}`,
    ],
    [
      'office to a provider',
      rule('a', 22, 22, '192.0.2.0/24'),
      rule('a', 22, 22, '8.0.0.0/8'),
      `introduced medium ${policy('open-to-broad-cidr')}`,
    ],
    [
      'half the world to all of it',
      rule('a', 22, 22, '0.0.0.0/1'),
      rule('a', 22, 22, '0.0.0.0/0'),
      `introduced medium ${policy('widened')}`,
    ],
    [
      'a /16 to a /8',
      rule('a', 22, 22, '10.0.0.0/16'),
      rule('a', 22, 22, '10.0.0.0/8'),
      `introduced low ${policy('widened')}`,
    ],
  ])('%s', (_, before, after, expected) => {
    expect(said(change('a', before, after))).toEqual([`${expected} aws_vpc_security_group_ingress_rule.a`]);
  });

  it('says an opened neighbour by what it is, not by what was open before', () => {
    const lines = said(change('a', rule('a', 22, 22, '0.0.0.0/0'), rule('a', 21, 22, '0.0.0.0/0')));
    expect(lines).toEqual([
      `introduced high ${policy('open-to-world-file-or-mail-port')} aws_vpc_security_group_ingress_rule.a`,
    ]);
  });
});

describe('the same rules written otherwise', () => {
  const world = (address: string, before: object | null, after: object | null): Piece => ({ address, before, after });

  it('are silent when one rule becomes two and two become one', () => {
    const halves = [rule('a', 22, 22, '0.0.0.0/1'), rule('b', 22, 22, '128.0.0.0/1')] as const;
    const whole = rule('c', 22, 22, '0.0.0.0/0');
    expect(said(change('a', halves[0], null), change('b', halves[1], null), change('c', null, whole))).toEqual([]);
    expect(said(change('c', whole, null), change('a', null, halves[0]), change('b', null, halves[1]))).toEqual([]);
  });

  it('are silent when an old rule becomes a new one', () => {
    const old = {
      security_group_id: 'sg-1',
      type: 'ingress',
      protocol: 'tcp',
      from_port: 22,
      to_port: 22,
      cidr_blocks: ['0.0.0.0/0'],
    };
    expect(
      said(world('aws_security_group_rule.a', old, null), change('a', null, rule('a', 22, 22, '0.0.0.0/0'))),
    ).toEqual([]);
  });

  it('are silent for host bits and IPv6 spellings', () => {
    const v6 = (cidr: string): object => ({ ...rule('a', 443, 443, ''), cidr_ipv4: null, cidr_ipv6: cidr });
    expect(said(change('a', rule('a', 22, 22, '10.0.0.1/8'), rule('a', 22, 22, '10.0.0.0/8')))).toEqual([]);
    expect(said(change('a', v6('0::/0'), v6('::/0')))).toEqual([]);
  });
});

describe('a back end in a group that is open to the world', () => {
  const cache = (groups: string[]): Piece => ({
    address: 'aws_elasticache_replication_group.sessions',
    before: { id: 'sessions', security_group_ids: ['sg-1'] },
    after: { id: 'sessions', security_group_ids: groups },
  });
  const open = rule('open', 6379, 6379, '0.0.0.0/0', 'sg-2');

  it('is told when it is put into the group', () => {
    expect(said(cache(['sg-2']), change('open', open, open))).toEqual([
      'introduced high security-group/sensitive-resource-in-world-open-group aws_elasticache_replication_group.sessions',
    ]);
  });

  it('is told when the group is opened', () => {
    expect(said(cache(['sg-1']), change('open', null, { ...open, security_group_id: 'sg-1' }))).toEqual([
      'introduced critical security-group/sensitive-resource-in-world-open-group aws_elasticache_replication_group.sessions',
    ]);
  });

  it('is not told for a port it does not listen on', () => {
    expect(
      said(
        cache(['sg-2']),
        change('open', { ...open, from_port: 443, to_port: 443 }, { ...open, from_port: 443, to_port: 443 }),
      ),
    ).toEqual([]);
  });
});

describe('a rule that Terraform forgets', () => {
  const open = rule('a', 22, 22, '0.0.0.0/0');

  it('is still open, so nothing is resolved', () => {
    const judgements = judge(smallPlan([{ ...change('a', open, null), actions: ['forget'] }]));
    expect(judgements.map(({ status, policy: { id } }) => `${status} ${id}`)).toEqual([
      `persisting ${policy('open-to-world-admin-port')}`,
    ]);
  });

  it('stays open with its forgotten group', () => {
    const inside = { protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'] };
    const group = {
      address: 'aws_security_group.a',
      before: { id: 'sg-1', name: 'a', ingress: [inside] },
      after: null,
      actions: ['forget'],
    };
    expect(said(group)).toEqual([]);
  });
});

describe('an inline rule with a group that is not created yet', () => {
  it('is no source from the internet', () => {
    const block = {
      protocol: 'tcp',
      from_port: 22,
      to_port: 22,
      cidr_blocks: [],
      ipv6_cidr_blocks: [],
      prefix_list_ids: [],
      self: false,
    };
    const group: Piece = {
      address: 'aws_security_group.a',
      before: { id: 'sg-1', name: 'a', ingress: [] },
      after: { id: 'sg-1', name: 'a', ingress: [block] },
      unknown: { ingress: [{ security_groups: true }] },
      refers: { ingress: ['aws_security_group.b.id', 'aws_security_group.b'] },
    };
    const other: Piece = {
      address: 'aws_security_group.b',
      after: { name: 'b' },
      unknown: { id: true, ingress: true, egress: true },
      configured: ['name'],
    };
    expect(said(group, other)).toEqual([`introduced low ${policy('widened')} aws_security_group.a`]);
  });
});

describe('rules that are not known before apply', () => {
  const group = (before: object[], unknown: object): Piece => ({
    address: 'aws_security_group.a',
    before: { id: 'sg-1', name: 'a', ingress: before },
    after: { id: 'sg-1', name: 'a' },
    unknown,
    refers: { ingress: ['data.http.offices.body', 'data.http.offices'] },
  });
  const open = { protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'] };

  it('are never taken for closed', () => {
    const lines = said(group([open], { ingress: true }));
    expect(lines.some((line) => line.startsWith('undetermined critical security-group/ingress-open-to-world'))).toBe(
      true,
    );
    expect(lines.filter((line) => line.startsWith('resolved'))).toEqual([]);
  });

  it('do not hide what is known to be open', () => {
    const wide = change('ssh', null, rule('r', 22, 22, '0.0.0.0/0'));
    expect(said(group([], { ingress: true }), wide)).toContain(
      `introduced critical ${policy('open-to-world-admin-port')} aws_vpc_security_group_ingress_rule.ssh`,
    );
  });
});
