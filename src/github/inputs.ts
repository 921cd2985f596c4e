import * as core from '@actions/core';
import { SEVERITIES, type FailOn } from '../finding/severity.ts';
import { UserError } from '../text/user-error.ts';

const COMMENT = ['on-findings', 'always', 'off'] as const;
const ANNOTATIONS = ['check-run', 'review', 'log', 'off'] as const;
const MODE = ['review', 'audit', 'merge'] as const;
const PROFILE = ['recommended', 'strict', 'all'] as const;
const ON_UNKNOWN = ['ignore', 'warn', 'fail'] as const;
const FLAG = ['true', 'false'] as const;
const SIMULATOR = ['auto', 'aws', 'local', 'off'] as const;
const FAIL_ON: readonly FailOn[] = [...SEVERITIES, 'never'];

/** The inputs of the action, by the words of the command line. What is undefined may be set by the configuration. */
export interface Inputs {
  /** Empty in mode `merge`. */
  readonly plan: readonly string[];
  /** Empty in every other mode. */
  readonly reports: readonly string[];
  /** Number of reports that there must be. */
  readonly expect: number | undefined;
  readonly source: string | undefined;
  readonly config: string | undefined;
  readonly policies: readonly string[];
  readonly mode: (typeof MODE)[number] | undefined;
  readonly profile: (typeof PROFILE)[number] | undefined;
  readonly failOn: FailOn | undefined;
  readonly onUnknown: (typeof ON_UNKNOWN)[number] | undefined;
  readonly simulator: (typeof SIMULATOR)[number] | undefined;
  readonly name: string;
  readonly token: string;
  readonly comment: (typeof COMMENT)[number];
  readonly annotations: (typeof ANNOTATIONS)[number];
  /** Keep the findings of an audit in an issue. */
  readonly issue: boolean;
  readonly workingDirectory: string;
}

const given = (name: string): string | undefined => core.getInput(name) || undefined;

/** One of the allowed words, or undefined when the input is not set. */
function oneOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
  const value = given(name);
  const found = words.find((word) => word === value);
  if (value !== undefined && found === undefined)
    throw new UserError(`Set the input \`${name}\` to one of: ${words.join(', ')}.`);
  return found;
}

/** Plans or reports, as the mode has it: the other kind would be passed over without a word, so that it is an error. */
function readSubject(mode: Inputs['mode']): Pick<Inputs, 'plan' | 'reports'> {
  const [plan, reports] = [core.getMultilineInput('plan'), core.getMultilineInput('reports')];
  if (mode === 'merge' && reports.length === 0)
    throw new UserError(
      'Set the input `reports` to the reports that other jobs wrote, such as `reports/*/report.json`.',
    );
  if (mode === 'merge' && plan.length > 0) throw new UserError('Leave the input `plan` out with `mode: merge`.');
  if (mode !== 'merge' && reports.length > 0) throw new UserError('Set `mode: merge` to merge `reports`.');
  if (mode !== 'merge' && plan.length === 0)
    throw new UserError('Set the input `plan` to the file that `terraform show -json` wrote.');
  return { plan, reports };
}

function readExpect(): number | undefined {
  const value = given('expect');
  if (value === undefined || /^[1-9]\d{0,3}$/.test(value)) return value === undefined ? undefined : Number(value);
  throw new UserError('Set the input `expect` to the number of reports that there must be, such as 5.');
}

const common = () => ({
  source: given('source'),
  config: given('config'),
  policies: core.getMultilineInput('policies'),
  expect: readExpect(),
  profile: oneOf('profile', PROFILE),
  failOn: oneOf('fail-on', FAIL_ON),
  onUnknown: oneOf('on-unknown', ON_UNKNOWN),
  simulator: oneOf('simulator', SIMULATOR),
  name: given('name') ?? 'planwarden',
  token: core.getInput('github-token'),
  comment: oneOf('comment', COMMENT) ?? 'on-findings',
  annotations: oneOf('annotations', ANNOTATIONS) ?? 'check-run',
  issue: oneOf('issue', FLAG) === 'true',
  workingDirectory: given('working-directory') ?? '.',
});

/** Reads and checks the inputs. The runner does not enforce `required`, so a missing plan is a UserError here. */
export function readInputs(): Inputs {
  const mode = oneOf('mode', MODE);
  return { mode, ...readSubject(mode), ...common() };
}
