import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { minimatch } from 'minimatch';

const SKIPPED = new Set(['.git', '.terraform', 'node_modules']);

const MAGIC = /[*?{[]/;

/** The part of a pattern before its first magic segment: nothing outside of it can match. */
const fixedPart = (pattern: string): string => {
  const segments = pattern.split('/');
  return segments
    .slice(
      0,
      segments.findIndex((segment) => MAGIC.test(segment)),
    )
    .join('/');
};

const isFileAt = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** A link to a file counts, so that no plan is passed over; a link to a directory does not, as it may lead in circles. */
const isPlanFile = (entry: Dirent, path: string): boolean =>
  entry.isFile() || (entry.isSymbolicLink() && isFileAt(path));

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

function walk(root: string, directory: string): string[] {
  return entriesOf(join(root, directory)).flatMap((entry) => {
    const path = posix.join(directory, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(root, path);
    return isPlanFile(entry, join(root, path)) ? [path] : [];
  });
}

/** The files below `cwd` that match a pattern with forward slashes, sorted. */
export const filesMatching = (pattern: string, cwd: string): string[] =>
  walk(pattern.startsWith('/') ? '/' : cwd, fixedPart(pattern))
    .filter((file) => minimatch(file, pattern, { dot: true }))
    .toSorted();
