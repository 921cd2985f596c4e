import { expect, test } from 'vitest';
import { withStale } from '../../src/finding/stale.ts';
import type { Review } from '../../src/finding/review.ts';
import { sampleReview } from '../report/sample.ts';

const COMMITTED = '2026-11-27T12:00:00Z';

/** A neutral review of plans that were made at some times. */
const planned = (...timestamps: readonly (string | null)[]): Review => {
  const review = sampleReview();
  const [plan] = review.plans;
  if (!plan) throw new Error('the sample has a plan');
  const plans = timestamps.map((timestamp, index) => ({ ...plan, path: `${index}.json`, timestamp }));
  return { ...review, neutral: true, neutralProof: { changes: [], obstacles: [] }, plans, notes: ['first'] };
};

test.each([
  ['made after the commit', '2026-11-27T12:00:01Z'],
  ['within what clocks may differ', '2026-11-27T11:55:00Z'],
  ['in another time zone', '2026-11-27T13:30:00+01:00'],
  ['that does not say when it was made', null],
  ['with a time that is none', 'yesterday'],
])('nothing is said of a plan %s', (_, timestamp) => {
  const review = planned(timestamp);
  expect(withStale(review, COMMITTED)).toBe(review);
});

test('a plan that is older than the commit is named, and is not neutral', () => {
  const { neutral, neutralProof, notes } = withStale(
    planned('2026-11-27T12:30:00Z', '2026-11-27T11:54:59Z', '2026-11-27T12:54:59+01:00'),
    COMMITTED,
  );
  expect(neutral).toBe(false);
  expect(neutralProof?.obstacles.map(({ plan, because }) => `${plan}: ${because}`)).toEqual([
    '1.json: the plan is older than the commit under review',
    '2.json: the plan is older than the commit under review',
  ]);
  expect(notes).toEqual([
    'first',
    '1.json: this plan is older than the commit under review, so it may have been made of another one: plan again.',
    '2.json: this plan is older than the commit under review, so it may have been made of another one: plan again.',
  ]);
});
