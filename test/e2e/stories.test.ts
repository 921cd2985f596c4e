import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { REVIEW_ENVIRONMENT, reviewArguments, stories } from '../support/stories.ts';

const run = promisify(execFile);

/** Runs the committed command line as a user would; a failing review is a result, not an error. */
async function review(story: string): Promise<{ stdout: string; code: number }> {
  try {
    const { stdout } = await run(process.execPath, ['dist/cli/index.js', ...reviewArguments(story)], {
      env: REVIEW_ENVIRONMENT,
    });
    return { stdout, code: 0 };
  } catch (error) {
    const { stdout, code } = error as { stdout: string; code: number };
    return { stdout, code };
  }
}

describe('dist says of every story what its review.txt says', () => {
  test.concurrent.each(stories())('%s', async (story) => {
    const expected = readFileSync(`__fixtures__/${story}/review.txt`, 'utf8');
    const { stdout, code } = await review(story);
    expect(stdout).toBe(expected);
    expect(code).toBe(/^FAIL /m.test(expected) ? 1 : 0);
  });
});
