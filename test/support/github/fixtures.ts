import { Octokit } from '@octokit/rest';
import type { PullRequest, WorkflowRun } from '../../../src/github/context.ts';
import type { FakeGitHub } from './state.ts';

export const HEAD = 'a1'.repeat(20);
/** What `GITHUB_SHA` names: the test merge of a pull request, the default branch for most other events. */
export const MERGE = 'd4'.repeat(20);
export const NEXT_HEAD = 'b2'.repeat(20);
export const BASE = 'c3'.repeat(20);

export const RUN: WorkflowRun = { owner: 'acme', repo: 'infra', id: 100, attempt: 1 };

export const PULL_REQUEST: PullRequest = {
  kind: 'pull-request',
  number: 7,
  headSha: HEAD,
  baseSha: BASE,
  baseRef: 'main',
  readOnlyToken: false,
  privileged: false,
};

/** A client without the waiting and repeating of the real one, for tests of what is sent. */
export const plainClient = ({ url }: FakeGitHub): Octokit => {
  const ignore = (): void => {};
  return new Octokit({
    auth: 'token',
    baseUrl: url,
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  });
};

/** The requests that changed something, as `METHOD path`. */
export const writes = ({ requests }: FakeGitHub): string[] =>
  requests
    .filter(({ method, path }) => method !== 'GET' && path !== '/graphql')
    .map(({ method, path }) => `${method} ${path}`);
