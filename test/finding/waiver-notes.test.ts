import { describe, expect, test } from 'vitest';
import type { Finding, Waiver } from '../../src/finding/finding.ts';
import type { Mode } from '../../src/finding/review.ts';
import { waiverNotes } from '../../src/finding/waiver-notes.ts';
import { byAddress, waiverFor } from '../../src/finding/waivers.ts';
import { finding } from '../report/review-builder.ts';

const TODAY = '2026-11-27';

const waiver = (change: Partial<Waiver> = {}): Waiver => ({
  policy: 's3/bucket-public',
  address: 'aws_s3_bucket.site',
  reason: 'It is our web site.',
  owner: 'web team',
  expires: '2027-01-31',
  ...change,
});

const found = (change: Partial<Finding> = {}): Finding =>
  finding({ policy: 's3/bucket-public', address: 'aws_s3_bucket.site', severity: 'high', ...change });

const notes = (waivers: readonly Waiver[], findings: readonly Finding[], mode: Mode = 'review'): string[] =>
  waiverNotes(
    findings.map((one) => ({ ...one, waived: waiverFor(one, waivers.map(byAddress), TODAY) ?? null })),
    waivers.map(byAddress),
    TODAY,
    mode,
  );

const many = (number: number, change: Partial<Finding> = {}): Finding[] =>
  Array.from({ length: number }, (_, index) => found({ address: `aws_s3_bucket.site[${index}]`, ...change }));

describe('a review says of a waiver', () => {
  test('nothing when it accepts what it names', () => {
    expect(notes([waiver()], [found()])).toEqual([]);
    expect(notes([waiver({ grant: found().grant })], [found()])).toEqual([]);
  });

  test('nothing when the plan is about something else', () => {
    const others = [waiver(), waiver({ expires: '2026-01-31' }), waiver({ grant: '00000000' })];
    expect(notes(others, [found({ address: 'aws_s3_bucket.other' })])).toEqual([]);
  });

  test('that it is over, when it would be needed', () => {
    expect(notes([waiver({ expires: '2026-11-26' })], [found()])).toEqual([
      'The waiver of s3/bucket-public for aws_s3_bucket.site (web team) expired on 2026-11-26 and no longer holds.',
    ]);
    expect(notes([waiver({ expires: '2026-11-26' })], [found({ status: 'persisting' })])).toEqual([]);
  });

  test('that it is void, when what it accepted has grown', () => {
    expect(notes([waiver({ grant: '00000000' })], [found({ grant: '5f0c2a17' })])).toEqual([
      'The waiver of s3/bucket-public for aws_s3_bucket.site (web team) is void: it accepts the grant 00000000, and what the plan grants now is another (5f0c2a17). Look at it again, and renew the waiver only if that is acceptable too.',
    ]);
  });

  test('that it is no longer needed', () => {
    expect(notes([waiver()], [found({ status: 'resolved' })])).toEqual([
      'The waiver of s3/bucket-public for aws_s3_bucket.site (web team) is no longer needed: this plan resolves what it accepts.',
    ]);
  });

  test('that it accepts whatever comes, even before it does', () => {
    expect(notes([waiver({ policy: '*/*', address: '**' })], [])).toEqual([
      'The waiver of */* for ** (web team) accepts every finding there will ever be: name policies and addresses.',
    ]);
  });

  test('that a glob accepts many findings, or critical ones of policies it does not name', () => {
    const broad = 'Name policies and addresses, so that it accepts nothing by accident.';
    expect(notes([waiver({ address: '*' })], many(10))).toEqual([]);
    expect(notes([waiver({ address: '*' })], many(11))).toEqual([
      `The waiver of s3/bucket-public for * (web team) is broad: it accepts 11 findings. ${broad}`,
    ]);
    expect(notes([waiver({ policy: 's3/*' })], [found({ severity: 'critical' })])).toEqual([
      `The waiver of s3/* for aws_s3_bucket.site (web team) is broad: it accepts 1 finding, 1 of them critical. ${broad}`,
    ]);
    expect(notes([waiver()], [found({ severity: 'critical' })])).toEqual([]);
  });

  test('no more than a reader can take', () => {
    const all = many(12).map(({ address }) => waiver({ address, expires: '2026-01-31' }));
    const told = notes(all, many(12));
    expect(told).toHaveLength(11);
    expect(told.at(-1)).toBe('2 more waivers need a look: `planwarden config check` tells those that are over.');
  });
});

test('an audit also names waivers that are over or accept nothing', () => {
  expect(notes([waiver({ expires: '2026-01-31' }), waiver({ address: 'aws_s3_bucket.gone' })], [], 'audit')).toEqual([
    'The waiver of s3/bucket-public for aws_s3_bucket.site (web team) expired on 2026-01-31 and no longer holds.',
    'Waivers that accept nothing in this audit: s3/bucket-public for aws_s3_bucket.gone. Remove those that no other plan needs.',
  ]);
});
