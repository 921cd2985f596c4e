/**
 * Writes `__fixtures__/proofs.json`: for every policy the stories in which it speaks (introduced, or told beside another
 * of its concern) and those in which it looks and stays silent. `--check` only compares.
 */
import { generate } from './generated.ts';
import { proofs } from '../test/support/proofs.ts';

await generate(async () => new Map([['__fixtures__/proofs.json', `${JSON.stringify(await proofs(), null, 2)}\n`]]));
