import { shortHash, renderMarker } from '../../src/github/marker.ts';
import { mergeGroupEvent, pullRequestEvent, workflowRunEvent } from '../support/github/events.ts';
import { BASE, HEAD, NEXT_HEAD } from '../support/github/fixtures.ts';
import { opensPorts, type Story } from '../support/github/plan.ts';
import type { Step } from '../support/github/runner.ts';
import type { ChangedFile, Fault, FakeGitHub } from '../support/github/state.ts';

/** One way in which a run goes wrong on GitHub, and how it must end. */
export interface Scenario {
  readonly fault: string;
  /** What GitHub does. */
  readonly given?: (github: FakeGitHub) => void;
  readonly faults?: readonly Fault[];
  /** What the workflow or the runner does. */
  readonly step?: (github: FakeGitHub) => Partial<Step>;
  readonly story?: Story;
  /** A run on this pull request has gone well before, with one finding. */
  readonly earlier?: true;
  /** Two runs at the same time. */
  readonly race?: true;
  readonly code: 0 | 1 | 2;
  /** What the job summary says of it; where there is none, what the log says. */
  readonly summary?: RegExp;
  readonly log?: RegExp;
  /** What is on GitHub in the end: our comments, check runs, their annotations. */
  readonly left: readonly [comments: number, checkRuns: number, annotations: number];
  /** Comments of ours at lines in the end; none when left out. */
  readonly lines?: number;
  /** Requests of the run that would change something; a race has no fixed number. */
  readonly writes?: number;
  /** True where the runner takes no job summary. */
  readonly noSummary?: boolean;
  /** Every request of the run is below this path. */
  readonly below?: string;
}

type Matches = Fault['matches'];

const POST_CHECK: Matches = (method, path) => method === 'POST' && path.endsWith('/check-runs');
const PATCH_CHECK: Matches = (method, path) => method === 'PATCH' && path.includes('/check-runs/');
const POST_COMMENT: Matches = (method, path) => method === 'POST' && path.endsWith('/comments');
const POST_REVIEW: Matches = (method, path) => method === 'POST' && path.endsWith('/reviews');
const GRAPHQL: Matches = (_, path) => path === '/graphql';
const PATCH_COMMENT: Matches = (method, path) => method === 'PATCH' && path.includes('/comments/');
const LIST_COMMENTS: Matches = (method, path) => method === 'GET' && path.endsWith('/comments');
const LIST_FILES: Matches = (method, path) => method === 'GET' && path.endsWith('/files');
const CONTENTS: Matches = (_, path) => path.includes('/contents/');
const WRITES: Matches = (method, path) => method !== 'GET' && path !== '/graphql';
const ALL: Matches = () => true;

/** All such requests from one on. */
const from = (first: number, matches: Matches): Matches => {
  let seen = 0;
  return (method, path) => matches(method, path) && ++seen >= first;
};

const ALWAYS = 999;

const once = (matches: Matches, fault: Partial<Fault>): Fault => ({ matches, times: 1, ...fault });
const always = (matches: Matches, fault: Partial<Fault>): Fault => ({ matches, times: ALWAYS, ...fault });

const READ_ONLY = { contents: 'read', checks: 'read', 'pull-requests': 'read' } as const;
const may = (permissions: FakeGitHub['permissions']) => (github: FakeGitHub) => {
  github.permissions = permissions;
};

const changes = (files: readonly (string | ChangedFile)[]) => (github: FakeGitHub) => {
  github.pulls.splice(0, 1, { number: 7, headSha: HEAD, baseSha: BASE, files });
};

/** A pull request that adds the file with all three findings, whose workflow wants comments at lines. */
const shown = (given?: (github: FakeGitHub) => void) => (github: FakeGitHub) => {
  const lines = opensPorts(3).source.split('\n');
  const patch = [`@@ -0,0 +1,${lines.length} @@`, ...lines.map((line) => `+${line}`)].join('\n');
  github.pulls.splice(0, 1, {
    number: 7,
    headSha: HEAD,
    baseSha: BASE,
    files: ['main.tf'],
    patches: { 'main.tf': patch },
  });
  given?.(github);
};
const atLines = (): Partial<Step> => ({ inputs: { annotations: 'review' } });

