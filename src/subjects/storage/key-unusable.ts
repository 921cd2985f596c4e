import type { Resource, World, Worlds } from '../../world/world.ts';

export const KEY_TYPES = [
  'aws_kms_key',
  'aws_kms_replica_key',
  'aws_kms_external_key',
  'aws_kms_replica_external_key',
] as const;

/** The argument that switches a key on and off. */
export const switchOf = ({ type }: Resource): 'enabled' | 'is_enabled' =>
  type === 'aws_kms_key' ? 'is_enabled' : 'enabled';

/** What people and resources call a key: id, ARN, and the names and ARNs of its aliases. */
export function namesOfKey(key: Resource, world: World): readonly string[] {
  const own = texts(key, ['id', 'key_id', 'arn']);
  const aliases = [key.address, ...own].flatMap((name) => aliasesOf(world).get(name) ?? []);
  return [...new Set([...own, ...aliases.flatMap((alias) => texts(alias, ['name', 'arn', 'id']))])];
}

const known = new WeakMap<World, ReadonlyMap<string, readonly Resource[]>>();

/** The aliases of one side by what they call their key: id, ARN or address. */
function aliasesOf(world: World): ReadonlyMap<string, readonly Resource[]> {
  const found = known.get(world) ?? indexOf(world.resources('aws_kms_alias'));
  known.set(world, found);
  return found;
}

function indexOf(aliases: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const index = new Map<string, Resource[]>();
  for (const alias of aliases) {
    const targets = alias.references('target_key_id').map(({ address }) => address);
    for (const name of new Set([...targets, ...texts(alias, ['target_key_id', 'target_key_arn'])]))
      index.set(name, [...(index.get(name) ?? []), alias]);
  }
  return index;
}

const texts = (resource: Resource, attributes: readonly string[]): string[] =>
  attributes.map((attribute) => resource.get(attribute)).filter((value) => typeof value === 'string');

/** Names of the keys of the plan that nothing can be encrypted with: disabled, or, after the plan, deleted by it. */
export function unusableKeys({ before, after }: Worlds, side: 'before' | 'after'): ReadonlySet<string> {
  const world = side === 'before' ? before : after;
  const disabled = world.resources(...KEY_TYPES).filter((key) => key.get(switchOf(key)) === false);
  const deleted = side === 'before' ? [] : before.resources(...KEY_TYPES).filter(isDeleted);
  return new Set([
    ...disabled.flatMap((key) => namesOfKey(key, world)),
    ...deleted.flatMap((key) => namesOfKey(key, before)),
  ]);
}

const isDeleted = ({ fate }: Resource): boolean => fate === 'destroyed' || fate === 'replaced' || fate === 'recreated';
