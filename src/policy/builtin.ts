import { readDataFile } from '../text/data-file.ts';
import { type Head, late } from './late.ts';
import type { Policy } from './policy.ts';
import { once } from './prepare.ts';

/**
 * The policies that come with planwarden, without examples: `scripts/build-policies.ts` compiles `policies/` to a line
 * with all heads and a line for the rest of each. A data file, because Node reads it faster than code of its size.
 */
export const builtinPolicies: () => readonly Policy[] = once(() => {
  const [heads = '[]', ...rests] = readDataFile('builtin-policies.jsonl', import.meta.url)
    .toString('latin1')
    .split('\n');
  return (JSON.parse(heads) as readonly Head[]).map((head, index) => late(head, rests[index] ?? '{}'));
});
