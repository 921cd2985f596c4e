import { describe, expect, test } from 'vitest';

import { judgementsOf, told } from './told.ts';
import type { Piece } from './told.ts';

const ARN = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const KEY = {
  arn: ARN,
  id: '11111111-2222-3333-4444-555555555555',
  is_enabled: true,
  enable_key_rotation: true,
  customer_master_key_spec: 'SYMMETRIC_DEFAULT',
  key_usage: 'ENCRYPT_DECRYPT',
  deletion_window_in_days: 7,
  rotation_period_in_days: 365,
};
const change = (some: object, from: object = {}): Piece => ({
  before: { ...KEY, ...from },
  after: { ...KEY, ...some },
});

describe('a key that goes', () => {
  test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
    ['destroyed', { 'aws_kms_key.k': { before: KEY } }, ['kms/key-deleted-or-replaced introduced critical']],
    [
      'replaced',
      { 'aws_kms_key.k': { ...change({ multi_region: true }), actions: ['delete', 'create'] } },
      ['kms/key-deleted-or-replaced introduced critical'],
    ],
    [
      'replaced, the new one first',
      { 'aws_kms_key.k': { ...change({ multi_region: true }), actions: ['create', 'delete'] } },
      ['kms/key-deleted-or-replaced introduced critical'],
    ],
    [
      'forgotten',
      { 'aws_kms_key.k': { before: KEY, actions: ['forget'] } },
      ['kms/key-deleted-or-replaced introduced medium'],
    ],
    ['moved', { 'aws_kms_key.l': { before: KEY, after: KEY, from: 'aws_kms_key.k' } }, []],
    [
      'a replica',
      { 'aws_kms_replica_key.k': { before: { ...KEY, enabled: true } } },
      ['kms/key-deleted-or-replaced introduced high'],
    ],
    [
      'a key store',
      { 'aws_kms_custom_key_store.s': { before: { id: 'cks-1' } } },
      ['kms/key-deleted-or-replaced introduced critical'],
    ],
  ])('%s', (_, pieces, expected) => {
    expect(told(['kms/key-deleted', 'kms/key-disabled', 'kms/rotation'], pieces)).toEqual(expected);
  });

  test('names what uses it, by ARN or by id', () => {
    const [found] = judgementsOf(['kms/key-deleted'], {
      'aws_kms_key.k': { before: KEY },
      'aws_db_instance.db': { before: { kms_key_id: ARN }, after: { kms_key_id: ARN } },
      'aws_s3_bucket_server_side_encryption_configuration.s': {
        before: { rule: [{ apply_server_side_encryption_by_default: [{ kms_master_key_id: KEY.id }] }] },
        after: {},
      },
      'aws_db_instance.other': { before: { kms_key_id: 'arn:other' }, after: { kms_key_id: 'arn:other' } },
    });
    expect(found?.message).toBe(
      'The KMS key aws_kms_key.k is destroyed: AWS deletes it after a waiting period of 7 days; aws_s3_bucket_server_side_encryption_configuration.s and aws_db_instance.db use it',
    );
    expect(found?.evidence).toEqual([
      { label: 'days until AWS deletes it', before: '7', after: null },
      {
        label: 'used by',
        before: 'aws_s3_bucket_server_side_encryption_configuration.s, aws_db_instance.db',
        after: null,
      },
    ]);
  });
});

describe('a key that is weakened', () => {
  test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
    ['disabled', { 'aws_kms_key.k': change({ is_enabled: false }) }, ['kms/key-disabled introduced high']],
    [
      'created disabled',
      { 'aws_kms_key.k': { after: { ...KEY, is_enabled: false } } },
      ['kms/key-disabled introduced info'],
    ],
    ['enabled again', { 'aws_kms_key.k': change({}, { is_enabled: false }) }, ['kms/key-disabled resolved high']],
    [
      'an external key disabled',
      { 'aws_kms_external_key.k': { before: { ...KEY, enabled: true }, after: { ...KEY, enabled: false } } },
      ['kms/key-disabled introduced high'],
    ],
    [
      'rotation off',
      { 'aws_kms_key.k': change({ enable_key_rotation: false }) },
      ['kms/rotation-disabled introduced high'],
    ],
    [
      'created without rotation',
      { 'aws_kms_key.k': { after: { ...KEY, enable_key_rotation: false } } },
      ['kms/rotation-disabled introduced medium'],
    ],
    [
      'never rotated',
      {
        'aws_kms_key.k': change({ enable_key_rotation: false, description: 'orders' }, { enable_key_rotation: false }),
      },
      ['kms/rotation-disabled persisting medium'],
    ],
    [
      'rotated every two years',
      { 'aws_kms_key.k': change({ rotation_period_in_days: 730 }) },
      ['kms/rotation-disabled introduced low'],
    ],
    [
      'rotated less often than before',
      { 'aws_kms_key.k': change({ rotation_period_in_days: 365 }, { rotation_period_in_days: 180 }) },
      ['kms/rotation-disabled introduced low'],
    ],
    [
      'rotated even less often',
      { 'aws_kms_key.k': change({ rotation_period_in_days: 900 }, { rotation_period_in_days: 730 }) },
      ['kms/rotation-disabled introduced low'],
    ],
    [
      'rotated every two years as before',
      {
        'aws_kms_key.k': change(
          { rotation_period_in_days: 730, description: 'orders' },
          { rotation_period_in_days: 730 },
        ),
      },
      ['kms/rotation-disabled persisting info'],
    ],
    [
      'created to rotate every two years',
      { 'aws_kms_key.k': { after: { ...KEY, rotation_period_in_days: 730 } } },
      ['kms/rotation-disabled introduced low'],
    ],
    [
      'rotated for the first time, every two years',
      { 'aws_kms_key.k': change({ rotation_period_in_days: 730 }, { enable_key_rotation: false }) },
      ['kms/rotation-disabled persisting info'],
    ],
    [
      'rotated nobody knows how often',
      {
        'aws_kms_key.k': {
          before: KEY,
          after: { ...KEY, rotation_period_in_days: undefined },
          unknown: { rotation_period_in_days: true },
          expressions: { rotation_period_in_days: { references: ['var.days'] } },
        },
      },
      ['kms/rotation-disabled undetermined medium'],
    ],
    ['rotated more often', { 'aws_kms_key.k': change({ rotation_period_in_days: 90 }) }, []],
    [
      'a signing key',
      {
        'aws_kms_key.k': {
          after: { ...KEY, enable_key_rotation: false, key_usage: 'SIGN_VERIFY', customer_master_key_spec: 'RSA_2048' },
        },
      },
      [],
    ],
    [
      'an HMAC key',
      {
        'aws_kms_key.k': {
          after: {
            ...KEY,
            enable_key_rotation: false,
            key_usage: 'GENERATE_VERIFY_MAC',
            customer_master_key_spec: 'HMAC_256',
          },
        },
      },
      [],
    ],
    [
      'an RSA encryption key',
      { 'aws_kms_key.k': { after: { ...KEY, enable_key_rotation: false, customer_master_key_spec: 'RSA_4096' } } },
      [],
    ],
    [
      'in a custom key store',
      { 'aws_kms_key.k': { after: { ...KEY, enable_key_rotation: false, custom_key_store_id: 'cks-1' } } },
      [],
    ],
    ['only tags', { 'aws_kms_key.k': change({ tags: { a: 'b' } }) }, []],
  ])('%s', (_, pieces, expected) => {
    expect(told(['kms/key-deleted', 'kms/key-disabled', 'kms/rotation'], pieces)).toEqual(expected);
  });
});

