import { UNNAMED } from '../query.ts';
import { contextOf } from './contexts.ts';
import type { Fixed } from './identity.ts';
import type { Powers } from './powers.ts';
import { firstOf } from './requests.ts';
import type { Reached } from './requests.ts';
import type { Way } from './way.ts';

/**
 * How much a path reaches: whatever there is, somebody of the plan who comes to control the account, the principal itself,
 * resources of some pattern, or a single one.
 */
export const SCOPES = ['everything', 'administrator', 'itself', 'some', 'one'] as const;
export type Scope = (typeof SCOPES)[number];

/** Something that a path may reach, and how to ask whether an action reaches it. */
export interface Aim {
  readonly scope: Scope;
  /** What people call it. */
  readonly name: string;
  /** `list`: the actions of which one is enough, this one among them. */
  readonly ask: (action: string, list: readonly string[]) => Reached;
  /** How whoever is reached comes to control the account; the first hop leads to him. */
  readonly way?: Way;
  /** How many grades milder the path is for reaching no more than this. */
  readonly milder?: number;
}

/** What becomes of whoever completes a path that needs nothing of its target but that it is there. */
export const ADMINISTRATOR = 'administrator';

export const arnOf = ({ estate }: Powers, kind: string, name: string): string =>
  `arn:${estate.partition}:iam::${estate.account}:${kind}/${name}`;

/** Asks about a principal or a policy. */
export const on =
  (powers: Powers, resource: string, fixed: Fixed = {}) =>
  (action: string): Reached => ({
    resource,
    answer: powers.may(action, resource, { ...contextOf(action, powers.estate), ...fixed }),
  });

/** What a path does to a policy of whoever it is about. */
export const ON_POLICY = 'iam:CreatePolicyVersion';

/** Asks about a principal; of one that is not in the plan nobody knows the policies, so it must be any policy. */
export const onPrincipal =
  (powers: Powers, arn: string, policies: readonly string[] = []) =>
  (action: string): Reached =>
    action === ON_POLICY
      ? firstOf([arnOf(powers, 'policy', UNNAMED), ...policies].map((policy) => () => on(powers, policy)(action)))
      : on(powers, arn)(action);

/** One that nobody has named. */
export const unnamedAim = (powers: Powers, kind: 'user' | 'group' | 'role'): Aim => ({
  scope: 'everything',
  name: `any ${kind}`,
  ask: onPrincipal(powers, arnOf(powers, kind, UNNAMED)),
});

/** How a statement writes the resources that it allows one of these actions on. */
export const writtenAs = (powers: Powers, actions: readonly string[], resource: string): string =>
  actions.map((action) => powers.written(action, resource)).find((written) => written !== undefined) ?? resource;
