import { isList, isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';

/** Everything that is a security group, in the configuration or read as data. */
export const GROUP_TYPES = ['aws_security_group', 'aws_default_security_group', 'data.aws_security_group'] as const;

/** A security group that something refers to. */
export interface GroupReference {
  /** The same on both sides of the plan for the same group. */
  readonly id: string;
  readonly label: string;
}

const isGroup = (resource: Resource): boolean => GROUP_TYPES.some((type) => type === resource.type);

/** What a group is called in front of people: its address when it is in the plan, else its id. */
const referenceTo = (group: Resource): GroupReference => ({
  id: group.identity,
  label: `security group ${group.address}`,
});

/** The security groups that a value names: an id, a reference not known before apply, or a list of them. */
export function referencedGroups(world: World, value: Value): GroupReference[] {
  if (isList(value)) return value.flatMap((item) => referencedGroups(world, item));
  if (typeof value === 'string') return [groupById(world, value)];
  return isUnknown(value) ? unknownGroups(world, value.references) : [];
}

function groupById(world: World, id: string): GroupReference {
  const group = world.find(GROUP_TYPES, 'id', id);
  return group ? referenceTo(group) : { id, label: `security group ${id}` };
}

function unknownGroups(
  world: World,
  references: readonly { readonly address: string; readonly attribute: string }[],
): GroupReference[] {
  const groups = references
    .map(({ address }) => world.at(address))
    .filter((resource) => resource !== undefined)
    .filter(isGroup);
  if (groups.length > 0) return groups.map(referenceTo);
  const text = references.map(({ address, attribute }) => `${address}.${attribute}`).join(', ');
  return [{ id: text || 'unknown', label: 'a security group that is known only after apply' }];
}
