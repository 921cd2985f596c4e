import { posix } from 'node:path';
import { UserError } from '../text/user-error.ts';
import type { Client } from './client.ts';
import type { Distrusted, WorkflowRun } from './context.ts';
import { explain, isDenied, isNotFound } from './failure.ts';

/** A text file and its path in the repository. */
export interface BaseFile {
  readonly path: string;
  readonly text: string;
}

/** A team's policies are a folder or two of small files; more is a mistake that would use up the rate limit. */
const MOST_FILES = 500;

/** Reads from a commit that the one under review cannot write: he must not decide the review. */
export interface Base {
  readonly client: Client;
  readonly run: WorkflowRun;
  readonly situation: Distrusted;
}

const location = ({ run, situation }: Base, path: string) => ({
  owner: run.owner,
  repo: run.repo,
  path,
  ref: situation.baseSha,
});

const decode = (content: string): string => Buffer.from(content, 'base64').toString('utf8');

/** Files above 1 MB come without content from the JSON form, but no configuration is that long. */
function asFile(path: string, data: object): BaseFile {
  if ('content' in data && typeof data.content === 'string' && data.content !== '')
    return { path, text: decode(data.content) };
  if ('size' in data && data.size === 0) return { path, text: '' };
  throw new UserError(`Make ${path} on the base branch a regular file of less than 1 MB.`);
}

async function hasCommit({ client, run, situation }: Base): Promise<boolean> {
  try {
    await client.rest.git.getCommit({ owner: run.owner, repo: run.repo, commit_sha: situation.baseSha });
    return true;
  } catch (error) {
    if (isDenied(error)) return false;
    throw error;
  }
}

/** Most files that are asked for do not exist, and the answer is the same for all of a commit. */
const readable = new WeakMap<Base, Promise<boolean>>();

/** A private repository answers 404 to a token that may not read it: that must not look like an absent file. */
function isReadable(base: Base): Promise<boolean> {
  const known = readable.get(base) ?? hasCommit(base);
  readable.set(base, known);
  return known;
}

/** What stands at a path on the base branch, or undefined. @throws UserError when it may not be read */
export async function contents(base: Base, path: string) {
  try {
    return (await base.client.rest.repos.getContent(location(base, path))).data;
  } catch (error) {
    if (isNotFound(error) && (await isReadable(base))) return undefined;
    throw new UserError(`The base branch cannot be read: ${explain(error, 'contents: read', base.situation)}.`);
  }
}

/** The text of a file on the base branch, or undefined when there is none. UserError when it may not be read. */
export async function readFromBase(base: Base, path: string): Promise<BaseFile | undefined> {
  const data = await contents(base, path);
  return data === undefined ? undefined : asFile(path, data);
}

/**
 * All files of a directory on the base branch (or the one file that `path` names), with their paths in the repository;
 * undefined when there is nothing at that path. Symbolic links and submodules are left out: they lead elsewhere.
 */
export async function readAllFromBase(base: Base, path: string): Promise<BaseFile[] | undefined> {
  const data = await contents(base, path);
  if (data === undefined) return undefined;
  if (!Array.isArray(data)) return [asFile(path, data)];
  const entries = data.filter(({ type }) => type === 'file' || type === 'dir').slice(0, MOST_FILES + 1);
  const files: BaseFile[] = [];
  for (const { name } of entries) files.push(...((await readAllFromBase(base, posix.join(path, name))) ?? []));
  if (files.length > MOST_FILES) throw new UserError(`Keep at most ${MOST_FILES} policy files in ${path}.`);
  return files;
}

/** The same commit seen as the one that decides: to know what a change of the configuration would do. */
export const atHead = (base: Base): Base => ({
  ...base,
  situation: { ...base.situation, baseSha: base.situation.headSha },
});
