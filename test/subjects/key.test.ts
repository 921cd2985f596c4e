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
    expect(found?.message).toBe('AWS deletes the key after its waiting period, and resources use it');
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
      { 'aws_kms_key.k': change({ enable_key_rotation: false, tags: {} }, { enable_key_rotation: false }) },
      ['kms/rotation-disabled persisting medium'],
    ],
    [
      'rotated every two years',
      { 'aws_kms_key.k': change({ rotation_period_in_days: 730 }) },
      ['kms/rotation-disabled introduced low'],
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