const ofFork = (headSha: string) => (github: FakeGitHub) => {
  github.pulls.splice(0, 1, { number: 7, headSha, baseSha: BASE, headOwner: 'stranger' });
};

const moveHead = (github: FakeGitHub): void => {
  for (const pull of github.pulls) pull.headSha = NEXT_HEAD;
};

const manyFiles = (count: number): ChangedFile[] =>
  Array.from({ length: count }, (_, index) => ({ filename: `modules/m${index}.tf`, status: 'modified' }));

/** The comment of a run that was a little faster. */
const RIVAL = {
  id: 900,
  issue: 7,
  login: 'github-actions[bot]',
  body: `${renderMarker({ key: shortHash('planwarden', '.', 'plan.json'), sha: HEAD, run: [99, 1], hash: '0' })}\nRival`,
};

const strangers = (count: number) =>
  Array.from({ length: count }, (_, id) => ({ id: id + 1, issue: 7, login: 'octocat', body: 'Looks good to me.' }));

const HTML = { text: '<!DOCTYPE html><html><body>Unicorn!</body></html>', headers: { 'content-type': 'text/html' } };
const SECONDARY = { status: 403, message: 'You have exceeded a secondary rate limit' };
/** GraphQL says what it refuses with status 200. */
const graphqlRefuses = (type: string, message: string): Partial<Fault> => ({
  status: 200,
  text: JSON.stringify({ data: null, errors: [{ type, message }] }),
});
const COMMENTS_PATH = '/repos/acme/infra/issues/7/comments';

const env = (variables: Record<string, string>) => (): Partial<Step> => ({ env: variables });
const fork = (): Partial<Step> => ({ payload: pullRequestEvent({ headRepository: 'stranger/infra' }) });
const secondStage = (): Partial<Step> => ({ event: 'workflow_run', payload: workflowRunEvent() });

const PERMISSIONS: readonly Scenario[] = [
  {
    fault: 'the token is read-only',
    given: may(READ_ONLY),
    code: 1,
    summary: /checks: write[^]*pull-requests: write/,
    left: [0, 0, 0],
    writes: 2,
  },
  {
    fault: '`checks` is missing',
    given: may({ contents: 'read', 'pull-requests': 'write' }),
    code: 1,
    summary: /checks: write/,
    left: [1, 0, 0],
    writes: 2,
  },
  {
    fault: '`pull-requests` may only be read',
    given: may({ contents: 'read', checks: 'write', 'pull-requests': 'read' }),
    code: 1,
    summary: /pull-requests: write/,
    left: [0, 1, 3],
    writes: 2,
  },
  {
    fault: '`pull-requests` is missing',
    given: may({ contents: 'read', checks: 'write' }),
    code: 1,
    summary: /pull-requests: read[^]*pull-requests: write/,
    left: [0, 1, 3],
    writes: 1,
  },
  {
    fault: '`contents` is missing',
    given: may({ checks: 'write', 'pull-requests': 'write' }),
    code: 2,
    summary: /contents: read/,
    left: [0, 0, 0],
    writes: 0,
  },
  {
    fault: 'every permission is missing',
    given: may({}),
    code: 2,
    summary: /contents: read/,
    left: [0, 0, 0],
    writes: 0,
  },
  {
    fault: 'Dependabot, whose token is read-only',
    given: may(READ_ONLY),
    step: () => ({ actor: 'dependabot[bot]' }),
    code: 1,
    summary: /Dependabot is read-only/,
    left: [0, 0, 0],
    writes: 2,
  },
  {
    fault: 'a fork, whose token is read-only',
    given: may(READ_ONLY),
    step: fork,
    code: 1,
    summary: /from a fork[^]*is read-only/,
    left: [0, 0, 0],
    writes: 2,
  },
  {
    fault: 'the second stage for a fork',
    given: ofFork(HEAD),
    step: secondStage,
    code: 1,
    summary: /can have changed it/,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'the second stage after a push to the fork',
    given: ofFork(NEXT_HEAD),
    step: secondStage,
    code: 1,
    left: [0, 0, 0],
    writes: 0,
  },
  {
    fault: 'the second stage without `pull-requests`',
    given: may({ contents: 'read', checks: 'write' }),
    step: secondStage,
    code: 2,
    summary: /pull-requests: read/,
    left: [0, 0, 0],
    writes: 0,
  },
];

