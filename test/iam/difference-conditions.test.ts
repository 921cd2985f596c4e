import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/plan/value.ts';
import { allow, deny, gainsBetween, policy, proofOf, to, verdict, when } from './policies.ts';

const given = (Condition: Value) => policy(allow('s3:GetObject', '*', when(Condition)));
const proofs = (before: Value, after: Value) => gainsBetween(given(before), given(after)).regions.map(proofOf);

/** Pairs of conditions, the strict one first. */
const STRICTER: readonly (readonly [name: string, strict: Value, loose: Value])[] = [
  ['a value more', { StringEquals: { 'aws:k': 'a' } }, { StringEquals: { 'aws:k': ['a', 'b'] } }],
  ['an exception less', { StringNotEquals: { 'aws:k': ['a', 'b'] } }, { StringNotEquals: { 'aws:k': 'a' } }],
  ['a glob for a value', { StringEquals: { 'aws:k': 'prod' } }, { StringLike: { 'aws:k': 'prod*' } }],
  ['a wider glob', { StringLike: { 'aws:k': 'prod-?' } }, { StringLike: { 'aws:k': 'prod-*' } }],
  ['a narrower exception', { StringNotLike: { 'aws:k': 'p*' } }, { StringNotLike: { 'aws:k': 'prod*' } }],
  ['any case', { StringEquals: { 'aws:k': 'prod' } }, { StringEqualsIgnoreCase: { 'aws:k': 'prod' } }],
  ['an exception in one case', { StringNotEqualsIgnoreCase: { 'aws:k': 'a' } }, { StringNotEquals: { 'aws:k': 'a' } }],
  ['any one character for a strange one', { StringEquals: { 'aws:k': '~' } }, { StringLike: { 'aws:k': '?' } }],
  ['a star as a wildcard', { StringEquals: { 'aws:k': 'a*' } }, { StringLike: { 'aws:k': 'a*' } }],
  ['a condition less', { StringEquals: { 'aws:k': 'a', 'aws:l': 'a' } }, { StringEquals: { 'aws:k': 'a' } }],
  ['IfExists', { StringEquals: { 'aws:k': 'a' } }, { StringEqualsIfExists: { 'aws:k': 'a' } }],
  ['no test of presence', { Null: { 'aws:k': 'false' } }, {}],
  ['no test of absence', { Null: { 'aws:k': 'true' } }, {}],
  ['a higher number', { NumericLessThan: { 'aws:n': '5' } }, { NumericLessThan: { 'aws:n': '5.5' } }],
  ['the number itself', { NumericLessThan: { 'aws:n': '5' } }, { NumericLessThanEquals: { 'aws:n': '5' } }],
  ['a lower number', { NumericGreaterThan: { 'aws:n': '5' } }, { NumericGreaterThan: { 'aws:n': '-5' } }],
  ['all numbers but one', { NumericEquals: { 'aws:n': '5' } }, { NumericNotEquals: { 'aws:n': '6' } }],
  [
    'a later date',
    { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
    { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } },
  ],
  [
    'the date itself',
    { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
    { DateGreaterThanEquals: { 'aws:CurrentTime': '1767225600' } },
  ],
  [
    'without TLS, too',
    { Bool: { 'aws:SecureTransport': 'true' } },
    { Bool: { 'aws:SecureTransport': ['true', 'false'] } },
  ],
  ['more addresses', { IpAddress: { 'aws:SourceIp': '10.0.0.0/16' } }, { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }],
  [
    'addresses of the other version',
    { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
    { IpAddress: { 'aws:SourceIp': ['0.0.0.0/0', '::/0'] } },
  ],
  [
    'one address of two',
    { IpAddress: { 'aws:SourceIp': '10.0.0.0/32' } },
    { IpAddress: { 'aws:SourceIp': '10.0.0.0/31' } },
  ],
  [
    'fewer addresses left out',
    { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
    { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/9' } },
  ],
  ['other bytes', { BinaryEquals: { 'aws:bin': 'QQ==' } }, { BinaryEquals: { 'aws:bin': ['QQ==', 'Qg=='] } }],
  [
    'any account in an ARN',
    { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:t' } },
    { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:t' } },
  ],
  [
    'a star that crosses colons',
    { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:t' } },
    { StringLike: { 'aws:SourceArn': 'arn:aws:sns:*:t' } },
  ],
  [
    'any of several values',
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' }, Null: { 'aws:TagKeys': 'false' } },
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } },
  ],
  [
    'no values at all',
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' }, Null: { 'aws:TagKeys': 'false' } },
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } },
  ],
];

describe('a condition becomes looser', () => {
  it.each(STRICTER)('by %s, and stricter without it', (_, strict, loose) => {
    expect(verdict(given(strict), given(loose))).toBe('gained');
    expect(verdict(given(loose), given(strict))).toBe('nothing');
    expect(verdict(given(strict), given(strict))).toBe('nothing');
  });

  it.each(STRICTER)('when a Deny loses %s', (_, strict, loose) => {
    const guarded = (Condition: Value) => policy(allow('s3:*'), deny('s3:GetObject', '*', when(Condition)));
    expect(verdict(guarded(loose), guarded(strict))).toBe('gained');
    expect(verdict(guarded(strict), guarded(loose))).toBe('nothing');
  });
});

describe('the witness of a condition', () => {
  it.each([
    [
      'of another case',
      { StringEquals: { 'aws:k': 'prod' } },
      { StringEqualsIgnoreCase: { 'aws:k': 'prod' } },
      /aws:k=\[(?!prod\])[pP][rR][oO][dD]\]$/,
    ],
    [
      'without the key',
      { StringEquals: { 'sts:ExternalId': 'x' } },
      { StringEqualsIfExists: { 'sts:ExternalId': 'x' } },
      /^s3:getobject on \*$|^s3:getobject on example$/,
    ],
    [
      'with a character that no pattern names',
      { StringEquals: { 'aws:k': '~' } },
      { StringLike: { 'aws:k': '?' } },
      /aws:k=\[[^~]\]$/,
    ],
    [
      'between two numbers',
      { NumericLessThanEquals: { 'aws:n': '1' } },
      { NumericLessThan: { 'aws:n': '2' } },
      /aws:n=\[1\.5\]$/,
    ],
    [
      'behind a block',
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/32' } },
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/31' } },
      /aws:sourceip=\[10\.0\.0\.1\]$/,
    ],
    [
      'with other values beside the listed one',
      { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } },
      { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } },
      /aws:tagkeys=\[(a,.|.+,a)\]$/,
    ],
  ] as const)('comes %s', (_, before, after, expected) => {
    expect(proofs(before, after)).toContainEqual(expect.stringMatching(expected));
  });
});

