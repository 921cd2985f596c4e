import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PARSER_FILES } from '../src/source/parser-files.ts';

/** Copies the parsers' files beside a bundle: `node scripts/copy-wasm.ts dist dist/cli`. */
const { resolve } = createRequire(import.meta.url);

for (const directory of process.argv.slice(2))
  for (const [name, file] of Object.entries(PARSER_FILES)) copyFileSync(resolve(file), join(directory, name));
