import { UserError } from '../text/user-error.ts';
import { addedTexts, type ChangedText, removedTexts } from './added.ts';
import { atHead, type Base, contents } from './base-file.ts';
import { listAll } from './client.ts';
import { explain, statusOf } from './failure.ts';

const isAtOrBelow = (file: string, path: string): boolean => file === path || file.startsWith(`${path}/`);

/** GitHub lists no more files of a pull request than these. */
const MOST_LISTED = 3_000;

/** What a pull request does to the files of its repository. */
export interface Edits {
  /** Those of the asked-for paths that it changes; undefined when that could not be seen. */
  readonly edited: readonly string[] | undefined;
  /** Why it could not be seen, as a clause. */
  readonly unseen?: string | undefined;
  /** The lines that it adds, as far as GitHub shows them; undefined when there is no pull request to ask about. */
  readonly added: readonly ChangedText[] | undefined;
  /** The lines that it removes, likewise. */
  readonly removed?: readonly ChangedText[] | undefined;
}

/** What names the content at a path: ids of git objects, with the names of a directory. */
async function idsOf(base: Base, path: string): Promise<string> {
  const data = await contents(base, path);
  const entries = data === undefined ? [] : Array.isArray(data) ? data : [data];
  return JSON.stringify(entries.map(({ name, sha }) => [name, sha]));
}

/** Those of some paths (files or directories) that differ between base and head, without a list of changed files. */
async function differing(base: Base, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const [before, after] = await Promise.all([idsOf(base, path), idsOf(atHead(base), path)]);
    if (before !== after) found.push(path);
  }
  return found;
}

/** What the pull request changes of `paths` (files or directories), and what it adds. Errors of the API pass on. */
async function listed(
  { client, run: { owner, repo } }: Base,
  number: number,
  paths: readonly string[],
): Promise<Edits> {
  const list = client.rest.pulls.listFiles;
  const { items: files, whole } = await listAll((page) => list({ owner, repo, pull_number: number, ...page }));
  const names = files.flatMap(({ filename, previous_filename }) => [filename, previous_filename ?? filename]);
  const edited = paths.filter((path) => names.some((name) => isAtOrBelow(name, path)));
  const isUnseen = edited.length === 0 && (!whole || files.length >= MOST_LISTED);
  return {
    edited: isUnseen ? undefined : edited,
    unseen: isUnseen ? 'it changes more files than GitHub lists (3,000)' : undefined,
    added: files.flatMap(({ filename, patch }) => (patch === undefined ? [] : addedTexts(filename, patch))),
    removed: files.flatMap(({ filename, patch }) => (patch === undefined ? [] : removedTexts(filename, patch))),
  };
}

/** The clause for an error of GitHub; a defect passes on. */
function whyUnseen(error: unknown, { situation }: Base): string {
  if (error instanceof UserError) return error.message.replace(/\.$/, '');
  if (statusOf(error) === 0) throw error;
  return explain(error, 'pull-requests: read', situation);
}

/** What is changed of `paths` (files or directories) by the commit under review, and what it adds and removes. */
export async function findEdits(base: Base, paths: readonly string[]): Promise<Edits> {
  const { situation } = base;
  try {
    if (situation.kind === 'pull-request') return await listed(base, situation.number, paths);
    const isCompared = situation.kind === 'merge-group' || situation.kind === 'push';
    return { edited: isCompared ? await differing(base, paths) : [], added: undefined };
  } catch (error) {
    return { edited: undefined, added: undefined, unseen: whyUnseen(error, base) };
  }
}
