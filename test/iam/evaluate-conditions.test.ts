import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/plan/value.ts';
import { decided } from './ask.ts';
import { allow, deny, policy, when } from './policies.ts';

/** What a request carries for the key: nothing, one value, or several. */
type Given = string | readonly string[] | undefined;

const context = (given: Given) =>
  given === undefined ? {} : { 'aws:TagKeys': typeof given === 'string' ? [given] : given };

const conditionOf = (operator: string, values: Value): Value => ({ [operator]: { 'aws:TagKeys': values } });

/** Whether a condition surely holds, and whether it may. */
function holds(operator: string, values: Value, given: Given): 'yes' | 'no' | 'maybe' {
  const request = { context: context(given) };
  const condition = when(conditionOf(operator, values));
  const surely = decided(policy(allow('*', '*', condition)), request) === 'allowed';
  const possibly = decided(policy(allow('*'), deny('*', '*', condition)), request) === 'explicitDeny';
  return surely ? 'yes' : possibly ? 'maybe' : 'no';
}

/** What every operator says of one value: what it lists, what matches, what does not. */
const OPERATORS: readonly (readonly [
  operator: string,
  listed: Value,
  matching: readonly string[],
  other: readonly string[],
])[] = [
  ['StringEquals', 'prod', ['prod'], ['Prod', 'production', '', 'pro*']],
  ['StringEquals', 'a*', ['a*'], ['ab', 'a']],
  ['StringEquals', ['a', 'b'], ['a', 'b'], ['c', 'ab']],
  ['StringEqualsIgnoreCase', 'Prod', ['prod', 'PROD'], ['production']],
  ['StringEqualsIgnoreCase', 'a*', ['A*'], ['ab']],
  ['StringLike', 'a*', ['a', 'abc', 'a/b:c', 'a*'], ['A', 'ba']],
  ['StringLike', 'a?', ['ab', 'a*', 'a:'], ['a', 'abc']],
  ['StringLike', '*', ['', 'a:b/c'], []],
  ['StringLike', '?*', ['a'], ['']],
  ['StringLike', ['a*', '*b'], ['ax', 'xb'], ['x']],
  ['NumericEquals', '5', ['5', '5.0', '05'], ['6', '5.1', 'five', '']],
  ['NumericLessThan', '5', ['4.9', '-1', '0'], ['5', '6', 'none', '']],
  ['NumericLessThanEquals', '5', ['5', '4'], ['5.1']],
  ['NumericGreaterThan', '5', ['5.1', '1000'], ['5', '-6']],
  ['NumericGreaterThanEquals', '5', ['5', '6'], ['4.999']],
  ['NumericLessThan', ['1', '10'], ['5'], ['10']],
  [
    'DateEquals',
    '2026-01-01T00:00:00Z',
    ['2026-01-01T00:00:00Z', '1767225600', '2026-01-01T01:00:00+01:00'],
    ['2026-01-01T00:00:01Z'],
  ],
  ['DateLessThan', '2026-01-01T00:00:00Z', ['2025-12-31T23:59:59Z', '0'], ['2026-01-01T00:00:00Z', 'tomorrow']],
  ['DateLessThanEquals', '1767225600', ['2026-01-01T00:00:00Z'], ['2026-01-01T00:00:01Z']],
  ['DateGreaterThan', '2026-01-01', ['2026-01-01T00:00:01Z'], ['2026-01-01T00:00:00Z']],
  ['DateGreaterThanEquals', '2026-01-01T00:00:00Z', ['2026-01-01T00:00:00', '1767225600'], ['2025-12-31T23:59:59Z']],
  ['Bool', 'true', ['true', 'TRUE', 'True'], ['false', 'yes', '1']],
  ['Bool', true, ['true'], ['false']],
  ['Bool', 'False', ['false'], ['true']],
  ['BinaryEquals', 'QQ==', ['QQ==', 'QQ'], ['Qg==', 'qq==']],
  ['IpAddress', '10.0.0.0/8', ['10.0.0.0', '10.255.255.255'], ['11.0.0.0', '9.255.255.255', '2001:db8::1', 'x']],
  ['IpAddress', '10.1.2.3', ['10.1.2.3'], ['10.1.2.4']],
  ['IpAddress', '0.0.0.0/0', ['1.2.3.4'], ['2001:db8::1']],
  ['IpAddress', '2001:db8::/32', ['2001:db8::1', '2001:DB8:0:0:0:0:0:1'], ['2001:db9::1', '1.2.3.4']],
  ['IpAddress', ['10.0.0.0/8', '::/0'], ['10.0.0.1', '::1'], ['11.0.0.1']],
  ...['ArnEquals', 'ArnLike'].flatMap((operator) => [
    [
      operator,
      'arn:aws:sns:*:111122223333:t',
      ['arn:aws:sns:eu-west-1:111122223333:t'],
      ['arn:aws:sns:eu-west-1:111122223333:T', 'arn:aws:sns:a:b:111122223333:t', 't'],
    ] as const,
    [
      operator,
      'arn:aws:iam::*:role/a*',
      ['arn:aws:iam::111122223333:role/a/b', 'arn:aws:iam::1:role/a:b'],
      ['arn:aws:iam::1:x:role/a', 'arn:aws:iam::1:user/a'],
    ] as const,
    [operator, 'arn:aws:sns:?:1:t', ['arn:aws:sns:x:1:t'], ['arn:aws:sns::1:t', 'arn:aws:sns:xy:1:t']] as const,
  ]),
];

