import type { Review } from '../finding/review.ts';
import { withStale } from '../finding/stale.ts';
import type { Base } from './base-file.ts';
import { explain, statusOf } from './failure.ts';

/** When the commit under review was made (RFC 3339). Errors of the API pass on. */
async function committedAt({ client, run: { owner, repo }, situation }: Base): Promise<string> {
  const { data } = await client.rest.git.getCommit({ owner, repo, commit_sha: situation.headSha });
  return data.committer.date;
}

/** Says of plans that they are older than the commit under review; asks for it only when a plan says when it was made. */
export async function checkAge(base: Base, review: Review): Promise<Review> {
  if (base.situation.kind === 'other' || review.plans.every(({ timestamp }) => !timestamp)) return review;
  try {
    return withStale(review, await committedAt(base));
  } catch (error) {
    if (statusOf(error) === 0) throw error;
    const because = explain(error, 'contents: read', base.situation);
    return {
      ...review,
      notes: [...review.notes, `Whether the plan is older than the commit could not be seen: ${because}.`],
    };
  }
}
