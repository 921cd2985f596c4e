import { describe, expect, it } from 'vitest';
import { news, smallPlan } from './worlds.ts';
import type { Piece } from './worlds.ts';

const still = (address: string, values: object): Piece => ({ address, before: values, after: values });

const VPC = still('aws_vpc.main', { id: 'vpc-1' });
const SUBNET = still('aws_subnet.data', { id: 'subnet-1', vpc_id: 'vpc-1' });
const GATEWAY = still('aws_internet_gateway.main', { id: 'igw-1', vpc_id: 'vpc-1' });
const TABLE = still('aws_route_table.data', { id: 'rtb-1', vpc_id: 'vpc-1', route: [] });
const ASSOCIATION = still('aws_route_table_association.data', {
  id: 'a-1',
  subnet_id: 'subnet-1',
  route_table_id: 'rtb-1',
});
const NETWORK = [VPC, SUBNET, GATEWAY, TABLE, ASSOCIATION];

const route = (destination: string, target: object): object => ({
  route_table_id: 'rtb-1',
  destination_cidr_block: destination,
  ...target,
});
const routed = (before: object | null, after: object | null): Piece => ({ address: 'aws_route.out', before, after });

const NAT = route('0.0.0.0/0', { nat_gateway_id: 'nat-1' });
const IGW = route('0.0.0.0/0', { gateway_id: 'igw-1' });

const said = (...pieces: Piece[]): string[] => news(smallPlan(pieces));
const PUBLIC = 'introduced high vpc/private-subnet-becomes-public aws_subnet.data';

describe('a subnet becomes public', () => {
  it('when a route is added or pointed from NAT to the internet gateway', () => {
    expect(said(...NETWORK, routed(null, IGW))).toEqual([PUBLIC]);
    expect(said(...NETWORK, routed(NAT, IGW))).toEqual([PUBLIC]);
  });

  it('when a gateway that is created in the same plan is the target', () => {
    const pieces: Piece[] = [
      { address: 'aws_internet_gateway.new', after: { vpc_id: 'vpc-1' }, unknown: { id: true } },
      {
        address: 'aws_route.out',
        after: { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0' },
        unknown: { gateway_id: true },
        refers: { gateway_id: ['aws_internet_gateway.new.id', 'aws_internet_gateway.new'] },
      },
    ];
    expect(said(VPC, SUBNET, TABLE, ASSOCIATION, ...pieces)).toEqual([PUBLIC]);
  });

  it('when an inline route is added', () => {
    const withRoute = { id: 'rtb-1', vpc_id: 'vpc-1', route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }] };
    const table: Piece = { address: 'aws_route_table.data', before: { ...withRoute, route: [] }, after: withRoute };
    expect(said(VPC, SUBNET, GATEWAY, table, ASSOCIATION)).toEqual([PUBLIC]);
  });

  it('when it is associated with a public table', () => {
    const table = still('aws_route_table.public', {
      id: 'rtb-2',
      route: [
        { cidr_block: '::/0', gateway_id: 'igw-1' },
        { ipv6_cidr_block: '::/0', gateway_id: 'igw-1' },
      ],
    });
    const association = {
      address: 'aws_route_table_association.data',
      before: { subnet_id: 'subnet-1', route_table_id: 'rtb-1' },
      after: { subnet_id: 'subnet-1', route_table_id: 'rtb-2' },
    };
    expect(said(VPC, SUBNET, GATEWAY, TABLE, table, association)).toEqual([PUBLIC]);
  });

  it('when the main table it falls back to is exchanged', () => {
    const table = still('aws_route_table.public', {
      id: 'rtb-2',
      route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }],
    });
    const main = {
      address: 'aws_main_route_table_association.main',
      before: { vpc_id: 'vpc-1', route_table_id: 'rtb-1' },
      after: { vpc_id: 'vpc-1', route_table_id: 'rtb-2' },
    };
    const touched = {
      address: 'aws_route.out',
      before: route('10.9.0.0/16', { gateway_id: 'vgw-1', route_table_id: 'rtb-2' }),
      after: route('10.8.0.0/16', { gateway_id: 'vgw-1', route_table_id: 'rtb-2' }),
    };
    expect(said(VPC, SUBNET, GATEWAY, TABLE, table, main, touched)).toEqual([PUBLIC]);
  });
});

describe('a subnet does not become public', () => {
  it.each([
    ['by NAT', route('0.0.0.0/0', { nat_gateway_id: 'nat-1' })],
    ['by a virtual private gateway', route('0.0.0.0/0', { gateway_id: 'vgw-1' })],
    ['by a private range', route('10.0.0.0/8', { gateway_id: 'igw-1' })],
    ['by one address', route('203.0.113.7/32', { gateway_id: 'igw-1' })],
  ])('%s', (_, target) => {
    expect(said(...NETWORK, routed(null, target))).toEqual([]);
  });

  it('by being created public', () => {
    const fresh: Piece = { address: 'aws_subnet.data', after: { id: 'subnet-1', vpc_id: 'vpc-1' } };
    expect(said(VPC, fresh, GATEWAY, TABLE, ASSOCIATION, routed(null, IGW))).toEqual([]);
  });

  it('when an inline route becomes a route of its own, mirrored or not', () => {
    const withRoute = { id: 'rtb-1', vpc_id: 'vpc-1', route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }] };
    const kept: Piece = {
      address: 'aws_route_table.data',
      before: withRoute,
      after: withRoute,
      configured: ['vpc_id'],
    };
    expect(said(VPC, SUBNET, GATEWAY, kept, ASSOCIATION, routed(null, IGW))).toEqual([]);
    const emptied: Piece = { address: 'aws_route_table.data', before: withRoute, after: { ...withRoute, route: [] } };
    expect(said(VPC, SUBNET, GATEWAY, emptied, ASSOCIATION, routed(null, IGW))).toEqual([]);
  });

  it('any more when the route goes, although the table still mirrors it', () => {
    const mirrored = { id: 'rtb-1', vpc_id: 'vpc-1', route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }] };
    const table: Piece = { address: 'aws_route_table.data', before: mirrored, after: mirrored, configured: ['vpc_id'] };
    expect(said(VPC, SUBNET, GATEWAY, table, ASSOCIATION, routed(IGW, NAT))).toEqual([]);
  });
});

it('reports the table alone when nobody can see its subnets', () => {
  expect(said(VPC, GATEWAY, TABLE, routed(NAT, IGW))).toEqual([
    'introduced medium vpc/private-subnet-becomes-public aws_route_table.data',
  ]);
});

it('cannot tell where a subnet falls back to when its main table is not in the plan', () => {
  const gone: Piece = {
    address: 'aws_route_table_association.data',
    before: { subnet_id: 'subnet-1', route_table_id: 'rtb-1' },
    after: null,
  };
  expect(said(VPC, SUBNET, GATEWAY, TABLE, gone)).toEqual([
    'undetermined high vpc/private-subnet-becomes-public aws_subnet.data',
  ]);
});
