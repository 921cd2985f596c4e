import type { Access, Cause, Evidence, Location } from '../finding/finding.ts';
import type { SimulationCase } from '../iam/simulator.ts';
import type { World, Worlds } from '../world/world.ts';
import type { Value } from '../plan/value.ts';

/**
 * What CEL sees as `object`: plain values, Unknown leaves, and instances of typed facts (PortSet, AddressSet, …) whose
 * `toString()` is how people read them and whose methods a policy may call.
 */
export type Fact = Value | FactValue | readonly Fact[] | { readonly [key: string]: Fact };

/** A typed fact. Its methods are registered with CEL by the subject kind that uses it. */
export interface FactValue {
  readonly fact: string;
  toString(): string;
}

export type Facts = { readonly [key: string]: Fact };

/** What happens to a subject that stands in the before-world: see Resource.fate. */
export type Fate = 'kept' | 'replaced' | 'recreated' | 'destroyed' | 'forgotten';

/** The place of one attribute of an assembled subject. */
export interface Aspect {
  readonly address: string;
  readonly resourceType: string;
  readonly attribute?: string | undefined;
  readonly causes: readonly Cause[];
}

/** One thing in one world that can be judged. */
export interface Subject {
  /** Identity within its kind, equal on both sides of the plan for the same real thing; survives renames. */
  readonly id: string;
  readonly object: Facts;
  /** The resource a finding about it is reported at. */
  readonly address: string;
  readonly previousAddress?: string | undefined;
  readonly resourceType: string;
  /** Dotted attribute path for the report, e.g. `ingress.cidr_blocks`. */
  readonly attribute?: string | undefined;
  /** Where its facts come from, smallest and most telling first. */
  readonly causes: readonly Cause[];
  /** Where it stands in a file, when no cause leads there. */
  readonly location?: Location | undefined;
  /** True when the plan changes something it is made of. Untouched subjects are judged only in an audit. */
  readonly touched: boolean;
  /** Before-side only. Default `kept`. */
  readonly fate?: Fate | undefined;
  /** Identity of the resource it belongs to: when that is destroyed too, its own removal is not reported. */
  readonly owner?: string | undefined;
  /** Findings of one policy and status whose subjects share this key become one finding. Default: the id. */
  readonly merge?: string | undefined;
  /** Extra rows of proof beside what the policy names; safe to show. */
  readonly evidence?: readonly Evidence[] | undefined;
  /** Who gets to what, through what, step by step; safe to show. */
  readonly way?: readonly string[] | undefined;
  /** Attributes of `object` that come from another resource: findings of policies that read one are reported there. */
  readonly aspects?: Readonly<Record<string, Aspect>> | undefined;
  /** True when the fact at this path of `object` is judged and never shown. Default: nothing is. */
  readonly sensitive?: ((path: readonly (string | number)[]) => boolean) | undefined;
}

/** Access that somebody gains or loses, and how it can be proven. */
export interface AccessProof {
  readonly access: Access;
  /** Where the statement stands. */
  readonly causes: readonly Cause[];
  /** The question for policy simulators, or why there is none: `the policy is sensitive`. */
  readonly simulation: SimulationCase | string;
}

/** Builds all subjects of one kind in both worlds at once, so that they can be cut along each other (see network-rule). */
export interface SubjectKind {
  readonly name: string;
  /** One sentence: what it is. Used in documentation. */
  readonly description: string;
  /** Attribute → what it means, for documentation and for the check of policy files. */
  readonly attributes: Readonly<Record<string, string>>;
  /**
   * Attribute → CEL type, for attributes that are never null: `bool`, `string`, `list`, or the name of a typed fact.
   * What is named here is type-checked when a policy is loaded; the others are checked only when they are read.
   */
  readonly attributeTypes?: Readonly<Record<string, string>>;
  /**
   * The typed facts of this kind: `fact` name → CEL signature of a method (`coversAny(list): bool`) → what it says.
   * The method of that name is called on the fact with plain numbers, strings and arrays; it may return Unknown.
   */
  readonly facts?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Attributes that may be judged and never be shown. */
  readonly hidden?: readonly string[];
  /** Resource types whose change makes this kind worth building. */
  readonly types: readonly string[];
  /** True when tags are facts of it: then even a change of nothing but tags makes it worth building. */
  readonly readsTags?: boolean;
  /** Access that the thing with this merge key gains and loses; asked only for what is reported. */
  access?(worlds: Worlds, merge: string): readonly AccessProof[];
  build(worlds: Worlds, options: BuildOptions): { before: readonly Subject[]; after: readonly Subject[] };
  /** Turns the YAML of a policy's example (plain values; the text `(known after apply)` is unknown) into facts. */
  fromExample(example: { readonly [key: string]: Value }): Facts;
}

/** What the configuration tells a subject kind. */
export interface BuildOptions {
  /** Judge untouched subjects too. */
  readonly audit: boolean;
  readonly ownAccounts: readonly string[];
  readonly trustedAccounts: readonly string[];
  readonly organizationId: string | undefined;
  readonly logBuckets: readonly string[];
  /** Names (globs) of buckets that are public on purpose. */
  readonly publicBuckets: readonly string[];
  /** Names (globs) of users and roles kept for emergencies, which may hold what others must not. */
  readonly breakGlass: readonly string[];
}

export type { World };
