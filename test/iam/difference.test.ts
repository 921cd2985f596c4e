import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/iam/difference/budget.ts';
import { gainsOf } from '../../src/iam/difference/difference.ts';
import { deniedBy, sideOf } from '../../src/iam/difference/side.ts';
import { Unknown } from '../../src/plan/value.ts';
import { allow, deny, gainsBetween, nothing, policy, proofOf, verdict, when, without } from './policies.ts';

const proofs = (...sides: Parameters<typeof gainsBetween>) => gainsBetween(...sides).regions.map(proofOf);

const BUCKET = 'arn:aws:s3:::reports';

describe('a reviewer is told nothing', () => {
  const whole = policy(allow(['s3:GetObject', 's3:ListBucket'], [BUCKET, `${BUCKET}/*`], { Sid: 'Read' }));

  it.each([
    [
      'when it is split by action',
      policy(allow('s3:GetObject', [BUCKET, `${BUCKET}/*`]), allow('s3:ListBucket', [`${BUCKET}/*`, BUCKET])),
    ],
    [
      'when it is split by resource',
      policy(allow(['s3:GetObject', 's3:ListBucket'], BUCKET), allow(['s3:listbucket', 'S3:GETOBJECT'], `${BUCKET}/*`)),
    ],
    [
      'when it says a thing twice',
      policy(...['A', 'B'].map((Sid) => allow(['s3:GetObject', 's3:ListBucket'], [BUCKET, `${BUCKET}/*`], { Sid }))),
    ],
  ])('%s', (_, other) => {
    expect(verdict(whole, other)).toBe('nothing');
    expect(verdict(other, whole)).toBe('nothing');
  });

  it.each([
    [
      'when a wildcard becomes actions',
      policy(allow('s3:*')),
      policy(allow(['s3:Get*', 's3:PutObject'], `${BUCKET}/*`)),
    ],
    ['when a resource is named', policy(allow('s3:GetObject')), policy(allow('s3:GetObject', `${BUCKET}/*`))],
    [
      'when a condition is added',
      policy(allow('s3:*')),
      policy(allow('s3:*', '*', when({ Bool: { 'aws:SecureTransport': 'true' } }))),
    ],
    ['when a Deny is added', policy(allow('s3:*')), policy(allow('s3:*'), deny('s3:DeleteObject'))],
    ['when an Allow goes', policy(allow('s3:*'), allow('ec2:*')), policy(allow('ec2:*'))],
    ['when all of it goes', policy(allow('*')), nothing],
    ['when what is added is denied', nothing, policy(allow('s3:*'), deny('s3:*'))],
    [
      'when what is added is denied piece by piece',
      nothing,
      policy(allow('s3:*'), deny('s3:*', `${BUCKET}*`), {
        ...without(deny('*'), 'Resource'),
        NotResource: `${BUCKET}*`,
      }),
    ],
    [
      'when NotAction leaves out more',
      policy({ ...without(allow('*'), 'Action'), NotAction: 'iam:*' }),
      policy({ ...without(allow('*'), 'Action'), NotAction: ['iam:*', 'sts:*'] }),
    ],
  ])('%s', (_, before, after) => {
    expect(verdict(before, after)).toBe('nothing');
  });

  it('when a wildcard is what several patterns are together', () => {
    const cut = policy(
      { ...without(allow('s3:*'), 'Resource'), NotResource: `${BUCKET}/a*` },
      allow('s3:*', [`${BUCKET}/a*`]),
    );
    expect(verdict(cut, policy(allow('s3:*')))).toBe('nothing');
    expect(verdict(policy(allow('*')), cut)).toBe('nothing');
  });
});

