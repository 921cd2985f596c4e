import { afterEach, beforeEach, expect, test } from 'vitest';
import { publishCheckRun, type CheckRun } from '../../src/github/annotations.ts';
import type { Annotation } from '../../src/report/annotations.ts';
import { HEAD, RUN, plainClient, writes } from '../support/github/fixtures.ts';
import { startGitHub, stopGitHub, type FakeGitHub } from '../support/github/server.ts';

let github: FakeGitHub;

beforeEach(async () => {
  github = await startGitHub();
});

afterEach(() => stopGitHub(github));

const annotation = (line: number, fields: Partial<Annotation> = {}): Annotation => ({
  path: 'stacks/net/main.tf',
  startLine: line,
  endLine: line + 1,
  level: 'warning',
  title: 'Open port',
  message: 'Port 22 is reachable from 0.0.0.0/0',
  ...fields,
});

const many = (count: number): Annotation[] => Array.from({ length: count }, (_, index) => annotation(index + 1));

const check = (annotations: readonly Annotation[]): CheckRun => ({
  name: 'planwarden',
  key: 'abc123',
  headSha: HEAD,
  conclusion: 'failure',
  title: '1 finding',
  summary: 'A summary',
  annotations,
});

const publish = (annotations: readonly Annotation[]) => publishCheckRun(plainClient(github), RUN, check(annotations));

test('is born completed on the head commit, with its annotations on their lines', async () => {
  const { url } = await publish([annotation(12)]);
  expect(url).toBe('https://github.test/acme/infra/runs/1000');
  expect(github.checkRuns).toMatchObject([
    { name: 'planwarden', head_sha: HEAD, status: 'completed', conclusion: 'failure' },
  ]);
  expect(github.checkRuns[0]?.annotations).toMatchObject([
    { path: 'stacks/net/main.tf', start_line: 12, end_line: 13, annotation_level: 'warning' },
  ]);
});

test.each([
  [0, 1],
  [50, 1],
  [51, 2],
  [100, 2],
  [125, 3],
])('%i annotations take %i requests', async (count, requests) => {
  await publish(many(count));
  expect(writes(github)).toHaveLength(requests);
  expect(github.checkRuns[0]?.annotations).toHaveLength(count);
});

test('the worst come first, whatever their order', async () => {
  await publish([annotation(1, { level: 'notice' }), annotation(2), annotation(3, { level: 'failure' })]);
  expect(github.checkRuns[0]?.annotations.map((given) => given['start_line'])).toEqual([3, 2, 1]);
});

test('titles and messages beyond the limits are shortened', async () => {
  await publish([annotation(1, { title: '😀'.repeat(400), message: 'ü'.repeat(90_000) })]);
  expect(github.checkRuns[0]?.annotations).toHaveLength(1);
});

test.each(['POST', 'PATCH'])('a lost answer to a %s does not double annotations', async (lost) => {
  github.faults.push({ matches: (method) => method === lost, status: 502, times: 1, after: true });
  await publish(many(60));
  expect(github.checkRuns).toHaveLength(1);
  expect(github.checkRuns[0]?.annotations).toHaveLength(60);
});

test('a batch that failed is sent again', async () => {
  github.faults.push({ matches: (method) => method === 'PATCH', status: 502, times: 1 });
  await publish(many(60));
  expect(github.checkRuns[0]?.annotations).toHaveLength(60);
});