const REFUSALS: readonly Scenario[] = [
  {
    fault: '401 for everything',
    faults: [always(ALL, { status: 401 })],
    code: 2,
    summary: /github-token/,
    left: [0, 0, 0],
    writes: 0,
  },
  {
    fault: '401 for writes',
    faults: [always(WRITES, { status: 401 })],
    code: 1,
    summary: /github-token/,
    left: [0, 0, 0],
    writes: 2,
  },
  {
    fault: '404 for the check run',
    faults: [always(POST_CHECK, { status: 404 })],
    code: 1,
    summary: /checks: write/,
    left: [1, 0, 0],
    writes: 2,
  },
  {
    fault: '409 for the check run',
    faults: [once(POST_CHECK, { status: 409 })],
    code: 1,
    summary: /status 409/,
    left: [1, 0, 0],
    writes: 2,
  },
  {
    fault: '422 for a line of an annotation',
    faults: [always(POST_CHECK, { status: 422 })],
    code: 1,
    summary: /status 422/,
    left: [1, 0, 0],
    writes: 2,
  },
  {
    fault: '422 because the comment is too long',
    faults: [once(POST_COMMENT, { status: 422 })],
    code: 1,
    left: [1, 1, 3],
    writes: 3,
  },
  {
    fault: '422 for every comment',
    faults: [always(POST_COMMENT, { status: 422 })],
    code: 1,
    summary: /status 422/,
    left: [0, 1, 3],
    writes: 3,
  },
  {
    fault: 'the conversation is locked',
    faults: [always(POST_COMMENT, { status: 403, message: 'Unable to create comment because issue is locked.' })],
    code: 1,
    summary: /conversation is locked/,
    left: [0, 1, 3],
    writes: 2,
  },
];

const HOUR_FROM_NOW = String(Math.floor(Date.now() / 1000) + 3600);
const USED_UP = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': HOUR_FROM_NOW };

const LIMITS: readonly Scenario[] = [
  {
    fault: 'the primary rate limit is used up',
    faults: [always(WRITES, { status: 403, message: 'API rate limit exceeded', headers: USED_UP })],
    code: 1,
    summary: /rate limit/,
    left: [0, 0, 0],
    writes: 2,
  },
  {
    fault: 'the primary rate limit is used up before the configuration is read',
    faults: [always(ALL, { status: 403, message: 'API rate limit exceeded', headers: USED_UP })],
    code: 2,
    summary: /rate limit/,
    left: [0, 0, 0],
    writes: 0,
  },
  {
    fault: 'the secondary rate limit asks for a second',
    faults: [once(POST_CHECK, { ...SECONDARY, headers: { 'retry-after': '1' } })],
    code: 1,
    left: [1, 1, 3],
    writes: 3,
  },
  {
    fault: 'the secondary rate limit asks for an hour',
    faults: [always(WRITES, { ...SECONDARY, headers: { 'retry-after': '3600' } })],
    code: 1,
    summary: /rate limit/,
    left: [0, 0, 0],
    writes: 2,
  },
  {
    fault: '429 between two writes, with a second to wait',
    faults: [once(POST_COMMENT, { ...SECONDARY, status: 429, headers: { 'retry-after': '1' } })],
    code: 1,
    left: [1, 1, 3],
    writes: 3,
  },
  {
    fault: '429 without a word',
    faults: [always(POST_COMMENT, { status: 429 })],
    code: 1,
    summary: /rate limit/,
    left: [0, 1, 3],
    writes: 2,
  },
];

