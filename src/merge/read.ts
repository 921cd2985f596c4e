import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Review } from '../finding/review.ts';
import { UserError } from '../text/user-error.ts';
import { parseReport } from './parse.ts';

/** A report and the path by which it was named. */
export interface Report {
  readonly path: string;
  readonly review: Review;
}

const MEBIBYTE = 1024 * 1024;

/** A report of 2,000 findings has about 5 MiB; what is far above that does harm or is no report. */
const LARGEST = 64 * MEBIBYTE;
const LARGEST_SUM = 256 * MEBIBYTE;
const MOST = 1_000;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist: correct the path, or look at why its job wrote no report',
  ENOTDIR: 'does not exist: correct the path',
  ENAMETOOLONG: 'does not exist: correct the path',
  EACCES: 'cannot be read: its permissions forbid it',
};

function explain(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] === undefined ? error : new UserError(`${path} ${REASONS[code]}.`);
}

function sizeOf(path: string, cwd: string): number {
  try {
    const stat = statSync(resolve(cwd, path));
    // What is no regular file, a pipe say, might never end.
    if (!stat.isFile())
      throw new UserError(`${path} is not a file: name the reports, as in \`${path}/**/report.json\`.`);
    if (stat.size > LARGEST) throw new UserError(`${path} is larger than 64 MiB, which no report is: leave it out.`);
    return stat.size;
  } catch (error) {
    throw explain(error, path);
  }
}

function textOf(path: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8');
  } catch (error) {
    throw explain(error, path);
  }
}

/**
 * Reads reports, within limits of size and number.
 * @throws UserError with one sentence for the first that cannot be used
 */
export function readReports(paths: readonly string[], cwd: string): Report[] {
  if (paths.length > MOST) throw new UserError(`Merge at most 1,000 reports at once instead of ${paths.length}.`);
  const sum = paths.reduce((total, path) => total + sizeOf(path, cwd), 0);
  if (sum > LARGEST_SUM) throw new UserError('Merge reports of at most 256 MiB in all: name fewer of them.');
  return paths.map((path) => ({ path, review: parseReport(textOf(path, cwd), path) }));
}
