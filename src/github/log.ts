import * as core from '@actions/core';
import { cutMiddle, escapeAnnotationMessage, escapeLogLine } from '../text/escape.ts';

export type Level = 'failure' | 'warning' | 'notice';

/** Where a log annotation points; lines are 1-based and inclusive. */
export interface Place {
  readonly title?: string;
  readonly path?: string;
  readonly startLine?: number;
  readonly endLine?: number;
}

const COMMANDS = { failure: core.error, warning: core.warning, notice: core.notice } as const;

/** GitHub cuts a message of a workflow command here (ExecutionContext.cs). */
const LONGEST_MESSAGE = 4_096;

/**
 * The only way to the job's log. The runner reads every line of it for commands (`::`, `##[`), and neither
 * `core.info` nor `console.log` escapes anything.
 */
export function logLines(text: string): void {
  for (const line of text.split(/\r\n|[\n\r]/)) core.info(escapeLogLine(line));
}

const clean = (text: string | undefined): { title?: string } =>
  text === undefined ? {} : { title: escapeLogLine(text) };

/** Writes a message that GitHub shows as an annotation of the run, and at `place` of a file when it has a path. */
export function logAnnotation(level: Level, message: string, place: Place = {}): void {
  const { path, startLine, endLine } = place;
  COMMANDS[level](cutMiddle(escapeAnnotationMessage(message), LONGEST_MESSAGE), {
    ...clean(place.title),
    ...(path !== undefined && { file: escapeLogLine(path) }),
    ...(startLine !== undefined && { startLine }),
    ...(endLine !== undefined && { endLine }),
  });
}

/** Says why the job fails and makes it fail; the exit code is set by the caller. */
export const logFailure = (message: string): void => core.setFailed(escapeLogLine(message));
