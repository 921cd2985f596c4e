import type { Snapshot } from '../finding/progress.ts';
import { CREATES, listAll, once, type Client } from './client.ts';
import type { PullRequest, WorkflowRun } from './context.ts';
import { isNotFound } from './failure.ts';
import { parseSnapshot, renderSnapshot } from './history.ts';
import { isNewer, parseMarker, renderMarker, shortHash, type Marker } from './marker.ts';

/** GitHub refuses a longer body with 422; what is left over is for the marker. */
export const LONGEST_COMMENT = 65_536 - 200;

/** Who writes with the token that a workflow gets; a token of one's own has another login. */
const WORKFLOW_BOT = 'github-actions[bot]';

/** Only a text that says something else is written, so that {@link ReviewComment.body} must not depend on this. */
export interface History {
  readonly snapshot: Snapshot;
  /** The text with `room` characters. */
  readonly compare: (earlier: Snapshot | undefined, room: number) => string;
}

export interface ReviewComment {
  /** Tells the comments of several reviews on one pull request apart. */
  readonly key: string;
  /** Markdown of at most LONGEST_COMMENT characters. */
  readonly body: string;
  /**
   * What stands in the review, and its text in comparison with what stood in the one before. Left out, what stood before is
   * kept: a review that could not be made says nothing of it.
   */
  readonly history?: History;
  /** False when there is nothing to say: then no comment is created, but one that is there is brought up to date. */
  readonly create: boolean;
}

/** What became of the comment, with its address when there is one. */
export type Posted =
  | { readonly kind: 'created' | 'updated' | 'unchanged' | 'outdated'; readonly url: string }
  | { readonly kind: 'nothing'; readonly url: null };

interface Own {
  readonly id: number;
  readonly url: string;
  readonly marker: Marker;
  readonly snapshot: Snapshot | undefined;
}

interface Target {
  readonly client: Client;
  readonly run: WorkflowRun;
  readonly pullRequest: PullRequest;
  readonly marker: Marker;
}

/** The login of whoever the token is of. `GET /user` is forbidden for a workflow's token, but GraphQL tells everybody their own login. */
export async function ownLogin(client: Client): Promise<string> {
  try {
    const { viewer } = await client.graphql<{ viewer: { login: string } }>('query { viewer { login } }');
    return viewer.login;
  } catch {
    return WORKFLOW_BOT;
  }
}

/** Our comments with this key, oldest first. Anybody can copy a marker, so the author decides: us, or `login` if known. */
async function findOwn({ client, run, pullRequest, marker }: Target, login?: string): Promise<Own[]> {
  const { owner, repo } = run;
  const { items: comments, whole } = await listAll((page) =>
    client.rest.issues.listComments({ owner, repo, issue_number: pullRequest.number, ...page }),
  );
  if (!whole) throw new Error('The list of comments has no end.');
  const marked = comments.flatMap(({ id, html_url: url, body, user }) => {
    const found = parseMarker(body ?? '');
    return found?.key === marker.key
      ? [{ id, url, marker: found, snapshot: parseSnapshot(body ?? ''), author: user?.login }]
      : [];
  });
  if (marked.length === 0) return [];
  const own = login ?? (await ownLogin(client));
  return marked.filter(({ author }) => author === own);
}

/** The whole text: the marker, what stands in the review, and the review in comparison with the one before. */
function write(marker: Marker, { body, history }: ReviewComment, earlier: Snapshot | undefined): string {
  const snapshot = history?.snapshot ?? earlier;
  const hidden = snapshot === undefined ? '' : renderSnapshot(snapshot);
  const text = history?.compare(earlier, LONGEST_COMMENT - hidden.length) ?? body;
  return [renderMarker(marker), ...(hidden === '' ? [] : [hidden]), text].join('\n');
}

/** A re-run of an old commit, or a slow run that a push overtook, must not bury the newest review. */
export async function isOvertaken({
  client,
  run,
  pullRequest,
}: Pick<Target, 'client' | 'run' | 'pullRequest'>): Promise<boolean> {
  const { owner, repo } = run;
  const { data } = await client.rest.pulls.get({ owner, repo, pull_number: pullRequest.number });
  return data.head.sha !== pullRequest.headSha;
}

async function update(target: Target, own: Own, comment: ReviewComment): Promise<Posted> {
  if (own.marker.hash === target.marker.hash) return { kind: 'unchanged', url: own.url };
  if (isNewer(own.marker, target.marker) || (await isOvertaken(target))) return { kind: 'outdated', url: own.url };
  const { owner, repo } = target.run;
  const body = write(target.marker, comment, own.snapshot);
  try {
    const { data } = await target.client.rest.issues.updateComment({ owner, repo, comment_id: own.id, body });
    return { kind: 'updated', url: data.html_url };
  } catch (error) {
    // Somebody may have deleted it since it was listed. Where it is still there, 404 means that we may not write it.
    if (isNotFound(error) && (await findOwn(target)).length === 0) return create(target, comment);
    throw error;
  }
}

/** A second comment with our key is the trace of two runs that both found none. */
async function remove({ client, run }: Target, doubles: readonly Own[]): Promise<void> {
  for (const { id: comment_id } of doubles) {
    try {
      await client.rest.issues.deleteComment({ owner: run.owner, repo: run.repo, comment_id });
    } catch (error) {
      if (!isNotFound(error)) throw error; // the other run removed it first
    }
  }
}

async function create(target: Target, comment: ReviewComment): Promise<Posted> {
  if (await isOvertaken(target)) return { kind: 'nothing', url: null };
  const { client, run, pullRequest, marker } = target;
  const { owner, repo } = run;
  const request = async () => {
    const fields = { owner, repo, issue_number: pullRequest.number, body: write(marker, comment, undefined) };
    const { data } = await client.rest.issues.createComment({ ...fields, request: CREATES });
    return { url: data.html_url, login: data.user?.login };
  };
  const find = async () => {
    const [found] = await findOwn(target);
    return found && { url: found.url, login: undefined };
  };
  const { url, login } = await once(request, find);
  const [first, ...doubles] = await findOwn(target, login);
  if (first === undefined || doubles.length === 0) return { kind: 'created', url };
  await remove(target, doubles);
  return first.url === url ? { kind: 'created', url } : update(target, first, comment);
}

/**
 * Brings the one review comment of a pull request up to date: created once, then edited in place, never doubled, not
 * written at all when it would say the same, and never overwritten by an older run. Errors of the API pass on.
 */
export async function publishComment(
  client: Client,
  run: WorkflowRun,
  pullRequest: PullRequest,
  comment: ReviewComment,
): Promise<Posted> {
  const { id, attempt } = run;
  const marker = {
    key: comment.key,
    sha: pullRequest.headSha,
    run: [id, attempt],
    hash: shortHash(comment.body),
  } as const;
  const target = { client, run, pullRequest, marker };
  const [own, ...doubles] = await findOwn(target);
  if (own === undefined) return comment.create ? create(target, comment) : { kind: 'nothing', url: null };
  await remove(target, doubles);
  return update(target, own, comment);
}
