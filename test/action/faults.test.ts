import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { onPullRequest, PATIENCE, withGitHub } from '../support/github/action-test.ts';
import { BASE, HEAD } from '../support/github/fixtures.ts';
import { opensPorts } from '../support/github/plan.ts';
import { TOKEN, type Finished } from '../support/github/runner.ts';
import { textOf } from '../support/github/schema.ts';
import type { FakeGitHub, Recorded } from '../support/github/state.ts';
import { SCENARIOS, type Scenario } from './faults.ts';

const QUICK_CLOCK = fileURLToPath(new URL('../support/github/quick-clock.ts', import.meta.url));
const THREE = opensPorts(3);

async function act(github: FakeGitHub, { step, story = THREE, race }: Scenario): Promise<Finished[]> {
  const { env = {}, ...rest } = step?.(github) ?? {};
  const run = (runId: number): Promise<Finished> =>
    onPullRequest(github, story, { runId, ...rest, env: { NODE_OPTIONS: `--import=${QUICK_CLOCK}`, ...env } });
  return Promise.all(race ? [run(101), run(102)] : [run(101)]);
}

const isWrite = ({ method, path }: Recorded): boolean => method !== 'GET' && !path.endsWith('/graphql');

const ours = ({ comments, login }: FakeGitHub) => comments.filter((comment) => comment.login === login);

/** Where annotations stand, `file:line`, in the log and in each check run. */
const placesInLog = (log: string): string[] =>
  [...log.matchAll(/^::(?:error|warning|notice) [^\n]*?file=([^,:]+),line=(\d+)/gm)].map(
    ([, path, line]) => `${path}:${line}`,
  );

const placesInChecks = ({ checkRuns }: FakeGitHub): string[][] =>
  checkRuns.map(({ annotations }) =>
    annotations.map(({ path, start_line: line }) => `${textOf(path)}:${Number(line)}`),
  );

const placesOfComments = ({ lineComments }: FakeGitHub): string[] =>
  lineComments.map(({ path, line }) => `${path}:${line}`);

function expectNothingTwice(github: FakeGitHub, { log }: Finished): void {
  const checks = placesInChecks(github);
  for (const places of checks) expect(places).toHaveLength(new Set(places).size);
  const inLog = placesInLog(log);
  expect(inLog).toHaveLength(new Set(inLog).size);
  const elsewhere = [...(checks.at(-1) ?? []), ...placesOfComments(github)];
  expect(inLog.filter((place) => elsewhere.includes(place))).toEqual([]);
}

/** Every finding of the plan is in the job summary, or in the log where there is none. */
function expectNothingLost({ summary, log }: Finished, { plan }: { readonly plan: string }): void {
  const { resource_changes: changes } = JSON.parse(plan) as { resource_changes: { address: string }[] };
  const missing = changes.filter(({ address }) => !(summary === '' ? log : summary).includes(address));
  expect(missing).toEqual([]);
}

function expectTokenNowhere(github: FakeGitHub, { log, summary, outputs, report, sarif }: Finished): void {
  const sent = github.requests.map(({ body, path, query }) => [body, path, query]);
  expect([log, summary, report, sarif, JSON.stringify([outputs, sent])].join('\n')).not.toContain(TOKEN);
}

const ANYTHING = /(?:)/;

function expectEnd(
  finished: Finished,
  { code, summary = ANYTHING, log = ANYTHING, noSummary = false }: Scenario,
): void {
  const said = noSummary ? /^$/ : code === 2 ? /could not be made/ : /introduced/;
  expect(finished.log).not.toMatch(/defect in planwarden|^\s+at /m);
  expect(finished.code).toBe(code);
  expect(finished.summary).toMatch(said);
  expect(finished.summary).toMatch(summary);
  expect(finished.log).toMatch(log);
}

function expectRequests(requests: readonly Recorded[], { writes, below = '/' }: Scenario): void {
  const sent = requests.filter(isWrite).length;
  expect(sent).toBe(writes ?? sent);
  expect(requests.filter(({ path }) => !path.startsWith(below))).toEqual([]);
}

describe.concurrent('whatever goes wrong, the run ends well', PATIENCE, () => {
  test.for(SCENARIOS.map((scenario) => [scenario.fault, scenario] as const))('%s', ([, scenario]) =>
    withGitHub(async (github) => {
      if (scenario.earlier) await onPullRequest(github, opensPorts(1));
      const seen = github.requests.length;
      scenario.given?.(github);
      github.faults.push(...(scenario.faults ?? []).map((fault) => ({ ...fault })));
      const runs = await act(github, scenario);
      for (const finished of runs) {
        expectEnd(finished, scenario);
        if (scenario.code !== 2) expectNothingLost(finished, scenario.story ?? THREE);
        if (!scenario.race) expectNothingTwice(github, finished);
        expectTokenNowhere(github, finished);
      }
      const annotations = placesInChecks(github).flat();
      expect([ours(github).length, github.checkRuns.length, annotations.length]).toEqual(scenario.left);
      const places = placesOfComments(github);
      expect(places).toHaveLength(scenario.lines ?? 0);
      expect(places).toHaveLength(new Set(places).size);
      expectRequests(github.requests.slice(seen), scenario);
    }),
  );
});

const atLines = { inputs: { annotations: 'review' }, env: { NODE_OPTIONS: `--import=${QUICK_CLOCK}` } };

/** A push of a file that opens so many ports, which is new to the pull request. */
function push(github: FakeGitHub, count: number): void {
  const lines = opensPorts(count).source.split('\n');
  const patch = [`@@ -0,0 +1,${lines.length} @@`, ...lines.map((line) => `+${line}`)].join('\n');
  const pull = { number: 7, headSha: HEAD, baseSha: BASE, files: ['main.tf'], patches: { 'main.tf': patch } };
  github.pulls.splice(0, 1, pull);
}

describe.concurrent('the next run mends what went wrong with comments at lines', PATIENCE, () => {
  test('a reset after every review', () =>
    withGitHub(async (github) => {
      push(github, 3);
      github.faults.push({ matches: (_, path) => path.endsWith('/reviews'), breaks: 'reset', after: true, times: 99 });
      expect((await onPullRequest(github, THREE, atLines)).code).toBe(1);
      github.faults.length = 0;
      expect((await onPullRequest(github, THREE, { ...atLines, runId: 102 })).code).toBe(1);
      expect(new Set(placesOfComments(github)).size).toBe(3);
      expect(placesOfComments(github)).toHaveLength(3);
    }));

  test('a fixed one that may not be folded away', () =>
    withGitHub(async (github) => {
      push(github, 3);
      await onPullRequest(github, THREE, atLines);
      push(github, 1);
      github.refusesMinimizing = true;
      const { code, summary } = await onPullRequest(github, opensPorts(1), { ...atLines, runId: 102 });
      expect(code).toBe(1);
      expect(summary).toContain('2 comments on lines could not be folded away as outdated: run the job again.');
      github.refusesMinimizing = false;
      await onPullRequest(github, opensPorts(1), { ...atLines, runId: 103 });
      expect(github.lineComments.map(({ minimized }) => minimized)).toEqual([null, 'outdated', 'outdated']);
    }));
});
