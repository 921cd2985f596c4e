import { createHash } from 'node:crypto';
import { MERGE } from './fixtures.ts';
import { createReview } from './reviews.ts';
import { OPERATIONS, textOf, type JsonObject, type Operation } from './schema.ts';
import type { Answer, Call, CheckRun, Comment, Issue, Pull, Scope } from './state.ts';

const DEFAULT_PAGE = 30;
const LARGEST_PAGE = 100;

export const notFound: Answer = { status: 404, data: { message: 'Not Found' } };
export const forbidden: Answer = { status: 403, data: { message: 'Resource not accessible by integration' } };

const sampled = ({ operation }: Call, status: number, fields: object): object => ({
  ...(operation.sample(status) as object),
  ...fields,
});

const user = (login: string) => ({
  ...Object.fromEntries(
    [
      'node_id',
      'avatar_url',
      'gravatar_id',
      'url',
      'html_url',
      'followers_url',
      'following_url',
      'gists_url',
      'starred_url',
      'subscriptions_url',
      'organizations_url',
      'repos_url',
      'events_url',
      'received_events_url',
    ].map((key) => [key, 'https://github.test/']),
  ),
  id: 1,
  login,
  type: 'User',
  site_admin: false,
});

const showComment = (call: Call, status: number, { id, issue, login, body }: Comment) =>
  sampled(call, status, {
    id,
    body,
    user: user(login),
    html_url: `https://github.test/acme/infra/pull/${issue}#issuecomment-${id}`,
  });

const showCheckRun = (call: Call, status: number, { annotations, ...run }: CheckRun) => {
  const output = {
    title: null,
    summary: null,
    text: null,
    annotations_count: annotations.length,
    annotations_url: 'https://github.test/',
  };
  const shown = { ...output, ...(run['output'] as object), annotations: undefined };
  return sampled(call, status, {
    ...run,
    output: shown,
    html_url: `https://github.test/acme/infra/runs/${run.id}`,
    pull_requests: [],
  });
};

/** One page of a list, with the `Link` header by which clients find the next. */
function page({ github, query, parameters, operation }: Call, items: readonly unknown[]): Answer {
  const size = Math.min(Number(query.get('per_page') ?? DEFAULT_PAGE), LARGEST_PAGE);
  const current = Number(query.get('page') ?? 1);
  const more = current * size < items.length;
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '');
  const next = `<${github.url}${path}?per_page=${size}&page=${current + 1}>; rel="next"`;
  return { status: 200, data: items.slice((current - 1) * size, current * size), headers: more ? { link: next } : {} };
}

const nextId = (items: readonly { id: number }[]): number => 1000 + Math.max(0, ...items.map(({ id }) => id - 999));

function createComment(call: Call): Answer {
  const { github, parameters, body } = call;
  const comment = {
    id: nextId(github.comments),
    issue: Number(parameters['issue_number']),
    login: github.login,
    body: textOf(body['body']),
  };
  github.comments.push(comment);
  return { status: 201, data: showComment(call, 201, comment) };
}

const withComment = (call: Call, act: (comment: Comment) => Answer): Answer => {
  const comment = call.github.comments.find(({ id }) => id === Number(call.parameters['comment_id']));
  if (comment === undefined) return notFound;
  return comment.login === call.github.login ? act(comment) : forbidden;
};

function updateComment(call: Call): Answer {
  return withComment(call, (comment) => {
    comment.body = textOf(call.body['body']);
    return { status: 200, data: showComment(call, 200, comment) };
  });
}

const deleteComment = (call: Call): Answer =>
  withComment(call, (comment) => {
    call.github.comments.splice(call.github.comments.indexOf(comment), 1);
    return { status: 204 };
  });

const newAnnotations = (body: JsonObject): JsonObject[] => {
  const output = body['output'] as { annotations?: JsonObject[] } | undefined;
  return output?.annotations ?? [];
};

function createCheckRun(call: Call): Answer {
  const { github, body } = call;
  const run: CheckRun = { ...body, id: nextId(github.checkRuns), annotations: newAnnotations(body) };
  github.checkRuns.push(run);
  return { status: 201, data: showCheckRun(call, 201, run) };
}

const withCheckRun = (call: Call, act: (run: CheckRun) => void): Answer => {
  const run = call.github.checkRuns.find(({ id }) => id === Number(call.parameters['check_run_id']));
  if (run === undefined) return notFound;
  act(run);
  return { status: 200, data: showCheckRun(call, 200, run) };
};

const updateCheckRun = (call: Call): Answer =>
  withCheckRun(call, (run) =>
    Object.assign(run, call.body, { annotations: [...run.annotations, ...newAnnotations(call.body)] }),
  );

