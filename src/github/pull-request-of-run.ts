import type { Client } from './client.ts';
import type { FinishedRun, PullRequest, WorkflowRun } from './context.ts';

/**
 * The open pull request whose head is the commit that a finished workflow run was made of. The payload names none for
 * forks, so it is looked for by the head's branch, and the commit must match. Undefined when it is closed or has moved on.
 */
export async function findPullRequest(
  client: Client,
  { owner, repo }: WorkflowRun,
  { headOwner, headBranch, headSha }: FinishedRun,
): Promise<PullRequest | undefined> {
  const { data } = await client.rest.pulls.list({
    owner,
    repo,
    head: `${headOwner}:${headBranch}`,
    state: 'open',
    per_page: 100,
  });
  const found = data.find(({ head }) => head.sha === headSha);
  if (found === undefined) return undefined;
  const { number, base } = found;
  return {
    kind: 'pull-request',
    number,
    headSha,
    baseSha: base.sha,
    baseRef: base.ref,
    readOnlyToken: false,
    privileged: false,
  };
}
