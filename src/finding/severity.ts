/** Severities from worst to mildest; the order is the ranking. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What `--fail-on` accepts: the mildest severity that still fails the check, or never. */
export type FailOn = Severity | 'never';

/** Negative when `a` is worse than `b`, so sorting puts the worst first. */
export const bySeverity = (a: Severity, b: Severity): number => SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);

export const isWorse = (a: Severity, b: Severity): boolean => bySeverity(a, b) < 0;

/** True when a finding of this severity fails a review with this threshold. */
export const reaches = (severity: Severity, failOn: FailOn): boolean =>
  failOn !== 'never' && bySeverity(severity, failOn) <= 0;
