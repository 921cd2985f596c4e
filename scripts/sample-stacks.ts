/** Stacks of an imaginary repository, which are fixture stories: what the documentation shows reviews of. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mode, Review } from '../src/finding/review.ts';
import { run } from '../src/run.ts';

/** Where its files stand on GitHub. */
export const BLOB = 'https://github.com/acme/infrastructure/blob/0123456789abcdef0123456789abcdef01234567';

/**
 * The review of some stacks in one checkout.
 * @param stacks directory → name of the story
 */
export async function reviewOfStacks(stacks: Readonly<Record<string, string>>, mode: Mode): Promise<Review> {
  const checkout = mkdtempSync(join(tmpdir(), 'planwarden-stacks-'));
  try {
    for (const [stack, story] of Object.entries(stacks)) {
      cpSync(join('__fixtures__', story, 'after'), join(checkout, stack), { recursive: true });
      cpSync(join('__fixtures__', story, 'plan.json'), join(checkout, stack, 'plan.json'));
    }
    const plans = Object.keys(stacks).map((stack) => `${stack}/plan.json`);
    return await run({ plans, config: null, cwd: checkout, root: checkout, simulator: 'local', mode });
  } finally {
    rmSync(checkout, { recursive: true });
  }
}
