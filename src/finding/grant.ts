import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Access, Evidence, Finding } from './finding.ts';

/** What a digest is made of: given masked, so that nobody can try secrets against it. */
export type Granting = Pick<Finding, 'message' | 'evidence' | 'access'>;

const digest = (rows: readonly unknown[]): string => {
  const texts = [...new Set(rows.map((row) => JSON.stringify(row)))].toSorted();
  return bytesToHex(sha256(utf8ToBytes(texts.join('\n')))).slice(0, 8);
};

/** What stands there after the plan; of what is gone, what it was. */
const shown = ({ label, before, after }: Evidence) => (after === null ? [label, 'gone', before] : [label, after]);

const gained = ({ principal, actions, resources, conditions }: Access) => [
  principal,
  actions.toSorted(),
  resources.toSorted(),
  conditions,
];

/**
 * A short name of what a finding grants, beside {@link fingerprint}, which stays when the grant changes: 8 hexadecimal
 * digits for what stands there after the plan and, where it gains access, 8 more for that. Order does not matter, nor
 * does what was there before.
 */
export function grantOf({ message, evidence, access }: Granting): string {
  const gains = access.filter(({ effect }) => effect === 'gains');
  const state = digest(evidence.length > 0 ? evidence.map(shown) : [message]);
  return gains.length === 0 ? state : `${state}-${digest(gains.map(gained))}`;
}

/**
 * True when a finding grants what a waiver was given for. Once it is merged the plan gains nothing any more, so that only
 * what stands there is compared.
 */
export const isSameGrant = (accepted: string, found: string): boolean =>
  accepted === found || (!found.includes('-') && accepted.split('-')[0] === found);
