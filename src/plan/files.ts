import { statSync } from 'node:fs';
import { posix, resolve, sep } from 'node:path';
import { UserError } from '../text/user-error.ts';

/** What makes a path a pattern. */
const MAGIC = /[*?{[]/;

function isFileAt(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function expand(given: string, cwd: string): Promise<string[]> {
  const pattern = posix.normalize(given.split(sep).join('/'));
  // A directory may really be called `[prod]`.
  if (given === '-' || !MAGIC.test(pattern) || isFileAt(resolve(cwd, given))) return [given];
  const { filesMatching } = await import('./glob.ts');
  return filesMatching(pattern, cwd);
}

async function expandOrFail(given: string, cwd: string, advice: string): Promise<string[]> {
  const matches = await expand(given, cwd);
  if (matches.length > 0) return matches;
  throw new UserError(`No file matches ${JSON.stringify(given)}: ${advice}, or correct the pattern.`);
}

const PLAN_ADVICE = 'make the plan with `terraform show -json tfplan > plan.json` first';

/**
 * Expands arguments that name files: a path stays as it is, a glob becomes the files it matches below `cwd`, sorted; `-` is standard
 * input. A file named twice is read once.
 * @param advice what to do when nothing is there
 * @throws UserError when a glob matches nothing, because a review of nothing must not look like a pass
 */
export async function expandPaths(patterns: readonly string[], cwd: string, advice: string): Promise<string[]> {
  const expanded = await Promise.all(patterns.map((given) => expandOrFail(given, cwd, advice)));
  const paths = new Map(expanded.flat().map((path) => [path === '-' ? path : resolve(cwd, path), path]));
  return [...paths.values()];
}

/** {@link expandPaths} for plans. */
export const expandPlanPaths = (patterns: readonly string[], cwd: string): Promise<string[]> =>
  expandPaths(patterns, cwd, PLAN_ADVICE);
