/** What a policy simulator answers; the words are AWS's own. */
export const DECISIONS = ['allowed', 'explicitDeny', 'implicitDeny'] as const;
export type Decision = (typeof DECISIONS)[number];

/** Context keys with their values, as a request carries them. A key that is not there is absent from the request. */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

/** One concrete request of a principal: everything a simulator needs to know of it. */
export interface SimulatedRequest {
  /** Full name in AWS's own case, never a wildcard: `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` for an action that has no resources. */
  readonly resource: string;
  readonly context: RequestContext;
  /** Who asks, where a resource or trust policy is asked; left out, it is the principal whose policies are given. */
  readonly principal?: string;
}

/** The identity policies of a principal on one side of the plan, each as planwarden prints its JSON. */
export interface PolicySet {
  readonly policies: readonly string[];
  /** The permissions boundary; null when there is none. */
  readonly boundary: string | null;
}

/** One policy of a principal, as IAM's `PolicyExclusionList` names it. */
export type PolicyIdentifier =
  | { readonly kind: 'attached'; readonly arn: string }
  | {
      readonly kind: 'inline';
      readonly name: string;
      readonly holder: 'user' | 'group' | 'role';
      readonly holderName: string;
    };

/** A principal that is in the account already: what the plan takes from it and what it gives it. */
export interface ExistingPrincipal {
  readonly arn: string;
  readonly taken: readonly PolicyIdentifier[];
  /** Documents that are new or changed, as JSON. */
  readonly given: readonly string[];
}

/** What kind of policies a request is put to. AWS's simulator is asked about identity policies only. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

/** The same request to the policies before and after the plan. */
export interface SimulationCase {
  readonly kind: PolicyKind;
  readonly request: SimulatedRequest;
  readonly before: PolicySet;
  readonly after: PolicySet;
  /** Null for a principal that the plan creates, or whose ARN is not known. */
  readonly existing: ExistingPrincipal | null;
}

/** A statement that decided: which of the policies that were given, and which statement of it. */
export interface MatchedStatement {
  /** Index in `policies`; null for a policy that only the account knows. */
  readonly policy: number | null;
  /** Index of the statement; null when it cannot be told. */
  readonly statement: number | null;
}

export type SimulatorAnswer =
  | {
      readonly kind: 'decided';
      readonly decision: Decision;
      readonly decidedBy: readonly MatchedStatement[];
      /** Context keys that the policies test and the request does not carry: the decision may hang on them. */
      readonly missingContext: readonly string[];
      /** What a reader must know of how it was decided, each one clause: `the permissions boundary does not allow it`. */
      readonly notes?: readonly string[];
    }
  /** `reason` is one clause for people: `AWS throttled the simulator`. */
  | { readonly kind: 'unanswered'; readonly reason: string };

export interface SimulatedCase {
  readonly before: SimulatorAnswer;
  readonly after: SimulatorAnswer;
}

/** Asks whether a request is allowed before and after. Never throws: what cannot be asked is unanswered, with a reason. */
export interface PolicySimulator {
  readonly name: 'embedded' | 'AWS';
  simulate(question: SimulationCase): Promise<SimulatedCase>;
}
