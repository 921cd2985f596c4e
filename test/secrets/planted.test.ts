import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { FORMATS } from '../../src/report/index.ts';
import { inDirectory, planwarden } from '../cli/command.ts';
import { onPullRequest, PATIENCE, withGitHub } from '../support/github/action-test.ts';
import { plantedPlan } from './planted.ts';

const { plan, secrets } = plantedPlan();

/** By format and mode, and by what leaves the job of the Action. */
const said = new Map<string, string>();

async function say(directory: string, format: string, mode: string): Promise<void> {
  const line = ['review', 'plan.json', '--format', format, '--mode', mode, '--profile', 'all'];
  const { stdout, stderr } = await planwarden(line, { cwd: directory });
  said.set(`${format}, ${mode}`, `${stdout}\n${stderr}`);
}

async function runAction(): Promise<void> {
  await withGitHub(async (github) => {
    const { log, outputs, summary, report, sarif } = await onPullRequest(github, {
      plan: JSON.stringify(plan),
      source: '',
    });
    const sent = JSON.stringify(github.requests.map(({ body, path, query }) => [body, path, query]));
    const texts = { log, outputs: JSON.stringify(outputs), summary, report, sarif, sent };
    for (const [name, text] of Object.entries(texts)) said.set(`the Action's ${name}`, text);
  });
}

beforeAll(async () => {
  await inDirectory(async (directory) => {
    await writeFile(join(directory, 'plan.json'), JSON.stringify(plan));
    for (const format of Object.keys(FORMATS))
      for (const mode of ['review', 'audit']) await say(directory, format, mode);
  });
  await runAction();
}, PATIENCE.timeout);

test('the plan is one of which much is said, in every format', () => {
  for (const text of [...said].filter(([name]) => !name.includes('outputs')).map(([, one]) => one)) {
    expect(text).toContain('iam/admin-policy');
    expect(text).toContain('secrets/');
  }
  expect(secrets.size).toBeGreaterThanOrEqual(40);
});

/** So many characters of a token open nothing, but tell which one it is. */
const TELLING = 12;

test.each([...secrets])('a secret in this position is in no output: %s', (_, secret) => {
  expect([...said].filter(([, text]) => text.includes(secret.slice(0, TELLING))).map(([name]) => name)).toEqual([]);
});
