import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { publishSummary } from '../../src/github/summary.ts';

// @actions/core keeps the path it first wrote to, so all tests share one file.
const folder = mkdtempSync(join(tmpdir(), 'summary-'));
const file = join(folder, 'summary');

beforeEach(() => {
  writeFileSync(file, '');
  vi.stubEnv('GITHUB_STEP_SUMMARY', file);
});

afterEach(() => vi.unstubAllEnvs());

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('writes the summary', async () => {
  expect(await publishSummary('# long', 'short')).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('# long\n');
});

test('writes the short form when the runner would drop the long one', async () => {
  await publishSummary('ü'.repeat(600_000), 'short');
  expect(readFileSync(file, 'utf8')).toBe('short\n');
});

test('says so where there is no summary', async () => {
  vi.stubEnv('GITHUB_STEP_SUMMARY', '');
  expect(await publishSummary('# long', 'short')).toBe(false);
});
