import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Review } from '../../src/finding/review.ts';
import { UserError } from '../../src/text/user-error.ts';
import { cases, FUZZ_PATIENCE } from '../support/fuzz.ts';
import { rawPlan, reviewText, smallStories } from './mutated.ts';
import { isSkeleton, mutate, MUTATIONS, textOf, withOtherActions, type Mutated, type Mutation } from './mutations.ts';

const PLANS = cases(600, 10_000);
const LONGEST_MS = 5_000;

/** Mutations after which a part of the plan is somewhere else, where it is nothing that Terraform would do. */
const MOVES: readonly string[] = ['swap', 'deep', 'duplicate'] satisfies Mutation[];

/** Mutations after which a part of the plan is gone, as in a plan that never had it. */
const LOSES: readonly string[] = ['remove', 'null', 'truncate', 'rename'] satisfies Mutation[];

/** Without these a change is no change any more: their loss must be seen. */
const CANNOT_BE_LOST = /^resource_changes\.\d+\.change(?:\.(?:before|after))?$/;

/**
 * True when a plan that had something dangerous may pass without a word after this: values have become others, or the
 * dangerous part is gone. False when only its form was damaged, so that a reader that passes has skipped something.
 */
function mayLoseDanger(mutation: string, { path, plan }: Mutated): boolean {
  if (!isSkeleton(path) || MOVES.includes(mutation)) return true;
  const place = path.join('.');
  if (mutation === 'actions' || place.includes('.actions')) return isKnownAction(plan, path);
  if (place.endsWith('.type') || place.endsWith('.mode')) return mutation === 'word';
  return LOSES.includes(mutation) && !CANNOT_BE_LOST.test(place);
}

const KNOWN_ACTIONS = ['create', 'update', 'delete', 'no-op', 'forget'];

/** Another action of Terraform is another meaning; a word of nobody is not. */
function isKnownAction(plan: unknown, [, index]: Mutated['path']): boolean {
  const { resource_changes: changes } = plan as { resource_changes: { change: { actions: unknown } }[] };
  const actions = changes[Number(index)]?.change.actions;
  return Array.isArray(actions) && KNOWN_ACTIONS.includes(actions.join(','));
}

/** The review says that it has not seen everything: more is not evaluated or undetermined, or a note is new. */
const saysMore = (review: Review, whole: Review): boolean =>
  review.notEvaluated.length > whole.notEvaluated.length ||
  review.findings.some(({ status }) => status === 'undetermined') ||
  review.notes.some((note) => !whole.notes.includes(note));

async function reviewOf(story: string): Promise<Review> {
  const whole = await reviewText(textOf(rawPlan(story)));
  if (whole instanceof UserError) throw whole;
  return whole;
}

const STORIES = smallStories();
const wholeReviews = new Map<string, Review>();
for (const story of STORIES) wholeReviews.set(story, await reviewOf(story));
const FAILING = STORIES.filter((story) => wholeReviews.get(story)?.conclusion === 'fail');

const damage = fc.record({
  story: fc.constantFrom(...FAILING),
  mutation: fc.constantFrom('actions', ...(Object.keys(MUTATIONS) as Mutation[])),
  structure: fc.boolean(),
  pick: fc.nat(),
});

function damaged(plan: unknown, mutation: Mutation | 'actions', structure: boolean, pick: number): Mutated {
  return mutation === 'actions' ? withOtherActions(plan, pick) : mutate(plan, mutation, structure, pick);
}

test(
  'a damaged plan is reviewed or refused with a sentence, in time, and passes only when the danger is gone',
  FUZZ_PATIENCE,
  async () => {
    await fc.assert(
      fc.asyncProperty(damage, async ({ story, mutation, structure, pick }) => {
        const mutated = damaged(rawPlan(story), mutation, structure, pick);
        const start = performance.now();
        const result = await reviewText(textOf(mutated.plan));
        expect(performance.now() - start).toBeLessThan(LONGEST_MS);
        if (result instanceof UserError || result.conclusion === 'fail') return;
        const whole = wholeReviews.get(story) ?? result;
        const explained = mayLoseDanger(mutation, mutated) || saysMore(result, whole);
        if (!explained) throw new Error(`${story} passes silently after ${mutation} at ${mutated.path.join('.')}`);
      }),
      { numRuns: PLANS },
    );
  },
);

test.each([
  ['resource_drift', {}],
  ['deferred_changes', 'none'],
  ['output_changes', []],
  ['variables', 7],
  ['prior_state', true],
  ['configuration', 'none'],
  ['resource_changes', {}],
])('%s of another type is damage, not absence', async (part, value) => {
  const plan = { ...(rawPlan('opens-ssh-to-world') as object), [part]: value };
  const result = await reviewText(textOf(plan));
  expect(result).toBeInstanceOf(UserError);
  expect(result).toHaveProperty('message', expect.stringContaining('damaged'));
});

test.each([
  ['errored', 'true'],
  ['errored', 1],
  ['complete', 'yes'],
])('a plan cannot pass whose `%s` is %j', async (key, value) => {
  const result = await reviewText(textOf({ ...(rawPlan('tags-only') as object), [key]: value }));
  expect(result).toMatchObject({ conclusion: 'fail' });
});
