import { readdir } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import { minimatch } from 'minimatch';
import { UserError } from '../text/user-error.ts';

const SKIPPED = new Set(['.git', '.terraform', 'node_modules']);
const MAGIC = /[*?{[]/;

/** The part of a pattern before its first magic segment: nothing outside of it can match. */
const fixedPart = (pattern: string): string => {
  const segments = pattern.split('/');
  return segments.slice(0, segments.findIndex((segment) => MAGIC.test(segment))).join('/');
};

async function walk(root: string, directory: string): Promise<string[]> {
  const entries = await readdir(join(root, directory), { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = posix.join(directory, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(root, path);
      return entry.isFile() ? [path] : [];
    }),
  );
  return found.flat();
}

/**
 * Expands plan arguments: a path stays as it is, a glob becomes the files it matches below `cwd`, sorted; `-` is standard input.
 * @throws UserError when a glob matches nothing, because a review of nothing must not look like a pass
 */
export async function expandPlanPaths(patterns: readonly string[], cwd: string): Promise<string[]> {
  const expanded = await Promise.all(
    patterns.map(async (given) => {
      const pattern = given.split(sep).join('/');
      if (given === '-' || !MAGIC.test(pattern)) return [given];
      const files = await walk(pattern.startsWith('/') ? '/' : cwd, pattern.startsWith('/') ? fixedPart(pattern) : fixedPart(posix.normalize(pattern)));
      const matches = files.filter((file) => minimatch(file, posix.normalize(pattern), { dot: true })).toSorted();
      if (matches.length === 0) throw new UserError(`No file matches ${JSON.stringify(given)}: make the plan with \`terraform show -json tfplan > plan.json\` first, or correct the pattern.`);
      return matches;
    }),
  );
  return [...new Set(expanded.flat())];
}
