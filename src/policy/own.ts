import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';

import { KINDS } from '../subjects/index.ts';
import { UserError } from '../text/user-error.ts';
import { builtinPolicies } from './builtin.ts';
import { constants, EXAMPLE_SURROUNDINGS } from './constants.ts';
import { loadPolicy } from './load.ts';
import type { Vocabulary } from './load.ts';
import type { Policy } from './policy.ts';

/** The subject kinds and constants that policies are checked against. */
export const vocabulary = (): Vocabulary => ({
  kinds: new Map(KINDS.map((kind) => [kind.name, kind])),
  constants: constants(EXAMPLE_SURROUNDINGS),
});

/**
 * Reads a team's own policies from directories; the id of each is its path below the directory.
 * Throws UserError for a directory that is not there or holds none, for a file that is not right, and for an id that is
 * taken.
 */
export async function loadOwnPolicies(directories: readonly string[]): Promise<Policy[]> {
  const loaded = (await Promise.all(directories.map((directory) => loadDirectory(directory)))).flat();
  const taken = new Map(builtinPolicies().map((policy) => [policy.id, policy.file]));
  for (const { id, file } of loaded) {
    const other = taken.get(id);
    if (other !== undefined)
      throw new UserError(`${file}: the policy ${id} exists already in ${other}; choose another file name.`);
    taken.set(id, file);
  }
  return loaded;
}

/**
 * Reads every `.yaml` and `.yml` file below a directory as a policy, in order of their ids. Throws one UserError that
 * tells the first mistake of every broken file, one per line.
 * @param cwd messages name files from here, as their author does
 */
export async function loadDirectory(directory: string, cwd = process.cwd()): Promise<Policy[]> {
  const files = await policyFiles(directory, cwd);
  if (files.length === 0) throw new UserError(`${named(directory, cwd)} holds no policy: expected .yaml files.`);
  const known = vocabulary();
  const loaded = await Promise.allSettled(
    files.map(async (file) => loadPolicy(await readFile(file, 'utf8'), idOf(directory, file), named(file, cwd), known)),
  );
  const mistakes = loaded.filter((one) => one.status === 'rejected').map(({ reason }) => reason as unknown);
  const [first] = mistakes;
  if (first !== undefined)
    throw mistakes.every(isUserError) ? new UserError(mistakes.map(({ message }) => message).join('\n')) : first;
  return loaded.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** A path as whoever works in `cwd` writes it. */
function named(path: string, cwd: string): string {
  const short = relative(cwd, resolve(cwd, path));
  return short === '' || short.startsWith('..') ? path : short;
}

const isUserError = (error: unknown): error is UserError => error instanceof UserError;

async function policyFiles(directory: string, cwd: string): Promise<string[]> {
  try {
    const names = await readdir(directory, { recursive: true });
    return names
      .filter((name) => /\.ya?ml$/.test(name))
      .toSorted()
      .map((name) => join(directory, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      throw new UserError(`${named(directory, cwd)} is not a directory: name the directory that holds your policies.`);
    }
    throw error;
  }
}

/** `cloudtrail/trail-deleted` for `policies/cloudtrail/trail-deleted.yaml`. */
const idOf = (directory: string, file: string): string =>
  relative(directory, file)
    .split(sep)
    .join('/')
    .replace(/\.ya?ml$/, '');
