import { createHash } from 'node:crypto';
import { posix } from 'node:path';

/**
 * A short stable name of a finding: the same policy on the same thing in the same plan file has the same one in every
 * run, whatever lines, messages and severities do, and whether the file is called `./plan.json` or `plan.json`.
 * 20 hexadecimal digits.
 */
export const fingerprint = (plan: string, policy: string, subject: string): string =>
  createHash('sha256').update([posix.normalize(plan), policy, subject].join('\u0000')).digest('hex').slice(0, 20);
