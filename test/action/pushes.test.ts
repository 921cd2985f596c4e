import { describe, expect, test } from 'vitest';
import { onPullRequest, PATIENCE, withGitHub } from '../support/github/action-test.ts';
import { pullRequestEvent } from '../support/github/events.ts';
import { HEAD, writes } from '../support/github/fixtures.ts';
import { opensPorts, type Story } from '../support/github/plan.ts';
import type { FakeGitHub } from '../support/github/server.ts';

/** `opensPorts` without the rule of one number. */
function without(story: Story, index: number): Story {
  const plan = JSON.parse(story.plan) as { resource_changes: { address: string }[] };
  const resource_changes = plan.resource_changes.filter(({ address }) => !address.endsWith(`ssh_${index}`));
  return { ...story, plan: JSON.stringify({ ...plan, resource_changes }) };
}

/** Push number `number` of the pull request, with its own commit. */
function push(github: FakeGitHub, story: Story, number: number, inputs: Record<string, string> = {}) {
  const headSha = `${number}`.repeat(40);
  github.pulls.splice(0, 1, { number: 7, headSha, baseSha: 'base' });
  return onPullRequest(github, story, { payload: pullRequestEvent({ headSha }), runId: 100 + number, inputs });
}

const visible = (github: FakeGitHub): string => (github.comments[0]?.body ?? '').replaceAll(/<!--.*?-->\n/g, '');

describe.concurrent('from push to push', PATIENCE, () => {
  test('the comment says what is new, fixed and still there, with the fixed ones by name', () =>
    withGitHub(async (github) => {
      await push(github, opensPorts(3), 1);
      expect(visible(github)).not.toContain('Since');
      await push(github, without(opensPorts(5), 1), 2);
      expect(visible(github)).toContain(`Since ${'1'.repeat(10)}: 1 fixed, 2 new, 2 still there.`);
      expect(visible(github)).toMatch(
        /^- Fixed: .*ingress-open-to-world-admin-port.*`aws_vpc_security_group_ingress_rule\.ssh_1`$/m,
      );
      const rows = visible(github)
        .split('\n')
        .filter((line) => line.startsWith('| **'));
      expect(rows.map((row) => [/ssh_\d/.exec(row)?.[0], row.includes(' · new |')])).toEqual([
        ['ssh_0', false],
        ['ssh_2', false],
        ['ssh_3', true],
        ['ssh_4', true],
      ]);
      expect(github.comments).toHaveLength(1);
    }));

  test('a push that changes nothing writes nothing, and the next is compared with what stands there', () =>
    withGitHub(async (github) => {
      await push(github, opensPorts(2), 1);
      const before = writes(github).filter((write) => write.includes('/comments'));
      await push(github, opensPorts(2), 1);
      expect(writes(github).filter((write) => write.includes('/comments'))).toEqual(before);
      await push(github, opensPorts(3), 3);
      expect(visible(github)).toContain(`Since ${'1'.repeat(10)}: 1 new, 2 still there.`);
    }));

  test('a review that could not be made does not forget what stood before', () =>
    withGitHub(async (github) => {
      await push(github, opensPorts(2), 1);
      await push(github, { plan: '{', source: '' }, 2);
      expect(visible(github)).toContain('could not be made');
      await push(github, without(opensPorts(2), 0), 3);
      expect(visible(github)).toContain(`Since ${'1'.repeat(10)}: 1 fixed, 1 still there.`);
    }));

  test('a stranger cannot make up what stood before', () =>
    withGitHub(async (github) => {
      await onPullRequest(github, opensPorts(2));
      const [own] = github.comments;
      github.comments.splice(0, 1, { id: 1, issue: 7, login: 'mallory', body: own?.body ?? '' });
      await onPullRequest(github, opensPorts(3), { runId: 101, payload: pullRequestEvent({ headSha: HEAD }) });
      expect(github.comments[1]?.body).not.toContain('Since');
    }));

  test('the comment keeps to the limit of GitHub with 1,500 findings before and after', () =>
    withGitHub(async (github) => {
      await push(github, opensPorts(1_500), 1, { annotations: 'off' });
      await push(github, without(opensPorts(1_501), 7), 2, { annotations: 'off' });
      expect(visible(github)).toContain('1 fixed, 1 new, 1499 still there.');
      expect(github.comments[0]?.body.length).toBeLessThanOrEqual(65_536);
    }));
});