describe('conditions that say the same', () => {
  it.each([
    [
      'one condition with two values and two statements',
      { StringEquals: { 'aws:k': ['a', 'b'] } },
      [{ StringEquals: { 'aws:k': 'a' } }, { StringEquals: { 'aws:k': 'b' } }],
    ],
    [
      'the key in another case',
      { StringEquals: { 'aws:SourceVpc': 'a' } },
      [{ StringEquals: { 'AWS:sourcevpc': 'a' } }],
    ],
    ['the operator in another case', { StringEquals: { 'aws:k': 'a' } }, [{ stringequals: { 'aws:k': 'a' } }]],
    ['true and "true"', { Bool: { 'aws:SecureTransport': true } }, [{ Bool: { 'aws:SecureTransport': 'TRUE' } }]],
    [
      'TLS by Bool and by its text',
      { Bool: { 'aws:SecureTransport': 'true' } },
      [{ StringEquals: { 'aws:SecureTransport': 'true' } }],
    ],
    [
      'an address and its block',
      { IpAddress: { 'aws:SourceIp': '10.1.2.3' } },
      [{ IpAddress: { 'aws:SourceIp': '10.1.2.3/32' } }],
    ],
    [
      'a block and its halves',
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      [{ IpAddress: { 'aws:SourceIp': ['10.0.0.0/9', '10.128.0.0/9'] } }],
    ],
    ['a number written otherwise', { NumericEquals: { 'aws:n': '5' } }, [{ NumericEquals: { 'aws:n': '5.0' } }]],
    [
      'a date written otherwise',
      { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
      [{ DateLessThan: { 'aws:CurrentTime': '2026-01-01T01:00:00+01:00' } }],
    ],
    [
      'a date without a zone, which is UTC',
      { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
      [{ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00' } }],
    ],
    [
      'ArnEquals and ArnLike',
      { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:*:*:t' } },
      [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:t' } }],
    ],
    [
      'below, at and above a number',
      {},
      [{ NumericLessThanIfExists: { 'aws:n': '5' } }, { NumericGreaterThanEquals: { 'aws:n': '5' } }],
    ],
    ['what is and what is not', {}, [{ StringLike: { 'aws:k': 'a*' } }, { StringNotLike: { 'aws:k': 'a*' } }]],
  ] as const)('are %s', (_, one, others) => {
    const split = policy(...others.map((condition) => allow('s3:GetObject', '*', when(condition))));
    expect(verdict(given(one), split)).toBe('nothing');
    expect(verdict(split, given(one))).toBe('nothing');
  });

  it('stay silent where a key cannot be absent', () => {
    // Every request says whether it came over TLS, and every signed one who signed it.
    expect(
      verdict(
        given({ Bool: { 'aws:SecureTransport': 'true' } }),
        given({ BoolIfExists: { 'aws:SecureTransport': 'true' } }),
      ),
    ).toBe('nothing');
    expect(verdict(given({ ArnLike: { 'aws:PrincipalArn': '*' } }), given({}))).toBe('nothing');
    const let_in = (Condition: Value) => policy(to('*', 's3:GetObject', when(Condition)));
    expect(verdict(let_in({ ArnLike: { 'aws:PrincipalArn': '*' } }), let_in({}))).toBe('gained');
  });
});

describe('what cannot be told', () => {
  const narrowed = (Condition: Value) => policy(allow('s3:Get*', '*', when(Condition)));

  it.each([
    ['an operator that nobody knows', { StringEqualz: { 'aws:k': 'a' } }],
    [
      'a plain operator on several values',
      { StringEquals: { 'aws:TagKeys': 'a' }, 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'b' } },
    ],
    [
      'ForAnyValue with IfExists on an absent key',
      { 'ForAnyValue:StringEqualsIfExists': { 'aws:TagKeys': 'a' }, Null: { 'aws:TagKeys': 'true' } },
    ],
  ])('is %s', (_, condition) => {
    expect(verdict(policy(), narrowed(condition))).toBe('undetermined');
    expect(verdict(policy(allow('s3:*')), narrowed(condition))).toBe('nothing');
    // The same words narrowed mean less, whatever they mean.
    expect(verdict(policy(allow('s3:*', '*', when(condition))), narrowed(condition))).toBe('nothing');
  });

  it('is a key that is compared as text and as an address', () => {
    const text = { StringLike: { 'aws:SourceIp': '10.0.*' } };
    const block = { IpAddress: { 'aws:SourceIp': '10.0.5.0/24' } };
    const { regions, doubts } = gainsBetween(given(block), given({ ...text, ...block }));
    expect({ regions, doubts: doubts.length }).toEqual({ regions: [], doubts: 0 });
    const both = gainsBetween(given({ ...text, NotIpAddress: { 'aws:SourceIp': '10.0.0.0/16' } }), given(text));
    expect(both.regions.length + both.doubts.length).toBeGreaterThan(0);
    const [doubt] = gainsBetween(policy(), given({ ...text, ...block })).doubts;
    expect(doubt?.because).toBe('aws:SourceIp is compared as different kinds of values');
  });
});