function listCheckRuns(call: Call): Answer {
  const { github, parameters, query } = call;
  const name = query.get('check_name');
  const found = github.checkRuns.filter(
    (run) => run['head_sha'] === parameters['ref'] && (name === null || run['name'] === name),
  );
  const shape = sampleOf('/repos/{owner}/{repo}/check-runs/{check_run_id}');
  return {
    status: 200,
    data: {
      total_count: found.length,
      check_runs: found.map((run) => showCheckRun({ ...call, operation: shape }, 200, run)),
    },
  };
}

const sampleOf = (path: string): Operation => {
  const found = OPERATIONS.find((operation) => operation.method === 'GET' && operation.path === path);
  if (found === undefined) throw new Error(`${path} is not in the slice`);
  return found;
};

const LINKS = {
  url: '',
  git_url: '',
  html_url: '',
  download_url: '',
  _links: { git: null, self: 'https://github.test/', html: null },
};
const FILE_LINKS = {
  ...LINKS,
  url: 'https://github.test/',
  git_url: null,
  html_url: null,
  download_url: null,
};

/** As with git, equal content has an equal id. */
const idOf = (content: unknown): string => createHash('sha1').update(JSON.stringify(content)).digest('hex');

function getContent({ github, parameters, query }: Call): Answer {
  const files = github.files.get(query.get('ref') ?? 'HEAD');
  const path = decodeURIComponent(parameters['path'] ?? '');
  if (files === undefined) return notFound;
  const text = files[path];
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (text !== undefined) {
    const content = Buffer.from(text).toString('base64');
    return {
      status: 200,
      data: {
        ...FILE_LINKS,
        sha: idOf(text),
        type: 'file',
        encoding: 'base64',
        size: text.length,
        name,
        path,
        content,
      },
    };
  }
  const below = Object.keys(files)
    .filter((file) => file.startsWith(`${path}/`))
    .map((file) => file.slice(path.length + 1));
  const entries = [...new Set(below.map((file) => file.split('/')[0] ?? ''))];
  const isFolder = (entry: string): boolean => below.some((file) => file.startsWith(`${entry}/`));
  const show = (entry: string) => ({
    ...FILE_LINKS,
    sha: idOf(Object.entries(files).filter(([file]) => `${file}/`.startsWith(`${path}/${entry}/`))),
    type: isFolder(entry) ? 'dir' : 'file',
    size: 0,
    name: entry,
    path: `${path}/${entry}`,
  });
  return entries.length === 0 ? notFound : { status: 200, data: entries.map(show) };
}

function getCommit(call: Call): Answer {
  const { committed, files } = call.github;
  const sha = call.parameters['commit_sha'] ?? '';
  const date = committed.get(sha);
  if (date === undefined && !files.has(sha)) return notFound;
  const sample = call.operation.sample(200) as { committer: object };
  const made = date === undefined ? {} : { committer: { ...sample.committer, date } };
  return { status: 200, data: { ...sample, sha, ...made } };
}

/** The default branch stands at the commit of {@link MERGE}; no other branch or tag is known. */
const getRef = (call: Call): Answer =>
  decodeURIComponent(call.parameters['ref'] ?? '') === 'heads/main'
    ? {
        status: 200,
        data: sampled(call, 200, {
          ref: 'refs/heads/main',
          object: { type: 'commit', sha: MERGE, url: 'https://github.test/' },
        }),
      }
    : notFound;

const showPull = (call: Call, { number, headSha, baseSha, headBranch = 'change' }: Pull) => {
  const shape = call.operation.sample(200) as { head: object; base: object };
  const head = { ...shape.head, sha: headSha, ref: headBranch };
  return { ...shape, number, head, base: { ...shape.base, sha: baseSha, ref: 'main' } };
};

function getPull(call: Call): Answer {
  const pull = call.github.pulls.find(({ number }) => number === Number(call.parameters['pull_number']));
  return pull === undefined ? notFound : { status: 200, data: showPull(call, pull) };
}

function listPulls(call: Call): Answer {
  const head = call.query.get('head');
  const isWanted = ({ headOwner = 'acme', headBranch = 'change' }: Pull): boolean =>
    head === null || head === `${headOwner}:${headBranch}`;
  return page(
    call,
    call.github.pulls.filter(isWanted).map((pull) => showPull(call, pull)),
  );
}

function listFiles(call: Call): Answer {
  const pull = call.github.pulls.find(({ number }) => number === Number(call.parameters['pull_number']));
  return page(
    call,
    (pull?.files ?? []).map((file) => {
      const changed = typeof file === 'string' ? { filename: file, status: 'modified' } : file;
      const patch = pull?.patches?.[changed.filename];
      return sampled(call, 200, { ...changed, ...(patch !== undefined && { patch }) });
    }),
  );
}

