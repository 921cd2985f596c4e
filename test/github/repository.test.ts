import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blobBase, findRoot, requireRepositoryPath, toRepositoryPath } from '../../src/github/repository.ts';

let workspace: string;

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'repository-'));
  mkdirSync(join(workspace, 'checkout/.git'), { recursive: true });
  mkdirSync(join(workspace, 'checkout/stacks/net'), { recursive: true });
  mkdirSync(join(workspace, 'other'));
});

afterEach(() => rmSync(workspace, { recursive: true, force: true }));

test('the root is the checkout that the directory belongs to', () => {
  expect(findRoot(join(workspace, 'checkout/stacks/net'), workspace)).toBe(join(workspace, 'checkout'));
  expect(findRoot(join(workspace, 'checkout'), workspace)).toBe(join(workspace, 'checkout'));
});

test('without a checkout the root is the workspace, also for a directory elsewhere', () => {
  expect(findRoot(join(workspace, 'other'), workspace)).toBe(workspace);
  expect(findRoot(tmpdir(), workspace)).toBe(workspace);
});

test.each([
  ['/w', '/w/a/b.tf', 'a/b.tf'],
  ['/w', 'a/../b.tf', 'b.tf'],
  ['/w', '/w', ''],
  ['/w', '/w/..a', '..a'],
  ['/w', '/x/b.tf', undefined],
  ['/w', '..', undefined],
])('in %s the path %s is %s', (root, path, expected) => {
  expect(toRepositoryPath(root, path)).toBe(expected);
});

test('a path of the workflow that leads outside is refused with a sentence', () => {
  expect(() => requireRepositoryPath('/w', '../x')).toThrow('Name a path inside the repository instead of ../x.');
});

test('links cannot be bent by the names in them', () => {
  const base = blobBase('https://github.test', { owner: 'a/b', repo: 'c?d' }, '#e');
  expect(base).toBe('https://github.test/a%2Fb/c%3Fd/blob/%23e');
});
