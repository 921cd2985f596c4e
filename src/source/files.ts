import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';

/** Larger files are not written by people; reading them would only cost time. */
const MAX_FILE_BYTES = 2_000_000;
const MAX_FILES_PER_MODULE = 500;

export interface TextFile {
  /** Relative to the boundary, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Directory {
  readonly files: readonly TextFile[];
  /** One sentence per file that was left out. */
  readonly problems: readonly string[];
}

const CONFIGURATION_FILE = /^[^.#].*\.(tf|tofu)(\.json)?$/;
const OVERRIDE_FILE = /(^|\/|_)override\.(tf|tofu)(\.json)?$/;

export const isJsonFile = (path: string): boolean => path.endsWith('.json');

export const isOverrideFile = (path: string): boolean => OVERRIDE_FILE.test(path);

/** True when a path lies in a directory or is it; both absolute. */
export const isInside = (boundary: string, path: string): boolean =>
  path === boundary || path.startsWith(boundary.replace(/[/\\]$/, '') + sep);

/** The real path of a directory when it lies inside the boundary, symbolic links resolved; else null. */
export async function directoryInside(boundary: string, path: string): Promise<string | null> {
  const [outer, inner] = await Promise.all([realpath(resolve(boundary)), realpath(resolve(path))]).catch(() => []);
  return outer !== undefined && inner !== undefined && isInside(outer, inner) ? inner : null;
}

const configurationFileNames = async (directory: string): Promise<string[]> =>
  (await readdir(directory).catch(() => [])).filter((name) => CONFIGURATION_FILE.test(name)).toSorted();

/** True when a directory holds Terraform or OpenTofu files. */
export const hasConfigurationFiles = async (directory: string): Promise<boolean> =>
  (await configurationFileNames(directory)).length > 0;

/** The Terraform and OpenTofu files directly in a directory; both paths are real paths. */
export async function readConfigurationFiles(boundary: string, directory: string): Promise<Directory> {
  const names = await configurationFileNames(directory);
  const problems: string[] = [];
  const files: TextFile[] = [];
  for (const name of names.slice(0, MAX_FILES_PER_MODULE)) {
    const path = relative(boundary, join(directory, name)).split(sep).join('/');
    const text = await readInside(boundary, join(directory, name));
    if (typeof text === 'string') files.push({ path, text });
    else problems.push(`The source file ${JSON.stringify(path)} was not read: ${text.because}.`);
  }
  if (names.length > MAX_FILES_PER_MODULE)
    problems.push(`A module has more than ${MAX_FILES_PER_MODULE} files; the rest was not read.`);
  return { files, problems };
}

async function readInside(boundary: string, path: string): Promise<string | { readonly because: string }> {
  const real = await realpath(path).catch(() => null);
  if (real === null) return { because: 'it cannot be opened' };
  if (!isInside(boundary, real)) return { because: 'it is a link that leads out of the source directory' };
  const { size } = await stat(real).then(
    (found) => (found.isFile() ? found : { size: -1 }),
    () => ({ size: -1 }),
  );
  if (size < 0) return { because: 'it is not a file' };
  if (size > MAX_FILE_BYTES) return { because: `it is larger than ${MAX_FILE_BYTES / 1_000_000} MB` };
  return readFile(real, 'utf8').then(withoutBom, () => ({ because: 'it cannot be opened' }));
}

const withoutBom = (text: string): string => text.replace(/^\uFEFF/, '');
