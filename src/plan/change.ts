import type { Json } from './value.ts';

/**
 * What the plan does to one instance, normalised from the list of actions (plan-format 4.1).
 * `replace` covers both orders; what becomes of the old object is `oldObject`.
 */
export const ACTIONS = ['no-op', 'create', 'update', 'replace', 'delete', 'forget', 'read', 'unsupported'] as const;
export type Action = (typeof ACTIONS)[number];

type Tree = { readonly [key: string]: Json };

/** One entry of `resource_changes`. `address` + `deposed` is the unique key. */
export interface Change {
  readonly address: string;
  readonly previousAddress: string | undefined;
  readonly moduleAddress: string | undefined;
  readonly mode: 'managed' | 'data' | 'ephemeral';
  readonly type: string;
  readonly name: string;
  readonly index: string | number | undefined;
  readonly providerName: string;
  /** Set when the entry concerns a leftover object of a failed create-before-destroy. */
  readonly deposed: string | undefined;
  readonly action: Action;
  /** What becomes of the object that is there before: destroyed by delete and replace, forgotten by forget. */
  readonly oldObject: 'kept' | 'destroyed' | 'forgotten' | 'none';
  readonly actionReason: string | undefined;
  readonly importing: boolean;
  readonly before: Tree | null;
  readonly after: Tree | null;
  readonly afterUnknown: Json;
  readonly beforeSensitive: Json;
  readonly afterSensitive: Json;
  readonly replacePaths: readonly (readonly (string | number)[])[];
}
