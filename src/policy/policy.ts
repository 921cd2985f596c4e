import type { Profile } from '../config/config.ts';
import type { Severity } from '../finding/severity.ts';
import type { Literal } from '../plan/repair.ts';
import type { Json } from '../plan/value.ts';

/**
 * When a policy looks: at each world by itself, at a subject that stands in both, at one that is gone, or at one that
 * stood before, whether it stands changed or is gone (then `object` is empty).
 */
export const MOMENTS = ['present', 'changed', 'removed', 'weakened'] as const;
export type Moment = (typeof MOMENTS)[number];

/** A severity that holds when a CEL expression is true; the first that is true decides. */
export interface SeverityRule {
  readonly when: string;
  readonly severity: Severity;
}

/**
 * How a resource finds neighbours of some types. With `from` the one that its attribute names, with `fromEach` all that
 * its attribute names, with `by` all whose attribute names it, with none of these all there are.
 */
export interface Relation {
  readonly type: readonly string[];
  /** Dotted path of the resource's own attribute; the neighbour is absent when nobody set it. */
  readonly from?: string | undefined;
  readonly fromEach?: string | undefined;
  /** Dotted path of an attribute of the neighbours. */
  readonly by?: string | undefined;
  /** Attributes that a name may be; default id, arn, name. */
  readonly key?: readonly string[] | undefined;
  /** What is not in this plan is left out, instead of leaving the policy undetermined. */
  readonly onlyHere?: true | undefined;
  readonly related?: Relations | undefined;
}

/** Name of the neighbours in expressions → how they are found. */
export interface Relations {
  readonly [name: string]: Relation;
}

export type Example = { readonly [key: string]: Json };

/** The expression that is true of a bad subject of a kind. */
export const badOf = ({ bad }: Pick<Policy, 'bad'>, kind: string): string =>
  typeof bad === 'string' ? bad : (bad[kind] ?? 'false');

/** One policy as its YAML file says it, with defaults filled in. */
export interface Policy {
  /** Its path below `policies/` without the ending: `cloudtrail/trail-deleted`. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly severities: readonly SeverityRule[];
  /** A subject kind (`network-rule`), or resource types (`aws_db_instance`). */
  readonly subject: readonly string[];
  /** The lowest profile in which it speaks. */
  readonly profile: Profile;
  /**
   * The lowest profile in which it speaks about what is new or was always so; below, it speaks only when something
   * that was right becomes wrong. Default: `profile`. Only for moment `present`.
   */
  readonly created?: Profile | undefined;
  /** Neighbours that its expressions read beside the attributes of plain resources. */
  readonly related: Relations;
  readonly on: Moment;
  /** One expression, or one for each subject. CEL over `object` (present), `oldObject` and `object` (changed), `oldObject` and `fate` (removed), all three (weakened). */
  readonly bad: string | Readonly<Record<string, string>>;
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
  /** Attribute (a dotted path) → the value that mends it. Each is enough by itself where it stands as a literal. */
  readonly repair?: Readonly<Record<string, Literal>> | undefined;
  readonly references: readonly string[];
  /** Ids of the checklist lines it covers (catalogue items). */
  readonly seeds: readonly string[];
  /** `present`: one object each; `changed`: {oldObject, object}; `removed`: {oldObject, fate}; `weakened`: {oldObject, object or fate}. */
  readonly examples: {
    readonly bad: readonly Example[];
    readonly good: readonly Example[];
    readonly undetermined: readonly Example[];
  };
  /** True when the chosen profile is below `created`: only a change for the worse, or the better, is told. */
  readonly onlyChanges?: boolean;
  /** The file it was read from, for error messages. */
  readonly file: string;
}
