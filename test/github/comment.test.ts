import { afterEach, beforeEach, expect, test } from 'vitest';
import { publishComment, type ReviewComment } from '../../src/github/comment.ts';
import { HEAD, NEXT_HEAD, PULL_REQUEST, RUN, plainClient, writes } from '../support/github/fixtures.ts';
import { startGitHub, stopGitHub, type FakeGitHub } from '../support/github/server.ts';

const COMMENT: ReviewComment = { key: 'abc123', body: '## planwarden\n\nOne finding', create: true };

let github: FakeGitHub;

beforeEach(async () => {
  github = await startGitHub();
  github.pulls.push({ number: 7, headSha: HEAD, baseSha: 'base' });
});

afterEach(() => stopGitHub(github));

const publish = (comment: Partial<ReviewComment> = {}, run = RUN, pullRequest = PULL_REQUEST) =>
  publishComment(plainClient(github), run, pullRequest, { ...COMMENT, ...comment });

const say = (login: string, body: string): void => {
  github.comments.push({ id: github.comments.length + 1, issue: 7, login, body });
};

test('creates one comment that starts with its marker', async () => {
  const posted = await publish();
  expect(posted).toEqual({ kind: 'created', url: 'https://github.test/acme/infra/pull/7#issuecomment-1000' });
  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]?.body).toMatch(
    new RegExp(`^<!-- planwarden:v1 key=abc123 sha=${HEAD} run=100\\.1 hash=[0-9a-f]{12} -->\\n## planwarden`),
  );
});

test('edits the same comment when the review changed', async () => {
  await publish();
  const posted = await publish({ body: 'Now two findings' }, { ...RUN, id: 101 });
  expect(posted.kind).toBe('updated');
  expect(github.comments.map(({ body }) => body.split('\n')[1])).toEqual(['Now two findings']);
});

test('writes nothing when it would say the same', async () => {
  await publish();
  const before = writes(github).length;
  expect((await publish({}, { ...RUN, id: 101 })).kind).toBe('unchanged');
  expect(writes(github)).toHaveLength(before);
});

test('never had anything to say: posts nothing', async () => {
  expect(await publish({ create: false })).toEqual({ kind: 'nothing', url: null });
  expect(writes(github)).toEqual([]);
});

test('nothing to say any more: edits the comment that is there', async () => {
  await publish();
  expect((await publish({ create: false, body: 'All resolved' })).kind).toBe('updated');
  expect(github.comments[0]?.body).toContain('All resolved');
});

test('finds its comment behind more than one page of others', async () => {
  for (let count = 0; count < 130; count += 1) say('human', `remark ${count}`);
  await publish();
  expect((await publish({ body: 'later' })).kind).toBe('updated');
  expect(github.comments).toHaveLength(131);
});

test('a marker copied by somebody else is not our comment', async () => {
  await publish();
  const body = github.comments[0]?.body ?? '';
  github.comments.length = 0;
  say('mallory', body);
  expect((await publish()).kind).toBe('created');
  expect(github.comments.map(({ login }) => login)).toEqual(['mallory', 'github-actions[bot]']);
});

test('a quoted marker further down in our own comment does not count', async () => {
  say('github-actions[bot]', `> quoted\n<!-- planwarden:v1 key=abc123 sha= run=1.1 hash=aa -->`);
  expect((await publish()).kind).toBe('created');
});

test('reviews with other keys keep their own comments', async () => {
  await publish();
  await publish({ key: 'def456', body: 'The other stack' });
  await publish({ body: 'changed' });
  expect(github.comments.map(({ body }) => body.split('\n')[1])).toEqual(['changed', 'The other stack']);
});

test('an older run does not overwrite the review of a newer one', async () => {
  await publish({ body: 'newer' }, { ...RUN, id: 200 });
  expect((await publish({ body: 'older' }, { ...RUN, id: 199, attempt: 3 })).kind).toBe('outdated');
  expect(github.comments[0]?.body).toContain('newer');
});

test('a later attempt of the same run does', async () => {
  await publish({ body: 'first attempt' });
  expect((await publish({ body: 'second attempt' }, { ...RUN, attempt: 2 })).kind).toBe('updated');
});

test('a run whose commit is no longer the head writes nothing', async () => {
  await publish({ body: 'newest' });
  github.pulls[0]!.headSha = NEXT_HEAD;
  expect((await publish({ body: 'late' }, { ...RUN, id: 300 })).kind).toBe('outdated');
  github.comments.length = 0;
  expect((await publish({ body: 'late' }, { ...RUN, id: 300 })).kind).toBe('nothing');
  expect(github.comments).toEqual([]);
});

test('an answer that got lost does not lead to a second comment', async () => {
  github.faults.push({ matches: (method) => method === 'POST', status: 502, times: 1, after: true });
  expect((await publish()).kind).toBe('created');
  expect(github.comments).toHaveLength(1);
});

test('a create that truly failed is made again', async () => {
  github.faults.push({ matches: (method, path) => method === 'POST' && path !== '/graphql', status: 502, times: 1 });
  expect((await publish()).kind).toBe('created');
  expect(github.comments).toHaveLength(1);
});

test('doubles left by two runs at once are removed', async () => {
  await publish();
  say('github-actions[bot]', github.comments[0]?.body ?? '');
  await publish({ body: 'changed' });
  expect(github.comments.map(({ body }) => body.split('\n')[1])).toEqual(['changed']);
});

test('two runs at once leave one comment, which says what the newer found', async () => {
  await Promise.all([publish({ body: 'run 100' }), publish({ body: 'run 101' }, { ...RUN, id: 101 })]);
  await publish({ body: 'run 101' }, { ...RUN, id: 101 });
  expect(github.comments.map(({ body }) => body.split('\n')[1])).toEqual(['run 101']);
});

test('a token of another app knows its own comments', async () => {
  github.login = 'acme-reviews[bot]';
  await publish();
  expect((await publish({ body: 'changed' })).kind).toBe('updated');
  expect(github.comments).toHaveLength(1);
});

test('where nobody says who we are, we are the bot of workflows', async () => {
  await publish();
  github.faults.push({ matches: (_, path) => path === '/graphql', status: 403, times: 1 });
  expect((await publish({ body: 'changed' })).kind).toBe('updated');
});
