import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../text/user-error.ts';

/** The folder of the checkout: the nearest one upwards that holds `.git`, but never above the workspace. */
export function findRoot(directory: string, workspace: string): string {
  const isOutside = relative(workspace, directory).startsWith('..');
  if (isOutside || directory === workspace || directory === dirname(directory)) return workspace;
  return existsSync(join(directory, '.git')) ? directory : findRoot(dirname(directory), workspace);
}

/** A path as GitHub names it: from the root of the repository, with forward slashes; undefined outside of it. */
export function toRepositoryPath(root: string, path: string): string | undefined {
  const inside = relative(root, resolve(root, path)).split(sep).join('/');
  return inside === '..' || inside.startsWith('../') ? undefined : inside;
}

/** Like {@link toRepositoryPath}, for a path that the workflow names and that must be in the repository. */
export function requireRepositoryPath(root: string, path: string): string {
  const inside = toRepositoryPath(root, path);
  if (inside === undefined) throw new UserError(`Name a path inside the repository instead of ${path}.`);
  return inside;
}

/** The address under which GitHub shows the files of a commit; a path is appended to it, segment by segment encoded. */
export const blobBase = (serverUrl: string, { owner, repo }: { owner: string; repo: string }, sha: string): string =>
  `${serverUrl}/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}/blob/${encodeURIComponent(sha)}`;
