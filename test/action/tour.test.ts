import { expect, test } from 'vitest';
import { IN_A_MONTH } from '../support/dates.ts';
import { PATIENCE, story, withGitHub } from '../support/github/action-test.ts';
import { mergeGroupEvent, pullRequestEvent, workflowRunEvent } from '../support/github/events.ts';
import { BASE, HEAD, writes } from '../support/github/fixtures.ts';
import { runAction, type Finished, type Step } from '../support/github/runner.ts';
import type { FakeGitHub } from '../support/github/server.ts';

/** Stacks of the repository, each with the story that its plan tells. */
type Stacks = Readonly<Record<string, string>>;

const filesOf = (stacks: Stacks): Record<string, string> =>
  Object.fromEntries(
    Object.entries(stacks).flatMap(([stack, name]) => {
      const { plan, source } = story(name);
      return [
        [`stacks/${stack}/plan.json`, plan],
        [`stacks/${stack}/main.tf`, source],
      ];
    }),
  );

const WAIVER = `waivers:
  - policy: cloudtrail/trail-deleted
    address: aws_cloudtrail.main
    reason: The organization has a trail of its own.
    owner: security@example.com
    expires: ${IN_A_MONTH}
`;

const CONFIG = '.github/planwarden.yml';
const ALL_PLANS = { plan: 'stacks/*/plan.json' };
const COMMIT_OF_PUSH = ['1', '2', '3', '4'].map((digit) => digit.repeat(40));

/** One push to a pull request, as its workflow sees it. */
function push(github: FakeGitHub, number: number, stacks: Stacks, more: Partial<Step> = {}): Promise<Finished> {
  const pull = github.pulls.find((one) => one.number === number);
  return runAction(github, {
    event: 'pull_request',
    payload: pullRequestEvent({ number, headSha: pull?.headSha ?? '' }),
    files: filesOf(stacks),
    inputs: ALL_PLANS,
    ...more,
  });
}

/** A pull request with its newest commit, which is older than all plans. */
function open(github: FakeGitHub, number: number, headSha: string, files: readonly string[], headOwner = 'acme'): void {
  const index = github.pulls.findIndex((one) => one.number === number);
  const pull = { number, headSha, baseSha: BASE, files, headOwner };
  github.pulls.splice(index < 0 ? github.pulls.length : index, index < 0 ? 0 : 1, pull);
  github.committed.set(headSha, '2026-01-01T00:00:00Z');
}

/** Without hidden lines, and the same whenever the tests run. */
const visible = (body: string): string => body.replaceAll(/<!--.*?-->\n/g, '').replaceAll(IN_A_MONTH, 'NEXT MONTH');

const commentsOn = (github: FakeGitHub, number: number): string[] =>
  github.comments.filter(({ issue }) => issue === number).map(({ body }) => visible(body));

const snapshot = (name: string): string => `__snapshots__/tour/${name}.md.snap`;

