import { CREATES, once, type Client } from './client.ts';
import { ownLogin } from './comment.ts';
import type { WorkflowRun } from './context.ts';
import { isNewer, parseMarker, renderMarker, shortHash, type Marker } from './marker.ts';

/** What the one issue of an audit shall say. */
export interface TrackingIssue {
  /** Tells the issues of several audits of one repository apart. */
  readonly key: string;
  /** Only for a new issue: whoever renames it keeps the name. */
  readonly title: string;
  /** Markdown of at most LONGEST_COMMENT characters: issues and comments have the same limit. */
  readonly body: string;
  /** False when the audit is clean: then no issue is created, and an open one is closed. */
  readonly open: boolean;
}

/** What became of the issue, with its address when there is one. */
export type Tracked =
  | { readonly kind: 'created' | 'updated' | 'unchanged' | 'outdated'; readonly url: string }
  | { readonly kind: 'nothing'; readonly url: null };

interface Own {
  readonly number: number;
  readonly url: string;
  readonly isOpen: boolean;
  readonly marker: Marker;
}

interface Target {
  readonly client: Client;
  readonly run: WorkflowRun;
  readonly marker: Marker;
  readonly login: string;
}

/** Our issues with this key, oldest first. Anybody can copy a marker into an issue, so the author decides. */
async function findOwn({ client, run, marker, login }: Target): Promise<Own[]> {
  const { owner, repo } = run;
  const parameters = {
    owner,
    repo,
    creator: login,
    state: 'all',
    sort: 'created',
    direction: 'asc',
    per_page: 100,
  } as const;
  const issues = await client.paginate(client.rest.issues.listForRepo, parameters);
  return issues.flatMap(({ number, html_url: url, state, body, user, pull_request: isPullRequest }) => {
    const found = parseMarker(body ?? '');
    const isOurs = found?.key === marker.key && user?.login === login && !isPullRequest;
    return isOurs ? [{ number, url, isOpen: state === 'open', marker: found }] : [];
  });
}

const write = (marker: Marker, { body }: TrackingIssue): string => `${renderMarker(marker)}\n${body}`;

/** One request changes text and state together, so that the issue is never half-way. */
async function update(target: Target, own: Own, issue: TrackingIssue): Promise<Tracked> {
  const { client, run, marker } = target;
  if (own.marker.hash === marker.hash && own.isOpen === issue.open) return { kind: 'unchanged', url: own.url };
  if (isNewer(own.marker, marker)) return { kind: 'outdated', url: own.url };
  const { owner, repo } = run;
  const reopened = own.isOpen ? {} : ({ state_reason: 'reopened' } as const);
  const state = issue.open
    ? ({ state: 'open', ...reopened } as const)
    : ({ state: 'closed', state_reason: 'completed' } as const);
  const fields = { owner, repo, issue_number: own.number, body: write(marker, issue), ...state };
  const { data } = await client.rest.issues.update(fields);
  return { kind: 'updated', url: data.html_url };
}

/** An issue cannot be deleted with the token of a workflow: a double, made by two audits at once, is closed. */
async function closeDoubles({ client, run }: Target, doubles: readonly Own[]): Promise<void> {
  const { owner, repo } = run;
  for (const { number: issue_number } of doubles.filter(({ isOpen }) => isOpen))
    await client.rest.issues.update({ owner, repo, issue_number, state: 'closed', state_reason: 'not_planned' });
}

async function create(target: Target, issue: TrackingIssue): Promise<Tracked> {
  const { client, run, marker } = target;
  const { owner, repo } = run;
  const request = async () => {
    const fields = { owner, repo, title: issue.title, body: write(marker, issue) };
    return (await client.rest.issues.create({ ...fields, request: CREATES })).data.html_url;
  };
  const url = await once(request, async () => (await findOwn(target))[0]?.url);
  const [first, ...doubles] = await findOwn(target);
  if (first === undefined || doubles.length === 0) return { kind: 'created', url };
  await closeDoubles(target, doubles);
  return first.url === url ? { kind: 'created', url } : update(target, first, issue);
}

/**
 * Brings the one tracking issue of an audit up to date: created with the first finding, edited in place, closed when the
 * audit is clean, opened again when it is not, never doubled, and not written at all when it would say the same. Errors of
 * the API pass on.
 */
export async function publishIssue(
  client: Client,
  run: WorkflowRun,
  sha: string,
  issue: TrackingIssue,
): Promise<Tracked> {
  const marker = { key: issue.key, sha, run: [run.id, run.attempt], hash: shortHash(issue.body) } as const;
  const target = { client, run, marker, login: await ownLogin(client) };
  const [own, ...doubles] = await findOwn(target);
  if (own !== undefined) {
    await closeDoubles(target, doubles);
    return update(target, own, issue);
  }
  return issue.open ? create(target, issue) : { kind: 'nothing', url: null };
}
