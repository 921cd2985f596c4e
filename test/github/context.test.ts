import { expect, test } from 'vitest';
import { describeRun, describeSituation, type EventContext, isDistrusted } from '../../src/github/context.ts';
import { mergeGroupEvent, pullRequestEvent, repositoryEvent, workflowRunEvent } from '../support/github/events.ts';
import { BASE, HEAD, MERGE } from '../support/github/fixtures.ts';

const event = (eventName: string, payload: object = {}, actor = 'octocat', ref = 'refs/heads/main'): EventContext => ({
  eventName,
  payload: { ...payload },
  sha: MERGE,
  ref,
  actor,
  repo: { owner: 'acme', repo: 'infra' },
  runId: 100,
  runAttempt: 2,
});

test('a pull request is judged at its head, not at the test merge', () => {
  expect(describeSituation(event('pull_request', pullRequestEvent()))).toEqual({
    kind: 'pull-request',
    number: 7,
    headSha: HEAD,
    baseSha: BASE,
    baseRef: 'main',
    readOnlyToken: false,
    privileged: false,
  });
});

test.each([
  ['a fork', pullRequestEvent({ headRepository: 'stranger/infra' }), 'octocat'],
  ['a deleted fork', pullRequestEvent({ headRepository: null }), 'octocat'],
  ['Dependabot', pullRequestEvent(), 'dependabot[bot]'],
])('the token of %s is taken for read-only', (_, payload, actor) => {
  expect(describeSituation(event('pull_request', payload, actor))).toMatchObject({ readOnlyToken: true });
});

test('pull_request_target is privileged, also for a fork', () => {
  const payload = pullRequestEvent({ headRepository: 'stranger/infra' });
  expect(describeSituation(event('pull_request_target', payload))).toMatchObject({
    readOnlyToken: false,
    privileged: true,
  });
});

test('a merge group is compared with its own base', () => {
  const situation = { kind: 'merge-group', headSha: HEAD, baseSha: BASE };
  expect(describeSituation(event('merge_group', mergeGroupEvent()))).toEqual(situation);
});

test.each(['workflow_dispatch', 'schedule'])('%s is an audit at its commit', (name) => {
  expect(describeSituation(event(name))).toEqual({ kind: 'audit', headSha: MERGE, isOfDefault: true });
  const ofBranch = event(name, repositoryEvent(), 'octocat', 'refs/heads/change');
  expect(describeSituation(ofBranch)).toMatchObject({ isOfDefault: false });
});

test.each([
  ['push', 'refs/heads/main', ''],
  ['push', 'refs/heads/change', 'main'],
  ['push', 'refs/tags/main', 'main'],
  ['issue_comment', 'refs/heads/main', ''],
  ['create', 'refs/heads/change', 'main'],
  ['deployment', '', 'main'],
])('%s of %s goes by the default branch where that is another: "%s"', (name, ref, baseRef) => {
  const situation = describeSituation(event(name, repositoryEvent(), 'octocat', ref));
  expect(situation).toMatchObject({ headSha: MERGE, baseRef, baseSha: name === 'issue_comment' ? MERGE : '' });
  expect(isDistrusted(situation)).toBe(name !== 'push' || baseRef !== '');
});

test('a second stage looks for the pull request of the first, and only for that', () => {
  const found = { kind: 'finished-run', headSha: HEAD, headOwner: 'stranger', headBranch: 'change', baseSha: MERGE };
  expect(describeSituation(event('workflow_run', workflowRunEvent()))).toEqual(found);
  const ofPush = { workflow_run: { event: 'push', head_sha: HEAD } };
  expect(describeSituation(event('workflow_run', ofPush))).toMatchObject({ kind: 'other' });
});

test('a checkout is trusted on push, dispatch and schedule, and in a trial without GitHub', () => {
  const names = ['push', 'workflow_dispatch', 'schedule', 'pull_request', 'pull_request_target', 'merge_group'];
  const all = [...names, 'workflow_run', 'issue_comment', 'deployment'];
  expect(all.filter((name) => !isDistrusted(describeSituation(event(name))))).toEqual(names.slice(0, 3));
  expect(isDistrusted(describeSituation({ ...event(''), sha: '' }))).toBe(false);
});

test('any other event has nowhere to publish to', () => {
  const situation = { kind: 'other', eventName: 'issue_comment', headSha: MERGE, baseRef: '', baseSha: MERGE };
  expect(describeSituation(event('issue_comment'))).toEqual(situation);
});

test('a run is told apart by its id and attempt, also where there is none', () => {
  expect(describeRun(event('push'))).toEqual({ owner: 'acme', repo: 'infra', id: 100, attempt: 2 });
  const local = { ...event('push'), runId: Number.NaN, runAttempt: Number.NaN };
  expect(describeRun(local)).toMatchObject({ id: 0, attempt: 1 });
});
