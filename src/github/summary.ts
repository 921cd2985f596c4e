import * as core from '@actions/core';

/** The runner drops the summary of a step that is larger than 1 MiB (FileCommandManager.cs, AttachmentSizeLimit). */
const MOST_BYTES = 1024 * 1024;

const isThere = (): boolean => (process.env['GITHUB_STEP_SUMMARY'] ?? '') !== '';

/**
 * Writes the job summary: `markdown`, or `short` should that be too large for the runner. Returns false where the runner
 * has no summary, as on old servers.
 */
export async function publishSummary(markdown: string, short: string): Promise<boolean> {
  if (!isThere()) return false;
  const fits = Buffer.byteLength(markdown) < MOST_BYTES;
  await core.summary.addRaw(fits ? markdown : short, true).write();
  return true;
}
