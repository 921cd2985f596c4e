import type { AddressSet } from '../../aws/address-set.ts';
import { addressesOf, memberAddresses, unknownAddresses } from '../../aws/address-set.ts';
import { groupBy } from '../../aws/group-by.ts';
import type { Cause } from '../../finding/finding.ts';
import { blocks, isUnknown, strings } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';

/** Types whose change may change what a prefix list stands for. */
export const PREFIX_LIST_TYPES = ['aws_ec2_managed_prefix_list', 'aws_ec2_managed_prefix_list_entry'] as const;

const LIST_TYPES = ['aws_ec2_managed_prefix_list', 'data.aws_ec2_managed_prefix_list', 'data.aws_prefix_list'] as const;

/** What a prefix list stands for in one world, entry by entry. */
export interface PrefixListEntry {
  readonly source: AddressSet;
  readonly cause: Cause | undefined;
  readonly resource: Resource | undefined;
}

export type PrefixLists = (value: Value) => readonly PrefixListEntry[];

/**
 * Resolves prefix-list ids of one world to their entries. Lists that AWS keeps are members, never addresses; a list that
 * is nowhere to be seen is a missing part. `deployed` is the before-world: entries it declares by resources of their own
 * are mirrored in the list's `entry` argument, and such a copy does not count (semantics 0.6).
 */
export function prefixLists(world: World, deployed: World): PrefixLists {
  const separate = entriesByList(world);
  const mirrored = world === deployed ? separate : entriesByList(deployed);
  const resolved = new Map<string, readonly PrefixListEntry[]>();
  return (value) => {
    const list = listOf(world, value);
    if (!list) return [unresolved(value)];
    const known = resolved.get(list.identity);
    if (known) return known;
    const entries = entriesOf(list, separate.get(list.identity) ?? [], mirrored.get(list.identity) ?? []);
    resolved.set(list.identity, entries);
    return entries;
  };
}

function listOf(world: World, value: Value): Resource | undefined {
  if (typeof value === 'string') return world.find(LIST_TYPES, 'id', value);
  if (!isUnknown(value)) return undefined;
  return value.references
    .map((reference) => world.at(reference.address))
    .find((resource) => resource && LIST_TYPES.some((type) => type === resource.type));
}

function unresolved(value: Value): PrefixListEntry {
  const name = typeof value === 'string' ? value : 'known after apply';
  const key = isUnknown(value) ? value.references.map((one) => one.address).join() || name : name;
  const source = unknownAddresses(`the entries of prefix list ${name} are not in the plan`, `prefix-list:${key}`);
  return { source, cause: undefined, resource: undefined };
}

function entriesByList(world: World): ReadonlyMap<string, readonly Resource[]> {
  const entries = world.resources('aws_ec2_managed_prefix_list_entry');
  return groupBy(entries, (entry) => world.identify(entry, 'prefix_list_id', LIST_TYPES, ['id']) ?? '');
}

const isKeptByAws = (list: Resource): boolean =>
  list.type === 'data.aws_prefix_list' ||
  list.get('owner_id') === 'AWS' ||
  strings(list.get('name')).some((name) => name.startsWith('com.amazonaws.'));

function entriesOf(list: Resource, separate: readonly Resource[], mirrored: readonly Resource[]): PrefixListEntry[] {
  if (isKeptByAws(list)) {
    const name = list.get('name') ?? list.get('id');
    const label = `AWS prefix list ${typeof name === 'string' ? name : list.address}`;
    return [{ source: memberAddresses(list.identity, label), cause: undefined, resource: list }];
  }
  return [...ownEntries(list, mirrored), ...separate.map(separateEntry)];
}

function ownEntries(list: Resource, mirrored: readonly Resource[]): PrefixListEntry[] {
  const attribute = list.type.startsWith('data.') ? 'entries' : 'entry';
  const value = list.get(attribute);
  if (isUnknown(value)) return [unknownEntries(list, value.because)];
  const copies = new Set(list.isConfigured(attribute) ? [] : mirrored.map((entry) => entry.get('cidr')));
  return blocks(value).flatMap((block, index) => {
    const cidr = block['cidr'] ?? null;
    return copies.has(cidr) ? [] : [{ ...entry(list, cidr), cause: causeOf(list, [attribute, index, 'cidr'], cidr) }];
  });
}

const separateEntry = (resource: Resource): PrefixListEntry => {
  const cidr = resource.get('cidr');
  return { ...entry(resource, cidr), cause: causeOf(resource, ['cidr'], cidr) };
};

function entry(resource: Resource, cidr: Value): { source: AddressSet; resource: Resource } {
  if (typeof cidr === 'string') return { source: addressesOf(cidr), resource };
  const because = isUnknown(cidr) ? cidr.because : 'it has no address range';
  return { source: unknownAddresses(because, `entry:${resource.identity}`), resource };
}

const unknownEntries = (list: Resource, because: string): PrefixListEntry => ({
  source: unknownAddresses(because, `entries:${list.identity}`),
  cause: { address: list.address, path: [] },
  resource: list,
});

const causeOf = (resource: Resource, path: readonly (string | number)[], cidr: Value): Cause => ({
  address: resource.address,
  path,
  ...(typeof cidr === 'string' ? { hint: cidr } : {}),
});
