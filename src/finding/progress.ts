import type { Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { Mode, Review } from './review.ts';

/** A finding as an earlier review knew it. What it was about is left out where there was no room to keep it. */
export interface Known {
  readonly key: string;
  readonly policy?: string;
  readonly address?: string;
}

/** What stood in the review of a commit. */
export interface Snapshot {
  readonly sha: string;
  readonly findings: readonly Known[];
}

/** How a review differs from the one before it on the same pull request. */
export interface Progress {
  /** Commit of the review before. */
  readonly since: string;
  /** Keys of findings that were not there. */
  readonly added: ReadonlySet<string>;
  readonly fixed: readonly Known[];
  readonly still: number;
}

/** 40 bits tell the findings of one pull request apart. Merged reports may use one fingerprint for two plans. */
export const keyOf = ({ plan, policy, fingerprint: own }: Finding): string =>
  fingerprint(plan, policy, own).slice(0, 10);

/** What a reader is asked to look at: not what was there before the plan, is gone, or is accepted. */
const stands = ({ status, waived }: Finding, mode: Mode): boolean =>
  waived === null &&
  (status === 'introduced' || status === 'undetermined' || (mode === 'audit' && status === 'persisting'));

const standing = ({ findings, mode }: Review): Map<string, Finding> =>
  new Map(findings.filter((finding) => stands(finding, mode)).map((finding) => [keyOf(finding), finding]));

/** What the next review is compared with, in the order of the report. */
export const snapshotOf = (review: Review, sha: string): Snapshot => ({
  sha,
  findings: [...standing(review)].map(([key, { policy, address }]) => ({ key, policy, address })),
});

/**
 * What is new, fixed and still there since an earlier review. What was accepted or came to the base branch meanwhile is
 * not fixed: it is only no longer counted.
 */
export function progressOf(review: Review, { sha, findings }: Snapshot): Progress {
  const before = new Set(findings.map(({ key }) => key));
  const now = standing(review);
  const left = new Set(review.findings.filter(({ status }) => status !== 'resolved').map(keyOf));
  return {
    since: sha,
    added: new Set([...now.keys()].filter((key) => !before.has(key))),
    fixed: findings.filter(({ key }) => !left.has(key)),
    still: [...now.keys()].filter((key) => before.has(key)).length,
  };
}
