import { describe, expect, test } from 'vitest';

import { judgementsOf, told } from './told.ts';
import type { Piece } from './told.ts';

const ON = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
const BUCKET = { bucket: 'shop-exports', id: 'shop-exports', force_destroy: false };
const same = (attributes: Piece['before'] & object): Piece => ({ before: attributes, after: attributes });
const blockOf = (some: object = {}): { bucket: string } => ({ bucket: 'shop-exports', ...ON, ...some });
const PUBLIC_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop-exports/*' }],
});

describe('the public access block of a bucket', () => {
  const weakened = (pieces: Readonly<Record<string, Piece>>): string[] =>
    told(['s3/public-access-block'], { 'aws_s3_bucket.b': same(BUCKET), ...pieces });

  test('deleted while the bucket stays', () => {
    expect(weakened({ 'aws_s3_bucket_public_access_block.p': { before: blockOf() } })).toEqual([
      's3/public-access-block-weakened introduced high',
    ]);
  });

  test('one switch off, all of them in one finding, at the resource that changes', () => {
    const [found, ...others] = judgementsOf(['s3/public-access'], {
      'aws_s3_bucket.b': same(BUCKET),
      'aws_s3_bucket_public_access_block.p': {
        before: blockOf(),
        after: blockOf({ block_public_policy: false, restrict_public_buckets: false }),
      },
    });
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      message: 'the public access block loses block_public_policy, restrict_public_buckets',
      subject: { address: 'aws_s3_bucket_public_access_block.p' },
    });
  });

  test('graver with a public policy, milder under the account’s block', () => {
    const piece = { 'aws_s3_bucket_public_access_block.p': { before: blockOf() } };
    expect(
      weakened({ ...piece, 'aws_s3_bucket_policy.p': same({ bucket: 'shop-exports', policy: PUBLIC_POLICY }) }),
    ).toEqual(['s3/public-access-block-weakened introduced critical']);
    expect(weakened({ ...piece, 'aws_s3_account_public_access_block.a': same(ON) })).toEqual([
      's3/public-access-block-weakened introduced low',
    ]);
  });

  test.each<[string, Readonly<Record<string, Piece>>]>([
    [
      'created again under another name with as many switches',
      {
        'aws_s3_bucket_public_access_block.p': { before: blockOf() },
        'aws_s3_bucket_public_access_block.q': { after: blockOf() },
      },
    ],
    [
      'moved',
      {
        'aws_s3_bucket_public_access_block.q': {
          before: blockOf(),
          after: blockOf(),
          from: 'aws_s3_bucket_public_access_block.p',
        },
      },
    ],
    [
      'deleted with its bucket',
      { 'aws_s3_bucket.b': { before: BUCKET }, 'aws_s3_bucket_public_access_block.p': { before: blockOf() } },
    ],
    [
      'tightened',
      { 'aws_s3_bucket_public_access_block.p': { before: blockOf({ block_public_acls: false }), after: blockOf() } },
    ],
    ['new', { 'aws_s3_bucket_public_access_block.p': { after: blockOf({ block_public_acls: false }) } }],
    [
      'new, with its bucket',
      { 'aws_s3_bucket.b': { after: BUCKET }, 'aws_s3_bucket_public_access_block.p': { after: blockOf() } },
    ],
  ])('silent: %s', (_, pieces) => {
    expect(weakened(pieces)).toEqual([]);
  });

  test('of a bucket in another stack', () => {
    expect(told(['s3/public-access-block'], { 'aws_s3_bucket_public_access_block.p': { before: blockOf() } })).toEqual([
      's3/public-access-block-weakened introduced high',
    ]);
  });

  test('forgotten stays in AWS', () => {
    expect(weakened({ 'aws_s3_bucket_public_access_block.p': { before: blockOf(), actions: ['forget'] } })).toEqual([
      's3/public-access-block-weakened introduced medium',
    ]);
  });

  test('destroyed in Terraform only (skip_destroy)', () => {
    expect(weakened({ 'aws_s3_bucket_public_access_block.p': { before: blockOf({ skip_destroy: true }) } })).toEqual([
      's3/public-access-block-weakened introduced medium',
    ]);
  });

  test('a switch that nobody knows yet', () => {
    const after = {
      bucket: 'shop-exports',
      block_public_acls: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    };
    expect(
      weakened({
        'aws_s3_bucket_public_access_block.p': {
          before: blockOf(),
          after,
          unknown: { block_public_policy: true },
          expressions: { block_public_policy: { references: ['var.open'] } },
        },
      }),
    ).toEqual(['s3/public-access-block-weakened undetermined high']);
  });
});

test.each<[string, Piece, string[]]>([
  ['deleted', { before: ON }, ['s3/account-public-access-block-weakened introduced critical']],
  [
    'one switch off',
    { before: ON, after: { ...ON, ignore_public_acls: false } },
    ['s3/account-public-access-block-weakened introduced critical'],
  ],
  ['forgotten', { before: ON, actions: ['forget'] }, ['s3/account-public-access-block-weakened introduced medium']],
  ['created', { after: { ...ON, ignore_public_acls: false } }, []],
  ['tightened', { before: { ...ON, ignore_public_acls: false }, after: ON }, []],
])('the account’s public access block, %s', (_, piece, expected) => {
  expect(told(['s3/account'], { 'aws_s3_account_public_access_block.a': piece })).toEqual(expected);
});

describe('access-control lists', () => {
  const acl = (name: string): { bucket: string; acl: string } => ({ bucket: 'shop-exports', acl: name });
  const grant = (permission: string, uri: string): object => ({
    bucket: 'shop-exports',
    access_control_policy: [{ grant: [{ permission, grantee: [{ type: 'Group', uri }] }] }],
  });
  const EVERYONE = 'http://acs.amazonaws.com/groups/global/AllUsers';

  test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
    [
      'made public',
      { 'aws_s3_bucket_acl.a': { before: acl('private'), after: acl('public-read') } },
      ['s3/acl-public introduced critical'],
    ],
    [
      'open to every AWS account',
      { 'aws_s3_bucket_acl.a': { after: acl('authenticated-read') } },
      ['s3/acl-public introduced critical'],
    ],
    [
      'writable by everyone',
      { 'aws_s3_bucket_acl.a': { after: { ...grant('WRITE', EVERYONE) } } },
      ['s3/acl-public introduced critical'],
    ],
    [
      'log delivery',
      { 'aws_s3_bucket_acl.a': { after: { ...grant('WRITE', 'http://acs.amazonaws.com/groups/s3/LogDelivery') } } },
      [],
    ],
    [
      'public but ignored',
      { 'aws_s3_bucket_acl.a': { after: acl('public-read') }, 'aws_s3_bucket_public_access_block.p': same(blockOf()) },
      ['s3/acl-public introduced high'],
    ],
    [
      'public write, ignored',
      {
        'aws_s3_bucket_acl.a': { after: acl('public-read-write') },
        'aws_s3_bucket_public_access_block.p': same(blockOf()),
      },
      ['s3/acl-public introduced critical'],
    ],
    [
      'made private',
      { 'aws_s3_bucket_acl.a': { before: acl('public-read'), after: acl('private') } },
      ['s3/acl-public resolved critical'],
    ],
    [
      'from the argument of old to a resource of its own',
      {
        'aws_s3_bucket.b': { before: { ...BUCKET, acl: 'private' }, after: BUCKET },
        'aws_s3_bucket_acl.a': { after: acl('private') },
      },
      [],
    ],
    [
      'an object',
      { 'aws_s3_object.o': { after: { bucket: 'shop-exports', key: 'k', acl: 'public-read' } } },
      ['s3/acl-public introduced high'],
    ],
  ])('%s', (_, pieces, expected) => {
    expect(told(['s3/acl'], { 'aws_s3_bucket.b': same(BUCKET), ...pieces })).toEqual(expected);
  });
});

describe('versioning', () => {
  const versioning = (status: string): object => ({ bucket: 'shop-exports', versioning_configuration: [{ status }] });

  test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
    [
      'suspended',
      { 'aws_s3_bucket_versioning.v': { before: { ...versioning('Enabled') }, after: { ...versioning('Suspended') } } },
      ['s3/versioning-suspended introduced high'],
    ],
    [
      'its resource deleted',
      { 'aws_s3_bucket_versioning.v': { before: { ...versioning('Enabled') } } },
      ['s3/versioning-suspended introduced high'],
    ],
    [
      'its resource forgotten',
      { 'aws_s3_bucket_versioning.v': { before: { ...versioning('Enabled') }, actions: ['forget'] } },
      [],
    ],
    [
      'enabled',
      { 'aws_s3_bucket_versioning.v': { before: { ...versioning('Suspended') }, after: { ...versioning('Enabled') } } },
      [],
    ],
    [
      'deleted with the bucket',
      { 'aws_s3_bucket.b': { before: BUCKET }, 'aws_s3_bucket_versioning.v': { before: { ...versioning('Enabled') } } },
      [],
    ],
    [
      'of a backup bucket',
      {
        'aws_s3_bucket.b': same({ ...BUCKET, bucket: 'shop-backups', id: 'shop-backups' }),
        'aws_s3_bucket_versioning.v': { before: { ...versioning('Enabled'), bucket: 'shop-backups' } },
      },
      ['s3/versioning-suspended introduced critical'],
    ],
  ])('%s', (_, pieces, expected) => {
    expect(told(['s3/versioning'], { 'aws_s3_bucket.b': same(BUCKET), ...pieces })).toEqual(expected);
  });
});

test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
  ['deleted', { 'aws_s3_bucket.b': { before: BUCKET } }, ['s3/bucket-deleted introduced high']],
  [
    'deleted with what is in it',
    { 'aws_s3_bucket.b': { before: { ...BUCKET, force_destroy: true } } },
    ['s3/bucket-deleted introduced critical'],
  ],
  [
    'replaced',
    { 'aws_s3_bucket.b': { before: BUCKET, after: { ...BUCKET, bucket: 'other' }, actions: ['delete', 'create'] } },
    ['s3/bucket-deleted introduced high'],
  ],
  [
    'forgotten',
    { 'aws_s3_bucket.b': { before: BUCKET, actions: ['forget'] } },
    ['s3/bucket-deleted introduced medium'],
  ],
  ['moved', { 'aws_s3_bucket.c': { before: BUCKET, after: BUCKET, from: 'aws_s3_bucket.b' } }, []],
  [
    'with state in it',
    { 'aws_s3_bucket.b': { before: { ...BUCKET, bucket: 'shop-tfstate', id: 'shop-tfstate' } } },
    ['s3/bucket-deleted introduced critical'],
  ],
  [
    'a directory bucket',
    { 'aws_s3_directory_bucket.b': { before: { bucket: 'shop--euc1-az1--x-s3', force_destroy: true } } },
    ['s3/bucket-deleted introduced critical'],
  ],
  [
    'called catalog, which is no log',
    { 'aws_s3_bucket.b': { before: { ...BUCKET, bucket: 'shop-catalog', id: 'shop-catalog' } } },
    ['s3/bucket-deleted introduced high'],
  ],
])('a bucket, %s', (_, pieces, expected) => {
  expect(told(['s3/bucket-deleted'], pieces)).toEqual(expected);
});
