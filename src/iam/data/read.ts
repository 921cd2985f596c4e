import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

/** What `npm run iam-data` writes beside this file and the build copies to `dist/iam-data/`. */
export const DATA_FILES = ['actions.br', 'managed-policies.br'] as const;

/**
 * Where a data file may be, from the file that this code runs in: `dist/index.js`, `dist/cli/index.js` or this source.
 * One copy serves both bundles.
 */
const PLACES = ['iam-data', join('..', 'iam-data'), '.'] as const;

/** The text of a data file. Synchronous, because a policy that names an AWS-managed one is judged in the middle of a rule. */
export const readData = (name: (typeof DATA_FILES)[number]): string =>
  brotliDecompressSync(readFileSync(locate(name))).toString('utf8');

/** `new URL(…, import.meta.url)` would be shorter, but the bundler turns it into an asset of its own. */
function locate(name: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const path = PLACES.map((place) => join(here, place, name)).find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`planwarden is not complete: ${name} is missing`);
  return path;
}
