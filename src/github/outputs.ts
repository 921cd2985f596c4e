import * as core from '@actions/core';

/** The outputs of the action, by the names of action.yml. */
export interface Outputs {
  readonly conclusion: 'pass' | 'fail';
  readonly 'introduced-count': number;
  readonly 'report-path': string;
  readonly 'sarif-path': string;
  readonly 'html-path': string;
  readonly 'comment-url': string;
  readonly 'issue-url': string;
  readonly neutral: boolean;
}

/** Hands the outputs to the steps that follow, through the runner's file and never through the log. */
export function setOutputs(outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
}

/** For a review that could not be made there is nothing else to hand on. */
export const setConclusion = (conclusion: Outputs['conclusion']): void => core.setOutput('conclusion', conclusion);
