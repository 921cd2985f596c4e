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
export function trustPolicies(worlds: Worlds): readonly Compared[] {
  const before = new Map(worlds.before.resources('aws_iam_role').map((role) => [role.identity, role]));
  return worlds.after.resources('aws_iam_role').flatMap((role): Compared[] => {
    const old = before.get(role.identity);
    if (!old) return [];
    const name = `trust policy of role ${nameOf(role)}`;
    const touched = role.touched || old.touched;
    return [
      {
        id: `trust:${role.identity}`,
        kind: 'trust policy',
        name,
        resource: role,
        touched,
        before: trustOf(old, worlds),
        after: trustOf(role, worlds),
      },
    ];
  });
}
