import { minimatch } from 'minimatch';
import type { Waiver } from './finding.ts';

/** Keys of an address are full of what a glob gives meaning to: only `*`, `?` and braces of the pattern stay special. */
const literalBrackets = (pattern: string): string => pattern.replaceAll(/[[\]\\!()+@]/g, '\\$&').replaceAll('/', '\u2215');

const matchesGlob = (value: string, pattern: string): boolean =>
  value === pattern || minimatch(value.replaceAll('/', '\u2215'), literalBrackets(pattern), { dot: true, nocomment: true, nonegate: true });

/**
 * The waiver that accepts a finding, if any.
 * @param today ISO date; a waiver holds through its last day
 */
export const waiverFor = (policy: string, address: string, waivers: readonly Waiver[], today: string): Waiver | undefined =>
  waivers.find((waiver) => waiver.expires >= today && matchesGlob(policy, waiver.policy) && matchesGlob(address, waiver.address));

/** Waivers that no longer hold, to be said once. */
export const expired = (waivers: readonly Waiver[], today: string): Waiver[] => waivers.filter((waiver) => waiver.expires < today);
