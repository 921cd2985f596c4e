import { allowsOf, deniesOf } from '../../aws/policy-document/statements.ts';
import type { Document, Statement } from '../../aws/policy-document/statement.ts';
import type { Unknown } from '../../plan/value.ts';

/** What decides about requests on one side of a plan. */
export interface Side {
  /**
   * Every layer must allow a request: the identity policies (or the policy of a resource), and a permissions boundary
   * when there is one.
   */
  readonly layers: readonly (readonly Statement[])[];
  readonly denies: readonly Statement[];
  /** Statements that nothing is known of: they may allow or deny anything. */
  readonly unread: readonly Unknown[];
}

/** The side of one policy, or of the sum of several; `boundary` must allow, too. */
export const sideOf = (policies: Document, boundary?: Document): Side => ({
  layers: [allowsOf(policies), ...(boundary ? [allowsOf(boundary)] : [])],
  denies: [...deniesOf(policies), ...(boundary ? deniesOf(boundary) : [])],
  unread: [...policies.unread, ...(boundary?.unread ?? [])],
});

/** What a side denies, as if that were what it allows: the difference of two of these are the Denies that are lost. */
export const deniedBy = ({ denies, unread }: Side): Side => ({ layers: [denies], denies: [], unread });