describe('what is gained', () => {
  it.each([
    [
      'an action',
      policy(allow('s3:GetObject')),
      policy(allow(['s3:GetObject', 's3:PutObject'])),
      's3:putobject on example',
    ],
    ['an action that AWS will add', policy(allow(['s3:Get*', 's3:Put*'])), policy(allow('s3:*')), 's3: on example'],
    [
      'a resource beside one with the same beginning',
      policy(allow('s3:*', BUCKET)),
      policy(allow('s3:*', `${BUCKET}*`)),
      `s3:example on ${BUCKET}example`,
    ],
    [
      'the objects of a bucket',
      policy(allow('s3:*', BUCKET)),
      policy(allow('s3:*', [BUCKET, `${BUCKET}/*`])),
      `s3:example on ${BUCKET}/example`,
    ],
    [
      'a resource in another case',
      policy(allow('s3:*', BUCKET)),
      policy(allow('s3:*', 'arn:aws:s3:::Reports')),
      's3:example on arn:aws:s3:::Reports',
    ],
    [
      'any region',
      policy(allow('sqs:*', 'arn:aws:sqs:eu-west-1:*:q')),
      policy(allow('sqs:*', 'arn:aws:sqs:*:*:q')),
      'sqs:example on arn:aws:sqs:::q',
    ],
    [
      'what NotAction no longer leaves out',
      policy({ ...without(allow('*'), 'Action'), NotAction: ['iam:*', 'sts:*'] }),
      policy({ ...without(allow('*'), 'Action'), NotAction: 'iam:*' }),
      'sts: on example',
    ],
    [
      'what NotResource no longer leaves out',
      policy({ ...without(allow('s3:*'), 'Resource'), NotResource: [BUCKET, `${BUCKET}/*`] }),
      policy({ ...without(allow('s3:*'), 'Resource'), NotResource: BUCKET }),
      `s3:example on ${BUCKET}/`,
    ],
    [
      'what a Deny kept out',
      policy(allow('s3:*'), deny('s3:DeleteObject')),
      policy(allow('s3:*')),
      's3:deleteobject on example',
    ],
    [
      'what a narrower Deny no longer keeps out',
      policy(allow('s3:*'), deny('s3:Delete*')),
      policy(allow('s3:*'), deny('s3:DeleteObject')),
      's3:delete on example',
    ],
  ])('is %s', (_, before, after, proof) => {
    expect(proofs(before, after)).toEqual([proof]);
  });

  it('is nothing on one side of a swap only', () => {
    const [left, right] = [policy(allow('s3:*')), policy(allow('ec2:*'))];
    expect(proofs(left, right)).toEqual(['ec2:example on example']);
    expect(proofs(right, left)).toEqual(['s3:example on example']);
  });

  it('names the statement that allows it', () => {
    const { regions } = gainsBetween(policy(allow('s3:*')), policy(allow('s3:*'), allow('ec2:*', '*', { Sid: 'New' })));
    expect(regions.map(({ statement }) => statement.sid)).toEqual(['New']);
  });

  it('is everything where nothing was', () => {
    expect(proofs(nothing, policy(allow('*')))).toEqual(['example on example']);
    expect(proofs(policy(deny('*')), policy(allow('*')))).toEqual(['example on example']);
  });
});

describe('ARNs', () => {
  const queues = (...arns: string[]) => policy(allow('sqs:SendMessage', arns));

  it.each([
    ['a star within one part', 'arn:aws:sqs:*:111122223333:q', 'arn:aws:sqs:eu-west-1:111122223333:q'],
    ['a star that ends a short ARN', 'arn:aws:sqs:*', 'arn:aws:sqs:eu-west-1:111122223333:q'],
    ['a star in the last part', 'arn:aws:sns:*:*:t*', 'arn:aws:sns:eu-west-1:111122223333:t:subscription'],
    ['the shortest', 'arn:*', 'arn:aws:sqs:*:*:q'],
  ])('%s covers what it matches', (_, wide, narrow) => {
    expect(verdict(queues(wide), queues(narrow))).toBe('nothing');
    expect(verdict(queues(narrow), queues(wide))).toBe('gained');
  });

  it('have stars that do not cross the first five colons', () => {
    expect(verdict(queues('arn:aws:sqs:*:q'), queues('arn:aws:sqs:eu-west-1:111122223333:q'))).toBe('gained');
    expect(verdict(queues('arn:aws:sqs:eu-west-1:*'), queues('arn:aws:sqs:eu-west-1:111122223333:q'))).toBe('nothing');
  });

  it('are no actions without resources: only a star is', () => {
    expect(verdict(queues('arn:*'), queues('*'))).toBe('gained');
    expect(proofs(queues('arn:*', '?*'), queues('*'))).toEqual([]);
    expect(proofs(policy({ ...without(allow('sqs:*'), 'Resource'), NotResource: '*' }), queues('*'))).toHaveLength(1);
  });
});

