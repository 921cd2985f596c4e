import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, posix, resolve, sep } from 'node:path';
import { minimatch } from 'minimatch';
import { UserError } from '../text/user-error.ts';

const SKIPPED = new Set(['.git', '.terraform', 'node_modules']);
const MAGIC = /[*?{[]/;

/** The part of a pattern before its first magic segment: nothing outside of it can match. */
const fixedPart = (pattern: string): string => {
  const segments = pattern.split('/');
  return segments.slice(0, segments.findIndex((segment) => MAGIC.test(segment))).join('/');
};

const isFileAt = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** A link to a file counts, so that no plan is passed over; a link to a directory does not, as it may lead in circles. */
const isPlanFile = (entry: Dirent, path: string): boolean | Promise<boolean> =>
  entry.isFile() || (entry.isSymbolicLink() && isFileAt(path));

async function walk(root: string, directory: string): Promise<string[]> {
  const entries = await readdir(join(root, directory), { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = posix.join(directory, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(root, path);
      return (await isPlanFile(entry, join(root, path))) ? [path] : [];
    }),
  );
  return found.flat();
}

async function expand(given: string, cwd: string): Promise<string[]> {
  const pattern = posix.normalize(given.split(sep).join('/'));
  // A directory may really be called `[prod]`.
  if (given === '-' || !MAGIC.test(pattern) || (await isFileAt(resolve(cwd, given)))) return [given];
  const files = await walk(pattern.startsWith('/') ? '/' : cwd, fixedPart(pattern));
  return files.filter((file) => minimatch(file, pattern, { dot: true })).toSorted();
}

async function expandOrFail(given: string, cwd: string): Promise<string[]> {
  const matches = await expand(given, cwd);
  if (matches.length > 0) return matches;
  throw new UserError(
    `No file matches ${JSON.stringify(given)}: make the plan with \`terraform show -json tfplan > plan.json\` first, or correct the pattern.`,
  );
}

/**
 * Expands plan arguments: a path stays as it is, a glob becomes the files it matches below `cwd`, sorted; `-` is standard
 * input. A file named twice is read once.
 * @throws UserError when a glob matches nothing, because a review of nothing must not look like a pass
 */
export async function expandPlanPaths(patterns: readonly string[], cwd: string): Promise<string[]> {
  const expanded = await Promise.all(patterns.map((given) => expandOrFail(given, cwd)));
  const paths = new Map(expanded.flat().map((path) => [path === '-' ? path : resolve(cwd, path), path]));
  return [...paths.values()];
}