const OUTAGES: readonly Scenario[] = [
  ...[500, 502, 503].map((status): Scenario => ({
    fault: `${status} for the first try of each write`,
    faults: [once(POST_CHECK, { status }), once(POST_COMMENT, { status })],
    code: 1,
    left: [1, 1, 3],
    writes: 4,
  })),
  {
    fault: '502 for every write',
    faults: [always(WRITES, { status: 502 })],
    code: 1,
    summary: /status 502/,
    left: [0, 0, 0],
    writes: 4,
  },
  {
    fault: '503 for the configuration of the base',
    faults: [always(CONTENTS, { status: 503 })],
    code: 2,
    summary: /status 503/,
    left: [0, 0, 0],
    writes: 0,
  },
  {
    fault: '403 for the list of files',
    faults: [always(LIST_FILES, { status: 403 })],
    code: 1,
    summary: /could not be seen: this needs the permission `pull-requests: read`/,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: '500 for the list of files',
    faults: [always(LIST_FILES, { status: 500 })],
    code: 1,
    summary: /could not be seen: GitHub answered with status 500: run the job again/,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'no answer to the check run',
    faults: [once(POST_CHECK, { breaks: 'hang' })],
    code: 1,
    left: [1, 1, 3],
    writes: 3,
  },
  {
    fault: 'no answer to the comment, which is there',
    faults: [once(POST_COMMENT, { breaks: 'hang', after: true })],
    code: 1,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'no answer to any write',
    faults: [always(WRITES, { breaks: 'hang' })],
    code: 1,
    summary: /did not answer/,
    left: [0, 0, 0],
    writes: 4,
  },
  {
    fault: 'no answer at all',
    faults: [always(ALL, { breaks: 'hang' })],
    code: 2,
    summary: /did not answer/,
    left: [0, 0, 0],
    writes: 0,
  },
  {
    fault: 'a reset before the first write',
    faults: [once(POST_CHECK, { breaks: 'reset' })],
    code: 1,
    left: [1, 1, 3],
    writes: 3,
  },
  {
    fault: 'a reset after the first write',
    faults: [once(POST_CHECK, { breaks: 'reset', after: true })],
    code: 1,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'a reset after the comment',
    faults: [once(POST_COMMENT, { breaks: 'reset', after: true })],
    code: 1,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'a reset after the comment was edited',
    earlier: true,
    faults: [once(PATCH_COMMENT, { breaks: 'reset', after: true })],
    code: 1,
    left: [1, 2, 4],
    writes: 3,
  },
  {
    fault: 'a reset between two batches of annotations',
    story: opensPorts(120),
    faults: [once(PATCH_CHECK, { breaks: 'reset', after: true })],
    code: 1,
    left: [1, 1, 120],
    writes: 4,
  },
  {
    fault: '502 for the second batch of annotations',
    story: opensPorts(120),
    faults: [always(PATCH_CHECK, { status: 502 })],
    code: 1,
    summary: /lacks \(70\)[^]*status 502/,
    left: [1, 1, 50],
    writes: 4,
  },
  {
    fault: '502 for the comment of a review that cannot be made',
    earlier: true,
    faults: [always(PATCH_COMMENT, { status: 502 })],
    step: () => ({ files: { 'plan.json': '{}' } }),
    code: 2,
    left: [1, 1, 1],
    writes: 3,
  },
];