describe('a boundary', () => {
  const all = policy(allow('*'));
  const reads = policy(allow('s3:Get*'));
  const gains = (...sides: readonly [Parameters<typeof sideOf>, Parameters<typeof sideOf>]) =>
    gainsOf(sideOf(...sides[0]), sideOf(...sides[1])).regions.map(proofOf);

  it('limits what policies allow', () => {
    expect(gains([nothing], [all, reads])).toEqual(['s3:get on example']);
    expect(gains([nothing], [policy(allow('ec2:*')), reads])).toEqual([]);
    expect(gains([nothing], [all, nothing])).toEqual([]);
  });

  it('gains when it goes or is widened, and not when it comes', () => {
    expect(gains([all, reads], [all])).toHaveLength(1);
    expect(gains([all], [all, reads])).toEqual([]);
    expect(gains([all, reads], [all, policy(allow('s3:*'))])).toHaveLength(1);
    expect(gains([all, policy(allow('s3:*'))], [all, reads])).toEqual([]);
    expect(gains([all, reads], [policy(allow('s3:*')), reads])).toEqual([]);
  });

  it('denies as every policy does', () => {
    expect(gains([all, policy(allow('*'), deny('iam:*'))], [all, policy(allow('*'))])).toEqual(['iam: on example']);
    expect(gains([all, policy(allow('*'))], [all, policy(allow('*'), deny('iam:*'))])).toEqual([]);
  });
});

describe('Denies that are lost', () => {
  const tls = when({ Bool: { 'aws:SecureTransport': 'false' } });
  const lost = (...[before, after]: Parameters<typeof gainsBetween>) =>
    gainsOf(deniedBy(sideOf(after)), deniedBy(sideOf(before))).regions.map(proofOf);

  it('are told even where nothing allows what they denied', () => {
    expect(lost(policy(deny('s3:*', '*', tls)), nothing)).toEqual([
      's3:example on example with aws:securetransport=[false]',
    ]);
    expect(lost(policy(deny('s3:*', '*', tls)), policy(deny('*')))).toEqual([]);
    expect(lost(policy(deny('s3:*')), policy(deny('s3:*', '*', tls)))).toEqual([
      's3:example on example with aws:securetransport=[true]',
    ]);
  });
});

describe('policies that are too complex', () => {
  it('are undetermined, never equal', () => {
    // Overlapping stars: the texts that tell them apart multiply.
    const pattern = (n: number) => `*${n.toString(2).padStart(6, '0').replaceAll('', '*')}*`;
    const many = (from: number) => Array.from({ length: 24 }, (_, n) => allow('s3:GetObject', pattern(from + n)));
    const sides = [sideOf(policy(...many(0))), sideOf(policy(...many(24)))] as const;
    const { doubts } = gainsOf(...sides, new Budget(10_000));
    expect(doubts.map(({ because }) => because)).toContainEqual(
      expect.stringMatching(/^the policies are too complex to compare: /),
    );
  });

  it('of a key with too many values are undetermined as well', () => {
    const tags = (prefix: string) =>
      Array.from({ length: 30 }, (_, n) =>
        allow('ec2:CreateTags', '*', when({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': `${prefix}${n}` } })),
      );
    const { doubts } = gainsBetween(policy(...tags('a')), policy(...tags('b')));
    expect(doubts.map(({ because }) => because)).toContainEqual(
      expect.stringContaining('a key has too many sets of values'),
    );
  });
});

describe('a side that cannot be read', () => {
  const unread = policy(new Unknown('it is known after apply'), allow('s3:GetObject'));

  it('is undetermined unless nothing can come of it', () => {
    expect(verdict(nothing, unread)).toBe('gained');
    expect(verdict(policy(allow('s3:*')), unread)).toBe('undetermined');
    expect(verdict(unread, policy(allow('s3:GetObject')))).toBe('undetermined');
    expect(verdict(unread, nothing)).toBe('nothing');
  });
});
