import type { Severity } from './severity.ts';

export type Status = 'introduced' | 'persisting' | 'resolved' | 'undetermined';

/** One row of proof. Values are already masked and allowed to be shown, but still hostile text. */
export interface Evidence {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Access that somebody gains or loses; filled by the IAM engine. */
export interface Access {
  readonly effect: 'gains' | 'loses';
  readonly principal: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: string | null;
  readonly because: string;
  readonly witness: unknown;
  readonly simulated: string | null;
}

/** Lines are 1-based and inclusive; `path` is relative to the source root with forward slashes. */
export interface Location {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** An accepted finding, as the configuration of the base branch states it. */
export interface Waiver {
  readonly policy: string;
  readonly address: string;
  readonly reason: string;
  readonly owner: string;
  /** ISO date (YYYY-MM-DD), the last day on which the waiver holds. */
  readonly expires: string;
}

/** Where in the configuration a fact comes from: the smallest thing that causes it. */
export interface Cause {
  /** Absolute instance address. */
  readonly address: string;
  /** Path inside the resource, e.g. `['ingress', 0, 'cidr_blocks']`; empty for the whole resource. */
  readonly path: readonly (string | number)[];
  /** A literal that stands there (a CIDR, an action), to pick the right one among equal blocks. */
  readonly hint?: string;
}

/** A policy × subject with its transition. This is the finding of the report JSON (design 9). */
export interface Finding {
  readonly policy: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: Status;
  readonly waived: Waiver | null;
  /** Path of the plan file as the user named it. */
  readonly plan: string;
  readonly address: string;
  readonly previousAddress: string | null;
  readonly resourceType: string;
  readonly attribute: string | null;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly access: readonly Access[];
  readonly location: Location | null;
  readonly fingerprint: string;
  readonly why: string;
  readonly fix: string;
  readonly references: readonly string[];
}
