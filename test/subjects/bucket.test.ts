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
      message:
        'The public access block of the bucket shop-exports loses switches: block_public_policy, restrict_public_buckets; a public policy would open it',
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

  test('graver only when the switch that goes off is the one that holds the door', () => {
    const acl = same({ bucket: 'shop-exports', acl: 'public-read' });
    const without = (some: object): Piece => ({ before: blockOf(), after: blockOf(some) });
    const severityOf = (some: object): string[] =>
      weakened({ 'aws_s3_bucket_public_access_block.p': without(some), 'aws_s3_bucket_acl.a': acl });
    expect(severityOf({ block_public_policy: false })).toEqual(['s3/public-access-block-weakened introduced high']);
    expect(severityOf({ ignore_public_acls: false })).toEqual(['s3/public-access-block-weakened introduced critical']);
  });

  test('the block of the account keeps a public policy out, too', () => {
    const [found] = judgementsOf(['s3/public-access'], {
      'aws_s3_bucket.b': same(BUCKET),
      'aws_s3_bucket_public_access_block.p': { before: blockOf() },
      'aws_s3_bucket_policy.p': same({ bucket: 'shop-exports', policy: PUBLIC_POLICY }),
      'aws_s3_account_public_access_block.a': same(ON),
    });
    expect(found?.severity).toBe('low');
    expect(found?.message).toBe(
      'The bucket shop-exports loses its public access block; its policy lets in everyone; a public ACL would open it; the block of the account still stands',
    );
  });

  test('a block of one account says nothing about a bucket that may be in another', () => {
    expect(
      weakened({
        'aws_s3_bucket_public_access_block.p': { before: blockOf() },
        'aws_s3_account_public_access_block.a': same({ ...ON, account_id: '111111111111' }),
        'aws_s3_account_public_access_block.b': same({ ...ON, account_id: '222222222222', block_public_acls: false }),
      }),
    ).toEqual(['s3/public-access-block-weakened introduced high']);
  });

  test('a block of the account that Terraform forgets stays', () => {
    expect(
      weakened({
        'aws_s3_bucket_public_access_block.p': { before: blockOf() },
        'aws_s3_account_public_access_block.a': { before: ON, actions: ['forget'] },
      }),
    ).toEqual(['s3/public-access-block-weakened introduced low']);
  });

  test('created again under another name with fewer switches', () => {
    expect(
      weakened({
        'aws_s3_bucket_public_access_block.p': { before: blockOf() },
        'aws_s3_bucket_public_access_block.q': { after: blockOf({ ignore_public_acls: false }) },
      }),
    ).toEqual(['s3/public-access-block-weakened introduced high']);
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

test('the public access blocks of several accounts are told apart', () => {
  const [one, two] = [
    { ...ON, account_id: '111111111111', id: '111111111111' },
    { ...ON, account_id: '222222222222', id: '222222222222' },
  ];
  const found = judgementsOf(['s3/account'], {
    'aws_s3_account_public_access_block.a': same({ ...one }),
    'aws_s3_account_public_access_block.b': { before: two, after: { ...two, block_public_policy: false } },
  });
  expect(found.map(({ message, subject }) => [subject.address, message])).toEqual([
    [
      'aws_s3_account_public_access_block.b',
      'The public access block of account 222222222222 loses switches: block_public_policy',
    ],
  ]);
});

test('the public access block of an account, created again under another name', () => {
  const old = { ...ON, account_id: '111111111111', id: '111111111111' };
  const again = (some: object): string[] =>
    told(['s3/account'], {
      'aws_s3_account_public_access_block.a': { before: old },
      'aws_s3_account_public_access_block.b': { after: { ...ON, ...some }, unknown: { account_id: true, id: true } },
    });
  expect(again({})).toEqual([]);
  expect(again({ restrict_public_buckets: false })).toEqual([
    's3/account-public-access-block-weakened introduced critical',
  ]);
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
      'a public one from the argument of old to a resource of its own',
      {
        'aws_s3_bucket.b': { before: { ...BUCKET, acl: 'public-read' }, after: BUCKET, expressions: {} },
        'aws_s3_bucket_acl.a': { after: acl('public-read') },
      },
      ['s3/acl-public persisting critical'],
    ],
    [
      'its resource deleted, which leaves the ACL in AWS',
      { 'aws_s3_bucket_acl.a': { before: acl('public-read') } },
      ['s3/acl-public persisting critical'],
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
    [
      'suspended by its first resource of its own',
      {
        'aws_s3_bucket.b': { ...same({ ...BUCKET, versioning: [{ enabled: true }] }), expressions: {} },
        'aws_s3_bucket_versioning.v': { after: { ...versioning('Suspended') } },
      },
      ['s3/versioning-suspended introduced high'],
    ],
    [
      'from the argument of old to a resource of its own',
      {
        'aws_s3_bucket.b': { ...same({ ...BUCKET, versioning: [{ enabled: true }] }), expressions: {} },
        'aws_s3_bucket_versioning.v': { after: { ...versioning('Enabled') } },
      },
      [],
    ],
    [
      'its resource deleted, while the bucket still shows the copy of what it set',
      {
        'aws_s3_bucket.b': { ...same({ ...BUCKET, versioning: [{ enabled: true }] }), expressions: {} },
        'aws_s3_bucket_versioning.v': { before: { ...versioning('Enabled') } },
      },
      ['s3/versioning-suspended introduced high'],
    ],
    [
      'the argument of old dropped, which changes nothing',
      {
        'aws_s3_bucket.b': {
          before: { ...BUCKET, versioning: [{ enabled: true }] },
          after: { ...BUCKET, versioning: [{ enabled: true }], tags: {} },
          expressions: {},
        },
      },
      [],
    ],
    [
      'of a bucket that only its name calls a log bucket',
      {
        'aws_s3_bucket.b': same({ ...BUCKET, bucket: 'shop-logs', id: 'shop-logs' }),
        'aws_s3_bucket_versioning.v': { before: { ...versioning('Enabled'), bucket: 'shop-logs' } },
      },
      ['s3/versioning-suspended introduced high'],
    ],
    [
      'of a bucket that receives access logs',
      {
        'aws_s3_bucket_logging.l': same({ bucket: 'shop-other', target_bucket: 'shop-exports' }),
        'aws_s3_bucket_versioning.v': { before: { ...versioning('Enabled') } },
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

test.each<[string, Piece, string]>([
  ['destroyed', { before: BUCKET }, 'The bucket shop-exports is destroyed; the apply fails while objects are in it'],
  [
    'destroyed with what is in it',
    { before: { ...BUCKET, force_destroy: true } },
    'The bucket shop-exports is destroyed with everything in it (force_destroy = true)',
  ],
  [
    'renamed',
    { before: BUCKET, after: { ...BUCKET, bucket: 'shop-files' }, actions: ['delete', 'create'] },
    'The bucket shop-exports is destroyed and replaced by shop-files; the apply fails while objects are in it',
  ],
  [
    'forgotten',
    { before: BUCKET, actions: ['forget'] },
    'Terraform no longer manages the bucket shop-exports, which stays in AWS with what is in it',
  ],
])('what is said of a bucket that is %s', (_, piece, expected) => {
  const [found] = judgementsOf(['s3/bucket-deleted'], { 'aws_s3_bucket.b': piece });
  expect(found?.message).toBe(expected);
});

test('a switch that is off is told even when another one is not known', () => {
  const [found, ...others] = judgementsOf(['s3/public-access'], {
    'aws_s3_bucket.b': same(BUCKET),
    'aws_s3_bucket_public_access_block.p': {
      before: blockOf(),
      after: blockOf({ ignore_public_acls: false, block_public_policy: undefined }),
      unknown: { block_public_policy: true },
      expressions: { block_public_policy: { references: ['var.open'] } },
    },
  });
  expect(others).toEqual([]);
  expect(found?.status).toBe('introduced');
  expect(found?.message).toBe(
    'The public access block of the bucket shop-exports loses switches: ignore_public_acls; a public ACL would open it',
  );
  expect(found?.evidence[0]?.after).toBe(
    'block_public_acls, restrict_public_buckets, block_public_policy (known after apply)',
  );
});

test('a policy that is not known leaves the sentence whole', () => {
  const [found] = judgementsOf(['s3/public-access'], {
    'aws_s3_bucket.b': same(BUCKET),
    'aws_s3_bucket_public_access_block.p': { before: blockOf() },
    'aws_s3_bucket_policy.p': {
      after: { bucket: 'shop-exports' },
      unknown: { policy: true },
      expressions: { policy: { references: ['var.policy'] } },
    },
  });
  expect(found?.message).toBe(
    'The bucket shop-exports loses its public access block; a public policy would open it; a public ACL would open it',
  );
});

test('a sensitive name is not shown', () => {
  const hidden = { sensitive: { bucket: true } };
  const found = judgementsOf(['s3/'], {
    'aws_s3_bucket.b': { before: BUCKET, ...hidden },
    'aws_s3_bucket_versioning.v': {
      before: { bucket: 'far-away', versioning_configuration: [{ status: 'Enabled' }] },
      ...hidden,
    },
  });
  expect(found.map(({ message }) => message)).toEqual([
    'Versioning of the bucket aws_s3_bucket_versioning.v is suspended, so overwrites and deletes become final',
    'The bucket aws_s3_bucket.b is destroyed; the apply fails while objects are in it',
  ]);
});

describe('a public policy behind a public access block', () => {
  const POLICY = { bucket: 'shop-exports', policy: PUBLIC_POLICY };
  const said = (pieces: Readonly<Record<string, Piece>>): string[] => told(['s3/bucket-policy-public'], pieces);

  test('all of them new and joined by name', () => {
    expect(
      said({
        'aws_s3_bucket.b': { after: { bucket: 'shop-exports' }, unknown: { id: true } },
        'aws_s3_bucket_public_access_block.p': { after: blockOf() },
        'aws_s3_bucket_policy.p': { after: POLICY },
      }),
    ).toEqual(['s3/bucket-policy-public introduced medium']);
  });

  test('that Terraform forgets', () => {
    expect(
      said({
        'aws_s3_bucket.b': same(BUCKET),
        'aws_s3_bucket_public_access_block.p': { before: blockOf(), actions: ['forget'] },
        'aws_s3_bucket_policy.p': same(POLICY),
      }),
    ).toEqual(['s3/bucket-policy-public persisting medium']);
  });

  test('of an account that may be another', () => {
    expect(
      said({
        'aws_s3_bucket.b': same(BUCKET),
        'aws_s3_account_public_access_block.a': same(ON),
        'aws_s3_account_public_access_block.b': same({
          ...ON,
          block_public_policy: false,
          restrict_public_buckets: false,
        }),
        'aws_s3_bucket_policy.p': { after: POLICY },
      }),
    ).toEqual(['s3/bucket-policy-public introduced high']);
  });
});

test('a finding about a switch points at the switch', () => {
  const piece = (address: string, some: object): Readonly<Record<string, Piece>> => ({
    [address]: { before: { ...ON, ...some }, after: { ...ON, ...some, ignore_public_acls: false } },
  });
  const found = judgementsOf(['s3/public-access', 's3/account'], {
    'aws_s3_bucket.b': same(BUCKET),
    ...piece('aws_s3_bucket_public_access_block.p', { bucket: 'shop-exports' }),
    ...piece('aws_s3_account_public_access_block.a', { account_id: '111111111111' }),
  });
  expect(found.map(({ attribute, subject: { causes } }) => [attribute, causes[0]?.path])).toEqual([
    ['ignore_public_acls', ['ignore_public_acls']],
    ['ignore_public_acls', ['ignore_public_acls']],
  ]);
});
