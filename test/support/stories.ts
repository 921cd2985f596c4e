import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names of all stories: folders of `__fixtures__/` with a plan. */
export const stories = (): string[] =>
  readdirSync('__fixtures__')
    .filter((name) => existsSync(`__fixtures__/${name}/plan.json`))
    .toSorted();

/** The arguments with which a story is reviewed, as its user would. */
export const reviewArguments = (story: string): string[] => [
  'review',
  `__fixtures__/${story}/plan.json`,
  ...(existsSync(`__fixtures__/${story}/after`) ? ['--source', `__fixtures__/${story}/after`] : []),
];

/** The environment of a review: no credentials, so that nothing is asked of AWS wherever the tests run. */
export const REVIEW_ENVIRONMENT = { PATH: process.env['PATH'] ?? '', HOME: join(tmpdir(), 'planwarden-home') };
