import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HEAD } from '../support/github/fixtures.ts';
import { startGitHub, type FakeGitHub } from '../support/github/server.ts';

let github: FakeGitHub;

beforeEach(async () => {
  github = await startGitHub();
});

afterEach(() => github.close());

const send = (method: string, path: string, body?: object, authorization = 'token x'): Promise<Response> =>
  fetch(`${github.url}/repos/acme/infra${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });

const annotation = { path: 'main.tf', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' };
const withAnnotation = (fields: object) => ({ annotations: [{ ...annotation, ...fields }] });
const check = (fields: object, output: object = {}) => ({
  name: 'planwarden',
  head_sha: HEAD,
  status: 'completed',
  conclusion: 'success',
  output: { title: 't', summary: 's', ...output },
  ...fields,
});

describe('the fake GitHub refuses what GitHub refuses', () => {
  test('and accepts a right request', async () => {
    expect((await send('POST', '/check-runs', check({}, withAnnotation({})))).status).toBe(201);
    expect((await send('POST', '/issues/7/comments', { body: 'hello' })).status).toBe(201);
    expect(github.violations).toEqual([]);
  });

  test.each([
    ['an unknown property', check({ verdict: 'fail' })],
    ['an unknown property of an annotation', check({}, withAnnotation({ column: 3 }))],
    ['a missing commit', { name: 'planwarden' }],
    ['a status without its conclusion', check({ conclusion: undefined })],
    ['a conclusion of its own', check({ conclusion: 'fail' })],
    ['51 annotations', check({}, { annotations: Array.from({ length: 51 }, () => annotation) })],
    ['a level of its own', check({}, withAnnotation({ annotation_level: 'error' }))],
    ['a summary of 70,000 characters', check({}, { summary: 'x'.repeat(70_000) })],
    ['an annotation title of 256 characters', check({}, withAnnotation({ title: 'x'.repeat(256) }))],
    ['an annotation message of more than 64 KB', check({}, withAnnotation({ message: 'ü'.repeat(40_000) }))],
    ['columns on several lines', check({}, withAnnotation({ end_line: 2, start_column: 1, end_column: 2 }))],
    ['line 0', check({}, withAnnotation({ start_line: 0 }))],
    ['lines in the wrong order', check({}, withAnnotation({ start_line: 5 }))],
    ['an absolute path', check({}, withAnnotation({ path: '/main.tf' }))],
    ['a path from ./', check({}, withAnnotation({ path: './main.tf' }))],
  ])('a check run with %s', async (_, body) => {
    expect((await send('POST', '/check-runs', body)).status).toBe(422);
    expect(github.violations).toHaveLength(1);
  });

  test.each([
    ['too long', { body: 'x'.repeat(65_537) }],
    ['blank', { body: ' \n' }],
    ['missing', {}],
  ])('a comment whose body is %s', async (_, body) => {
    expect((await send('POST', '/issues/7/comments', body)).status).toBe(422);
    expect(github.violations).toHaveLength(1);
  });

  test('a request without token', async () => {
    const response = await fetch(`${github.url}/repos/acme/infra/pulls`);
    expect(response.status).toBe(401);
  });

  test('a write that the token has no permission for', async () => {
    github.permissions = { contents: 'read', checks: 'read' };
    const response = await send('POST', '/check-runs', check({}));
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: 'Resource not accessible by integration' });
  });

  test('a change of a comment of somebody else', async () => {
    github.comments.push({ id: 1, issue: 7, login: 'octocat', body: 'mine' });
    expect((await send('PATCH', '/issues/comments/1', { body: 'yours' })).status).toBe(403);
  });

  test('a request that is not in the slice', async () => {
    expect((await send('GET', '/secrets')).status).toBe(404);
    expect(github.violations).toHaveLength(1);
  });

  test('and gives lists page by page', async () => {
    for (let id = 1; id <= 31; id += 1) github.comments.push({ id, issue: 7, login: 'octocat', body: `${id}` });
    const response = await send('GET', '/issues/7/comments');
    expect(await response.json()).toHaveLength(30);
    expect(response.headers.get('link')).toContain('page=2>; rel="next"');
  });
});
