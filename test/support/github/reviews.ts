import { textOf, type JsonObject } from './schema.ts';
import type { Answer, Call, Pull } from './state.ts';

/** The lines of one side of a file that a patch shows, by a reading of its own. */
function shownLines(patch: string, side: 'LEFT' | 'RIGHT'): Set<number> {
  const [other, start] = side === 'LEFT' ? ['+', /^@@ -(\d+)/] : ['-', /^@@ .*\+(\d+)/];
  const shown = new Set<number>();
  let line = 0;
  for (const text of patch.split('\n')) {
    const first = start.exec(text)?.[1];
    if (first !== undefined) line = Number(first);
    else if (!text.startsWith(other) && !text.startsWith('\\')) shown.add(line++);
  }
  return shown;
}

const isInDiff = ({ patches }: Pull, { path, line, start_line: start, side }: JsonObject): boolean => {
  const shown = shownLines(patches?.[textOf(path)] ?? '', side === 'LEFT' ? 'LEFT' : 'RIGHT');
  const first = Number(start ?? line);
  return Array.from({ length: Number(line) - first + 1 }, (_, index) => first + index).every((one) => shown.has(one));
};

/** All or nothing: one line that GitHub cannot resolve loses the whole review. */
export function createReview({ github, parameters, body, operation }: Call): Answer {
  const pull = github.pulls.find(({ number }) => number === Number(parameters['pull_number']));
  const comments = (Array.isArray(body['comments']) ? body['comments'] : []) as JsonObject[];
  const isRefused = (comment: JsonObject): boolean =>
    pull === undefined ||
    body['commit_id'] !== pull.headSha ||
    !isInDiff(pull, comment) ||
    github.refusedLines.has(`${textOf(comment['path'])}:${Number(comment['line'])}`);
  if (comments.some(isRefused))
    return { status: 422, data: { message: 'Unprocessable Entity', errors: ['Line could not be resolved'] } };
  for (const { path, line, start_line: start, side, body: text } of comments)
    github.lineComments.push({
      id: `PRRC_${github.lineComments.length + 1}`,
      pull: pull?.number ?? 0,
      login: github.login,
      path: textOf(path),
      side: side === 'LEFT' ? 'LEFT' : 'RIGHT',
      line: Number(line),
      startLine: start === undefined ? null : Number(start),
      body: textOf(text),
      isOutdated: false,
      minimized: null,
    });
  github.reviews.push(comments.length);
  return { status: 200, data: operation.sample(200) };
}