const negated = (operator: string): string | undefined => {
  const family = /^(String|Numeric|Date|Arn)(Equals|EqualsIgnoreCase|Like)$/.exec(operator);
  return family ? `${family[1]}Not${family[2]}` : operator === 'IpAddress' ? 'NotIpAddress' : undefined;
};

describe.each(OPERATORS)('%s %j', (operator, listed, matching, other) => {
  it('matches what it says', () => {
    expect(matching.filter((value) => holds(operator, listed, value) !== 'yes')).toEqual([]);
    expect(other.filter((value) => holds(operator, listed, value) !== 'no')).toEqual([]);
  });

  it('says the same of one value with IfExists and both quantifiers', () => {
    for (const name of [`${operator}IfExists`, `ForAnyValue:${operator}`, `ForAllValues:${operator}IfExists`]) {
      expect(matching.filter((value) => holds(name, listed, value) !== 'yes')).toEqual([]);
      // An empty text is no value for ForAllValues.
      expect(other.filter((value) => value !== '' && holds(name, listed, value) !== 'no')).toEqual([]);
    }
  });

  it('says the opposite when it is negated', () => {
    const not = negated(operator) ?? operator;
    const expected = not === operator ? ['yes', 'no'] : ['no', 'yes'];
    expect([...new Set(matching.map((value) => holds(not, listed, value)))]).toEqual([expected[0]]);
    expect(other.filter((value) => holds(not, listed, value) !== expected[1])).toEqual([]);
  });

  it('is false for an absent key, and true when it is negated or has IfExists', () => {
    expect(holds(operator, listed, undefined)).toBe('no');
    expect(holds(`${operator}IfExists`, listed, undefined)).toBe('yes');
    const not = negated(operator);
    expect(not === undefined ? 'yes' : holds(not, listed, undefined)).toBe('yes');
    expect(not === undefined ? 'yes' : holds(`${not}IfExists`, listed, undefined)).toBe('yes');
  });
});

