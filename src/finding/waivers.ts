import { minimatch } from 'minimatch';
import type { Waiver } from './finding.ts';

/** Keys of an address are full of what a glob gives meaning to: only `*`, `?` and braces of the pattern stay special. */
const literalBrackets = (pattern: string): string => pattern.replaceAll(/[[\]\\!()+@]/g, '\\$&');

/** A slash is no border here. What stands for it is in no address, so that nothing else can be taken for it. */
const withoutSlash = (text: string): string => text.replaceAll('/', '\u0000');

const matchesGlob = (value: string, pattern: string): boolean =>
  value === pattern ||
  minimatch(withoutSlash(value), withoutSlash(literalBrackets(pattern)), {
    dot: true,
    nocomment: true,
    nonegate: true,
  });

/**
 * The waiver that accepts a finding, if any.
 * @param today ISO date; a waiver holds through its last day
 */
export const waiverFor = (
  policy: string,
  address: string,
  waivers: readonly Waiver[],
  today: string,
): Waiver | undefined =>
  waivers.find(
    (waiver) => waiver.expires >= today && matchesGlob(policy, waiver.policy) && matchesGlob(address, waiver.address),
  );