describe('what is said of a key', () => {
  const said = (pieces: Readonly<Record<string, Piece>>): string[] =>
    judgementsOf(['kms/key-d', 'kms/rotation'], pieces).map(({ message }) => message);
  const user = (name: string): Record<string, Piece> => ({
    [`aws_sqs_queue.${name}`]: { before: { kms_master_key_id: ARN }, after: { kms_master_key_id: ARN } },
  });

  test.each<[string, Readonly<Record<string, Piece>>, string]>([
    [
      'destroyed, without a window',
      { 'aws_kms_key.k': { before: { ...KEY, deletion_window_in_days: null } } },
      'The KMS key aws_kms_key.k is destroyed: AWS deletes it after a waiting period of 30 days',
    ],
    [
      'replaced',
      { 'aws_kms_key.k': { ...change({ multi_region: true }), actions: ['delete', 'create'] }, ...user('q') },
      'The KMS key aws_kms_key.k is replaced by a new one: AWS deletes the old one after a waiting period of 7 days; aws_sqs_queue.q uses it',
    ],
    [
      'forgotten',
      { 'aws_kms_key.k': { before: KEY, actions: ['forget'] } },
      'Terraform no longer manages the KMS key aws_kms_key.k, which stays in AWS as it is',
    ],
    [
      'a key store',
      { 'aws_kms_custom_key_store.s': { before: { id: 'cks-1' } } },
      'The custom key store aws_kms_custom_key_store.s is destroyed, and none of its keys can be used without it',
    ],
    [
      'used by many',
      {
        'aws_kms_key.k': change({ is_enabled: false }),
        ...user('a'),
        ...user('b'),
        ...user('c'),
        ...user('d'),
        ...user('e'),
      },
      'The KMS key aws_kms_key.k is disabled; aws_sqs_queue.a, aws_sqs_queue.b, aws_sqs_queue.c and 2 more use it',
    ],
    [
      'used by its alias',
      {
        'aws_kms_key.k': change({ is_enabled: false }),
        'aws_kms_alias.k': {
          before: { name: 'alias/orders', target_key_id: KEY.id },
          after: { name: 'alias/orders', target_key_id: KEY.id },
        },
        'aws_lambda_function.f': { before: { kms_key_arn: 'alias/orders' }, after: { kms_key_arn: 'alias/orders' } },
      },
      'The KMS key aws_kms_key.k is disabled; aws_kms_alias.k and aws_lambda_function.f use it',
    ],
    [
      'rotated less often',
      { 'aws_kms_key.k': change({ rotation_period_in_days: 730 }) },
      'AWS rotates the KMS key aws_kms_key.k only every 730 days',
    ],
  ])('%s', (_, pieces, expected) => {
    expect(said(pieces)).toEqual([expected]);
  });

  test('a key that goes is not thanked for its weakness', () => {
    expect(told(['kms/'], { 'aws_kms_key.k': { before: { ...KEY, enable_key_rotation: false } } })).toEqual([
      'kms/key-deleted-or-replaced introduced critical',
    ]);
  });
});

test.each<[object, string]>([
  [{ rotation_period_in_days: 730 }, 'rotation_period_in_days'],
  [{ enable_key_rotation: false }, 'enable_key_rotation'],
])('a finding about rotation points at the argument that changed: %o', (some, attribute) => {
  const [found] = judgementsOf(['kms/rotation'], { 'aws_kms_key.k': change(some) });
  expect(found?.attribute).toBe(attribute);
});
