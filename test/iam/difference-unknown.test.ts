import { describe, expect, it } from 'vitest';
import { Unknown } from '../../src/plan/value.ts';
import type { Value } from '../../src/plan/value.ts';
import { allow, deny, gainsBetween, policy, to, verdict, when, without } from './policies.ts';

const ARN = '⟨ref:aws_s3_bucket.b.arn⟩';
const OTHER = '⟨ref:aws_s3_bucket.other.arn⟩';
const read = (...resources: Value[]) => allow('s3:GetObject', resources);

describe('a value that is known after apply', () => {
  it.each([
    ['is covered by itself', read(`${ARN}/*`), read(`${ARN}/public/*`), 'nothing'],
    ['is covered by everything', read('*'), read(`${ARN}/*`), 'nothing'],
    ['is new where nothing was', [], read(`${ARN}/*`), 'gained'],
    ['is new beside what it can never be', read('arn:aws:s3:::a/b'), read(`${ARN}/*`), 'gained'],
    ['may be covered by a glob', read('arn:aws:s3:::*'), read(`${ARN}/*`), 'undetermined'],
    ['may be another one', read(`${OTHER}/*`), read(`${ARN}/*`), 'undetermined'],
    ['may cover what is named', read(`${ARN}/*`), read('arn:aws:s3:::a/*'), 'undetermined'],
    ['can never cover everything', read(`${ARN}/*`), read('*'), 'gained'],
    [
      'may be what an exception spares',
      { ...without(read('*'), 'Resource'), NotResource: 'a' },
      read(`${ARN}**`),
      'undetermined',
    ],
    ['of another kind is another one', read(`${ARN}/*`), read(`⟨ref:aws_s3_bucket.b.id⟩/*`), 'undetermined'],
  ] as const)('%s', (_, before, after, expected) => {
    expect(verdict(policy(...[before].flat()), policy(after))).toBe(expected);
  });

  it('may be what a Deny keeps out', () => {
    const open = read('arn:aws:s3:::a/*');
    expect(verdict(policy(), policy(open, deny('*', `${ARN}/*`)))).toBe('undetermined');
    expect(verdict(policy(open, deny('*', `${ARN}/*`)), policy(open, deny('*', `${ARN}/*`)))).toBe('nothing');
    expect(verdict(policy(open, deny('*', `${ARN}/*`)), policy(open))).toBe('undetermined');
    expect(verdict(policy(read('*'), deny('s3:*', `${ARN}/*`)), policy(read('*')))).toBe('gained');
    expect(verdict(policy(read('*'), deny('s3:*', `${ARN}/*`)), policy(read('*'), deny('*', `${ARN}/*`)))).toBe(
      'nothing',
    );
  });

  it.each([
    ['StringEquals', 'aws:SourceVpce'],
    ['StringNotEquals', 'aws:SourceVpce'],
    ['IpAddress', 'aws:SourceIp'],
    ['NumericLessThan', 'aws:MultiFactorAuthAge'],
    ['DateLessThan', 'aws:CurrentTime'],
    ['ArnLike', 'aws:SourceArn'],
  ])('under %s means less where less is allowed under it', (operator, key) => {
    const condition = when({ [operator]: { [key]: '⟨ref:aws_x.y.id⟩' } });
    expect(verdict(policy(allow('s3:*', '*', condition)), policy(allow('s3:Get*', '*', condition)))).toBe('nothing');
    expect(verdict(policy(allow('s3:Get*', '*', condition)), policy(allow('s3:*', '*', condition)))).not.toBe(
      'nothing',
    );
    expect(verdict(policy(), policy(allow('s3:*', '*', condition)))).not.toBe('nothing');
  });

  it('as a principal may be one of an account', () => {
    const role = to({ AWS: '⟨ref:aws_iam_role.r.arn⟩' });
    expect(verdict(policy(to('*')), policy(role))).toBe('nothing');
    expect(verdict(policy(role), policy(role))).toBe('nothing');
    expect(verdict(policy(to({ AWS: '⟨ref:aws_iam_role.r.arn⟩' }, 's3:*')), policy(role))).toBe('nothing');
    expect(verdict(policy(), policy(role))).toBe('gained');
    expect(verdict(policy(to({ AWS: '111122223333' })), policy(role))).toBe('undetermined');
    expect(verdict(policy(role), policy(to({ AWS: '111122223333' })))).not.toBe('nothing');
  });
});

