import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Reads a file that ships with planwarden: beside the source that asks for it, or in `dist/data/`, where one copy serves
 * both bundles. `new URL(…, import.meta.url)` would be shorter, but the bundler turns it into an asset of its own.
 * @param from `import.meta.url` of who asks
 */
export function readDataFile(name: string, from: string): Buffer {
  const here = dirname(fileURLToPath(from));
  const places = [join(here, 'data', name), join(here, '..', 'data', name), join(here, name)];
  const path = places.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`planwarden is not complete: ${name} is missing`);
  return readFileSync(path);
}
