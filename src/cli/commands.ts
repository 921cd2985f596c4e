import { ON_UNKNOWN, PROFILES, SIMULATORS } from '../config/config.ts';
import { SEVERITIES } from '../finding/severity.ts';
import { FORMATS } from '../report/index.ts';
import type { ConfigFormat } from './config.ts';
import type { CoverageFormat } from './coverage.ts';
import type { Command, CommandGroup, ExitCode, Invocation } from './command.ts';
import type { Io } from './io.ts';
import type * as policiesModule from './policies.ts';
import type { PoliciesIo } from './policies.ts';
import { reviewCommand } from './review.ts';

/** The kinds of policies that `iam diff` compares; the engine behind it is loaded only when it is called. */
const POLICY_TYPES = ['identity', 'resource', 'trust'] as const;

const EXAMPLES = `Examples:
  $ terraform show -json tfplan > plan.json
  $ planwarden review plan.json --source .
  $ terraform show -json tfplan | planwarden review - --format markdown

Exit codes: 0 clean, 1 findings at or above --fail-on,
2 the review could not be made.`;

/** How a review is written, and what decides its verdict: the same for all commands that make one. */
const WRITTEN = {
  format: { value: '<format>', help: 'how the review is written', choices: Object.keys(FORMATS), default: 'table' },
  output: { value: '<file>', help: 'write it to a file instead of standard output' },
} as const;

const CONFIG = {
  value: '<file>',
  help: 'configuration (default: .planwarden.yaml, planwarden.yml or .github/planwarden.yml)',
} as const;

const THRESHOLDS = {
  'fail-on': {
    value: '<severity>',
    help: 'mildest severity that fails; high when nothing says otherwise',
    choices: [...SEVERITIES, 'never'],
  },
  'on-unknown': {
    value: '<what>',
    help: 'what undetermined findings do; warn when nothing says otherwise',
    choices: ON_UNKNOWN,
  },
} as const;

/** Exactly the options of the design's contract. */
const REVIEW: Command = {
  name: 'review',
  summary: 'Reviews plans made with `terraform show -json`.',
  argument: { name: 'plan', count: 'many', help: 'plan files or globs; - is standard input' },
  options: {
    ...WRITTEN,
    source: {
      value: '<dir>',
      help: 'the Terraform code of the plan, for files and lines (default: looked for beside the plan and here)',
    },
    config: CONFIG,
    policies: { value: '<dir>', help: 'directory of your own policies (may be repeated)', repeats: true },
    mode: {
      value: '<mode>',
      help: 'judge what the plan changes, or all that will be there',
      choices: ['review', 'audit'],
      default: 'review',
    },
    profile: {
      value: '<profile>',
      help: 'which policies speak; recommended when nothing says otherwise',
      choices: PROFILES,
    },
    ...THRESHOLDS,
    simulator: {
      value: '<which>',
      help: 'who confirms gained access: AWS where credentials are (auto), AWS, the embedded simulator (local), or nobody',
      choices: SIMULATORS,
      default: 'auto',
    },
  },
  epilogue: EXAMPLES,
  run: reviewCommand,
};

const MERGE: Command = {
  name: 'merge',
  summary: 'Makes one review out of the reports of many, as the jobs of a matrix write them.',
  argument: { name: 'report', count: 'many', help: 'files or globs of what `review --format json` wrote' },
  options: {
    ...WRITTEN,
    config: CONFIG,
    ...THRESHOLDS,
    expect: { value: '<number>', help: 'how many reports there must be; with more or fewer the review fails' },
  },
  epilogue: `Examples:
  $ planwarden merge 'reports/*/report.json' --expect 3

Exit codes: 0 clean, 1 findings at or above --fail-on, or reports are missing,
2 a report could not be read.`,
  run: async (invocation, io): Promise<ExitCode> => (await import('./merge.ts')).mergeCommand(invocation, io),
};

const policiesIo = (io: Io): PoliciesIo => ({
  print: (text) => void io.stdout.write(`${text}\n`),
  cwd: io.cwd,
  width: io.stdout.columns,
});

type Policies = typeof policiesModule;

/** What a command on policies does stands in policies.ts, which is loaded only then. */
const onPolicies =
  (act: (policies: Policies, argument: string, io: PoliciesIo) => unknown) =>
  async ({ arguments: [argument = ''] }: Invocation, io: Io): Promise<ExitCode> =>
    (await act(await import('./policies.ts'), argument, policiesIo(io))) === false ? 1 : 0;

