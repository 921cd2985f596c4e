import { describe, expect, it } from 'vitest';
import { news, smallPlan } from './worlds.ts';
import type { Piece } from './worlds.ts';

const said = (...pieces: Piece[]): string[] => news(smallPlan(pieces));

describe('instance metadata service', () => {
  const instance = (before: object | null, after: object | null, more: Partial<Piece> = {}): Piece => ({
    address: 'aws_instance.app',
    before,
    after,
    ...more,
  });
  const options = (tokens: string, endpoint = 'enabled'): object => ({
    metadata_options: [{ http_tokens: tokens, http_endpoint: endpoint }],
  });
  const FRESH = instance(
    null,
    { instance_type: 't3.small' },
    { unknown: { metadata_options: true }, configured: ['instance_type'] },
  );

  it('is told when tokens become optional', () => {
    expect(said(instance(options('required'), options('optional')))).toEqual([
      'introduced high ec2/imdsv1-allowed aws_instance.app',
    ]);
    expect(said(instance(null, options('optional')))).toEqual(['introduced high ec2/imdsv1-allowed aws_instance.app']);
  });

  it('is told more mildly when a new instance says nothing', () => {
    expect(said(FRESH)).toEqual(['introduced medium ec2/imdsv1-allowed aws_instance.app']);
  });

  it('is fine when the account requires tokens', () => {
    const setting: Piece = {
      address: 'aws_ec2_instance_metadata_defaults.all',
      before: { http_tokens: 'required' },
      after: { http_tokens: 'required' },
    };
    expect(said(FRESH, setting)).toEqual([]);
  });

  it('is fine when the launch template requires tokens', () => {
    const template: Piece = {
      address: 'aws_launch_template.app',
      before: { id: 'lt-1', ...options('required') },
      after: { id: 'lt-1', ...options('required') },
    };
    const user = instance(
      null,
      { launch_template: [{ id: 'lt-1', version: '$Latest' }] },
      { unknown: { metadata_options: true }, configured: ['launch_template'] },
    );
    expect(said(template, user)).toEqual([]);
  });

  it('is fine when it is off, or required', () => {
    expect(said(instance(null, options('optional', 'disabled')))).toEqual([]);
    expect(said(instance(options('optional'), options('required')))).toEqual([
      'resolved high ec2/imdsv1-allowed aws_instance.app',
    ]);
  });
});

describe('EBS encryption by default', () => {
  const setting = (before: object | null, after: object | null, more: Partial<Piece> = {}): Piece => ({
    address: 'aws_ebs_encryption_by_default.this',
    before,
    after,
    ...more,
  });
  const lost = 'introduced high ebs/encryption-by-default-disabled aws_ebs_encryption_by_default.this';

  it('is told when it is turned off or destroyed', () => {
    expect(said(setting({ enabled: true }, { enabled: false }))).toEqual([lost]);
    expect(said(setting({ enabled: true }, null))).toEqual([lost]);
  });

  it('is told more mildly when it is created off', () => {
    expect(said(setting(null, { enabled: false }))).toEqual([lost.replace('high', 'medium')]);
  });

  it('stays on when it is merely forgotten, moved or created on', () => {
    expect(said(setting({ enabled: true }, null, { actions: ['forget'] }))).toEqual([]);
    expect(
      said(
        setting({ enabled: true }, null),
        setting(null, { enabled: true }, { address: 'aws_ebs_encryption_by_default.other' }),
      ),
    ).toEqual([]);
  });
});

describe('storage encryption', () => {
  const database = (address: string, values: object, configured: readonly string[] = Object.keys(values)): Piece => ({
    address,
    after: values,
    configured,
  });
  const told = (severity: string, address: string): string[] => [
    `introduced ${severity} rds/storage-unencrypted ${address}`,
  ];

  it.each([
    ['aws_db_instance.a', { storage_encrypted: false }, 'high'],
    ['aws_db_instance.a', { engine: 'postgres' }, 'high'],
    ['aws_db_instance.a', { replicate_source_db: 'x', storage_encrypted: false }, 'high'],
    ['aws_rds_cluster.a', { engine: 'aurora-mysql' }, 'low'],
    ['aws_rds_cluster.a', { storage_encrypted: false }, 'high'],
    ['aws_docdb_cluster.a', { engine: 'docdb' }, 'high'],
  ])('%s with %j is told as %s %s', (address, values, severity) => {
    expect(said(database(address, values))).toEqual(told(severity, address));
  });

  it.each([
    ['aws_db_instance.a', { storage_encrypted: true }],
    ['aws_db_instance.a', { replicate_source_db: 'arn:aws:rds:eu-central-1:1:db:x' }],
    ['aws_db_instance.a', { snapshot_identifier: 'snap' }],
    ['aws_rds_cluster.a', { engine_mode: 'serverless' }],
    ['aws_rds_cluster.a', { global_cluster_identifier: 'g' }],
  ])('%s with %j is fine', (address, values) => {
    expect(said(database(address, values))).toEqual([]);
  });
});

describe('publicly accessible databases', () => {
  const database = (before: boolean, after: boolean): Piece => ({
    address: 'aws_db_instance.main',
    before: {
      id: 'db',
      engine: 'postgres',
      storage_encrypted: true,
      publicly_accessible: before,
      vpc_security_group_ids: ['sg-1'],
    },
    after: {
      id: 'db',
      engine: 'postgres',
      storage_encrypted: true,
      publicly_accessible: after,
      vpc_security_group_ids: ['sg-1'],
    },
  });
  const open = {
    id: 'r',
    security_group_id: 'sg-1',
    ip_protocol: 'tcp',
    from_port: 5432,
    to_port: 5432,
    cidr_ipv4: '0.0.0.0/0',
  };
  const RULE: Piece = { address: 'aws_vpc_security_group_ingress_rule.db', before: open, after: open };

  it('are worse in an open group', () => {
    expect(said(database(false, true))).toEqual(['introduced high rds/publicly-accessible aws_db_instance.main']);
    expect(said(database(false, true), RULE)).toEqual([
      'introduced critical rds/publicly-accessible aws_db_instance.main',
    ]);
  });

  it('are told by the group when that is what opens', () => {
    expect(said(database(true, true), { ...RULE, before: null })).toEqual([
      'introduced critical rds/public-security-group aws_db_instance.main',
    ]);
  });

  it('are better without a public address', () => {
    expect(said(database(true, false))).toEqual(['resolved high rds/publicly-accessible aws_db_instance.main']);
  });
});
