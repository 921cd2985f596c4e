import { describe, expect, it } from 'vitest';
import { news, smallPlan } from './worlds.ts';
import type { Piece } from './worlds.ts';

const VPC: Piece = { address: 'aws_vpc.main', before: { id: 'vpc-1' }, after: { id: 'vpc-1' } };
const LOG = {
  id: 'fl-1',
  vpc_id: 'vpc-1',
  traffic_type: 'ALL',
  log_destination: 'arn:aws:s3:::logs',
  max_aggregation_interval: 600,
};
const log = (name: string, before: object | null, after: object | null): Piece => ({
  address: `aws_flow_log.${name}`,
  before,
  after,
});

const said = (...pieces: Piece[]): string[] => news(smallPlan(pieces));

describe('flow logs', () => {
  it('are missed when the last one of a VPC is destroyed', () => {
    expect(said(VPC, log('a', LOG, null))).toEqual(['introduced high vpc/flow-log-deleted aws_flow_log.a']);
  });

  it('are missed less when Terraform only forgets one', () => {
    expect(said(VPC, { ...log('a', LOG, null), actions: ['forget'] })).toEqual([
      'introduced medium vpc/flow-log-deleted aws_flow_log.a',
    ]);
  });

  it('go with their VPC', () => {
    expect(said({ ...VPC, after: null }, log('a', LOG, null))).toEqual([]);
  });

  it('may move to another address', () => {
    expect(said(VPC, log('a', LOG, null), log('b', null, { ...LOG, id: undefined }))).toEqual([]);
  });

  it.each([
    ['rejected traffic is dropped', { traffic_type: 'ACCEPT' }, 'medium'],
    ['accepted traffic is dropped', { traffic_type: 'REJECT' }, 'low'],
    ['records go elsewhere', { log_destination: 'arn:aws:s3:::other' }, 'low'],
    ['a format with fewer fields is set', { log_format: '${srcaddr} ${dstaddr}' }, 'low'],
  ])('are weakened when %s', (_, changed, severity) => {
    expect(said(VPC, log('a', LOG, { ...LOG, ...changed }))).toEqual([
      `introduced ${severity} vpc/flow-log-weakened aws_flow_log.a`,
    ]);
  });

  it('are not weakened by more records', () => {
    expect(said(VPC, log('a', { ...LOG, traffic_type: 'REJECT' }, { ...LOG, max_aggregation_interval: 60 }))).toEqual(
      [],
    );
  });
});