test('a new user goes through everything in one repository', PATIENCE, () =>
  withGitHub(async (github) => {
    github.pulls.length = 0;
    const [first = '', second = '', third = '', fourth = ''] = COMMIT_OF_PUSH;

    // A pull request with findings: one comment, one check run with annotations, exit code 1.
    open(github, 7, first, ['stacks/network/main.tf', 'stacks/audit/main.tf']);
    const opened = await push(github, 7, { network: 'opens-ssh-to-world', audit: 'trail-deleted' });
    expect(opened.code).toBe(1);
    expect(opened.outputs).toMatchObject({ conclusion: 'fail', neutral: 'false' });
    expect(commentsOn(github, 7)).toHaveLength(1);
    await expect(commentsOn(github, 7)[0]).toMatchFileSnapshot(snapshot('1-findings'));
    expect(github.checkRuns.at(-1)).toMatchObject({ head_sha: first, conclusion: 'failure' });
    expect(github.checkRuns.at(-1)?.annotations).toMatchObject([
      {
        path: 'stacks/network/main.tf',
        start_line: 25,
        annotation_level: 'failure',
        message: expect.stringContaining('tcp/22 is reachable from the whole internet (0.0.0.0/0)\nIn aws_vpc_'),
      },
    ]);
    expect(opened.summary).toContain('2 findings introduced: all critical');

    // A push that fixes one: the same comment says so.
    open(github, 7, second, ['stacks/network/main.tf', 'stacks/audit/main.tf']);
    const fixed = await push(github, 7, { network: 'ssh-narrowed', audit: 'trail-deleted' });
    expect(fixed.code).toBe(1);
    expect(fixed.outputs).toMatchObject({ conclusion: 'fail', 'introduced-count': '1' });
    expect(commentsOn(github, 7)).toHaveLength(1);
    await expect(commentsOn(github, 7)[0]).toMatchFileSnapshot(snapshot('2-one-fixed'));

    // A waiver that the pull request brings itself decides nothing, and what it would do is said.
    open(github, 7, third, ['stacks/audit/main.tf', CONFIG]);
    github.files.set(third, { [CONFIG]: WAIVER });
    const stacks = { network: 'ssh-narrowed', audit: 'trail-deleted' };
    const selfMade = await push(github, 7, stacks, { files: { ...filesOf(stacks), [CONFIG]: WAIVER } });
    expect(selfMade.code).toBe(1);
    expect(selfMade.summary).toContain('With the changed configuration this review would pass instead of fail');
    await expect(commentsOn(github, 7)[0]).toMatchFileSnapshot(snapshot('3-own-waiver'));

    // Once it is merged to the base, the same plan passes.
    open(github, 7, fourth, ['stacks/audit/main.tf']);
    github.files.set(BASE, { [CONFIG]: WAIVER });
    const accepted = await push(github, 7, stacks);
    expect(accepted.code).toBe(0);
    expect(accepted.outputs).toMatchObject({ conclusion: 'pass', 'introduced-count': '0' });
    expect(commentsOn(github, 7)).toHaveLength(1);
    await expect(commentsOn(github, 7)[0]).toMatchFileSnapshot(snapshot('4-accepted'));

    // In the merge queue nothing is written to GitHub: the job itself is the required check.
    const written = writes(github).length;
    const queued = { event: 'merge_group', payload: mergeGroupEvent(), inputs: ALL_PLANS };
    expect((await runAction(github, { ...queued, files: filesOf(stacks) })).code).toBe(0);
    const worse = await runAction(github, { ...queued, files: filesOf({ ...stacks, network: 'opens-ssh-to-world' }) });
    expect(worse.code).toBe(1);
    expect(worse.summary).toContain('1 finding introduced: critical');
    expect(writes(github)).toHaveLength(written);

    // A fork may write nothing; its second stage comments for it.
    open(github, 8, HEAD, ['stacks/network/main.tf'], 'stranger');
    github.permissions = { contents: 'read', checks: 'read', 'pull-requests': 'read' };
    const fork = { network: 'opens-ssh-to-world' };
    const payload = pullRequestEvent({ number: 8, headRepository: 'stranger/infra' });
    const firstStage = await push(github, 8, fork, { payload });
    expect(firstStage.code).toBe(1);
    expect(firstStage.summary).toContain('1 finding introduced');
    expect(commentsOn(github, 8)).toEqual([]);
    github.permissions = { contents: 'read', checks: 'write', 'pull-requests': 'write' };
    const stage = { event: 'workflow_run', payload: workflowRunEvent(), files: filesOf(fork), inputs: ALL_PLANS };
    expect((await runAction(github, stage)).code).toBe(1);
    await expect(commentsOn(github, 8)[0]).toMatchFileSnapshot(snapshot('5-fork'));

    // An audit on demand: a page, the summary, and one issue.
    github.permissions = { contents: 'read', issues: 'write' };
    const audit = { event: 'workflow_dispatch', files: filesOf(stacks), inputs: { ...ALL_PLANS, issue: 'true' } };
    const audited = await runAction(github, audit);
    expect(audited.html).toContain('<h1>');
    expect(audited.junit).toMatch(/^<\?xml[^]*<failure[^]*trail management-events is destroyed/);
    expect(audited.summary).toContain('present');
    expect(github.issues).toHaveLength(1);
    await expect(visible(github.issues[0]?.body ?? '')).toMatchFileSnapshot(snapshot('6-audit'));

    // Five plans in a matrix: each job hands on its report, and one last job speaks for all.
    github.permissions = { contents: 'read', checks: 'write', 'pull-requests': 'write' };
    open(github, 9, '9'.repeat(40), ['stacks/shop/main.tf']);
    const matrix: Stacks = {
      network: 'opens-ssh-to-world',
      audit: 'trail-deleted',
      exports: 'bucket-policy-public',
      shop: 'tags-only',
      keys: 'key-rotation-off',
    };
    const reports: Record<string, string> = {};
    for (const [stack, name] of Object.entries(matrix)) {
      const inputs = { 'working-directory': `stacks/${stack}`, comment: 'off', annotations: 'off' };
      const { report } = await push(github, 9, { [stack]: name }, { inputs });
      reports[`reports/planwarden-${stack}/report.json`] = report;
    }
    expect(commentsOn(github, 9)).toEqual([]);
    const inputs = { plan: '', mode: 'merge', reports: 'reports/*/report.json', expect: '5' };
    const merged = await push(github, 9, {}, { files: reports, inputs });
    expect(merged.code).toBe(1);
    expect(JSON.parse(merged.report)).toMatchObject({ merged: { reports: 5, expected: 5 } });
    expect(commentsOn(github, 9)).toHaveLength(1);
    await expect(commentsOn(github, 9)[0]).toMatchFileSnapshot(snapshot('7-matrix'));

    // Nothing was written twice.
    expect(github.comments.map(({ issue }) => issue)).toEqual([7, 8, 9]);
    expect(github.issues).toHaveLength(1);
    const checked = github.checkRuns.map(({ head_sha: sha }) => sha);
    expect(checked).toEqual([...COMMIT_OF_PUSH, HEAD, '9'.repeat(40)]);
  }),
);