const OTHERS: readonly Scenario[] = [
  { fault: 'two runs race for one comment', race: true, code: 1, left: [1, 2, 6] },
  {
    fault: 'another run has written the comment since it was looked for',
    faults: [once(POST_COMMENT, { meanwhile: ({ comments }) => comments.push({ ...RIVAL }) })],
    code: 1,
    left: [1, 1, 3],
    writes: 4,
  },
  {
    fault: 'the comment is deleted before it is edited',
    earlier: true,
    faults: [once(PATCH_COMMENT, { meanwhile: ({ comments }) => comments.splice(0) })],
    code: 1,
    left: [1, 2, 4],
    writes: 3,
  },
  {
    fault: 'the comment may not be edited',
    earlier: true,
    faults: [always(PATCH_COMMENT, { status: 404 })],
    code: 1,
    summary: /pull-requests: write/,
    left: [1, 2, 4],
    writes: 2,
  },
  {
    fault: 'a force-push in between',
    faults: [once(POST_CHECK, { meanwhile: moveHead })],
    code: 1,
    left: [0, 1, 3],
    writes: 1,
  },
  {
    fault: 'a force-push before the comment is edited',
    earlier: true,
    faults: [once(POST_CHECK, { meanwhile: moveHead })],
    code: 1,
    log: /newer run/,
    left: [1, 2, 4],
    writes: 1,
  },
  {
    fault: 'the merge queue',
    step: () => ({ event: 'merge_group', payload: mergeGroupEvent() }),
    code: 1,
    left: [0, 0, 0],
    writes: 0,
  },
  { fault: '350 files without patches', given: changes(manyFiles(350)), code: 1, left: [1, 1, 3], writes: 2 },
  {
    fault: 'the limit of 3,000 files',
    given: changes(manyFiles(3_000)),
    code: 1,
    summary: /could not be seen: it changes more files than GitHub lists \(3,000\)/,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'the configuration is renamed',
    given: changes([{ filename: 'old.yaml', previous_filename: '.planwarden.yaml', status: 'renamed' }]),
    code: 1,
    summary: /changes [^]*planwarden[^]*base branch/,
    left: [1, 1, 3],
    writes: 2,
  },
];

const ANSWERS: readonly Scenario[] = [
  {
    fault: 'GitHub Enterprise Server',
    earlier: true,
    step: ({ url }) => ({ env: { GITHUB_API_URL: `${url}/api/v3`, GITHUB_GRAPHQL_URL: `${url}/api/graphql` } }),
    code: 1,
    left: [1, 2, 4],
    writes: 2,
    below: '/api/',
  },
  {
    fault: 'half a JSON',
    faults: [once(LIST_COMMENTS, { text: '[{"id": 1, "bo' })],
    code: 1,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'an HTML page with status 200',
    faults: [always(LIST_COMMENTS, HTML)],
    code: 1,
    summary: /status 502/,
    left: [0, 1, 3],
    writes: 1,
  },
  {
    fault: 'an HTML page with status 503',
    faults: [always(WRITES, { ...HTML, status: 503 })],
    code: 1,
    summary: /status 503/,
    left: [0, 0, 0],
    writes: 4,
  },
  {
    fault: 'an empty list of comments that is no list',
    earlier: true,
    faults: [always(LIST_COMMENTS, { text: '' })],
    code: 1,
    summary: /status 502/,
    left: [1, 2, 4],
    writes: 1,
  },
  {
    fault: 'an object instead of a list',
    earlier: true,
    faults: [always(LIST_COMMENTS, { text: '{}' })],
    code: 1,
    summary: /could not be written/,
    left: [1, 2, 4],
    writes: 1,
  },
  {
    fault: 'an empty answer to the comment, which is there',
    faults: [once(POST_COMMENT, { text: '', after: true })],
    code: 1,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'a redirect that keeps the method',
    faults: [once(POST_COMMENT, { status: 307, headers: { location: COMMENTS_PATH } })],
    code: 1,
    left: [1, 1, 3],
    writes: 3,
  },
  {
    fault: 'a redirect that makes a POST a GET',
    faults: [once(POST_COMMENT, { status: 301, headers: { location: COMMENTS_PATH } })],
    code: 1,
    left: [1, 1, 3],
    writes: 3,
  },
  {
    fault: 'pages that lead in a circle',
    faults: [
      always(LIST_FILES, { headers: { link: '<http://127.0.0.1/>; rel="next"' } }),
      always(LIST_COMMENTS, { headers: { link: '<http://127.0.0.1/>; rel="next"' } }),
    ],
    code: 1,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'pages without a link to the next',
    earlier: true,
    given: ({ comments }) => comments.unshift(...strangers(120)),
    faults: [always(LIST_COMMENTS, { headers: { link: '' } })],
    code: 1,
    left: [1, 2, 4],
    writes: 2,
  },
];

