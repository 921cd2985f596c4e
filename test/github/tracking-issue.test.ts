import { afterEach, beforeEach, expect, test } from 'vitest';
import { publishIssue, type TrackingIssue } from '../../src/github/tracking-issue.ts';
import { HEAD, plainClient, RUN, writes } from '../support/github/fixtures.ts';
import { startGitHub, stopGitHub, type FakeGitHub } from '../support/github/server.ts';

const ISSUE: TrackingIssue = { key: 'abc123', title: 'Security audit: planwarden', body: 'One finding', open: true };

let github: FakeGitHub;

beforeEach(async () => {
  github = await startGitHub();
  github.permissions = { contents: 'read', issues: 'write' };
});

afterEach(() => stopGitHub(github));

let id = 100;
const publish = (change: Partial<TrackingIssue> = {}, run = { ...RUN, id: (id += 1) }) =>
  publishIssue(plainClient(github), run, HEAD, { ...ISSUE, ...change });

const states = () => github.issues.map(({ body, state, stateReason }) => [body.split('\n')[1], state, stateReason]);

test('a clean audit that never found anything makes no issue', async () => {
  expect(await publish({ open: false })).toEqual({ kind: 'nothing', url: null });
  expect(writes(github)).toEqual([]);
});

test('the first finding makes one, the next audit edits it, a clean one closes it, and another opens it again', async () => {
  expect(await publish()).toEqual({ kind: 'created', url: 'https://github.test/acme/infra/issues/50' });
  expect(states()).toEqual([['One finding', 'open', null]]);
  expect((await publish({ body: 'Two findings' })).kind).toBe('updated');
  expect(states()).toEqual([['Two findings', 'open', null]]);
  expect((await publish({ body: 'Closed.', open: false })).kind).toBe('updated');
  expect(states()).toEqual([['Closed.', 'closed', 'completed']]);
  expect((await publish()).kind).toBe('updated');
  expect(states()).toEqual([['One finding', 'open', 'reopened']]);
});

test('nothing is written when it would say the same, open or closed', async () => {
  await publish();
  await publish({ body: 'Closed.', open: false });
  const before = writes(github).length;
  expect((await publish({ body: 'Closed.', open: false })).kind).toBe('unchanged');
  expect(writes(github)).toHaveLength(before);
});

test('an issue that somebody closed is opened again while its findings are there', async () => {
  await publish();
  github.issues[0]!.state = 'closed';
  await publish();
  expect(states()).toEqual([['One finding', 'open', 'reopened']]);
});

test('a new title of the issue stays', async () => {
  await publish();
  await publish({ title: 'Other', body: 'Two findings' });
  expect(github.issues[0]?.title).toBe('Security audit: planwarden');
});

test('an older run does not overwrite a newer one', async () => {
  await publish({}, { ...RUN, id: 9_000 });
  expect((await publish({ body: 'older' }, { ...RUN, id: 8_000 })).kind).toBe('outdated');
});

test('a marker in an issue of a stranger, or in a pull request of ours, does not count', async () => {
  await publish();
  const [own] = github.issues.splice(0, 1);
  github.issues.push({ ...own!, number: 1, login: 'mallory' }, { ...own!, number: 2, isPullRequest: true });
  expect((await publish()).kind).toBe('created');
  expect(github.issues).toHaveLength(3);
});

test('it is found behind more than a page of other issues', async () => {
  const other = { login: github.login, title: 'x', body: 'x', state: 'open', stateReason: null };
  for (let number = 1; number <= 130; number += 1) github.issues.push({ ...other, number });
  await publish();
  expect((await publish({ body: 'Two findings' })).kind).toBe('updated');
  expect(github.issues).toHaveLength(131);
});

test('audits with other keys have their own issues', async () => {
  await publish();
  await publish({ key: 'def456', body: 'The other stack' });
  expect(states().map(([body]) => body)).toEqual(['One finding', 'The other stack']);
});

test('an answer that got lost does not lead to a second issue', async () => {
  const isCreate = (method: string, path: string) => method === 'POST' && path.endsWith('/issues');
  github.faults.push({ matches: isCreate, status: 502, times: 1, after: true });
  expect((await publish()).kind).toBe('created');
  expect(github.issues).toHaveLength(1);
});

test('a double of two audits at once is closed, and the oldest is kept', async () => {
  await publish();
  github.issues.push({ ...github.issues[0]!, number: 51 });
  await publish({ body: 'Two findings' });
  expect(states()).toEqual([
    ['Two findings', 'open', null],
    ['One finding', 'closed', 'not_planned'],
  ]);
});
