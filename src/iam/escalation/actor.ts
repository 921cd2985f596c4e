import type { Document } from '../../aws/policy-document/statement.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Side } from '../difference/side.ts';

export type ActorKind = 'role' | 'user' | 'group' | 'permission set' | 'unattached policy';

/**
 * Somebody who holds permissions on one side of a plan. What costs something to know is asked for: of a thousand roles a
 * review looks into a few.
 */
export interface Actor {
  /** The same on both sides. */
  readonly id: string;
  /** What people call it: `role deploy`. */
  readonly name: string;
  readonly kind: ActorKind;
  /** Its ARN, or the token `⟨ref:aws_iam_role.deploy.arn⟩` when AWS has not given it one yet. */
  readonly arn: string;
  /** ARNs of the groups that a user is in. */
  readonly groups: readonly string[];
  /** ARNs of the customer-managed policies that it holds. */
  readonly policies: readonly string[];
  /** True when a permissions boundary limits it. */
  readonly isBounded: boolean;
  /** Everything that it is granted, within its boundary. */
  readonly grants: () => Side;
  /** Whom a role lets in; undefined for all others. */
  readonly trust: () => Document | undefined;
  /** Controls the account, and nothing holds it back. */
  readonly isAdmin: () => boolean;
  /** Why it may be allowed less than its grants say: its boundary is not in the plan. */
  readonly limit?: Unknown | undefined;
}

/** Everybody on one side of a plan. */
export interface Estate {
  readonly account: string;
  readonly partition: string;
  readonly actors: readonly Actor[];
  /**
   * What an attribute of a resource will be, as far as that can be told from its name: `arn` of `aws_iam_role.deploy`.
   * Undefined for what only AWS knows; then it is an object that no pattern names.
   */
  readonly valueOf: (address: string, attribute: string) => string | undefined;
}

/** An estate of nobody, where nothing is known. */
export const emptyEstate = (account: string): Estate => ({
  account,
  partition: 'aws',
  actors: [],
  valueOf: () => undefined,
});
