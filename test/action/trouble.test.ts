import { describe, expect, test } from 'vitest';
import { onPullRequest, PATIENCE, story, withGitHub } from '../support/github/action-test.ts';
import { startProxy } from '../support/github/proxy.ts';
import { commands } from '../support/github/runner.ts';

const SSH = story('opens-ssh-to-world');
const RATE_LIMIT = { status: 403, message: 'You have exceeded a secondary rate limit' };

const isPost = (method: string): boolean => method === 'POST';
const isCreate = (part: string) => (method: string, path: string) => method === 'POST' && path.includes(part);

describe.concurrent('a GitHub in trouble', PATIENCE, () => {
  test('is waited for as long as it asks', () =>
    withGitHub(async (github) => {
      github.faults.push({
        ...RATE_LIMIT,
        headers: { 'retry-after': '1' },
        matches: isCreate('/check-runs'),
        times: 1,
      });
      expect((await onPullRequest(github, SSH)).code).toBe(1);
      expect(github.checkRuns).toHaveLength(1);
      expect(github.requests.map(({ status }) => status)).toContain(403);
    }));

  test('is not waited for an hour', () =>
    withGitHub(async (github) => {
      github.faults.push({ ...RATE_LIMIT, headers: { 'retry-after': '3600' }, matches: isPost, times: 99 });
      const { code, log } = await onPullRequest(github, SSH);
      expect(code).toBe(1);
      expect(log).toContain('rate limit');
      expect(log).toMatch(/^::error [^\n]*file=main\.tf/m);
    }));

  test('that loses the answer to a create gets no second comment or check run', () =>
    withGitHub(async (github) => {
      for (const part of ['/check-runs', '/comments']) {
        github.faults.push({ matches: isCreate(part), status: 502, times: 1, after: true });
      }
      expect((await onPullRequest(github, SSH)).code).toBe(1);
      expect(github.checkRuns).toHaveLength(1);
      expect(github.comments).toHaveLength(1);
    }));

  test('is asked again after a 502', () =>
    withGitHub(async (github) => {
      github.faults.push({ matches: (method) => method === 'GET', status: 502, times: 1 });
      expect((await onPullRequest(github, SSH)).code).toBe(1);
      expect(github.comments).toHaveLength(1);
    }));

  test('that is slow gets the same review', () =>
    withGitHub(async (github) => {
      github.latencyMs = 200;
      expect((await onPullRequest(github, SSH)).code).toBe(1);
      expect(github.comments).toHaveLength(1);
    }));

  test('that refuses every write does not change the verdict', () =>
    withGitHub(async (github) => {
      github.faults.push({ matches: (method) => method !== 'GET', status: 502, times: 99 });
      const { code, log, summary, outputs } = await onPullRequest(github, SSH);
      expect(code).toBe(1);
      expect(outputs['conclusion']).toBe('fail');
      expect(log).toMatch(/^::warning [^\n]*status 502/m);
      expect(summary).toContain('1 finding introduced');
    }));
});

describe.concurrent('the way to GitHub', PATIENCE, () => {
  test('leads through the proxy of the runner', () =>
    withGitHub(async (github) => {
      const proxy = await startProxy(github.url);
      const env = { GITHUB_API_URL: 'http://github.test', http_proxy: proxy.url };
      expect((await onPullRequest(github, SSH, { env })).code).toBe(1);
      expect(github.comments).toHaveLength(1);
      expect(proxy.hosts).toContain('github.test:80');
      proxy.close();
    }));

  test('a token that GitHub does not know is named as the reason', () =>
    withGitHub(async (github) => {
      github.faults.push({ matches: () => true, status: 401, message: 'Bad credentials', times: 99 });
      const { code, log } = await onPullRequest(github, SSH);
      expect(code).toBe(2);
      expect(log).toContain('`github-token`');
    }));
});

describe.concurrent('a review that cannot be made', PATIENCE, () => {
  test.for([
    ['no plan is named', { plan: '' }, 'Set the input `plan`'],
    ['a word is not known', { 'fail-on': 'disaster' }, 'Set the input `fail-on` to one of: critical'],
    ['the plan is not there', { plan: 'missing.json' }, 'missing.json'],
  ] as const)('because %s ends in one sentence, exit code 2 and conclusion fail', ([, inputs, sentence]) =>
    withGitHub(async (github) => {
      const { code, log, outputs, summary } = await onPullRequest(github, SSH, { inputs });
      expect(code).toBe(2);
      expect(log).toContain(sentence);
      expect(outputs).toEqual({ conclusion: 'fail' });
      expect(summary).toContain('could not be made');
      expect(log).not.toContain('    at ');
    }),
  );

  test('because GitHub is down ends so too', () =>
    withGitHub(async (github) => {
      github.faults.push({ matches: (_, path) => path.includes('/contents/'), status: 503, times: 999 });
      const { code, outputs } = await onPullRequest(github, SSH);
      expect(code).toBe(2);
      expect(outputs).toEqual({ conclusion: 'fail' });
    }));

  test('does not leave an old comment there as if it were true', () =>
    withGitHub(async (github) => {
      await onPullRequest(github, SSH);
      const { code } = await onPullRequest(github, { ...SSH, plan: '{"format_version": "9.0"}' }, { runId: 101 });
      expect(code).toBe(2);
      expect(github.comments).toHaveLength(1);
      expect(github.comments[0]?.body).toContain('could not be made');
    }));

  test('because of a defect prints no message of it, which may quote the plan', () =>
    withGitHub(async (github) => {
      const defect = "setTimeout(() => { throw new Error('\\n::set-output name=conclusion::pass hunter2'); }, 20)";
      const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(defect)}` };
      const { code, log } = await onPullRequest(github, SSH, { env });
      expect(code).toBe(2);
      expect(commands(log)).toEqual(['error']);
      expect(log).not.toContain('hunter2');
    }));
});
