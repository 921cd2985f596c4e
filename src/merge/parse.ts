import type { z } from 'zod';
import type { Review } from '../finding/review.ts';
import { UserError } from '../text/user-error.ts';
import { reportSchema } from './report-schema.ts';

const AGAIN = 'make it again with `planwarden review PLAN --format json`';

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

function toJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new UserError(`${path} is cut off or is not JSON: ${AGAIN}.`);
  }
}

/** What somebody most likely did, when a file is no report that can be read; undefined when its fields must tell. */
function mistaken(content: unknown, path: string): string | undefined {
  if (member(content, 'format_version') !== undefined)
    return `${path} is a plan and not a report: review it first, with \`planwarden review ${path} --format json\`.`;
  const version = member(content, 'schemaVersion');
  if (version === undefined) return `${path} is not a report of planwarden: ${AGAIN}.`;
  return version === 1
    ? undefined
    : `${path} has another schemaVersion than 1, the one that is known here: use the same version of planwarden in all jobs.`;
}

const explain = (issue: z.core.$ZodIssue | undefined, path: string): string =>
  `${path} is not a report as planwarden writes it (see \`${issue?.path.join('.') ?? ''}\`): ${AGAIN}.`;

/** What a schema cannot say: findings belong to the plans that were reviewed, and every plan is there once. */
function assertConsistent({ plans, findings }: Review, path: string): void {
  const paths = new Set(plans.map((plan) => plan.path));
  if (paths.size < plans.length) throw new UserError(`${path} names a plan twice: ${AGAIN}.`);
  if (findings.some(({ plan }) => !paths.has(plan)))
    throw new UserError(`${path} has a finding of a plan that it does not name: ${AGAIN}.`);
}

/**
 * Reads the text of a report. It is hostile: a job of a fork may have written it.
 * @param path how the user named it, for messages
 * @throws UserError with one sentence when it is not a report that this version can read
 */
export function parseReport(text: string, path: string): Review {
  const content = toJson(text, path);
  const mistake = mistaken(content, path);
  if (mistake !== undefined) throw new UserError(mistake);
  const { data, error } = reportSchema.safeParse(content);
  if (data === undefined) throw new UserError(explain(error.issues[0], path));
  assertConsistent(data, path);
  return data;
}
