import type { Severity } from '../finding/severity.ts';
import type { Json } from '../plan/value.ts';

/** When a policy looks: at each world by itself, at a subject that stands in both, or at one that is gone. */
export const MOMENTS = ['present', 'changed', 'removed'] as const;
export type Moment = (typeof MOMENTS)[number];

/** A severity that holds when a CEL expression is true; the first that is true decides. */
export interface SeverityRule {
  readonly when: string;
  readonly severity: Severity;
}

export type Example = { readonly [key: string]: Json };

/** One policy as its YAML file says it, with defaults filled in. */
export interface Policy {
  /** Its path below `policies/` without the ending: `cloudtrail/trail-deleted`. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly severities: readonly SeverityRule[];
  /** A subject kind (`network-rule`), or resource types (`aws_db_instance`). */
  readonly subject: readonly string[];
  readonly on: Moment;
  /** CEL over `object` (present), `oldObject` and `object` (changed), `oldObject` and `fate` (removed). */
  readonly bad: string;
  /** Sentence with `{cel expression}` holes; may name only what is allowed in evidence. */
  readonly message: string;
  /** Label → CEL expression over `object`, shown before → after. */
  readonly evidence: Readonly<Record<string, string>>;
  /**
   * Policies of one concern speak about one weakness: of those that hold for a subject only the one with the lowest rank
   * speaks, and a subject that was bad under any of them before is not newly bad under another unless it got worse.
   */
  readonly concern: string | null;
  readonly rank: number;
  /** True for a policy that says what the proof of another one of its concern shows anyway: it is not told beside it. */
  readonly quiet?: boolean | undefined;
  readonly why: string;
  readonly fix: string;
  readonly references: readonly string[];
  /** Ids of the checklist lines it covers (catalogue items). */
  readonly seeds: readonly string[];
  /** `present`: one object each; `changed`: {oldObject, object}; `removed`: {oldObject, fate}. */
  readonly examples: {
    readonly bad: readonly Example[];
    readonly good: readonly Example[];
    readonly undetermined: readonly Example[];
  };
  /** The file it was read from, for error messages. */
  readonly file: string;
}
