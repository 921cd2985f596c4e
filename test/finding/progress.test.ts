import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/finding/finding.ts';
import { keyOf, progressOf, snapshotOf } from '../../src/finding/progress.ts';
import { finding, review } from '../report/review-builder.ts';

const of = (address: string, change: Partial<Finding> = {}): Finding =>
  finding({ address, fingerprint: address, ...change });

const between = (before: readonly Finding[], after: readonly Finding[]) => {
  const { added, fixed, still } = progressOf(
    review({ findings: [...after] }),
    snapshotOf(review({ findings: [...before] }), 'a1'),
  );
  return { added: added.size, fixed: fixed.map(({ address }) => address), still };
};

const waived = { policy: 'p', address: 'a', reason: 'r', owner: 'o', expires: '2027-01-31' };

test.each([
  ['new', [], [of('a')], { added: 1, fixed: [], still: 0 }],
  ['still there', [of('a')], [of('a', { message: 'said otherwise' })], { added: 0, fixed: [], still: 1 }],
  ['fixed when it is gone', [of('a')], [], { added: 0, fixed: ['a'], still: 0 }],
  [
    'fixed when it is better than before',
    [of('a')],
    [of('a', { status: 'resolved' })],
    { added: 0, fixed: ['a'], still: 0 },
  ],
  ['not fixed when it is accepted', [of('a')], [of('a', { waived })], { added: 0, fixed: [], still: 0 }],
  ['not fixed when the base has it', [of('a')], [of('a', { status: 'persisting' })], { added: 0, fixed: [], still: 0 }],
  ['still there as a question', [of('a')], [of('a', { status: 'undetermined' })], { added: 0, fixed: [], still: 1 }],
  ['of another plan is another', [of('a')], [of('a', { plan: 'b.json' })], { added: 1, fixed: ['a'], still: 0 }],
] as const)('a finding is %s', (_, before, after, expected) => {
  expect(between(before, after)).toEqual(expected);
});

test('what was there before the plan is told only in an audit', () => {
  const findings = [of('a', { status: 'persisting' })];
  expect(snapshotOf(review({ findings }), 'a1').findings).toEqual([]);
  expect(snapshotOf(review({ findings, mode: 'audit' }), 'a1').findings).toHaveLength(1);
});

const sets = fc.uniqueArray(fc.integer({ min: 0, max: 9 }));

test('new, fixed and still there are the set differences and the intersection', () => {
  fc.assert(
    fc.property(sets, sets, (before, after) => {
      const [old, now] = [before.map((id) => of(`${id}`)), after.map((id) => of(`${id}`))];
      expect(between(old, now)).toEqual({
        added: after.filter((id) => !before.includes(id)).length,
        fixed: before.filter((id) => !after.includes(id)).map(String),
        still: after.filter((id) => before.includes(id)).length,
      });
    }),
  );
});

test('a key is ten hexadecimal digits', () => {
  expect(keyOf(finding())).toMatch(/^[0-9a-f]{10}$/);
});
