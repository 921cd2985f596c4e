import { describe, expect, test } from 'vitest';
import { filesOf, onPullRequest, PATIENCE, story, withGitHub } from '../support/github/action-test.ts';
import { repositoryEvent } from '../support/github/events.ts';
import { runAction } from '../support/github/runner.ts';
import type { Story } from '../support/github/plan.ts';
import type { FakeGitHub } from '../support/github/server.ts';

const SSH = story('opens-ssh-to-world');
const CLEAN = story('ssh-narrowed');

const audit = (github: FakeGitHub, given: Story, runId: number, event = 'schedule') =>
  runAction(github, { event, files: filesOf(given), inputs: { issue: 'true', 'fail-on': 'never' }, runId });

describe.concurrent('issue: true', PATIENCE, () => {
  test('keeps the findings of audits in one issue, and closes it with a sentence', () =>
    withGitHub(async (github) => {
      github.permissions = { contents: 'read', issues: 'write' };
      const { code, outputs } = await audit(github, SSH, 100);
      expect(code).toBe(0);
      expect(outputs['issue-url']).toBe('https://github.test/acme/infra/issues/50');
      expect(github.issues).toMatchObject([{ title: 'Security audit: planwarden', state: 'open' }]);
      expect(github.issues[0]?.body).toMatch(/^<!-- planwarden:v1 [^\n]+ -->\n### 🟡 \d+ findings? present/);
      await audit(github, CLEAN, 101, 'workflow_dispatch');
      expect(github.issues).toMatchObject([{ state: 'closed', stateReason: 'completed' }]);
      expect(github.issues[0]?.body).toContain('The last audit found nothing any more, so this issue is closed.');
      expect(github.comments).toEqual([]);
    }));

  test('without the permission, the summary says which is missing, and the verdict stands', () =>
    withGitHub(async (github) => {
      const { code, summary, log, outputs } = await audit(github, SSH, 100);
      expect(code).toBe(0);
      expect(summary).toContain('The tracking issue could not be written');
      expect(summary).toContain('`issues: write`');
      expect(log).toMatch(/^::warning [^\n]*`issues: write`/m);
      expect(outputs['issue-url']).toBe('');
    }));

  test('says when the repository has issues switched off', () =>
    withGitHub(async (github) => {
      github.permissions = { contents: 'read', issues: 'write' };
      github.faults.push({ matches: (_, path) => path.endsWith('/issues'), status: 410, times: 9 });
      expect((await audit(github, SSH, 100)).summary).toContain('the repository has issues switched off');
    }));

  test('an audit that could not be made leaves the issue alone', () =>
    withGitHub(async (github) => {
      github.permissions = { contents: 'read', issues: 'write' };
      await audit(github, SSH, 100);
      const before = JSON.stringify(github.issues);
      expect((await audit(github, { plan: '{', source: '' }, 101)).code).toBe(2);
      expect(JSON.stringify(github.issues)).toBe(before);
    }));

  test('the audit of another branch leaves it alone, whatever it finds', () =>
    withGitHub(async (github) => {
      github.permissions = { contents: 'read', issues: 'write' };
      await audit(github, SSH, 100);
      const before = JSON.stringify(github.issues);
      const { summary } = await runAction(github, {
        event: 'workflow_dispatch',
        ref: 'refs/heads/change',
        payload: repositoryEvent(),
        files: filesOf(CLEAN),
        inputs: { issue: 'true', 'fail-on': 'never' },
        runId: 101,
      });
      expect(summary).toContain('so the tracking issue was left alone');
      expect(JSON.stringify(github.issues)).toBe(before);
    }));

  test('a pull request makes none', () =>
    withGitHub(async (github) => {
      github.permissions = { contents: 'read', 'pull-requests': 'write', checks: 'write', issues: 'write' };
      await onPullRequest(github, SSH, { inputs: { issue: 'true' } });
      expect(github.issues).toEqual([]);
    }));
});
