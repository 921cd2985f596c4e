/**
 * Measures what the README promises, from the committed `dist` but for the IAM engine: medians of ratios in one run, so
 * that the machine's speed and load cancel out. `npm run bench` prints a table; nothing is asserted, because timed tests lie.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { iamEngine } from './iam.ts';
import { iamPlan } from './iam-plan.ts';
import { type Kind, largePlan } from './large-plan.ts';
import { allFormats } from './report.ts';
import { smallPlan } from './small-plan.ts';
import { median, row } from './table.ts';

interface Run {
  readonly milliseconds: number;
  /** Peak resident memory in MB. */
  readonly memory: number;
}

const CLI = 'dist/cli/index.js';
const directory = mkdtempSync(join(tmpdir(), 'planwarden-bench-'));

/** Tells its peak memory when it exits; loaded before the program that is measured. */
const METER = join(directory, 'meter.mjs');
writeFileSync(
  METER,
  `process.on('exit', () => process.stderr.write('\\nRSS ' + process.resourceUsage().maxRSS + '\\n'));`,
);

const BASELINE = join(directory, 'baseline.mjs');
writeFileSync(BASELINE, `import { readFileSync } from 'node:fs'; JSON.parse(readFileSync(process.argv[2], 'utf8'));`);

function measure(...args: string[]): Run {
  const start = performance.now();
  const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  return { milliseconds: performance.now() - start, memory: Number(/RSS (\d+)/.exec(stderr)?.[1] ?? 0) / 1024 };
}

interface Comparison {
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
  readonly memoryRatio: number;
}

/** Runs two programs alternately and compares them pair by pair. */
function compare(times: number, ours: readonly string[], theirs: readonly string[]): Comparison {
  const pairs = Array.from({ length: times }, () => [measure(...theirs), measure(...ours)] as const);
  return {
    ours: median(pairs.map(([, our]) => our.milliseconds)),
    theirs: median(pairs.map(([their]) => their.milliseconds)),
    ratio: median(pairs.map(([their, our]) => our.milliseconds / their.milliseconds)),
    memoryRatio: median(pairs.map(([their, our]) => our.memory / their.memory)),
  };
}

function planFile(changes: number, kind: Kind = 'tags'): string {
  const path = join(directory, `plan-${changes}-${kind}.json`);
  writeFileSync(path, largePlan(changes, kind));
  return path;
}

function startUp(): void {
  const small = join(directory, 'small.json');
  writeFileSync(small, smallPlan());
  const { ours, theirs, ratio } = compare(41, [CLI, 'review', small], ['-e', '0']);
  row(
    '20 changes, against node -e 0',
    `${ratio.toFixed(2)} × (${ours.toFixed(0)} ms, ${theirs.toFixed(0)} ms)`,
    '≤ 2.5 ×',
  );
}

function large(kind: Kind): void {
  const path = planFile(100_000, kind);
  const metered = ['--import', METER];
  const { ours, theirs, ratio, memoryRatio } = compare(
    5,
    [...metered, CLI, 'review', path],
    [...metered, BASELINE, path],
  );
  const size = `${(statSync(path).size / 1e6).toFixed(0)} MB, new ${kind}`;
  row(
    `100,000 changes (${size}), time against JSON.parse`,
    `${ratio.toFixed(2)} × (${ours.toFixed(0)} ms, ${theirs.toFixed(0)} ms)`,
    '≤ 2 ×',
  );
  row(`100,000 changes (${size}), peak memory`, `${memoryRatio.toFixed(2)} ×`, '≤ 2 ×');
}

function linear(): void {
  const perChange = [1_000, 10_000, 100_000].map((changes) => {
    const path = planFile(changes);
    const empty = median(Array.from({ length: 5 }, () => measure(CLI, 'review', planFile(1)).milliseconds));
    const time = median(Array.from({ length: 5 }, () => measure(CLI, 'review', path).milliseconds));
    return `${(((time - empty) * 1_000) / changes).toFixed(0)} µs`;
  });
  row('each change of 1,000, 10,000, 100,000', perChange.join(', '), 'about equal');
}

function largeAccount(): void {
  const path = join(directory, 'account.json');
  writeFileSync(path, iamPlan({ roles: 1_000, policies: 3_000, changed: 50 }));
  const time = median(Array.from({ length: 5 }, () => measure(CLI, 'review', path).milliseconds));
  row('1,000 roles, 3,000 policies of which 50 change', `${(time / 1_000).toFixed(2)} s`, '< 1.5 s');
}

function size(): void {
  const javascript = (folder: string): number =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  row('JavaScript of the Action', `${(javascript('dist') / 1e6).toFixed(2)} MB`, '< 5 MB');
}

try {
  startUp();
  large('tags');
  large('arguments');
  linear();
  size();
  largeAccount();
  iamEngine();
  await allFormats();
} finally {
  rmSync(directory, { recursive: true, force: true });
}