const RUNNER: readonly Scenario[] = [
  {
    fault: 'the payload of the event is not there',
    step: () => ({ payloadText: null }),
    code: 2,
    summary: /event/,
    left: [0, 0, 0],
    writes: 0,
  },
  {
    fault: 'the payload of the event is cut off',
    step: () => ({ payloadText: '{"action": "synchronize", "pull_req' }),
    code: 2,
    summary: /event/,
    left: [0, 0, 0],
    writes: 0,
  },
  {
    fault: 'the payload of the event names no pull request',
    step: () => ({ payload: { action: 'x' } }),
    code: 2,
    summary: /event/,
    left: [0, 0, 0],
    writes: 0,
  },
  {
    fault: 'the merge group has no base',
    step: () => ({ event: 'merge_group', payload: {} }),
    code: 2,
    summary: /event/,
    left: [0, 0, 0],
    writes: 0,
  },
  {
    fault: 'the repository is not named',
    step: () => ({ payload: {}, env: { GITHUB_REPOSITORY: '' } }),
    code: 2,
    summary: /event/,
    left: [0, 0, 0],
    writes: 0,
  },
  {
    fault: 'there is no job summary',
    step: env({ GITHUB_STEP_SUMMARY: '' }),
    noSummary: true,
    code: 1,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'the file of the job summary is missing',
    step: env({ GITHUB_STEP_SUMMARY: '/nowhere/summary' }),
    noSummary: true,
    code: 1,
    log: /job summary could not/,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'the disk of the job summary is full',
    step: env({ GITHUB_STEP_SUMMARY: '/dev/full' }),
    noSummary: true,
    code: 1,
    log: /job summary could not/,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'the disk of the job summary is full and the token read-only',
    given: may(READ_ONLY),
    step: env({ GITHUB_STEP_SUMMARY: '/dev/full' }),
    noSummary: true,
    code: 1,
    log: /checks: write/,
    left: [0, 0, 0],
    writes: 2,
  },
  {
    fault: 'the outputs cannot be written',
    step: env({ GITHUB_OUTPUT: '/nowhere/output' }),
    code: 1,
    log: /outputs could not/,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'the disk of the outputs is full',
    step: env({ GITHUB_OUTPUT: '/dev/full' }),
    code: 1,
    log: /outputs could not/,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'the folder for temporary files cannot be used',
    step: env({ RUNNER_TEMP: '/dev/full' }),
    code: 1,
    log: /report files could not/,
    left: [1, 1, 3],
    writes: 2,
  },
  {
    fault: 'neither outputs nor summary nor plan are there',
    step: () => ({ files: {}, env: { GITHUB_OUTPUT: '/dev/full', GITHUB_STEP_SUMMARY: '/dev/full' } }),
    noSummary: true,
    code: 2,
    log: /plan\.json/,
    left: [0, 0, 0],
    writes: 0,
  },
];

const withLines = (scenarios: readonly (Omit<Scenario, 'left'> & Partial<Scenario>)[]): Scenario[] =>
  scenarios.map((scenario) => ({ given: shown(), step: atLines, left: [1, 0, 0], ...scenario }));

