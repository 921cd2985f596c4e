import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, posix, resolve } from 'node:path';
import { UserError } from '../text/user-error.ts';
import { readAllFromBase, readFromBase, type Base, type BaseFile } from './base-file.ts';
import { requireRepositoryPath } from './repository.ts';

export interface TrustedRequest {
  /** Root of the checkout, absolute. */
  readonly root: string;
  /** The working directory, absolute: paths of inputs start here. */
  readonly cwd: string;
  /** Configuration file the workflow names. */
  readonly config: string | undefined;
  /** Names under which a configuration is looked for when the workflow names none. */
  readonly configFiles: readonly string[];
  /** Directories of own policies the workflow names. */
  readonly policies: readonly string[];
  /** Directories of own policies a configuration names, relative to it. */
  readonly policiesOf: (config: BaseFile) => Promise<readonly string[]>;
}

/** What may decide the review, at places on this machine that its subject cannot write to. */
export interface Trusted {
  /** `path` is absolute, so that policies named in it are found beside it. */
  readonly config: BaseFile | undefined;
  readonly policies: readonly string[];
  /** Where such files and directories stand in the repository, or would be looked for. */
  readonly paths: readonly string[];
  /** Reads a file of the repository where it decides; undefined where the checkout does. */
  readonly decides: ((path: string) => Promise<string | undefined>) | undefined;
  /** What a reader must know of how they were read. */
  readonly notes: readonly string[];
}

type Read = (path: string) => Promise<BaseFile | undefined>;

/** Where a configuration may stand: where the workflow says, else in the working directory, else at the root. */
function configPaths({ root, cwd, config, configFiles }: TrustedRequest): string[][] {
  if (config !== undefined) return [[requireRepositoryPath(root, resolve(cwd, config))]];
  return [...new Set([cwd, root])].map((directory) =>
    configFiles.map((name) => requireRepositoryPath(root, join(directory, name))),
  );
}

/** The first configuration there is. One that the workflow names must be there, and two beside each other are a mistake. */
async function findConfig(read: Read, request: TrustedRequest): Promise<BaseFile | undefined> {
  const places = configPaths(request);
  for (const paths of places) {
    const files = await Promise.all(paths.map(read));
    const [found, other] = files.filter((file) => file !== undefined);
    if (found !== undefined && other !== undefined)
      throw new UserError(`${found.path} and ${other.path} are both configurations: keep one of them.`);
    if (found !== undefined) return found;
  }
  if (request.config === undefined) return undefined;
  throw new UserError(`Add ${places.flat().join()} to the base branch, or name another file as \`config\`.`);
}

const policiesBeside = async (config: BaseFile, { policiesOf }: TrustedRequest): Promise<string[]> =>
  (await policiesOf(config)).map((directory) => posix.join(posix.dirname(config.path), directory));

async function mirror(base: Base, directory: string, target: string): Promise<string> {
  const files = await readAllFromBase(base, directory);
  if (files === undefined)
    throw new UserError(`Add the policies in ${directory} to the base branch, or do not name them.`);
  for (const { path, text } of files) await write(target, path, text);
  return join(target, directory);
}

async function write(target: string, path: string, text: string): Promise<void> {
  const file = join(target, requireRepositoryPath(target, path));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/**
 * Configuration and own policies from the base branch, copied to `target` under their paths in the repository. UserError
 * when something named is not there or may not be read.
 */
export async function fromBase(base: Base, request: TrustedRequest, target: string): Promise<Trusted> {
  const { root, cwd } = request;
  const config = await findConfig((path) => readFromBase(base, path), request);
  const beside = config === undefined ? [] : await policiesBeside(config, request);
  const named = request.policies.map((directory) => requireRepositoryPath(root, resolve(cwd, directory)));
  for (const directory of beside) await mirror(base, requireRepositoryPath(root, resolve(root, directory)), target);
  const policies: string[] = [];
  for (const directory of named) policies.push(await mirror(base, directory, target));
  return {
    config: config && { ...config, path: join(target, config.path) },
    policies,
    paths: [...configPaths(request).flat(), ...beside, ...named],
    decides: async (path) => (await readFromBase(base, path))?.text,
    notes: [],
  };
}

async function readLocal(root: string, path: string): Promise<BaseFile | undefined> {
  try {
    return { path, text: await readFile(join(root, path), 'utf8') };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Configuration and own policies as they are checked out: for commits that are in the branch already. */
export async function fromCheckout(request: TrustedRequest): Promise<Trusted> {
  const { root, cwd } = request;
  const config = await findConfig((path) => readLocal(root, path), request);
  const policies = request.policies.map((directory) => resolve(cwd, directory));
  return {
    config: config && { ...config, path: join(root, config.path) },
    policies,
    paths: [],
    decides: undefined,
    notes: [],
  };
}
