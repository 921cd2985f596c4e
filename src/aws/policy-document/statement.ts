import type { Unknown } from '../../plan/value.ts';

/** A glob, or a part of the list that is not known before apply. Strings may hold `⟨ref:address.attribute⟩` tokens. */
export type Pattern = string | Unknown;

/** `only`: what one of the globs matches. `except`: everything else (NotAction, NotResource). */
export interface Patterns {
  readonly kind: 'only' | 'except';
  readonly patterns: readonly Pattern[];
  /** The patterns as they were written, where their case does not matter; empty when the element is absent. */
  readonly written?: readonly Pattern[] | undefined;
}

/** One entry of Principal, normalised: an account id and its root ARN are both `account`. */
export type PrincipalEntry =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'aws'; readonly arn: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'canonical'; readonly id: string }
  | { readonly kind: 'unknown'; readonly unknown: Unknown };

/** `holder`: no Principal element, so it is whoever holds the policy. */
export type Principals =
  | { readonly kind: 'holder' }
  | { readonly kind: 'only' | 'except'; readonly entries: readonly PrincipalEntry[] };

/** One operator on one key. `operator` is the base name in lower case without quantifier and IfExists. */
export interface Condition {
  readonly operator: string;
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | null;
  readonly ifExists: boolean;
  /** Lower case: condition keys ignore case. */
  readonly key: string;
  readonly values: readonly Pattern[];
  /** `StringEquals aws:PrincipalOrgID` as it was written, for people. */
  readonly label: string;
}

/** One statement. `conditions` is Unknown when the Condition element cannot be read before apply. */
export interface Statement {
  readonly index: number;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly principals: Principals;
  readonly actions: Patterns;
  readonly resources: Patterns;
  readonly conditions: readonly Condition[] | Unknown;
  /** False when the version of its document knows no policy variables, so that `${…}` is literal text. Default true. */
  readonly variables?: boolean;
}

/** A readable policy document. `unread` holds the statements nothing is known of: they may allow or deny anything. */
export interface Document {
  readonly kind: 'document';
  /** `${…}` is a variable only in version 2012-10-17; otherwise it is literal text. */
  readonly variables: boolean;
  readonly statements: readonly Statement[];
  readonly unread: readonly Unknown[];
}

/** Text that AWS would not accept as a policy. */
export interface Invalid {
  readonly kind: 'invalid';
  readonly reason: string;
}

export interface UnknownDocument {
  readonly kind: 'unknown';
  readonly unknown: Unknown;
}

export type ParsedDocument = Document | Invalid | UnknownDocument;

/** A document that says nothing: what an absent policy means. */
export const EMPTY_DOCUMENT: Document = { kind: 'document', variables: true, statements: [], unread: [] };
