import { describe, expect, test } from 'vitest';
import { filesOf, onPullRequest, PATIENCE, story, withGitHub } from '../support/github/action-test.ts';
import { mergeGroupEvent, pullRequestEvent, workflowRunEvent } from '../support/github/events.ts';
import { BASE, HEAD, MERGE, NEXT_HEAD, writes } from '../support/github/fixtures.ts';
import { opensPorts } from '../support/github/plan.ts';
import { commands, runAction, type Finished } from '../support/github/runner.ts';
import type { FakeGitHub } from '../support/github/server.ts';

const SSH = story('opens-ssh-to-world');
const READ_ONLY = { contents: 'read', checks: 'read', 'pull-requests': 'read' } as const;

describe.concurrent('with a read-only token', PATIENCE, () => {
  test.for([
    ['a fork', pullRequestEvent({ headRepository: 'stranger/infra' }), 'stranger'],
    ['a fork that was deleted', pullRequestEvent({ headRepository: null }), 'stranger'],
    ['Dependabot', pullRequestEvent(), 'dependabot[bot]'],
  ] as const)('%s gets verdict, summary and annotations in the log', ([, payload, actor]) =>
    withGitHub(async (github) => {
      github.permissions = READ_ONLY;
      const { code, log, summary, outputs } = await onPullRequest(github, SSH, { payload, actor });
      expect(code).toBe(1);
      expect(outputs['conclusion']).toBe('fail');
      expect(log).toMatch(/^::error [^\n]*file=main\.tf,line=\d+/m);
      expect(log).toMatch(/^::notice [^\n]*`pull-requests: write`[^\n]*read-only/m);
      expect(summary).toContain('1 finding introduced');
      expect(summary).toContain('checks: write');
    }),
  );

  test('a job that lacks a permission is told which', () =>
    withGitHub(async (github) => {
      github.permissions = { contents: 'read', 'pull-requests': 'write' };
      const { log } = await onPullRequest(github, SSH);
      expect(log).toMatch(/^::warning [^\n]*`checks: write`/m);
      expect(github.comments).toHaveLength(1);
    }));

  test('the log has as many annotations as the runner shows, the verdict among them', () =>
    withGitHub(async (github) => {
      const { log } = await onPullRequest(github, opensPorts(40), { inputs: { annotations: 'log' } });
      expect(commands(log).filter((name) => name === 'error')).toHaveLength(10);
    }));
});

describe.concurrent('without a pull request', PATIENCE, () => {
  test.for([
    ['merge_group', mergeGroupEvent()],
    ['push', {}],
    ['issue_comment', {}],
  ] as const)('%s concludes by exit code, summary and log', ([event, payload]) =>
    withGitHub(async (github) => {
      const { code, log, summary } = await runAction(github, { event, payload, files: filesOf(SSH) });
      expect(code).toBe(1);
      expect(summary).toContain('1 finding introduced');
      expect(log).toMatch(/^::error [^\n]*file=main\.tf/m);
      expect(writes(github)).toEqual([]);
    }),
  );

  test.for(['workflow_dispatch', 'schedule'])('%s audits into the summary and report files', (event) =>
    withGitHub(async (github) => {
      const { log, summary, report, html, junit } = await runAction(github, { event, files: filesOf(SSH) });
      expect(JSON.parse(report)).toMatchObject({ mode: 'audit' });
      expect(html).toContain('<h1>1 finding present: critical</h1>');
      expect(junit).toContain('failures="1"');
      expect(summary).toContain('finding present');
      expect(log).not.toContain('file=main.tf');
      expect(github.requests).toEqual([]);
    }),
  );
});

describe.concurrent('on the review of a pull request', PATIENCE, () => {
  test.each(['pull_request_review', 'pull_request_review_comment'])(
    '%s goes by the base, not the test merge',
    (event) =>
      withGitHub(async (github) => {
        const step = { event, payload: pullRequestEvent(), files: filesOf(SSH) };
        github.files.set(MERGE, { '.planwarden.yaml': 'fail-on: never\n' });
        expect((await runAction(github, step)).code).toBe(1);
        github.files.set(BASE, { '.planwarden.yaml': 'fail-on: never\n' });
        expect((await runAction(github, step)).code).toBe(0);
      }),
  );

  test('an event without its base is refused instead of going by the checkout', () =>
    withGitHub(async (github) => {
      const files = { ...filesOf(SSH), '.planwarden.yaml': 'fail-on: never\n' };
      const { code, log } = await runAction(github, { event: 'pull_request_review', files });
      expect(code).toBe(2);
      expect(log).toContain('is not whole');
    }));
});

describe.concurrent('in the second of two stages', PATIENCE, () => {
  const second = (github: FakeGitHub, headSha: string): Promise<Finished> => {
    github.pulls.splice(0, 1, { number: 8, headSha, baseSha: BASE, headOwner: 'stranger' });
    return runAction(github, { event: 'workflow_run', payload: workflowRunEvent(), files: filesOf(SSH) });
  };

  test('the pull request of the fork gets its comment', () =>
    withGitHub(async (github) => {
      const { summary } = await second(github, HEAD);
      expect(github.comments).toMatchObject([{ issue: 8 }]);
      expect(github.checkRuns).toMatchObject([{ head_sha: HEAD }]);
      expect(summary).toContain('can have changed it');
    }));

  test.each([
    ['workflow_run', workflowRunEvent()],
    ['issue_comment', {}],
  ])('on %s, a configuration in the working directory does not decide, whoever put it there', (event, payload) =>
    withGitHub(async (github) => {
      github.pulls.length = 0;
      const files = { ...filesOf(SSH), '.planwarden.yaml': 'fail-on: never\n' };
      expect((await runAction(github, { event, payload, files })).code).toBe(1);
      github.files.set(MERGE, { '.planwarden.yaml': 'fail-on: never\n' });
      expect((await runAction(github, { event, payload, files: filesOf(SSH) })).code).toBe(0);
    }),
  );

  test('a pull request that has moved on is left alone', () =>
    withGitHub(async (github) => {
      expect((await second(github, NEXT_HEAD)).code).toBe(1);
      expect(writes(github)).toEqual([]);
    }));
});
