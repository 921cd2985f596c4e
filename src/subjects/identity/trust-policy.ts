import type { Resource, Worlds } from '../../world/world.ts';
import type { Compared, Granted } from './access-difference.ts';
import { nameOf } from './holder-collection.ts';
import { policySource } from './policy-source.ts';

/** The trust policy of a role on one side. */
export const trustOf = (role: Resource, worlds: Worlds): Granted => ({
  sources: [policySource(role, ['assume_role_policy'], worlds)],
  attachments: [],
  unread: [],
});

/** The trust policies of roles that are there before and after. */
export const trustPolicies = (worlds: Worlds): readonly Compared[] => {
  const before = new Set(worlds.before.resources('aws_iam_role').map(({ identity }) => `trust:${identity}`));
  return trustPoliciesOf(worlds).filter(({ id }) => before.has(id));
};

/** The trust policies of all roles after the plan; a new one had none before. */
export function trustPoliciesOf(worlds: Worlds): readonly Compared[] {
  const before = new Map(worlds.before.resources('aws_iam_role').map((role) => [role.identity, role]));
  return worlds.after.resources('aws_iam_role').map((role): Compared => {
    const old = before.get(role.identity);
    return {
      id: `trust:${role.identity}`,
      kind: 'trust policy',
      name: `trust policy of role ${nameOf(role)}`,
      resource: role,
      touched: role.touched || old?.touched === true,
      before: old ? trustOf(old, worlds) : { sources: [], attachments: [], unread: [] },
      after: trustOf(role, worlds),
    };
  });
}
