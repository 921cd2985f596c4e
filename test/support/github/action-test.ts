import { readFileSync } from 'node:fs';
import { pullRequestEvent } from './events.ts';
import { BASE, HEAD, MERGE } from './fixtures.ts';
import type { Story } from './plan.ts';
import { runAction, type Finished, type Step } from './runner.ts';
import { startGitHub, stopGitHub, type FakeGitHub } from './server.ts';

/** Starting Node and the pauses between writes that GitHub asks for take seconds on a busy machine. */
export const PATIENCE = { timeout: 120_000 };

/** Acts on a GitHub of its own, in which pull request 7 is open. Throws when something happened that GitHub refuses. */
export async function withGitHub(act: (github: FakeGitHub) => Promise<void>): Promise<void> {
  const github = await startGitHub();
  github.pulls.push({ number: 7, headSha: HEAD, baseSha: BASE, files: ['main.tf'] });
  for (const commit of [BASE, MERGE]) github.files.set(commit, { 'main.tf': '' });
  try {
    await act(github);
  } catch (error) {
    await github.close();
    throw error;
  }
  await stopGitHub(github);
}

/** A story of the project's fixtures: a plan by real Terraform and what it was made from. */
export function story(name: string): Story {
  const read = (path: string): string =>
    readFileSync(new URL(`../../../__fixtures__/${name}/${path}`, import.meta.url), 'utf8');
  return { plan: read('plan.json'), source: read('after/main.tf') };
}

/** The files that a checkout and `terraform show -json` leave in the workspace. */
export const filesOf = ({ plan, source }: Story) => ({ 'plan.json': plan, 'main.tf': source });

/** Runs the action as a workflow on pull request 7 would. */
export const onPullRequest = (github: FakeGitHub, given: Story, step: Partial<Step> = {}): Promise<Finished> =>
  runAction(github, { event: 'pull_request', payload: pullRequestEvent(), files: filesOf(given), ...step });
