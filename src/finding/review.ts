import type { Finding, Status } from './finding.ts';
import type { Severity } from './severity.ts';

export type Mode = 'review' | 'audit';

export interface ReviewedPlan {
  readonly path: string;
  readonly formatVersion: string;
  readonly terraformVersion: string | null;
  /** Null when the producer does not say (OpenTofu, Terraform before 1.8). */
  readonly complete: boolean | null;
  readonly errored: boolean;
  readonly resourceChanges: number;
}

/** A changed resource that no policy or subject understands: named, never passed over. */
export interface NotEvaluated {
  readonly address: string;
  readonly resourceType: string;
  readonly reason: string;
}

export type SeverityCounts = Readonly<Record<Severity, number>>;

/** The days of AWS's own data that access was told with: what is newer is not known. ISO dates. */
export interface IamData {
  readonly actions: string;
  readonly managedPolicies: string;
}

/** All findings of one or more plans with one conclusion: the report JSON, schemaVersion 1 (design 9). */
export interface Review {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'planwarden'; readonly version: string };
  readonly conclusion: 'pass' | 'fail';
  readonly mode: Mode;
  /** True when every change is provably without security meaning, so that a bot may approve it. */
  readonly neutral: boolean;
  readonly plans: readonly ReviewedPlan[];
  readonly counts: Readonly<Record<Status | 'waived', SeverityCounts>>;
  readonly findings: readonly Finding[];
  readonly notEvaluated: readonly NotEvaluated[];
  /** Sentences a reader must know: a partial plan, no source given, a configuration that the pull request edits. */
  readonly notes: readonly string[];
  /** Null when no finding tells of access. */
  readonly iamData: IamData | null;
}
