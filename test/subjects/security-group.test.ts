import { describe, expect, it } from 'vitest';
import { securityGroup } from '../../src/subjects/network/security-group.ts';
import type { Subject } from '../../src/subjects/subject.ts';
import { build, readable } from './worlds.ts';
import type { Piece } from './worlds.ts';

const rule = (direction: string, cidr: string): Piece => ({
  address: `aws_vpc_security_group_${direction}_rule.one`,
  after: { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: cidr },
});

const trafficOf = (subject: Subject | undefined): unknown => subject && readable(subject)['traffic'];

describe('security-group', () => {
  it('takes a group of another state for one that exists already', () => {
    const { before, after } = build(securityGroup, [rule('ingress', '10.0.0.0/8')]);
    expect([...before.keys()]).toEqual(['sg-1|ingress', 'sg-1|egress']);
    expect(trafficOf(before.get('sg-1|ingress'))).toBe('nothing');
    expect(trafficOf(after.get('sg-1|ingress'))).toBe('tcp/443 from 10.0.0.0/8');
  });

  it('has no before when the plan creates the group', () => {
    const pieces: Piece[] = [
      { address: 'aws_security_group.new', after: { name: 'new', ingress: [], egress: [] }, unknown: { id: true } },
    ];
    expect(build(securityGroup, pieces).before.size).toBe(0);
    expect(build(securityGroup, pieces).after.size).toBe(2);
  });

  it('says where egress goes to', () => {
    const { after } = build(securityGroup, [rule('egress', '0.0.0.0/0')]);
    expect(trafficOf(after.get('sg-1|egress'))).toBe('tcp/443 to the whole internet (0.0.0.0/0)');
  });

  it.each([
    [
      'the adopted default group',
      { address: 'aws_default_security_group.main', after: { id: 'sg-1', vpc_id: 'vpc-1', ingress: [], egress: [] } },
    ],
    [
      'the default group of a VPC in the plan',
      { address: 'aws_vpc.main', after: { id: 'vpc-1', default_security_group_id: 'sg-1' } },
    ],
  ])('knows %s', (_, piece) => {
    const { after } = build(securityGroup, [piece, rule('ingress', '10.0.0.0/8')]);
    expect(after.get(`${[...after.keys()][0]}`)?.object['isDefault']).toBe(true);
  });

  it('knows a rule of the default group by what it refers to', () => {
    const pieces: Piece[] = [
      {
        address: 'aws_vpc.main',
        after: { cidr_block: '10.0.0.0/16' },
        unknown: { default_security_group_id: true, id: true },
        configured: ['cidr_block'],
      },
      {
        ...rule('ingress', '10.0.0.0/8'),
        after: { ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '10.0.0.0/8' },
        unknown: { security_group_id: true },
        refers: { security_group_id: ['aws_vpc.main.default_security_group_id', 'aws_vpc.main'] },
      },
    ];
    expect([...build(securityGroup, pieces).after.values()].every(({ object }) => object['isDefault'])).toBe(true);
  });
});
