import { readFileSync, statSync } from 'node:fs';
import { DEFAULT_CONFIG } from '../../src/config/config.ts';
import type { Review } from '../../src/finding/review.ts';
import { parsePlan } from '../../src/plan/parse.ts';
import { builtinPolicies } from '../../src/policy/builtin.ts';
import { inProfile } from '../../src/policy/profile.ts';
import { review } from '../../src/review.ts';
import { UserError } from '../../src/text/user-error.ts';
import { stories } from '../support/stories.ts';

/** Larger plans say the same more slowly. */
const MOST_BYTES = 30_000;

/** Stories whose plans are small enough to be reviewed some thousand times. */
export const smallStories = (): string[] =>
  stories().filter((story) => statSync(`__fixtures__/${story}/plan.json`).size < MOST_BYTES);

export const rawPlan = (story: string): unknown => JSON.parse(readFileSync(`__fixtures__/${story}/plan.json`, 'utf8'));

const POLICIES = inProfile(builtinPolicies(), DEFAULT_CONFIG);

/** Reviews the text of a plan. A UserError is the answer to a plan that cannot be read; any other error passes on. */
export async function reviewText(text: string): Promise<Review | UserError> {
  try {
    const plan = parsePlan(new TextEncoder().encode(text), 'plan.json');
    const input = { plans: [{ plan, source: undefined }], policies: POLICIES, config: DEFAULT_CONFIG } as const;
    return await review({ ...input, mode: 'review', today: '2026-11-27', notes: [] });
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
