import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json as readJson } from 'node:stream/consumers';
import { answerGraphql } from './graphql.ts';
import { HEAD, NEXT_HEAD } from './fixtures.ts';
import { forbidden, notFound, ROUTES } from './routes.ts';
import { RULES } from './rules.ts';
import { mistakes, OPERATIONS, type JsonObject, type Operation } from './schema.ts';
import type { Answer, Call, FakeGitHub, Fault, Permissions, Recorded, Scope } from './state.ts';

export type { FakeGitHub } from './state.ts';

/** Before any plan of the fixtures was made. */
const LONG_AGO = '2026-01-01T00:00:00Z';

const WRITABLE: Permissions = { contents: 'read', checks: 'write', 'pull-requests': 'write' };

const isAllowed = ({ permissions }: FakeGitHub, method: string, scopes: readonly Scope[]): boolean =>
  scopes.some((scope) => permissions[scope] === 'write' || (method === 'GET' && permissions[scope] === 'read'));

/** The first thing wrong with a request, or undefined. */
function complain({ operation, query, body }: Call, method: string, path: string): string | undefined {
  if (method !== 'GET' && method !== 'DELETE' && !operation.acceptsBody(body)) return mistakes(operation.acceptsBody);
  const unknown = [...query.keys()].find((name) => !operation.query.has(name));
  if (unknown !== undefined) return `unknown query parameter ${unknown}`;
  return RULES.find((rule) => rule.applies(method, path) && rule.isBroken(body))?.message;
}

function answer(github: FakeGitHub, method: string, { pathname, searchParams }: URL, body: JsonObject | null): Answer {
  if (pathname === '/graphql') return answerGraphql(github, body ?? {});
  const operation = OPERATIONS.find((candidate) => candidate.method === method && candidate.pattern.test(pathname));
  const route = operation === undefined ? undefined : ROUTES[`${method} ${operation.path}`];
  if (operation === undefined || route === undefined) {
    github.violations.push(`${method} ${pathname} is not an operation of the slice`);
    return notFound;
  }
  const parameters = operation.pattern.exec(pathname)?.groups ?? {};
  const call = { github, operation, parameters, query: searchParams, body: body ?? {} };
  if (!isAllowed(github, method, route.scopes)) return forbidden;
  const complaint = complain(call, method, pathname);
  if (complaint === undefined) return checked(github, operation, route.answer(call));
  github.violations.push(`${method} ${pathname}: ${complaint}`);
  return { status: 422, data: { message: 'Validation Failed', errors: [complaint] } };
}

/** The fake must not teach the client answers that GitHub never gives. */
function checked(github: FakeGitHub, operation: Operation, given: Answer): Answer {
  const validate = operation.acceptsResponse(given.status);
  const plain: unknown = given.data === undefined ? undefined : JSON.parse(JSON.stringify(given.data));
  if (validate !== undefined && !validate(plain)) {
    github.violations.push(`answer to ${operation.method} ${operation.path}: ${mistakes(validate)}`);
  }
  return given;
}

function takeFault({ faults }: FakeGitHub, method: string, path: string): Fault | undefined {
  const fault = faults.find(({ matches, times }) => times > 0 && matches(method, path));
  if (fault !== undefined) fault.times -= 1;
  return fault;
}

const isAnswer = ({ status, text, breaks }: Fault): boolean =>
  status !== undefined || text !== undefined || breaks !== undefined;

const asAnswer = ({ status = 200, headers = {}, message = 'Server Error', text, breaks }: Fault): Answer => ({
  status,
  headers,
  data: { message },
  ...(text !== undefined && { text }),
  ...(breaks !== undefined && { breaks }),
});

function respond(github: FakeGitHub, recorded: Recorded, url: URL): Answer {
  if (recorded.headers.authorization === undefined) return { status: 401, data: { message: 'Bad credentials' } };
  const fault = takeFault(github, recorded.method, url.pathname);
  fault?.meanwhile?.(github);
  if (fault !== undefined && isAnswer(fault) && fault.after !== true) return asAnswer(fault);
  const given = answer(github, recorded.method, url, recorded.body);
  if (fault === undefined) return given;
  return isAnswer(fault) ? asAnswer(fault) : { ...given, headers: { ...given.headers, ...fault.headers } };
}

/** GitHub Enterprise Server has its API below these. */
const withoutPrefix = (path: string): string => path.replace(/^\/api(?:\/v3)?(?=\/)/, '');

function send(response: ServerResponse, { status, data, text, breaks, headers }: Answer): void {
  if (breaks === 'hang') return;
  if (breaks === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(text ?? (data === undefined ? undefined : JSON.stringify(data)));
}

async function readBody(request: IncomingMessage): Promise<JsonObject | null> {
  const hasBody =
    Number(request.headers['content-length'] ?? 0) > 0 || request.headers['transfer-encoding'] !== undefined;
  return hasBody ? ((await readJson(request)) as JsonObject) : null;
}

async function serve(github: FakeGitHub, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { method = 'GET', headers } = request;
  const recorded: Recorded = {
    method,
    path: url.pathname,
    query: url.search,
    body: await readBody(request),
    headers,
    status: 0,
  };
  github.requests.push(recorded);
  if (github.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, github.latencyMs));
  const asked = new URL(url);
  asked.pathname = withoutPrefix(url.pathname);
  const given = respond(github, recorded, asked);
  recorded.status = given.status;
  send(response, given);
}

/** Starts a GitHub of one repository, `acme/infra`, that remembers what it was told. */
export async function startGitHub(): Promise<FakeGitHub> {
  const server = createServer((request, response) => {
    serve(github, request, response).catch((error: unknown) => {
      github.violations.push(`the fake failed: ${String(error)}`);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const github: FakeGitHub = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    violations: [],
    comments: [],
    issues: [],
    lineComments: [],
    reviews: [],
    refusedLines: new Set(),
    checkRuns: [],
    pulls: [],
    faults: [],
    files: new Map(),
    refusesMinimizing: false,
    committed: new Map([HEAD, NEXT_HEAD].map((commit) => [commit, LONG_AGO])),
    permissions: WRITABLE,
    login: 'github-actions[bot]',
    latencyMs: 0,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return github;
}

/** Stops the fake, and throws when it was told something that GitHub refuses. */
export async function stopGitHub(github: FakeGitHub): Promise<void> {
  await github.close();
  if (github.violations.length > 0) throw new Error(`GitHub would refuse this: ${github.violations.join('\n')}`);
}
