/**
 * What a pivotal action has to reach for a path to be real. An action that takes no resource reaches all there is.
 *
 * - `own-…`: the principal itself, or a group it is in. Of another one it would gain nothing.
 * - `user`, `group`, `role`: the principal itself or another one.
 * - `other-…`: one that the principal is not, or is not in.
 * - `new-…`: one that is not there yet, under a name of the principal's choice.
 * - `policy`: a customer-managed policy, attached to the principal or to whom it can become.
 * - `assumable-role`: a role that trusts the principal or its account.
 * - `organization-role`: a role of the name with which a management account administers member accounts.
 * - `passed-role`: a role that trusts a service of `passRoleTo`, passed to that service.
 * - `identity-provider`: a SAML or OIDC provider that roles trust.
 * - `permission-set`: a permission set of Identity Center.
 * - `cdk-assets`: the bucket or repository out of which CDK deploys.
 * - `existing-resource`: one of the kind that the action takes, with a role or with data. A named one counts.
 * - `every-resource`: any of that kind. Of a named one nobody can say that it is worth anything: workloads read their
 *   own secret and write their own bucket.
 * - `any`: no matter what.
 */
export type Target =
  | 'own-user'
  | 'own-group'
  | 'own-role'
  | 'user'
  | 'group'
  | 'role'
  | 'other-user'
  | 'other-group'
  | 'other-role'
  | 'new-user'
  | 'new-role'
  | 'policy'
  | 'assumable-role'
  | 'organization-role'
  | 'passed-role'
  | 'identity-provider'
  | 'permission-set'
  | 'cdk-assets'
  | 'existing-resource'
  | 'every-resource'
  | 'any';

/** A path as it is written down. */
export interface PathRow {
  readonly id: string;
  /** What is done, as an imperative. */
  readonly name: string;
  /** When the actions are allowed on everything; less where they are not. */
  readonly severity: 'high' | 'medium' | 'low';
  /** Actions that are all needed; of a list one is enough. */
  readonly needs: readonly (string | readonly string[])[];
  /** Service principals for `iam:PassedToService`; one of them is enough. */
  readonly passRoleTo?: readonly string[];
  readonly target: Target;
  /** The actions that have to reach the target, one and the same; all of the path when left out. */
  readonly pivot?: readonly string[];
  /** Completes "the principal can become …". */
  readonly becomes: string;
  /** What the path takes off the principal: one that has none of it gains nothing. */
  readonly lifts?: 'boundary' | 'Deny';
}
