import { describe, expect, test } from 'vitest';
import { onPullRequest, PATIENCE, story, withGitHub } from '../support/github/action-test.ts';
import { pullRequestEvent } from '../support/github/events.ts';
import { HEAD, NEXT_HEAD, writes } from '../support/github/fixtures.ts';
import { opensPorts } from '../support/github/plan.ts';
import { TOKEN } from '../support/github/runner.ts';
import type { FakeGitHub } from '../support/github/server.ts';

const SSH = story('opens-ssh-to-world');
const NARROWED = story('ssh-narrowed');
const NOTHING = story('tags-only');

const commentWrites = (github: FakeGitHub): string[] => writes(github).filter((write) => write.includes('/comments'));

describe.concurrent('on pull_request', PATIENCE, () => {
  test('posts annotations at their lines, one comment, a summary and outputs, and fails', () =>
    withGitHub(async (github) => {
      const { code, outputs, summary, report, sarif } = await onPullRequest(github, SSH);
      expect(code).toBe(1);
      expect(github.checkRuns).toMatchObject([
        { name: 'planwarden', head_sha: HEAD, status: 'completed', conclusion: 'failure' },
      ]);
      const line = SSH.source.split('\n').findIndex((text) => text.includes('"0.0.0.0/0"')) + 1;
      expect(github.checkRuns[0]?.annotations).toMatchObject([
        { path: 'main.tf', start_line: line, end_line: line, annotation_level: 'failure' },
      ]);
      expect(github.comments).toHaveLength(1);
      expect(github.comments[0]?.body).toMatch(
        /^<!-- planwarden:v1 key=[0-9a-f]{12} sha=(a1){20} run=100\.1 hash=[0-9a-f]{12} -->\n/,
      );
      expect(summary).toContain('1 finding introduced');
      expect(JSON.parse(report)).toMatchObject({ schemaVersion: 1, conclusion: 'fail' });
      expect(JSON.parse(sarif)).toMatchObject({ version: '2.1.0' });
      expect(outputs).toEqual({
        'report-path': expect.stringMatching(/report\.json$/),
        'sarif-path': expect.stringMatching(/report\.sarif$/),
        'html-path': '',
        'junit-path': '',
        conclusion: 'fail',
        'introduced-count': '1',
        neutral: 'false',
        'issue-url': '',
        'comment-url': 'https://github.test/acme/infra/pull/7#issuecomment-1000',
      });
    }));

  test('says in every request which API it means and who asks', () =>
    withGitHub(async (github) => {
      await onPullRequest(github, SSH);
      for (const { headers } of github.requests) {
        expect(headers['x-github-api-version']).toBe('2022-11-28');
        expect(headers['user-agent']).toContain('planwarden');
      }
    }));

  test('edits the comment on the second run, and writes nothing on a third that finds the same', () =>
    withGitHub(async (github) => {
      await onPullRequest(github, SSH);
      const [first] = github.comments.map(({ body }) => body);
      await onPullRequest(github, opensPorts(2), { runId: 101 });
      const [second] = github.comments.map(({ body }) => body);
      expect(second).not.toBe(first);
      const before = commentWrites(github).length;
      const { outputs } = await onPullRequest(github, opensPorts(2), { runId: 102 });
      expect(github.comments.map(({ body }) => body)).toEqual([second]);
      expect(commentWrites(github)).toHaveLength(before);
      expect(outputs['comment-url']).toContain('#issuecomment-1000');
    }));

  test('says that a finding is resolved in the comment that reported it, and passes', () =>
    withGitHub(async (github) => {
      await onPullRequest(github, SSH);
      github.pulls.splice(0, 1, { number: 7, headSha: NEXT_HEAD, baseSha: 'base' });
      const { code } = await onPullRequest(github, NARROWED, {
        runId: 101,
        payload: pullRequestEvent({ headSha: NEXT_HEAD }),
      });
      expect(code).toBe(0);
      expect(github.comments).toHaveLength(1);
      expect(github.comments[0]?.body).toContain('✅');
      expect(github.comments[0]?.body).toContain('resolved');
      expect(github.checkRuns.at(-1)).toMatchObject({ head_sha: NEXT_HEAD, conclusion: 'success' });
    }));

  test('brings the comment to a short all-clear when nothing is left to say', () =>
    withGitHub(async (github) => {
      await onPullRequest(github, SSH);
      const long = github.comments[0]?.body.length ?? 0;
      await onPullRequest(github, NOTHING, { runId: 101 });
      expect(github.comments).toHaveLength(1);
      expect(github.comments[0]?.body).toContain('✅');
      expect(github.comments[0]?.body.length).toBeLessThan(long / 2);
    }));

  test('posts no comment without anything to say, unless it is asked for', () =>
    withGitHub(async (github) => {
      const { code, outputs } = await onPullRequest(github, NOTHING);
      expect(code).toBe(0);
      expect(outputs).toMatchObject({ conclusion: 'pass', neutral: 'true', 'comment-url': '' });
      expect(github.comments).toEqual([]);
      await onPullRequest(github, NOTHING, { inputs: { comment: 'always' } });
      expect(github.comments).toHaveLength(1);
    }));

  test('sends 120 findings to one check run, 50 annotations a request, and to one comment', () =>
    withGitHub(async (github) => {
      const { code, outputs } = await onPullRequest(github, opensPorts(120));
      expect(code).toBe(1);
      expect(outputs['introduced-count']).toBe('120');
      expect(github.checkRuns).toHaveLength(1);
      expect(writes(github).filter((write) => write.includes('/check-runs'))).toHaveLength(3);
      expect(new Set(github.checkRuns[0]?.annotations.map((annotation) => annotation['start_line'])).size).toBe(120);
      expect(github.comments).toHaveLength(1);
    }));

  test('fits 1,500 findings into the limits of GitHub', () =>
    withGitHub(async (github) => {
      const { outputs, summary } = await onPullRequest(github, opensPorts(1500), { inputs: { annotations: 'log' } });
      expect(outputs['introduced-count']).toBe('1500');
      expect(github.comments[0]?.body).toContain('in the job summary');
      expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
      expect(summary).toContain('ssh_1499');
    }));

  test('names paths from the root of the repository, wherever the plan is made', () =>
    withGitHub(async (github) => {
      const files = { 'stacks/net/plan.json': SSH.plan, 'stacks/net/main.tf': SSH.source };
      const { sarif } = await onPullRequest(github, SSH, { files, inputs: { 'working-directory': 'stacks/net' } });
      expect(github.checkRuns[0]?.annotations).toMatchObject([{ path: 'stacks/net/main.tf' }]);
      expect(github.comments[0]?.body).toContain(`https://github.test/acme/infra/blob/${HEAD}/stacks/net/main.tf#L`);
      expect(sarif).toContain('"stacks/net/main.tf"');
    }));

  test('keeps the comments of jobs with other names apart', () =>
    withGitHub(async (github) => {
      await onPullRequest(github, SSH);
      await onPullRequest(github, SSH, { inputs: { name: 'production' }, runId: 101 });
      expect(github.comments).toHaveLength(2);
      expect(github.checkRuns.map((run) => run['name'])).toEqual(['planwarden', 'production']);
    }));

  test('writes nothing to GitHub with `annotations: log` and `comment: off`', () =>
    withGitHub(async (github) => {
      const { code, log } = await onPullRequest(github, SSH, { inputs: { annotations: 'log', comment: 'off' } });
      expect(code).toBe(1);
      expect(writes(github)).toEqual([]);
      expect(log).toMatch(/^::error [^\n]*file=main\.tf/m);
    }));

  test('reviews several plans at once', () =>
    withGitHub(async (github) => {
      const files = { 'a/plan.json': SSH.plan, 'b/plan.json': NARROWED.plan };
      const { report, outputs } = await onPullRequest(github, SSH, { files, inputs: { plan: '*/plan.json' } });
      expect(JSON.parse(report)).toMatchObject({ plans: [{ path: 'a/plan.json' }, { path: 'b/plan.json' }] });
      expect(outputs['introduced-count']).toBe('1');
    }));

  test('warns of pull_request_target', () =>
    withGitHub(async (github) => {
      const { log } = await onPullRequest(github, SSH, { event: 'pull_request_target' });
      expect(log).toMatch(/^::warning [^\n]*pull_request_target/m);
    }));

  test('shows its token nowhere', () =>
    withGitHub(async (github) => {
      const { log, report, sarif, summary, outputs } = await onPullRequest(github, SSH);
      const sent = JSON.stringify(github.requests.map(({ body, path, query }) => [body, path, query]));
      for (const text of [log, report, sarif, summary, JSON.stringify(outputs), sent])
        expect(text).not.toContain(TOKEN);
      expect(new Set(github.requests.map(({ headers }) => headers.authorization))).toEqual(new Set([`token ${TOKEN}`]));
    }));
});

