import * as core from '@actions/core';
import { SEVERITIES, type FailOn } from '../finding/severity.ts';
import { UserError } from '../text/user-error.ts';

const COMMENT = ['on-findings', 'always', 'off'] as const;
const ANNOTATIONS = ['check-run', 'review', 'log', 'off'] as const;
const MODE = ['review', 'audit'] as const;
const PROFILE = ['recommended', 'strict', 'all'] as const;
const ON_UNKNOWN = ['ignore', 'warn', 'fail'] as const;
const SIMULATOR = ['auto', 'aws', 'local', 'off'] as const;
const FAIL_ON: readonly FailOn[] = [...SEVERITIES, 'never'];

/** The inputs of the action, by the words of the command line. What is undefined may be set by the configuration. */
export interface Inputs {
  readonly plan: readonly string[];
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

function readPlans(): string[] {
  const plans = core.getMultilineInput('plan');
  if (plans.length > 0) return plans;
  throw new UserError('Set the input `plan` to the file that `terraform show -json` wrote.');
}

/** Reads and checks the inputs. The runner does not enforce `required`, so a missing plan is a UserError here. */
export const readInputs = (): Inputs => ({
  plan: readPlans(),
  source: given('source'),
  config: given('config'),
  policies: core.getMultilineInput('policies'),
  mode: oneOf('mode', MODE),
  profile: oneOf('profile', PROFILE),
  failOn: oneOf('fail-on', FAIL_ON),
  onUnknown: oneOf('on-unknown', ON_UNKNOWN),
  simulator: oneOf('simulator', SIMULATOR),
  name: given('name') ?? 'planwarden',
  token: core.getInput('github-token'),
  comment: oneOf('comment', COMMENT) ?? 'on-findings',
  annotations: oneOf('annotations', ANNOTATIONS) ?? 'check-run',
  workingDirectory: given('working-directory') ?? '.',
});
