import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names of all stories: folders of `__fixtures__/` with a plan. */
export const stories = (): string[] =>
  readdirSync('__fixtures__')
    .filter((name) => existsSync(`__fixtures__/${name}/plan.json`))
    .toSorted();

/** `story.json` may name the profile of its review; without it is the default. */
function profileOf(story: string): string[] {
  const file = `__fixtures__/${story}/story.json`;
  const { profile } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { profile?: string }) : {};
  return profile === undefined ? [] : ['--profile', profile];
}

/** The arguments with which a story is reviewed, as its user would. */
export const reviewArguments = (story: string): string[] => [
  'review',
  `__fixtures__/${story}/plan.json`,
  ...profileOf(story),
  ...(existsSync(`__fixtures__/${story}/planwarden.yaml`) ? ['--config', `__fixtures__/${story}/planwarden.yaml`] : []),
  ...(existsSync(`__fixtures__/${story}/after`) ? ['--source', `__fixtures__/${story}/after`] : []),
];

/** The environment of a review: no credentials, so that nothing is asked of AWS wherever the tests run. */
export const REVIEW_ENVIRONMENT = { PATH: process.env['PATH'] ?? '', HOME: join(tmpdir(), 'planwarden-home') };
