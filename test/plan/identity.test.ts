import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePlan } from '../../src/plan/parse.ts';
import { readPlan } from '../../src/plan/read.ts';
import { planOf } from '../support/plan.ts';

const FILE = '__fixtures__/tags-only/plan.json';
const digest = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

test.each([
  ['at once', undefined],
  ['as a stream', 1],
])('the digest of a plan that is read %s is that of its file', async (_, longest) => {
  const plan = await readPlan(FILE, process.cwd(), longest);
  expect(plan.sha256).toBe(digest(readFileSync(FILE)));
  expect(plan).toMatchObject({ applyable: true, complete: true, timestamp: '2026-01-01T00:00:00Z' });
});

test('the digest is of the bytes, whatever their encoding', () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(readFileSync(FILE, 'utf8'), 'utf16le')]);
  expect(parsePlan(bytes, 'plan.json').sha256).toBe(digest(bytes));
});

test('what is no moment gets into no report', () => {
  expect(planOf({ timestamp: 'ghp_secret' }).timestamp).toBeNull();
});