const POLICIES: readonly Command[] = [
  {
    name: 'policies list',
    summary: 'Lists the policies that come with planwarden: severity, id, title.',
    run: onPolicies((policies, _, io) => policies.listPolicies(io)),
  },
  {
    name: 'policies show',
    summary: 'Shows one policy: when it speaks, why, what to do, its examples.',
    argument: { name: 'id', count: 'one', help: 'id of a policy, such as cloudtrail/trail-deleted' },
    run: onPolicies((policies, id, io) => policies.showPolicy(id, io)),
  },
  {
    name: 'policies test',
    summary: 'Runs the examples of your own policies. Exit code 1 when one comes out otherwise.',
    argument: { name: 'dir', count: 'one', help: 'directory of your own policies' },
    run: onPolicies((policies, directory, io) => policies.testPolicies(directory, io)),
  },
  {
    name: 'policies new',
    summary: 'Writes a policy to start from. It passes its own examples as it is.',
    argument: {
      name: 'id',
      count: 'one',
      help: 'service and name, such as rds/backups-off; the file is policies/ID.yaml',
    },
    run: onPolicies((policies, id, io) => policies.newPolicy(id, io)),
  },
  {
    name: 'policies coverage',
    summary: 'Says of every checklist line which policies look at it, or why none can.',
    options: {
      checklist: {
        value: '<list>',
        help: 'one list instead of all: a checklist, the CIS benchmark, the AWS best practices',
        choices: ['s0', 's1', 's2', 's3', 's4', 'cis', 'fsbp'],
      },
      format: {
        value: '<format>',
        help: 'how it is written',
        choices: ['table', 'markdown', 'json'],
        default: 'table',
      },
    },
    run: async ({ options }, io): Promise<ExitCode> => {
      const { coverageText } = await import('./coverage.ts');
      const text = coverageText(options['format'] as CoverageFormat, options['checklist'], io.stdout.columns);
      io.stdout.write(`${text}\n`);
      return 0;
    },
  },
];

const CONFIG_CHECK: Command = {
  name: 'config check',
  summary: 'Says whether the configuration can be used, and what it comes to: settings, policies, waivers.',
  argument: {
    name: 'file',
    count: 'optional',
    help: 'the configuration (default: .planwarden.yaml, planwarden.yml or .github/planwarden.yml)',
  },
  options: {
    format: { value: '<format>', help: 'how it is written', choices: ['table', 'json'], default: 'table' },
  },
  run: async ({ arguments: [file], options }, io): Promise<ExitCode> => {
    const [{ configText }, { explainConfig }] = await Promise.all([
      import('./config.ts'),
      import('./explain-config.ts'),
    ]);
    const explained = await explainConfig(file, io.cwd, new Date().toISOString().slice(0, 10));
    io.stdout.write(`${configText(explained, options['format'] as ConfigFormat, io.stdout.columns)}\n`);
    return 0;
  },
};

const WAIVE: Command = {
  name: 'waive',
  summary: 'Writes a waiver of one finding into the configuration.',
  argument: {
    name: 'fingerprint',
    count: 'one',
    help: 'of the finding, from the report JSON; its beginning is enough',
  },
  options: {
    reason: { value: '<text>', help: 'why it is acceptable' },
    owner: { value: '<text>', help: 'who answers for it' },
    until: { value: '<day>', help: 'the last day on which it holds, such as 2027-01-31' },
    report: { value: '<file>', help: 'the report JSON that has the finding', default: 'report.json' },
    plan: { value: '<file>', help: 'a plan to review instead' },
    bind: {
      value: '<what>',
      help: 'void as soon as the finding grants something else (grant), or never (nothing)',
      choices: ['grant', 'nothing'],
      default: 'grant',
    },
    config: {
      value: '<file>',
      help: 'configuration (default: .planwarden.yaml, planwarden.yml or .github/planwarden.yml)',
    },
  },
  run: async (invocation, io) => (await import('./waive.ts')).waiveCommand(invocation, io),
};

const IAM: readonly Command[] = [
  {
    name: 'iam diff',
    summary: 'Compares two policies: which access is gained and lost, each with a request that proves it.',
    argument: { name: 'policy', count: 'many', help: 'the old and the new policy file; - reads JSON Lines' },
    options: {
      type: { value: '<type>', help: 'what kind of policies they are', choices: POLICY_TYPES, default: 'identity' },
      format: {
        value: '<format>',
        help: 'how the difference is written',
        choices: ['table', 'json'],
        default: 'table',
      },
    },
    epilogue: `JSON Lines: {"id", "type", "old", "new", "account"} in, {"id", "gains", "loses", "gained", "lost"} out.

Exit codes: 0 nothing is gained, 1 something is or may be,
2 a policy could not be read. With JSON Lines 0 or 2.`,
    run: async (invocation, io) => (await import('./iam.ts')).diffCommand(invocation, io),
  },
  {
    name: 'iam simulate',
    summary: 'Decides requests offline, as AWS would, from the policies that stand beside them.',
    argument: { name: 'file', count: 'one', help: 'a file of JSON Lines; - is standard input' },
    epilogue: `A line: {"id", "request": {"action", "resource", "resourceAccount", "principal", "context"},
"identity": [policy], "resource": policy, "boundary": [policy], "session": policy,
"scp": [[policy]], "rcp": [[policy]]}; out: {"id", "decision", "decidedBy", "missingContext"}.`,
    run: async (invocation, io) => (await import('./iam.ts')).simulateCommand(invocation, io),
  },
];

/** Everything the command line can do. */
export const COMMANDS: readonly Command[] = [REVIEW, MERGE, WAIVE, ...POLICIES, ...IAM, CONFIG_CHECK];

export const GROUPS: readonly CommandGroup[] = [
  { name: 'policies', summary: 'Lists, explains, tests and starts policies.' },
  { name: 'iam', summary: 'Compares IAM policies and decides requests, without a plan.' },
  { name: 'config', summary: 'Checks the configuration file.' },
];
