import { minimatch } from 'minimatch';
import type { Finding, Waiver } from './finding.ts';
import { isSameGrant } from './grant.ts';

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

/** True when a waiver names a policy and an address, whatever else it asks for. */
export const isAbout = (waiver: Waiver, policy: string, address: string): boolean =>
  matchesGlob(policy, waiver.policy) && matchesGlob(address, waiver.address);

/** What an acceptance looks at in a finding. */
export type Acceptable = Pick<Finding, 'policy' | 'address' | 'plan' | 'location'>;

/** A waiver with what it is about: globs of the configuration say so, or the place of a comment in the code. */
export interface Acceptance {
  readonly waiver: Waiver;
  readonly isAbout: (finding: Acceptable) => boolean;
}

/** A waiver of the configuration. */
export const byAddress = (waiver: Waiver): Acceptance => ({
  waiver,
  isAbout: ({ policy, address }) => isAbout(waiver, policy, address),
});

/** True when a waiver is bound to something else than what the finding grants. */
export const isVoid = ({ grant }: Waiver, finding: Pick<Finding, 'grant'>): boolean =>
  grant !== undefined && !isSameGrant(grant, finding.grant);

/**
 * The waiver that accepts a finding, if any. What is resolved needs none.
 * @param today ISO date; a waiver holds through its last day
 */
export const waiverFor = (
  finding: Acceptable & Pick<Finding, 'status' | 'grant'>,
  acceptances: readonly Acceptance[],
  today: string,
): Waiver | undefined =>
  finding.status === 'resolved'
    ? undefined
    : acceptances.find((one) => one.waiver.expires >= today && one.isAbout(finding) && !isVoid(one.waiver, finding))
        ?.waiver;
