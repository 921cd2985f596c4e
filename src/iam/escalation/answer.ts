import type { Statement } from '../../aws/policy-document/statement.ts';
import type { Unknown } from '../../plan/value.ts';
import type { StatementTest } from '../match/statement.ts';
import type { RequestContext } from '../simulator.ts';
import type { Fixed } from './identity.ts';

export interface Yes {
  readonly kind: 'yes';
  /** The statement that allows it, as it stands in its policy. */
  readonly statement: Statement;
  /** What else must be true, as people read it; null when nothing must. */
  readonly condition: string | null;
  /** What the request was asked to carry, and what it must carry besides. */
  readonly fixed: Fixed;
  readonly besides: RequestContext;
}

/** Whether a request is allowed in some context, in none, or whether that cannot be said before apply. */
export type Answer = Yes | { readonly kind: 'no' } | { readonly kind: 'maybe'; readonly because: Unknown };

export const NO: Answer = { kind: 'no' };

/** The context of a request that is allowed. */
export const requestContext = ({ fixed, besides }: Yes): RequestContext => ({
  ...Object.fromEntries(
    Object.entries(fixed).flatMap(([key, value]) => (value === null ? [] : [[key.toLowerCase(), [value]]])),
  ),
  ...besides,
});

/** A statement that is ready to be asked, and the one that it was made of. */
export interface Ready {
  readonly test: StatementTest;
  readonly origin: Statement;
}

/** All that decides about one action: every layer must allow it. */
export interface View {
  readonly layers: readonly (readonly Ready[])[];
  readonly denies: readonly Ready[];
  /** Why there may be more to it. */
  readonly unread: readonly Unknown[];
}

/** One request, as far as it is settled. */
export interface Question {
  /** In lower case. */
  readonly action: string;
  readonly resource: string;
  readonly fixed: Fixed;
  /** Who asks a trust policy; left out, it is the holder of the policies. */
  readonly principal?: Requester;
}

/** A principal by name, as requests and policies tell it. */
export type Requester =
  | { readonly kind: 'aws'; readonly arn: string }
  | { readonly kind: 'service'; readonly name: string };