describe('a part that nothing is known of', () => {
  const unknown = () => new Unknown('it is built by a module');

  it.each([
    ['an action', () => allow(['s3:GetObject', unknown()]), 'undetermined'],
    ['a resource', () => read('arn:aws:s3:::a/*', unknown()), 'undetermined'],
    ['a condition', () => allow('s3:GetObject', '*', when(unknown())), 'undetermined'],
    [
      'a value of a condition',
      () => allow('s3:GetObject', '*', when({ StringEquals: { 'aws:k': ['a', unknown()] } })),
      'undetermined',
    ],
    ['a statement', unknown, 'undetermined'],
    ['an effect', () => ({ ...allow('s3:GetObject'), Effect: unknown() }), 'undetermined'],
  ] as const)('%s may come to more than there was', (_, make, expected) => {
    // Known: reading objects of `a` where k is a; whatever else there is comes from the part.
    const before = policy(
      read('arn:aws:s3:::a/*'),
      allow('s3:GetObject', '*', when({ StringEquals: { 'aws:k': 'a' } })),
    );
    const known = make === undefined ? [] : [make()];
    const after = policy(...known);
    expect(
      gainsBetween(policy(allow('*')), policy(...[make()].filter((item) => !(item instanceof Unknown)))).regions,
    ).toEqual([]);
    expect([expected, 'gained']).toContain(verdict(before, after));
    expect(gainsBetween(before, after).doubts.length).toBeGreaterThan(0);
  });

  it('is bounded from above and from below', () => {
    const maybe = () => allow('s3:GetObject', ['arn:aws:s3:::a/*', unknown()]);
    // At least a/*, at most everything.
    expect(verdict(policy(maybe()), policy(read('arn:aws:s3:::a/b')))).toBe('nothing');
    expect(verdict(policy(allow('s3:*')), policy(maybe()))).toBe('nothing');
    expect(verdict(policy(maybe()), policy(allow('s3:PutObject', '*')))).toBe('gained');
    expect(verdict(policy(), policy(maybe()))).toBe('gained');
    expect(gainsBetween(policy(), policy(maybe())).doubts).toHaveLength(1);
  });

  it('does not keep out what others allow', () => {
    const limited = allow('s3:GetObject', '*', when(unknown()));
    expect(verdict(policy(limited), policy(allow('s3:GetObject')))).toBe('undetermined');
    expect(verdict(policy(limited, allow('s3:GetObject')), policy(allow('s3:GetObject')))).toBe('nothing');
    expect(verdict(policy(allow('s3:GetObject')), policy(limited))).toBe('nothing');
    expect(verdict(policy(limited), policy(allow('s3:PutObject')))).toBe('gained');
  });

  it('of a Deny may keep out all or nothing', () => {
    const guard = deny('s3:*', '*', when(unknown()));
    expect(verdict(policy(), policy(allow('s3:*'), guard))).toBe('undetermined');
    expect(verdict(policy(allow('s3:*'), guard), policy(allow('s3:*')))).toBe('undetermined');
    const exception = { ...without(deny('s3:*'), 'Resource'), NotResource: ['arn:aws:s3:::a/*', unknown()] };
    expect(verdict(policy(), policy(read('arn:aws:s3:::a/*'), exception))).toBe('gained');
    expect(verdict(policy(), policy(read('arn:aws:s3:::b/*'), exception))).toBe('undetermined');
  });

  it('is told by its reason', () => {
    const reasons = (after: Value) => gainsBetween(policy(), policy(after)).doubts.map(({ because }) => because);
    expect(reasons(allow('s3:GetObject', '*', when(unknown())))).toEqual(['it is built by a module']);
    expect(reasons(allow('s3:GetObject', '*', when({ StringFoo: { 'aws:k': 'a' } })))).toEqual([
      'the condition operator StringFoo is not known',
    ]);
    const guarded = gainsBetween(policy(), policy(read('arn:aws:s3:::a/*'), deny('*', `${ARN}/*`)));
    expect(guarded.doubts.map(({ because }) => because)).toEqual([
      expect.stringContaining('is known only after apply'),
    ]);
  });
});