/** Comments at lines: what GitHub does not take stands in the log, and the summary has every finding in any case. */
const LINES: readonly Scenario[] = withLines([
  {
    fault: '422 for one line of a review',
    given: shown((github) => github.refusedLines.add('main.tf:12')),
    code: 1,
    log: /^::error [^\n]*file=main\.tf,line=12/m,
    lines: 2,
    writes: 6,
  },
  {
    fault: '403 for the review',
    faults: [always(POST_REVIEW, { status: 403 })],
    code: 1,
    summary: /Comments on lines could not be written: this needs the permission `pull-requests: write`/,
    log: /^::error [^\n]*file=main\.tf/m,
    writes: 2,
  },
  {
    fault: 'the conversation is locked before the review',
    faults: [always(POST_REVIEW, { status: 403, message: 'Conversation is locked' })],
    code: 1,
    summary: /the conversation is locked/,
    writes: 2,
  },
  {
    fault: '502 for the list of comments at lines',
    faults: [always(GRAPHQL, { status: 502 })],
    code: 1,
    summary: /Comments on lines could not be written/,
    log: /^::error [^\n]*file=main\.tf/m,
  },
  ...(['FORBIDDEN', 'NOT_FOUND'] as const).map((type) => ({
    fault: `${type} of GraphQL for the list of comments at lines`,
    faults: [always(GRAPHQL, graphqlRefuses(type, 'Resource not accessible by integration'))],
    code: 1 as const,
    summary: /Comments on lines could not be written: this needs the permission `pull-requests: write`/,
    log: /^::error [^\n]*file=main\.tf/m,
    writes: 1,
  })),
  {
    fault: '404 for the list of comments at lines',
    faults: [always(GRAPHQL, { status: 404 })],
    code: 1,
    summary: /Comments on lines could not be written: this needs the permission `pull-requests: write`/,
    log: /^::error [^\n]*file=main\.tf/m,
    writes: 1,
  },
  {
    fault: 'the rate limit of GraphQL is used up',
    faults: [always(GRAPHQL, graphqlRefuses('RATE_LIMITED', 'API rate limit exceeded'))],
    code: 1,
    summary: /Comments on lines could not be written: the rate limit of GitHub is used up/,
    log: /^::error [^\n]*file=main\.tf/m,
  },
  {
    fault: '422 for the whole review and each of its lines',
    faults: [always(POST_REVIEW, { status: 422 })],
    code: 1,
    summary: /GitHub took no comment at `main\.tf:5`, `main\.tf:12`, `main\.tf:19`/,
    log: /^::error [^\n]*file=main\.tf,line=19/m,
    writes: 6,
  },
  {
    fault: '422 for one line of a review, then 502',
    given: shown((github) => github.refusedLines.add('main.tf:12')),
    faults: [always(from(5, POST_REVIEW), { status: 502 })],
    code: 1,
    summary: /1 comment on lines could not be written and stands in the log: GitHub answered with status 502/,
    log: /^::error [^\n]*file=main\.tf,line=19/m,
    lines: 1,
  },
  {
    fault: '502 for the first try of the review',
    faults: [once(POST_REVIEW, { status: 502 })],
    code: 1,
    lines: 3,
    writes: 3,
  },
  {
    fault: 'a reset after the review, which is there',
    faults: [once(POST_REVIEW, { breaks: 'reset', after: true })],
    code: 1,
    lines: 3,
    writes: 2,
  },
  {
    fault: 'no answer to the review, which is there',
    faults: [once(POST_REVIEW, { breaks: 'hang', after: true })],
    code: 1,
    lines: 3,
    writes: 2,
  },
  {
    fault: 'the secondary rate limit before the review',
    faults: [once(POST_REVIEW, { ...SECONDARY, headers: { 'retry-after': '1' } })],
    code: 1,
    lines: 3,
    writes: 3,
  },
  {
    fault: 'a force-push just before the review',
    faults: [once(POST_REVIEW, { meanwhile: moveHead })],
    code: 1,
    left: [0, 0, 0],
    log: /^::error [^\n]*file=main\.tf/m,
  },
  {
    fault: 'a pull request whose files have no patches',
    given: changes(['main.tf']),
    code: 1,
    log: /^::error [^\n]*file=main\.tf/m,
    writes: 1,
  },
]);

export const SCENARIOS: readonly Scenario[] = [
  ...PERMISSIONS,
  ...REFUSALS,
  ...LIMITS,
  ...OUTAGES,
  ...OTHERS,
  ...ANSWERS,
  ...RUNNER,
  ...LINES,
];
