import { textOf, type JsonObject } from './schema.ts';
import type { Answer, FakeGitHub, LineComment } from './state.ts';

const PAGE = 100;

const data = (value: object): Answer => ({ status: 200, data: { data: value } });

/** GraphQL says what it refuses with status 200. */
const refused = (type: string, message: string): Answer => ({ status: 200, data: { errors: [{ type, message }] } });

const thread = (github: FakeGitHub, { id, body, login, isOutdated, minimized }: LineComment) => ({
  isOutdated,
  comments: {
    nodes: [
      {
        id,
        body,
        isMinimized: minimized !== null,
        minimizedReason: minimized,
        viewerDidAuthor: login === github.login,
      },
    ],
  },
});

function reviewThreads(github: FakeGitHub, { number, after }: JsonObject): Answer {
  const all = github.lineComments.filter(({ pull }) => pull === number);
  const start = Number(after ?? 0);
  const pageInfo = { hasNextPage: start + PAGE < all.length, endCursor: String(start + PAGE) };
  const nodes = all.slice(start, start + PAGE).map((comment) => thread(github, comment));
  return data({ repository: { pullRequest: { reviewThreads: { pageInfo, nodes } } } });
}

function minimizeComment(github: FakeGitHub, { id }: JsonObject): Answer {
  const comment = github.lineComments.find((candidate) => candidate.id === id);
  if (github.permissions['pull-requests'] !== 'write' || github.refusesMinimizing)
    return refused('FORBIDDEN', 'Resource not accessible by integration');
  if (comment === undefined) return refused('NOT_FOUND', 'Could not resolve to a node with the global id');
  comment.minimized = 'outdated';
  return data({ minimizeComment: { minimizedComment: { isMinimized: true } } });
}

/** The three things that are asked of GraphQL. */
export function answerGraphql(github: FakeGitHub, { query, variables }: JsonObject): Answer {
  const text = textOf(query);
  const given = typeof variables === 'object' && variables !== null && !Array.isArray(variables) ? variables : {};
  if (text.includes('minimizeComment')) return minimizeComment(github, given);
  if (text.includes('reviewThreads')) return reviewThreads(github, given);
  return data({ viewer: { login: github.login } });
}
