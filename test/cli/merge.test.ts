import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inDirectory, planwarden, storyFile, type Outcome } from './command.ts';

const STORIES = { dns: 'ssh-narrowed', network: 'opens-ssh-to-world', shop: 'tags-only' } as const;

async function write(directory: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(directory, path)), { recursive: true });
  await writeFile(join(directory, path), text);
}

/** The reports of a matrix: each of a plan that its job calls `plan.json`. */
const matrix = (act: (merge: (...arguments_: string[]) => Promise<Outcome>, cwd: string) => Promise<void>) =>
  inDirectory(async (cwd) => {
    for (const [name, story] of Object.entries(STORIES)) {
      // Fingerprints know the path of a plan, so it is the same wherever the tests run.
      await write(cwd, `${name}/plan.json`, await readFile(storyFile(story), 'utf8'));
      const { stdout } = await planwarden(['review', 'plan.json', '--format', 'json'], { cwd: join(cwd, name) });
      await write(cwd, `reports/planwarden-${name}/report.json`, stdout);
    }
    await act((...arguments_) => planwarden(['merge', ...arguments_], { cwd }), cwd);
  });

describe('planwarden merge', () => {
  test('makes one review of the reports of a matrix', () =>
    matrix(async (merge) => {
      const { code, stdout, stderr } = await merge('reports/*/report.json', '--format', 'markdown', '--expect', '3');
      expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
      expect(stdout).toMatchSnapshot();
    }));

  test('tells of one that is missing, and does not pass', () =>
    matrix(async (merge) => {
      const { code, stdout } = await merge('reports/*/report.json', '--expect', '4', '--fail-on', 'never');
      expect(code).toBe(1);
      expect(stdout).toContain('3 of 4 expected reports are there');
    }));

  test('takes thresholds from the options, else from the configuration', () =>
    matrix(async (merge, cwd) => {
      expect((await merge('reports/*/report.json', '--fail-on', 'never')).code).toBe(0);
      await write(cwd, '.planwarden.yaml', 'fail-on: never\n');
      expect((await merge('reports/*/report.json')).code).toBe(0);
      expect((await merge('reports/*/report.json', '--fail-on', 'critical')).code).toBe(1);
    }));

  test('writes a report that can be merged again', () =>
    matrix(async (merge) => {
      await merge('reports/*/report.json', '--format', 'json', '--output', 'all.json');
      const { code, stdout } = await merge('all.json', '--format', 'json');
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({ plans: { length: 3 }, counts: { introduced: { critical: 1 } } });
    }));

  test.each([
    [['none/*.json'], 'No file matches "none/*.json": look at the jobs that should have written the reports'],
    [['none.json'], 'none.json does not exist'],
    [['reports'], 'reports is not a file'],
    [['broken.json'], 'broken.json is cut off or is not JSON'],
    [['huge.json'], 'huge.json is larger than 64 MiB'],
    [['reports/*/report.json', '--expect', 'many'], 'Set --expect to the number of reports'],
    [[], "missing required argument 'report'"],
  ])('%j is explained in one sentence, with exit code 2', (arguments_, sentence) =>
    matrix(async (merge, cwd) => {
      await write(cwd, 'broken.json', '{"schemaVersion":1,');
      await write(cwd, 'huge.json', ' '.repeat(64 * 1024 * 1024 + 1));
      const { code, stdout, stderr } = await merge(...arguments_);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(sentence);
    }),
  );
});
