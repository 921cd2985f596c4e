import { expect, test } from 'vitest';
import { describeFailure, explain } from '../../src/github/failure.ts';
import { UserError } from '../../src/text/user-error.ts';
import { PULL_REQUEST } from '../support/github/fixtures.ts';

const FORK = { ...PULL_REQUEST, readOnlyToken: true };

/** An error as Octokit throws it. */
const answered = (status: number, message = 'no', headers: object = {}): Error =>
  Object.assign(new Error(message), { status, response: { headers } });

test.each([
  [
    'a missing permission',
    answered(403, 'Resource not accessible by integration'),
    PULL_REQUEST,
    'add it to the `permissions` of the job',
  ],
  ['the same on a fork', answered(403, 'Resource not accessible by integration'), FORK, 'is read-only'],
  ['a hidden resource', answered(404), PULL_REQUEST, '`checks: write`'],
  ['a token that is no good', answered(401), PULL_REQUEST, '`github-token`'],
  ['the primary limit', answered(403, 'API', { 'x-ratelimit-remaining': '0' }), PULL_REQUEST, 'rate limit'],
  ['the secondary limit', answered(403, 'You have exceeded a secondary rate limit'), FORK, 'rate limit'],
  ['too many requests', answered(429), PULL_REQUEST, 'rate limit'],
  ['an outage', answered(502), PULL_REQUEST, 'status 502'],
  ['anything else', new Error('hunter2'), PULL_REQUEST, 'unexpected error'],
])('%s is explained', (_, error, situation, expected) => {
  expect(explain(error, 'checks: write', situation)).toContain(expected);
});

test('a mistake of the user is its own sentence', () => {
  expect(describeFailure(new UserError('Name a plan.'))).toEqual({ sentence: 'Name a plan.', trace: [] });
});

test('a defect is described by where it happened, never by its message', () => {
  const { sentence, trace } = describeFailure(new TypeError('quotes hunter2\n    at ::set-output name=a::hunter2'));
  expect(sentence).toContain('TypeError');
  expect(trace.length).toBeGreaterThan(0);
  expect([sentence, ...trace].join('\n')).not.toMatch(/hunter2|set-output/);
});

test('an answer of GitHub is described by its status', () => {
  expect(describeFailure(answered(500, 'hunter2')).sentence).toContain('status 500');
  expect(describeFailure(answered(500, 'hunter2')).sentence).not.toContain('hunter2');
});
