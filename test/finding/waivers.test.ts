import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Waiver } from '../../src/finding/finding.ts';
import { expired } from '../../src/finding/expiry.ts';
import { byAddress, waiverFor as acceptedBy } from '../../src/finding/waivers.ts';
import { finding } from '../report/review-builder.ts';

const waiver = (change: Partial<Waiver> = {}): Waiver => ({
  policy: 's3/bucket-public',
  address: 'aws_s3_bucket.site',
  reason: 'It is our web site.',
  owner: 'web team',
  expires: '2027-01-31',
  ...change,
});

const waiverFor = (policy: string, address: string, waivers: readonly Waiver[], today: string) =>
  acceptedBy(finding({ policy, address }), waivers.map(byAddress), today);

const accepts = (pattern: string, address: string): boolean =>
  waiverFor('s3/bucket-public', address, [waiver({ address: pattern })], '2026-11-22') !== undefined;

describe('a waiver accepts by address', () => {
  test.each([
    ['aws_s3_bucket.site', 'aws_s3_bucket.site'],
    ['aws_s3_bucket.site[0]', 'aws_s3_bucket.site[0]'],
    ['aws_s3_bucket.site["a.b/c"]', 'aws_s3_bucket.site["a.b/c"]'],
    ['aws_s3_bucket.site[*]', 'aws_s3_bucket.site["a.b/c"]'],
    ['aws_s3_bucket.site["*"]', 'aws_s3_bucket.site["a/b/c"]'],
    ['aws_s3_bucket.site["a/*"]', 'aws_s3_bucket.site["a/b/c"]'],
    ['aws_s3_bucket.*', 'aws_s3_bucket.site["x"]'],
    ['module.web.*', 'module.web.module.cdn["eu-1"].aws_s3_bucket.site'],
    ['module.*.aws_s3_bucket.site', 'module.web["!(x)"].aws_s3_bucket.site'],
    ['aws_s3_bucket.{site,blog}', 'aws_s3_bucket.blog'],
    ['aws_s3_bucket.sit?', 'aws_s3_bucket.site'],
    ['aws_s3_bucket.site["{a,b}"]', 'aws_s3_bucket.site["{a,b}"]'],
    ['aws_s3_bucket.site["\\"quoted\\""]', 'aws_s3_bucket.site["\\"quoted\\""]'],
    ['aws_s3_bucket.site["#1"]*', 'aws_s3_bucket.site["#1"]'],
    ['*', 'aws_s3_bucket.site["\n"]'],
  ])('%s → %s', (pattern, address) => {
    expect(accepts(pattern, address)).toBe(true);
  });

  test.each([
    ['aws_s3_bucket.site', 'aws_s3_bucket.site2'],
    ['aws_s3_bucket.site', 'module.web.aws_s3_bucket.site'],
    ['aws_s3_bucket.site[0]', 'aws_s3_bucket.site0'],
    ['aws_s3_bucket.site[0]', 'aws_s3_bucket.site[1]'],
    ['aws_s3_bucket.site["a.b"]', 'aws_s3_bucket.site["a_b"]'],
    ['aws_s3_bucket.site["a/b"]*', 'aws_s3_bucket.site["a∕b"]'],
    ['aws_s3_bucket.site[abc]', 'aws_s3_bucket.sitea'],
    ['!aws_s3_bucket.site', 'aws_s3_bucket.blog'],
    ['aws_s3_bucket.@(site|blog)', 'aws_s3_bucket.site'],
    ['AWS_S3_BUCKET.site', 'aws_s3_bucket.site'],
  ])('%s ↛ %s', (pattern, address) => {
    expect(accepts(pattern, address)).toBe(false);
  });

  test('every address accepts itself', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (address) => accepts(address, address)));
  });

  test('a pattern without wildcards accepts nothing but itself', () => {
    const address = fc.stringMatching(/^[a-z_.[\]"/!()+@\\]{1,30}$/);
    fc.assert(fc.property(address, address, (one, other) => accepts(one, other) === (one === other)));
  });
});

describe('a waiver accepts by policy', () => {
  test.each([
    ['s3/bucket-public', true],
    ['s3/*', true],
    ['*', true],
    ['s3/bucket', false],
    ['iam/*', false],
  ])('%s: %s', (policy, expected) => {
    expect(waiverFor('s3/bucket-public', 'aws_s3_bucket.site', [waiver({ policy })], '2026-11-22') !== undefined).toBe(
      expected,
    );
  });

  test('the first that fits is the one that is named', () => {
    const [first, second] = [waiver({ reason: 'first', address: '*' }), waiver({ reason: 'second' })];
    expect(waiverFor('s3/bucket-public', 'aws_s3_bucket.site', [first, second], '2026-11-22')).toBe(first);
  });
});

describe('a waiver expires', () => {
  test.each([
    ['2027-01-30', true],
    ['2027-01-31', true],
    ['2027-02-01', false],
  ])('on %s one that ends on 2027-01-31 holds: %s', (today, holds) => {
    expect(waiverFor('s3/bucket-public', 'aws_s3_bucket.site', [waiver()], today) !== undefined).toBe(holds);
    expect(expired([waiver()], today)).toHaveLength(holds ? 0 : 1);
  });
});
