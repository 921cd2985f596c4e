import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = join(import.meta.dirname, '..', '..', 'node_modules');

/** A JSON file of an installed package. The packages do not export these files, so that `import` cannot name them. */
export const readJson = (...path: string[]): unknown => JSON.parse(readFileSync(join(PACKAGES, ...path), 'utf8'));

/** Names of the JSON files in a folder of an installed package, without their ending, in an order of their own. */
export const jsonNames = (...path: string[]): string[] =>
  readdirSync(join(PACKAGES, ...path), 'utf8')
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .toSorted();