test(
  'with `annotations: review` findings stand as comments at their lines, and the check run is not needed',
  PATIENCE,
  () =>
    withGitHub(async (github) => {
      const given = opensPorts(2);
      const lines = given.source.split('\n');
      const patch = [`@@ -0,0 +1,${lines.length} @@`, ...lines.map((line) => `+${line}`)].join('\n');
      github.pulls[0]!.patches = { 'main.tf': patch };
      github.permissions = { contents: 'read', 'pull-requests': 'write' };
      const review = () => onPullRequest(github, given, { inputs: { annotations: 'review' } });
      const { code, log } = await review();
      expect(code).toBe(1);
      expect(github.lineComments.map(({ path, line }) => `${path}:${line}`)).toEqual(['main.tf:5', 'main.tf:12']);
      expect(github.reviews).toEqual([2]);
      expect(github.checkRuns).toEqual([]);
      expect(log).not.toContain('file=main.tf');
      await review();
      expect(github.reviews).toEqual([2]);
    }),
);

test('with `annotations: review` what is deleted is told at the lines that are removed', PATIENCE, () =>
  withGitHub(async (github) => {
    const patch = '@@ -40,3 +39,0 @@\n-resource "aws_cloudtrail" "main" {\n-  name = "management-events"\n-}';
    github.pulls[0]!.patches = { 'main.tf': patch };
    const { code } = await onPullRequest(github, story('trail-deleted'), { inputs: { annotations: 'review' } });
    expect(code).toBe(1);
    expect(github.lineComments).toMatchObject([{ path: 'main.tf', line: 40, side: 'LEFT' }]);
    expect(github.lineComments[0]?.body).toContain('The trail management-events is destroyed');
  }),
);
