import type { Review, ReviewedPlan } from './review.ts';

/** Clocks of a runner and of whoever made the commit differ; more than this is no such difference. */
const SKEW = 5 * 60 * 1000;

const isOlder = ({ timestamp }: ReviewedPlan, committed: number): boolean =>
  typeof timestamp === 'string' && Date.parse(timestamp) + SKEW < committed;

const BECAUSE = 'the plan is older than the commit under review';

/**
 * The review with a note for each plan that was made before the commit under review was: it may be of another one. Such a
 * plan proves nothing of the commit, so it is not neutral. No time is told, so that the text stays when the plan does.
 * @param committed when the commit was made (RFC 3339)
 */
export function withStale(review: Review, committed: string): Review {
  const old = review.plans.filter((plan) => isOlder(plan, Date.parse(committed)));
  if (old.length === 0) return review;
  const obstacles = old.map(({ path }) => ({ plan: path, address: null, attribute: null, because: BECAUSE }));
  return {
    ...review,
    neutral: false,
    neutralProof: { changes: [], obstacles: [...obstacles, ...(review.neutralProof?.obstacles ?? [])] },
    notes: [
      ...review.notes,
      ...old.map(
        ({ path }) =>
          `${path}: this plan is older than the commit under review, so it may have been made of another one: plan again.`,
      ),
    ],
  };
}
