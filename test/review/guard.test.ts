import { describe, expect, test } from 'vitest';
import { run } from '../../src/run.ts';

const DIRECTORY = '__fixtures__/keys-and-shares-well-built';
const CODE = `${DIRECTORY}/after/main.tf`;
const GUARD = '  lifecycle {\n    prevent_destroy = true\n  }';

/** What the policy says when the pull request takes a text out of the code at a line. */
async function told(text: string, line: number, path: string = CODE): Promise<string[]> {
  const { findings } = await run({
    plans: [`${DIRECTORY}/plan.json`],
    source: `${DIRECTORY}/after`,
    config: null,
    mode: 'review',
    profile: 'strict',
    simulator: 'off',
    cwd: process.cwd(),
    root: process.cwd(),
    removed: [{ path, line, text }],
  });
  return findings
    .filter(({ policy }) => policy === 'terraform/lifecycle-guard-weakened')
    .map(({ status, address, message, location }) => `${status} ${address}:${location?.startLine} ${message}`);
}

describe('a pull request that takes prevent_destroy out of the code', () => {
  test('is told of the resource in whose block it stood, though the plan changes nothing there', async () => {
    expect(await told(GUARD, 11)).toEqual([
      'introduced aws_kms_key.data_next:7 The pull request lets Terraform destroy it: prevent_destroy is taken out',
    ]);
  });

  test.each([
    ['another line', 'enable_key_rotation = false', 8, CODE],
    ['a guard that was none', 'prevent_destroy = false', 11, CODE],
    ['a block that is gone as a whole', GUARD, 12, CODE],
    ['another file', GUARD, 11, 'elsewhere.tf'],
  ])('but not of %s', async (_, text, line, path) => {
    expect(await told(text, line, path)).toEqual([]);
  });
});
