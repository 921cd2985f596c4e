import type { Finding, Status } from './finding.ts';
import type { FailOn, Severity } from './severity.ts';

export type Mode = 'review' | 'audit';

export interface ReviewedPlan {
  readonly path: string;
  readonly formatVersion: string;
  readonly terraformVersion: string | null;
  /** Null when the producer does not say (OpenTofu, Terraform before 1.8). */
  readonly complete: boolean | null;
  readonly errored: boolean;
  /** False when an apply would do nothing; null when the plan does not say. */
  readonly applyable?: boolean | null;
  /** When it was planned (RFC 3339), or null. In JSON only: a comment must not change when nothing but the time does. */
  readonly timestamp?: string | null;
  /** SHA-256 of the plan file in hex, so that whoever applies can see that this plan was reviewed. */
  readonly sha256?: string;
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

/** One line of a checklist in the light of an audit. */
export interface ChecklistLine {
  readonly id: string;
  readonly text: string;
  /**
   * `broken`: a finding says so; `met`: policies looked at something and found nothing; `no-evidence`: nothing in the
   * plans is about it; `not-in-plan`: no plan can show it.
   */
  readonly state: 'broken' | 'met' | 'no-evidence' | 'not-in-plan';
  /** For `broken` the policies that say so, else all that would. */
  readonly policies: readonly string[];
}

/** What an audit says of one checklist. */
export interface ChecklistResult {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly ChecklistLine[];
}

/** How many reports a review was merged from, and how many there should have been; null when nobody said. */
export interface Merged {
  readonly reports: number;
  readonly expected: number | null;
}

/** A change that is proven to have no meaning for security: which attributes change, and why that means nothing. */
export interface ProvenChange {
  readonly plan: string;
  readonly address: string;
  readonly attributes: readonly { readonly attribute: string; readonly because: string }[];
}

/** What keeps a plan from being proven neutral; address and attribute are null when it is about more than one. */
export interface NeutralObstacle {
  readonly plan: string;
  readonly address: string | null;
  readonly attribute: string | null;
  readonly because: string;
}

/** Why `neutral` is what it is: every change when it is true, the first reasons when it is not. */
export interface NeutralProof {
  readonly changes: readonly ProvenChange[];
  readonly obstacles: readonly NeutralObstacle[];
}

/** All findings of one or more plans with one conclusion: the report JSON, schemaVersion 1 (design 9). */
export interface Review {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'planwarden'; readonly version: string };
  readonly conclusion: 'pass' | 'fail';
  readonly mode: Mode;
  /** The mildest severity that fails the review; left out in reports of older versions. */
  readonly failOn?: FailOn;
  /** True when every change is provably without security meaning, so that a bot may approve it. */
  readonly neutral: boolean;
  /** Left out of reports that were made before it was known. */
  readonly neutralProof?: NeutralProof;
  readonly plans: readonly ReviewedPlan[];
  readonly counts: Readonly<Record<Status | 'waived', SeverityCounts>>;
  readonly findings: readonly Finding[];
  readonly notEvaluated: readonly NotEvaluated[];
  /** Sentences a reader must know: a partial plan, no source given, a configuration that the pull request edits. */
  readonly notes: readonly string[];
  /** What the plans show of each checklist; only in an audit. */
  readonly checklists?: readonly ChecklistResult[];
  /** Null when no finding tells of access. */
  readonly iamData: IamData | null;
  /** Only in a review that was merged from reports. */
  readonly merged?: Merged;
}
