import type { Severity } from './severity.ts';

export type Status = 'introduced' | 'persisting' | 'resolved' | 'undetermined';

/** One row of proof. Values are already masked and allowed to be shown, but still hostile text. */
export interface Evidence {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** One request that is allowed on one side of the plan and not on the other. */
export interface Witness {
  /** Who asks; left out for whoever holds the policy. */
  readonly principal?: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** Access that somebody gains or loses, as the IAM engine tells it. */
export interface Access {
  readonly effect: 'gains' | 'loses';
  readonly principal: string;
  /** Names of actions, and wildcards where all of one is concerned. */
  readonly actions: readonly string[];
  /** The same for a reader: many names as `14 write actions of dynamodb`. */
  readonly summary: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: string | null;
  /** The statement that allows it: address, number and Sid. */
  readonly because: string;
  /** Where that stands in the source. */
  readonly location: Location | null;
  /** The most dangerous access level among the actions: list, read, tagging, write, permissions management. */
  readonly level: string | null;
  /** credentials exposure, data exfiltration, resource exposure, permissions management. */
  readonly risks: readonly string[];
  readonly witness: Witness;
  /** Which policy simulators confirm the witness; null when none was asked. */
  readonly simulated: string | null;
}

/** Lines are 1-based and inclusive; `path` is relative to the source root with forward slashes. */
export interface Location {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** Lines of the source around a place, for readers that have no checkout. None of them holds what may be a secret. */
export interface Excerpt {
  /** Number of the first line, from 1. */
  readonly startLine: number;
  readonly lines: readonly string[];
}

/**
 * One line of the source, and how it would read without the finding: another line, or the same with one more below it, and
 * perhaps an empty one. Judging the plan again with it has shown so.
 */
export interface Repair {
  readonly location: Location;
  readonly before: string;
  readonly after: string;
}

/** An accepted finding, as the configuration or a comment in the code of the base branch states it. */
export interface Waiver {
  readonly policy: string;
  readonly address: string;
  readonly reason: string;
  readonly owner: string;
  /** ISO date (YYYY-MM-DD), the last day on which the waiver holds. */
  readonly expires: string;
  /** The only `grant` of a finding that it accepts; left out, it accepts whatever the finding grants. */
  readonly grant?: string | undefined;
  /** The comment in the code that states it; left out, the configuration does. */
  readonly comment?: Location | undefined;
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
  /** What stands at the location; left out when there is nothing to show or it may hold a secret. */
  readonly excerpt?: Excerpt | undefined;
  /** Whether the finding by itself fails the review; left out when nobody said. */
  readonly fails?: boolean | undefined;
  readonly fingerprint: string;
  /** Names what it grants, see `grantOf`: another one when that changes. */
  readonly grant: string;
  readonly why: string;
  readonly fix: string;
  /** Who gets to what, through what, step by step; left out where the message says as much. */
  readonly way?: readonly string[];
  /** Left out where the fix is more than one line. */
  readonly repair?: Repair;
  readonly references: readonly string[];
}
