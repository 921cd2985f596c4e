import { size } from '../report/fit.ts';
import type { LineComment, LinePlace } from '../report/line-comments.ts';
import { type Anchor, anchorOf, type Diff, readDiff } from './anchor.ts';
import { CREATES, once, type Client } from './client.ts';
import { isOvertaken } from './comment.ts';
import type { PullRequest, WorkflowRun } from './context.ts';
import { statusOf } from './failure.ts';
import { renderLineMarker, type LineMarker } from './line-marker.ts';
import { shortHash } from './marker.ts';
import { findLineComments, minimize, type OwnLineComment } from './threads.ts';

/** More beside the code is noise: the others are in the review comment. */
const MOST_COMMENTS = 20;

/** GitHub refuses a longer body. */
const LONGEST_BODY = 65_536 - 200;

export interface PublishedLines {
  /** What people find at its line. */
  readonly shown: readonly LineComment[];
  /** Where GitHub did not take one although the line is in the diff: `main.tf:5`. */
  readonly refused: readonly string[];
  /** How many were not posted, because of the error. */
  readonly missing: number;
  readonly error?: unknown;
  /** Comments that should have been folded away and were not. */
  readonly unfolded: number;
}

interface Target {
  readonly client: Client;
  readonly run: WorkflowRun;
  readonly pullRequest: PullRequest;
  readonly key: string;
}

/** A comment with the lines of the diff that it stands on. */
interface Anchored {
  readonly comment: LineComment;
  readonly lines: Anchor;
  readonly marker: LineMarker;
  readonly body: string;
}

/** The patches of all changed files. GitHub gives none of binary, very large or too many files. */
async function patchesOf({ client, run, pullRequest }: Target): Promise<ReadonlyMap<string, string>> {
  const { owner, repo } = run;
  const parameters = { owner, repo, pull_number: pullRequest.number, per_page: 100 };
  const files = await client.paginate(client.rest.pulls.listFiles, parameters);
  return new Map(files.map(({ filename, patch = '' }) => [filename, patch]));
}

/** A suggestion replaces exactly the lines that the comment stands on. */
const isWhole = (place: LinePlace, { startLine, endLine }: Anchor): boolean =>
  place.kind === 'lines' && startLine === place.startLine && endLine === place.endLine;

function toAnchored(comment: LineComment, diff: Diff, key: string): Anchored[] {
  const lines = anchorOf(diff, comment.place);
  if (lines === undefined) return [];
  const text = comment.text(isWhole(comment.place, lines));
  if (size(text) > LONGEST_BODY) return [];
  const marker = { key, fingerprint: comment.fingerprint, digest: shortHash(text) };
  return [{ comment, lines, marker, body: `${renderLineMarker(marker)}\n${text}` }];
}

const saysTheSame = (own: OwnLineComment, { marker }: Anchored): boolean =>
  own.stands && own.marker.fingerprint === marker.fingerprint && own.marker.digest === marker.digest;

const toRequest = ({ lines: { path, startLine, endLine, side }, body }: Anchored) => ({
  path,
  body,
  line: endLine,
  side,
  ...(startLine < endLine && { start_line: startLine, start_side: side }),
});

const intro = (number: number): string =>
  number === 1
    ? 'planwarden has a remark on a line of this pull request.'
    : `planwarden has ${number} remarks on lines of this pull request.`;

async function createReview({ client, run, pullRequest, key }: Target, remarks: readonly Anchored[]): Promise<void> {
  const { owner, repo } = run;
  const fields = { owner, repo, pull_number: pullRequest.number, commit_id: pullRequest.headSha };
  const comments = remarks.map(toRequest);
  const request = async (): Promise<boolean> => {
    const review = { ...fields, event: 'COMMENT', body: intro(remarks.length), comments } as const;
    await client.rest.pulls.createReview({ ...review, request: CREATES });
    return true;
  };
  const find = async (): Promise<true | undefined> => {
    const own = await findLineComments(client, run, pullRequest, key);
    return remarks.every((remark) => own.some((one) => saysTheSame(one, remark))) || undefined;
  };
  await once(request, find);
}

/** What became of remarks that were to be posted; all others are there. */
interface Posted {
  /** Those whose line GitHub refuses. */
  readonly refused: readonly Anchored[];
  /** Those that were not posted, because of the error. */
  readonly missing: readonly Anchored[];
  readonly error?: unknown;
}

/** GitHub refuses a whole review for one line and does not say which, so halves of it are tried. */
async function post(target: Target, remarks: readonly Anchored[]): Promise<Posted> {
  if (remarks.length === 0) return { refused: [], missing: [] };
  try {
    await createReview(target, remarks);
    return { refused: [], missing: [] };
  } catch (error) {
    if (statusOf(error) !== 422) return { refused: [], missing: remarks, error };
    if (remarks.length === 1) return { refused: remarks, missing: [] };
    const middle = Math.ceil(remarks.length / 2);
    const [first, second] = [remarks.slice(0, middle), remarks.slice(middle)];
    const one = await post(target, first);
    if (one.missing.length > 0) return { ...one, missing: [...one.missing, ...second] };
    const other = await post(target, second);
    return { ...other, refused: [...one.refused, ...other.refused] };
  }
}

/** What cannot be folded away is no reason to lose the review. Returns how many stay open. */
async function fold({ client }: Target, stale: readonly OwnLineComment[]): Promise<number> {
  let unfolded = 0;
  for (const { id } of stale) await minimize(client, id).catch(() => (unfolded += 1));
  return unfolded;
}

/**
 * Brings our comments on lines of a pull request up to date: new ones in one review, none twice, and those whose finding
 * is fixed or says something else now are folded away as outdated. Comments whose lines are not in the diff, and all
 * beyond the worst 20, are left out. An error of the API passes on when nothing was posted, and is told beside what was.
 */
export async function publishLineComments(
  client: Client,
  run: WorkflowRun,
  pullRequest: PullRequest,
  { key, comments }: { readonly key: string; readonly comments: readonly LineComment[] },
): Promise<PublishedLines> {
  const target = { client, run, pullRequest, key };
  const diff = readDiff(await patchesOf(target));
  const wanted = comments.flatMap((comment) => toAnchored(comment, diff, key)).slice(0, MOST_COMMENTS);
  const own = await findLineComments(client, run, pullRequest, key);
  const missing = wanted.filter((one) => !own.some((there) => saysTheSame(there, one)));
  const stale = own.filter((there) => !there.isMinimized && !wanted.some((one) => saysTheSame(there, one)));
  const all = { shown: wanted.map(({ comment }) => comment), refused: [], missing: 0, unfolded: 0 };
  if (missing.length + stale.length === 0 || (await isOvertaken(target))) return all;
  const posted = await post(target, missing);
  if (posted.missing.length > 0 && posted.missing.length === missing.length) throw posted.error;
  const absent = new Set([...posted.refused, ...posted.missing].map(({ comment }) => comment));
  return {
    shown: all.shown.filter((comment) => !absent.has(comment)),
    refused: posted.refused.map(({ lines: { path, startLine } }) => `${path}:${startLine}`),
    missing: posted.missing.length,
    error: posted.error,
    unfolded: await fold(target, stale),
  };
}
