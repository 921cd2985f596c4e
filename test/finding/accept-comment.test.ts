import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAcceptComment } from '../../src/finding/accept-comment.ts';
import { acceptLines } from '../../src/report/waiver-lines.ts';
import { finding } from '../report/review-builder.ts';

const RULES = { policies: ['kms/key-deleted', 's3/bucket-public'], today: '2026-11-27', waiverDays: 366 };

const parse = (text: string) => parseAcceptComment(text, RULES);

const becauseOf = (text: string): string => {
  const parsed = parse(text);
  return parsed.kind === 'broken' ? parsed.because : 'it is right';
};

test('a comment says what a waiver of the configuration says, in any order', () => {
  const accepting = { policy: 's3/bucket-public', owner: 'web', expires: '2027-01-31', reason: 'It is our = site.' };
  expect(parse('planwarden:accept s3/bucket-public until=2027-01-31 owner=web reason="It is our = site."')).toEqual({
    kind: 'accepting',
    accepting,
  });
  expect(
    parse(
      'planwarden:accept  s3/bucket-public  reason="It is our = site."  owner="web" grant=5f0c2a17 until="2027-01-31"',
    ),
  ).toEqual({ kind: 'accepting', accepting: { ...accepting, grant: '5f0c2a17' } });
});

test('the line that a review offers is right as soon as it has a date', () => {
  const [line = ''] = acceptLines(finding({ policy: 's3/bucket-public' }));
  expect(line.startsWith('# ')).toBe(true);
  expect(parse(line.slice(2).replace('YYYY-MM-DD', '2027-01-31'))).toMatchObject({ kind: 'accepting' });
});

const REST = 'until=2027-01-31 owner=web reason=x';
const FORM = 'it must read `planwarden:accept POLICY until=YYYY-MM-DD owner=NAME reason="WHY"`';

test.each([
  ['planwarden:accept', FORM],
  ['planwarden:accept s3/bucket-public and more', FORM],
  ['planwarden:accept s3/bucket-public, kms/key-deleted until=2027-01-31', FORM],
  ['planwarden:accept s3/* until=2027-01-31', FORM],
  ['planwarden:ignore s3/bucket-public', FORM],
  ['planwarden: accept s3/bucket-public', FORM],
  [`planwarden:accept s3/bucket-public ${REST} reason="not ended`, FORM],
  [
    `planwarden:accept s3/bucket-publik ${REST}`,
    'there is no policy `s3/bucket-publik` (did you mean `s3/bucket-public`?)',
  ],
  [`planwarden:accept s3/bucket-public ${REST} owner=other`, 'it says one thing twice'],
  [`planwarden:accept s3/bucket-public ${REST} ticket=7`, '`ticket` is no word of it'],
  ['planwarden:accept s3/bucket-public untill=2027-01-31', '`untill` is no word of it (did you mean `until`?)'],
  ['planwarden:accept s3/bucket-public owner=web reason=x', '`until=` must say a date such as 2027-01-31'],
  [
    'planwarden:accept s3/bucket-public until=2027-02-30 owner=web reason=x',
    '`until=` must say a date such as 2027-01-31',
  ],
  [
    'planwarden:accept s3/bucket-public until=2027-11-29 owner=web reason=x',
    '`until` may be at most 366 days ahead (`waiver-days`)',
  ],
  ['planwarden:accept s3/bucket-public until=2027-11-28 owner=web reason=x', 'it is right'],
  [
    `planwarden:accept s3/bucket-public ${REST} grant=x`,
    '`grant=` must say the grant of a finding, as the report JSON has it',
  ],
  [
    'planwarden:accept s3/bucket-public until=2027-01-31 owner=" " reason=x',
    '`owner=` must say who answers for it, in up to 300 characters',
  ],
  [
    `planwarden:accept s3/bucket-public until=2027-01-31 owner=web reason="${'x'.repeat(301)}"`,
    '`reason=` must say why this is acceptable, in up to 300 characters',
  ],
])('%s: %s', (text, because) => {
  expect(becauseOf(text)).toBe(because);
});

test('whatever a comment says, it is understood or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(parse(`planwarden:accept ${text}`).kind).toBe('broken');
    }),
  );
});
