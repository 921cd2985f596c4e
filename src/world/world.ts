import type { Action } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import type { Expression } from '../plan/expression.ts';
import type { Reference, Value } from '../plan/value.ts';

export type Side = 'before' | 'after';

/**
 * One resource instance on one side of the plan, with its values as far as they can be known there.
 * Data sources are resources too; their type is written with the prefix, `data.aws_iam_policy_document`.
 */
export interface Resource {
  readonly address: string;
  readonly previousAddress: string | undefined;
  /** The same in both worlds for the same real object, whatever it is called: compare these, never addresses. */
  readonly identity: string;
  readonly type: string;
  readonly name: string;
  /** Absolute module address, empty string for the root. */
  readonly module: string;
  readonly side: Side;
  /** What the plan does to it; neighbours that only stand in the prior state are `no-op`. */
  readonly action: Action;
  /** What becomes of the before-object (meaningful on the before side). `recreated`: paired delete + create. */
  readonly fate: 'kept' | 'replaced' | 'recreated' | 'destroyed' | 'forgotten';
  readonly actionReason: string | undefined;
  readonly replacePaths: readonly (readonly (string | number)[])[];
  /** True when the plan changes what this instance means; new tags of an AWS resource change nothing (see retagged.ts). */
  readonly touched: boolean;
  /** True when the plan imports it: it exists in AWS already. */
  readonly imported: boolean;

  /**
   * Value of a top-level attribute or of a path below it. Absent and null are both null. An attribute nobody set takes
   * its effective default (semantics 0.9). Unknown leaves are `Unknown`. JSON text is not parsed.
   */
  get(...path: (string | number)[]): Value;
  /** True when the plan marks this path (or anything above or below it) as sensitive. */
  isSensitive(...path: (string | number)[]): boolean;
  /** True when the configuration sets the attribute (an expression stands there, or it is known not to be computed). */
  isConfigured(attribute: string): boolean;
  /** What the HCL of the resource says at a path of its block, such as `lifecycle`; undefined without source. */
  written(...path: (string | number)[]): Expression | undefined;
  /** What the expression of a top-level attribute refers to, resolved through modules to absolute addresses. */
  references(attribute: string): readonly Reference[];
  /**
   * The policy document or other JSON of an attribute as a value tree: parsed JSON text, or, when the text is not known
   * yet, rebuilt from the data source it refers to or from its HCL expression, with Unknown leaves and partly known
   * strings (`⟨ref:aws_s3_bucket.x.arn⟩/*`). Unknown when nothing of it can be known; null when absent;
   * `{kind:'invalid'}` is never returned: text that is not JSON comes back as the string itself.
   */
  document(attribute: string, ...path: (string | number)[]): Value;
}

/** All resources on one side of the plan. */
export interface World {
  readonly side: Side;
  /** The resource types that it has instances of. */
  readonly types: Iterable<string>;
  /** All instances of the types, in plan order. */
  resources(...types: string[]): readonly Resource[];
  /** The instances among them that the plan touches. */
  at(address: string): Resource | undefined;
  /** The resource of one of the types whose attribute has this known value, e.g. `id`, `arn`, `name`. */
  find(types: readonly string[], attribute: string, value: string): Resource | undefined;
  /**
   * The resource that an attribute of another one identifies: by reference when the expression refers to one of the
   * types (also through modules, locals and outputs), else by known value of `keys` (default `id`, `arn`, `name`).
   */
  target(from: Resource, attribute: string, types: readonly string[], keys?: readonly string[]): Resource | undefined;
  /**
   * A lasting name for what an attribute identifies: identity of the target resource when it is in this world, else the
   * known value, else the text of the only reference; undefined when nothing identifies it.
   */
  identify(from: Resource, attribute: string, types: readonly string[], keys?: readonly string[]): string | undefined;
  /** Own account id when the plan or prior state shows it (aws_caller_identity, ARNs), else undefined. */
  readonly account: string | undefined;
}

/** The two worlds of one plan. */
export interface Worlds {
  readonly before: World;
  readonly after: World;
  /** What they were made from, for what is about the plan itself: drift, modules, providers. */
  readonly plan: Plan;
  /** True when every managed resource of the plan is deleted. */
  readonly destroysEverything: boolean;
}
