import { posix } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * A short stable name of a finding: the same policy on the same thing in the same plan file has the same one in every
 * run, whatever lines, messages and severities do, and whether the file is called `./plan.json` or `plan.json`.
 * 20 hexadecimal digits. Loading `node:crypto` would cost a small review more than all of its hashing.
 */
export const fingerprint = (plan: string, policy: string, subject: string): string =>
  bytesToHex(sha256(utf8ToBytes([posix.normalize(plan), policy, subject].join('\u0000')))).slice(0, 20);
