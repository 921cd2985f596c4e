import * as core from '@actions/core';
import { logAnnotation } from './log.ts';

/** The outputs of the action, by the names of action.yml. */
export interface Outputs {
  readonly conclusion: 'pass' | 'fail';
  readonly 'introduced-count': number;
  readonly 'report-path': string;
  readonly 'sarif-path': string;
  readonly 'html-path': string;
  readonly 'junit-path': string;
  readonly 'comment-url': string;
  readonly 'issue-url': string;
  readonly neutral: boolean;
}

const NOT_WRITTEN = 'The outputs could not be written (`GITHUB_OUTPUT`), so the steps that follow see none of them.';

/**
 * Hands the outputs to the steps that follow, through the runner's file and never through the log. When that file cannot
 * be written it is said in the log: the verdict, which is the exit code, stays.
 */
export function setOutputs(outputs: Partial<Outputs>): void {
  try {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  } catch {
    logAnnotation('warning', NOT_WRITTEN, { title: 'planwarden' });
  }
}

/** For a review that could not be made there is nothing else to hand on. */
export const setConclusion = (conclusion: Outputs['conclusion']): void => setOutputs({ conclusion });