const listComments = (call: Call): Answer => {
  const { github, parameters } = call;
  const ofIssue = github.comments.filter(({ issue }) => issue === Number(parameters['issue_number']));
  return page(
    call,
    ofIssue.map((comment) => showComment(call, 200, comment)),
  );
};

const showIssue = (
  call: Call,
  status: number,
  { number, login, title, body, state, stateReason, isPullRequest }: Issue,
) => ({
  ...sampled(call, status, {
    number,
    title,
    body,
    state,
    state_reason: stateReason,
    user: user(login),
    html_url: `https://github.test/acme/infra/issues/${number}`,
  }),
  ...(isPullRequest === true && {
    pull_request: { url: null, html_url: null, diff_url: null, patch_url: null },
  }),
});

function listIssues(call: Call): Answer {
  const { github, query } = call;
  const [creator, state] = [query.get('creator'), query.get('state') ?? 'open'];
  const found = github.issues.filter(
    (issue) => (creator === null || issue.login === creator) && (state === 'all' || issue.state === state),
  );
  return page(
    call,
    found.map((issue) => showIssue(call, 200, issue)),
  );
}

function createIssue(call: Call): Answer {
  const { github, body } = call;
  const issue: Issue = {
    number: 50 + github.issues.length,
    login: github.login,
    title: textOf(body['title']),
    body: textOf(body['body']),
    state: 'open',
    stateReason: null,
  };
  github.issues.push(issue);
  return { status: 201, data: showIssue(call, 201, issue) };
}

function updateIssue(call: Call): Answer {
  const { github, parameters, body } = call;
  const issue = github.issues.find(({ number }) => number === Number(parameters['issue_number']));
  if (issue === undefined) return notFound;
  if (body['body'] !== undefined) issue.body = textOf(body['body']);
  if (body['state'] !== undefined) issue.state = textOf(body['state']);
  if (body['state_reason'] !== undefined) issue.stateReason = textOf(body['state_reason']);
  return { status: 200, data: showIssue(call, 200, issue) };
}

export interface Route {
  readonly scopes: readonly Scope[];
  readonly answer: (call: Call) => Answer;
}

const REPO = '/repos/{owner}/{repo}';
const CONVERSATION = ['issues', 'pull-requests'] as const;
export const ROUTES: Readonly<Record<string, Route>> = {
  [`GET ${REPO}/issues`]: { scopes: ['issues'], answer: listIssues },
  [`POST ${REPO}/issues`]: { scopes: ['issues'], answer: createIssue },
  [`PATCH ${REPO}/issues/{issue_number}`]: { scopes: ['issues'], answer: updateIssue },
  [`GET ${REPO}/issues/{issue_number}/comments`]: { scopes: CONVERSATION, answer: listComments },
  [`POST ${REPO}/issues/{issue_number}/comments`]: { scopes: CONVERSATION, answer: createComment },
  [`PATCH ${REPO}/issues/comments/{comment_id}`]: { scopes: CONVERSATION, answer: updateComment },
  [`DELETE ${REPO}/issues/comments/{comment_id}`]: { scopes: CONVERSATION, answer: deleteComment },
  [`POST ${REPO}/check-runs`]: { scopes: ['checks'], answer: createCheckRun },
  [`GET ${REPO}/check-runs/{check_run_id}`]: { scopes: ['checks'], answer: (call) => withCheckRun(call, () => {}) },
  [`PATCH ${REPO}/check-runs/{check_run_id}`]: { scopes: ['checks'], answer: updateCheckRun },
  [`GET ${REPO}/commits/{ref}/check-runs`]: { scopes: ['checks'], answer: listCheckRuns },
  [`GET ${REPO}/contents/{path}`]: { scopes: ['contents'], answer: getContent },
  [`GET ${REPO}/git/commits/{commit_sha}`]: { scopes: ['contents'], answer: getCommit },
  [`GET ${REPO}/git/ref/{ref}`]: { scopes: ['contents'], answer: getRef },
  [`GET ${REPO}/pulls`]: { scopes: ['pull-requests'], answer: listPulls },
  [`GET ${REPO}/pulls/{pull_number}`]: { scopes: ['pull-requests'], answer: getPull },
  [`GET ${REPO}/pulls/{pull_number}/files`]: { scopes: ['pull-requests'], answer: listFiles },
  [`POST ${REPO}/pulls/{pull_number}/reviews`]: { scopes: ['pull-requests'], answer: createReview },
};
