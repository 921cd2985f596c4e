import type { Finding, Status } from './finding.ts';
import type { Mode, Review, SeverityCounts } from './review.ts';
import { bySeverity, type FailOn, reaches, SEVERITIES } from './severity.ts';

const STATUSES: readonly Status[] = ['introduced', 'undetermined', 'persisting', 'resolved'];

const countSeverities = (findings: readonly Finding[]): SeverityCounts =>
  Object.fromEntries(
    SEVERITIES.map((severity) => [severity, findings.filter((one) => one.severity === severity).length]),
  ) as SeverityCounts;

/** Findings by status and severity; a waived finding counts as waived and as nothing else. */
export function countFindings(findings: readonly Finding[]): Review['counts'] {
  const waived = findings.filter((finding) => finding.waived !== null);
  const standing = findings.filter((finding) => finding.waived === null);
  const byStatus = STATUSES.map(
    (status) => [status, countSeverities(standing.filter((one) => one.status === status))] as const,
  );
  return { ...Object.fromEntries(byStatus), waived: countSeverities(waived) } as Review['counts'];
}

/** What undetermined findings do: nothing, be told, or fail the review. */
export const ON_UNKNOWN = ['ignore', 'warn', 'fail'] as const;
export type OnUnknown = (typeof ON_UNKNOWN)[number];

export interface Thresholds {
  readonly failOn: FailOn;
  readonly onUnknown: OnUnknown;
  readonly mode: Mode;
}

/** True when a finding by itself fails the review: an audit counts what was bad before as well. */
export const fails = (finding: Finding, { failOn, onUnknown, mode }: Thresholds): boolean => {
  const counts =
    finding.status === 'introduced' ||
    (finding.status === 'persisting' && mode === 'audit') ||
    (finding.status === 'undetermined' && onUnknown === 'fail');
  return counts && finding.waived === null && reaches(finding.severity, failOn);
};

/** The one place where the verdict is decided. `isPartial`: an errored or partial plan never passes (design 8). */
export const conclude = (
  findings: readonly Finding[],
  thresholds: Thresholds,
  isPartial: boolean,
): Review['conclusion'] => (isPartial || findings.some((finding) => fails(finding, thresholds)) ? 'fail' : 'pass');

/** By code unit, not by the language of whoever runs it. */
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Report order: what counts first, worst first, then by place, so that two runs give the same text. */
export const sortFindings = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted(
    (a, b) =>
      STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
      bySeverity(a.severity, b.severity) ||
      compare(a.plan, b.plan) ||
      compare(a.address, b.address) ||
      compare(a.policy, b.policy) ||
      compare(a.fingerprint, b.fingerprint),
  );
