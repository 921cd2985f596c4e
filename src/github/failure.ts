import { framesOf } from '../text/stack.ts';
import { UserError } from '../text/user-error.ts';
import type { Situation } from './context.ts';

/** The HTTP status of a failed request (Octokit gives 500 to a broken connection); 0 for any other error. */
export const statusOf = (error: unknown): number =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 0;

const inside = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

const header = (error: unknown, name: string): unknown => inside(inside(inside(error, 'response'), 'headers'), name);

const isRateLimit = (error: unknown): boolean =>
  statusOf(error) === 429 ||
  /rate limit/i.test(error instanceof Error ? error.message : '') ||
  header(error, 'retry-after') !== undefined ||
  header(error, 'x-ratelimit-remaining') === '0';

/** GraphQL refuses with status 200 and a type of error for each field. */
function isDeniedByGraphql(error: unknown): boolean {
  const errors = inside(error, 'errors');
  return (
    Array.isArray(errors) && errors.some((one) => ['FORBIDDEN', 'NOT_FOUND'].includes(String(inside(one, 'type'))))
  );
}

/** True when the token may not do this. GitHub answers 404 instead of 403 where it hides that the thing exists. */
export const isDenied = (error: unknown): boolean =>
  ([403, 404].includes(statusOf(error)) || isDeniedByGraphql(error)) && !isRateLimit(error);

export const isNotFound = (error: unknown): boolean => statusOf(error) === 404;

/** Octokit gives status 500 to a request that had no answer, for whatever reason. */
const hadNoAnswer = (error: unknown): boolean => statusOf(error) === 500 && inside(error, 'response') === undefined;

const isLocked = (error: unknown): boolean =>
  statusOf(error) === 403 && error instanceof Error && /\blocked\b/i.test(error.message);

export const isRefused = (error: unknown): boolean => statusOf(error) === 422;

/** Errors of the file system that the runner is to blame for, not planwarden. */
const DISK = ['EACCES', 'EDQUOT', 'EEXIST', 'EIO', 'EISDIR', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS'];

const diskErrorOf = (error: unknown): string | undefined => DISK.find((code) => code === inside(error, 'code'));

function explainDenial(permission: string, situation: Situation): string {
  const asked = `this needs the permission \`${permission}\``;
  return situation.kind === 'pull-request' && situation.readOnlyToken
    ? `${asked}, and the token of a pull request from a fork or from Dependabot is read-only`
    : `${asked}: add it to the \`permissions\` of the job`;
}

/**
 * Why something could not be published, as one clause that says what to do. It never quotes the error: request and
 * response may hold what must not be printed.
 */
export function explain(error: unknown, permission: string, situation: Situation): string {
  if (statusOf(error) === 401) return 'GitHub does not accept the token: look at `github-token`';
  if (isLocked(error)) return 'the conversation is locked: unlock it, or read the job summary';
  if (isDenied(error)) return explainDenial(permission, situation);
  if (isRateLimit(error)) return 'the rate limit of GitHub is used up: run the job again later';
  if (hadNoAnswer(error)) return 'GitHub did not answer: run the job again';
  if (isRefused(error)) return 'GitHub refuses what planwarden sends (status 422): please report this';
  const status = statusOf(error);
  if (status === 410) return 'the repository has issues switched off';
  return status === 0 ? 'an unexpected error happened' : `GitHub answered with status ${status}: run the job again`;
}

/** What can be said of an error that ended the job: one sentence for people, and lines for a report of a defect. */
export function describeFailure(error: unknown): { readonly sentence: string; readonly trace: readonly string[] } {
  if (error instanceof UserError) return { sentence: error.message, trace: [] };
  if (hadNoAnswer(error)) return { sentence: 'GitHub did not answer, so the review could not be made.', trace: [] };
  if (statusOf(error) !== 0)
    return { sentence: `GitHub answered with status ${statusOf(error)}, so the review could not be made.`, trace: [] };
  const code = diskErrorOf(error);
  if (code !== undefined)
    return { sentence: `The disk of the runner cannot be used (${code}), so the review could not be made.`, trace: [] };
  const name = error instanceof Error ? error.name : typeof error;
  const sentence = `The review could not be made because of a defect in planwarden (${name}): please report it with the lines below.`;
  return { sentence, trace: error instanceof Error ? framesOf(error) : [] };
}
