import { BASE, HEAD } from './fixtures.ts';

interface Choice {
  readonly number?: number;
  readonly headSha?: string;
  readonly headRepository?: string | null;
}

/** The payload of `pull_request`; a repository of null is a fork that was deleted. */
export const pullRequestEvent = ({
  number = 7,
  headSha = HEAD,
  headRepository = 'acme/infra',
}: Choice = {}): object => ({
  action: 'synchronize',
  number,
  pull_request: {
    number,
    head: { sha: headSha, ref: 'change', repo: headRepository === null ? null : { full_name: headRepository } },
    base: { sha: BASE, ref: 'main', repo: { full_name: 'acme/infra' } },
  },
  repository: { full_name: 'acme/infra' },
});

/** Written by hand from the documentation of the event, since no published sample has it. */
export const mergeGroupEvent = (): object => ({
  action: 'checks_requested',
  merge_group: {
    head_sha: HEAD,
    head_ref: 'refs/heads/gh-readonly-queue/main/pr-7-abc',
    base_sha: BASE,
    base_ref: 'refs/heads/main',
  },
  repository: { full_name: 'acme/infra' },
});

export const workflowRunEvent = (): object => ({
  action: 'completed',
  workflow_run: {
    event: 'pull_request',
    head_sha: HEAD,
    head_branch: 'change',
    head_repository: { full_name: 'stranger/infra', owner: { login: 'stranger' } },
    pull_requests: [],
  },
  repository: { full_name: 'acme/infra' },
});

/** What every payload says of its repository, such as that of `push` or `issue_comment`. */
export const repositoryEvent = (): object => ({ repository: { full_name: 'acme/infra', default_branch: 'main' } });
