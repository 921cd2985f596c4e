import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expandPlanPaths } from '../../src/plan/files.ts';

const FILES = [
  'plan.json',
  'stacks/prod/plan.json',
  'stacks/dev/plan.json',
  'stacks/[blue]/plan.json',
  '.hidden/plan.json',
  '.terraform/modules/plan.json',
  'node_modules/some/plan.json',
];

describe('plan arguments', () => {
  let cwd = '';

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'planwarden-files-'));
    for (const file of FILES) {
      await mkdir(join(cwd, dirname(file)), { recursive: true });
      await writeFile(join(cwd, file), '{}');
    }
    await symlink(join(cwd, 'plan.json'), join(cwd, 'stacks', 'linked.json'));
    await symlink(cwd, join(cwd, 'stacks', 'circle'));
  });
  afterAll(() => rm(cwd, { recursive: true }));

  test('a path stays as it is written, there or not', async () => {
    expect(await expandPlanPaths(['-', './nowhere.json', '/some/plan.json'], cwd)).toEqual([
      '-',
      './nowhere.json',
      '/some/plan.json',
    ]);
  });

  test('a glob finds files in order, and none of what tools keep', async () => {
    expect(await expandPlanPaths(['**/plan.json'], cwd)).toEqual([
      '.hidden/plan.json',
      'plan.json',
      'stacks/[blue]/plan.json',
      'stacks/dev/plan.json',
      'stacks/prod/plan.json',
    ]);
  });

  test.each([
    ['stacks/*/plan.json', ['stacks/[blue]/plan.json', 'stacks/dev/plan.json', 'stacks/prod/plan.json']],
    ['./stacks/{dev,prod}/plan.json', ['stacks/dev/plan.json', 'stacks/prod/plan.json']],
    ['stacks/d?v/plan.json', ['stacks/dev/plan.json']],
    ['stacks/[dp]*/plan.json', ['stacks/dev/plan.json', 'stacks/prod/plan.json']],
    ['stacks/*.json', ['stacks/linked.json']],
  ])('%s', async (pattern, files) => {
    expect(await expandPlanPaths([pattern], cwd)).toEqual(files);
  });

  test('a glob may lead out of the directory, or start at the root', async () => {
    const inside = join(cwd, 'stacks', 'dev');
    expect(await expandPlanPaths(['../*/plan.json'], inside)).toEqual([
      '../[blue]/plan.json',
      '../dev/plan.json',
      '../prod/plan.json',
    ]);
    expect(await expandPlanPaths([`${cwd}/stacks/p*/plan.json`], inside)).toEqual([`${cwd}/stacks/prod/plan.json`]);
  });

  test('a file whose name looks like a glob is that file', async () => {
    expect(await expandPlanPaths(['stacks/[blue]/plan.json'], cwd)).toEqual(['stacks/[blue]/plan.json']);
  });

  test('a file named twice is read once', async () => {
    expect(await expandPlanPaths(['./plan.json', 'plan.json', '*.json'], cwd)).toHaveLength(1);
    expect(await expandPlanPaths(['-', '-'], cwd)).toEqual(['-']);
  });

  test('a glob without a match is a mistake, never a review of nothing', async () => {
    await expect(expandPlanPaths(['plan.json', '**/tfplan.json'], cwd)).rejects.toThrow(
      /^No file matches "\*\*\/tfplan\.json": make the plan/,
    );
  });
});
