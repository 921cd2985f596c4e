import * as core from '@actions/core';
import { logAnnotation } from './log.ts';

/** The runner drops the summary of a step that is larger than 1 MiB (FileCommandManager.cs, AttachmentSizeLimit). */
const MOST_BYTES = 1024 * 1024;

const isThere = (): boolean => (process.env['GITHUB_STEP_SUMMARY'] ?? '') !== '';

const NOT_WRITTEN =
  'The job summary could not be written (`GITHUB_STEP_SUMMARY`), so the review stands only in this log.';

/**
 * Writes the job summary: `markdown`, or `short` should that be too large for the runner. Returns false where the runner
 * has no summary, as on old servers, or its file cannot be written, which is said in the log: it changes no verdict.
 */
export async function publishSummary(markdown: string, short: string): Promise<boolean> {
  if (!isThere()) return false;
  const fits = Buffer.byteLength(markdown) < MOST_BYTES;
  try {
    await core.summary.addRaw(fits ? markdown : short, true).write();
    return true;
  } catch {
    core.summary.emptyBuffer();
    logAnnotation('warning', NOT_WRITTEN, { title: 'planwarden' });
    return false;
  }
}
