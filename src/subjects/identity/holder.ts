import type { Unknown } from '../../plan/value.ts';
import type { Resource } from '../../world/world.ts';
import type { PolicySource } from './policy-source.ts';

export const HOLDER_KINDS = [
  'role',
  'user',
  'group',
  'permission set',
  'unattached policy',
  'boundary policy',
  'trust policy',
] as const;
export type HolderKind = (typeof HOLDER_KINDS)[number];

/** A policy that is attached by its ARN and whose text is not in the plan. */
export interface Attachment {
  /** Name of an AWS-managed policy, else its ARN. */
  readonly policy: string;
  readonly isManaged: boolean;
  readonly resource: Resource;
  /** Where the ARN stands in the resource. */
  readonly path: readonly (string | number)[];
}

/** What limits a holder whatever his policies say. A limit whose text is not here is told by its name. */
export type Boundary =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly source: PolicySource }
  | { readonly kind: 'unseen'; readonly policy: string };

/** Whoever holds identity policies, with everything in the plan that grants to it. */
export interface Holder {
  readonly id: string;
  readonly kind: HolderKind;
  /** What people call it: `role deploy`. */
  readonly name: string;
  /** The principal itself, when it is in the plan. */
  readonly resource: Resource | undefined;
  readonly sources: readonly PolicySource[];
  readonly attachments: readonly Attachment[];
  /** Attached policies that cannot be known before apply. */
  readonly unread: readonly Unknown[];
  readonly boundary: Boundary;
  /** Ids of the groups that a user is in. */
  readonly groups: readonly string[];
  /** Whether the plan touches anything it is made of. */
  readonly touched: boolean;
  /** False when it has the same as before, as far as texts tell. */
  readonly changed: boolean;
}
