import { readDataFile } from '../../text/data-file.ts';

/**
 * The text of what `npm run iam-data` writes here. Synchronous, because a policy that names an AWS-managed one is judged
 * in the middle of a rule; zlib is loaded here, because most reviews read no data.
 */
export function readData(name: 'actions.br' | 'managed-policies.br'): string {
  const { brotliDecompressSync } = process.getBuiltinModule('node:zlib');
  return brotliDecompressSync(readDataFile(name, import.meta.url)).toString('utf8');
}
