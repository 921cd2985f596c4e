import { describe, expect, test } from 'vitest';
import { onPullRequest, PATIENCE, story, withGitHub } from '../support/github/action-test.ts';
import type { Story } from '../support/github/plan.ts';
import type { FakeGitHub } from '../support/github/server.ts';

const STORIES = { dns: story('ssh-narrowed'), network: story('opens-ssh-to-world'), shop: story('tags-only') };

/** What one job of the matrix hands on. */
async function reportOf(github: FakeGitHub, stack: string, given: Story): Promise<[string, string]> {
  const files = { [`stacks/${stack}/plan.json`]: given.plan, [`stacks/${stack}/main.tf`]: given.source };
  const inputs = {
    'working-directory': `stacks/${stack}`,
    'fail-on': 'never',
    comment: 'off',
    annotations: 'off',
  };
  const { report } = await onPullRequest(github, given, { files, inputs });
  return [`reports/planwarden-${stack}/report.json`, report];
}

const merging = (files: Record<string, string>, github: FakeGitHub, inputs: Record<string, string> = {}, runId = 100) =>
  onPullRequest(github, STORIES.dns, {
    files,
    inputs: { plan: '', mode: 'merge', reports: 'reports/**/report.json', expect: '3', ...inputs },
    runId,
  });

const matrixOf = async (github: FakeGitHub): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(Object.entries(STORIES).map(([stack, given]) => reportOf(github, stack, given))),
  );

describe.concurrent('mode: merge', PATIENCE, () => {
  test('a matrix of jobs has one comment, one check run with places of the repository, and one verdict', () =>
    withGitHub(async (github) => {
      const { code, outputs, report } = await merging(await matrixOf(github), github);
      expect(code).toBe(1);
      expect(outputs).toMatchObject({ conclusion: 'fail', 'introduced-count': '1', neutral: 'false' });
      expect(github.comments).toHaveLength(1);
      expect(github.comments[0]?.body).toContain('planwarden-network/plan.json');
      expect(github.checkRuns).toMatchObject([{ annotations: [{ path: 'stacks/network/main.tf' }] }]);
      expect(JSON.parse(report)).toMatchObject({ merged: { reports: 3, expected: 3 } });
    }));

  test('a job that wrote no report does not pass silently', () =>
    withGitHub(async (github) => {
      const { 'reports/planwarden-network/report.json': _, ...files } = await matrixOf(github);
      const { code, log } = await merging(files, github);
      expect(code).toBe(1);
      expect(log).toMatch(/^::error::2 of 3 expected reports are there/m);
      expect(github.comments[0]?.body).toContain('2 of 3 expected reports are there');
    }));

  test('a report that is not one ends in a sentence and exit code 2', () =>
    withGitHub(async (github) => {
      const { code, log, summary } = await merging({ 'reports/x/report.json': '{' }, github);
      expect(code).toBe(2);
      expect(log).toMatch(/^::error::reports\/x\/report\.json is cut off or is not JSON/m);
      expect(summary).toContain('The review could not be made');
    }));

  test.for([
    [{ plan: 'plan.json' }, 'Leave the input `plan` out'],
    [{ reports: '' }, 'Set the input `reports`'],
    [{ expect: 'all' }, 'Set the input `expect`'],
    [{ mode: 'review', plan: 'plan.json' }, 'Set `mode: merge`'],
  ] as const)('%j is explained', ([inputs, sentence]) =>
    withGitHub(async (github) => {
      const { code, log } = await merging({}, github, inputs);
      expect(code).toBe(2);
      expect(log).toContain(sentence);
    }),
  );
});