describe('several values', () => {
  it.each<readonly [operator: string, listed: Value, given: Given, expected: string]>([
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], 'yes'],
    ['ForAllValues:StringEquals', ['a', 'b', 'c'], ['b'], 'yes'],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], 'no'],
    ['ForAllValues:StringEquals', 'a', undefined, 'yes'],
    ['ForAllValues:StringEquals', 'a', [], 'yes'],
    ['ForAllValues:StringEquals', 'a', '', 'yes'],
    ['ForAllValues:StringEquals', 'a', ['a', ''], 'no'],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'], 'yes'],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'b'], 'no'],
    ['ForAllValues:StringNotEquals', 'a', undefined, 'yes'],
    ['ForAllValues:StringLike', 'a*', ['a', 'ab'], 'yes'],
    ['ForAllValues:NumericLessThan', '5', ['1', '4'], 'yes'],
    ['ForAllValues:NumericLessThan', '5', ['1', '5'], 'no'],
    ['ForAllValues:IpAddress', '10.0.0.0/8', ['10.0.0.1', '11.0.0.1'], 'no'],
    ['ForAllValues:ArnLike', 'arn:aws:sns:*:*:t', ['arn:aws:sns:a:b:t', 'arn:aws:sns:a:b:u'], 'no'],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], 'yes'],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'd'], 'no'],
    ['ForAnyValue:StringEquals', 'a', undefined, 'no'],
    ['ForAnyValue:StringEquals', 'a', [], 'no'],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'c'], 'yes'],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], 'no'],
    ['ForAnyValue:StringNotEquals', 'a', undefined, 'no'],
    ['ForAnyValue:StringEqualsIfExists', 'a', ['b', 'a'], 'yes'],
    // AWS documents neither.
    ['ForAnyValue:StringEqualsIfExists', 'a', undefined, 'maybe'],
    ['StringEquals', 'a', ['a', 'b'], 'maybe'],
    ['StringNotEquals', 'a', ['a', 'b'], 'maybe'],
    ['StringEquals', ['a', 'b'], ['a', 'b'], 'yes'],
    ['StringEquals', 'a', ['b', 'c'], 'no'],
    ['StringNotEquals', 'a', ['b', 'c'], 'yes'],
  ])('%s %j of %j: %s', (operator, listed, given, expected) => {
    expect(holds(operator, listed, given)).toBe(expected);
  });
});

describe('Null', () => {
  it.each<readonly [wanted: Value, given: Given, expected: string]>([
    ['true', undefined, 'yes'],
    ['true', [], 'yes'],
    ['true', 'a', 'no'],
    ['false', undefined, 'no'],
    ['false', 'a', 'yes'],
    ['false', ['a', 'b'], 'yes'],
    [true, undefined, 'yes'],
    ['True', undefined, 'yes'],
    [['true', 'false'], 'a', 'yes'],
    // It guards ForAllValues against an empty text, too.
    ['false', '', 'no'],
  ])('%j of %j: %s', (wanted, given, expected) => {
    expect(holds('Null', wanted, given)).toBe(expected);
  });
});

describe('a Condition element', () => {
  const asked = (Condition: Value, given: { readonly [key: string]: readonly string[] }) =>
    decided(policy(allow('*', '*', when(Condition))), { context: given });

  it('holds when all of its operators and keys do', () => {
    const both = { StringEquals: { 'aws:k': 'a', 'aws:l': 'b' }, Bool: { 'aws:SecureTransport': 'true' } };
    const all = { 'aws:k': ['a'], 'aws:l': ['b'], 'aws:SecureTransport': ['true'] };
    expect(asked(both, all)).toBe('allowed');
    for (const key of Object.keys(all)) expect(asked(both, { ...all, [key]: ['x'] })).toBe('implicitDeny');
  });

  it('has several operators on one key, of which all must hold', () => {
    const range = { NumericGreaterThan: { 'aws:n': '1' }, NumericLessThan: { 'aws:n': '3' } };
    expect(['1', '2', '3'].map((n) => asked(range, { 'aws:n': [n] }))).toEqual([
      'implicitDeny',
      'allowed',
      'implicitDeny',
    ]);
  });

  it('does not care for the case of keys and operators', () => {
    expect(asked({ stringequals: { 'AWS:K': 'a' } }, { 'aws:k': ['a'] })).toBe('allowed');
    expect(asked({ 'FORALLVALUES:STRINGLIKE': { 'aws:k': 'a*' } }, { 'Aws:K': ['a', 'ab'] })).toBe('allowed');
    expect(asked({ StringEquals: { 'aws:PrincipalTag/Team': 'A' } }, { 'aws:principaltag/team': ['a'] })).toBe(
      'implicitDeny',
    );
  });

  it('without values holds for nothing, and negated for everything', () => {
    expect(asked({ StringEquals: { 'aws:k': [] } }, { 'aws:k': ['a'] })).toBe('implicitDeny');
    expect(asked({ StringNotEquals: { 'aws:k': [] } }, { 'aws:k': ['a'] })).toBe('allowed');
  });

  it('is open with an operator that nobody knows', () => {
    expect(holds('StringEqualz', 'a', 'a')).toBe('maybe');
    expect(holds('StringEqualz', 'a', undefined)).toBe('maybe');
    expect(holds('NumericLike', '1', '1')).toBe('maybe');
  });
});
