import type { AddressSet } from '../../aws/address-set.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import { GROUP_TYPES } from './group-reference.ts';
import { PREFIX_LIST_TYPES, prefixLists } from './prefix-list.ts';
import { SEPARATE_RULE_TYPES } from './security-group-rule.ts';
import { pair } from './security-group-rules.ts';
import type { GroupPair, Parts } from './security-group-rules.ts';

/** The groups of a plan, each read when it is first asked for. */
export interface GroupIndex {
  readonly ids: readonly string[];
  /** True when the plan changes a resource that the group is made of, or any prefix list. */
  mayChange(id: string): boolean;
  pair(id: string): GroupPair;
}

const indexes = new WeakMap<Worlds, GroupIndex>();

/** Sorts the rules of both worlds by group; the same worlds give the same index. */
export function groupIndex(worlds: Worlds): GroupIndex {
  const known = indexes.get(worlds);
  if (known) return known;
  const index = buildIndex(worlds);
  indexes.set(worlds, index);
  return index;
}

function buildIndex(worlds: Worlds): GroupIndex {
  const [before, after] = [partsByGroup(worlds.before), partsByGroup(worlds.after)];
  const listsChange = [worlds.before, worlds.after].some((world) =>
    world.resources(...PREFIX_LIST_TYPES).some(isTouched),
  );
  const readers = {
    before: prefixLists(worlds.before, worlds.before),
    after: prefixLists(worlds.after, worlds.before),
  };
  const addresses = new Map<string, AddressSet>();
  const pairs = new Map<string, GroupPair>();
  return {
    ids: [...new Set([...before.keys(), ...after.keys()])],
    mayChange: (id) => listsChange || (before.get(id)?.touched ?? false) || (after.get(id)?.touched ?? false),
    pair(id) {
      const made = pairs.get(id) ?? pair(worlds, { ...readers, addresses }, id, before.get(id), after.get(id));
      pairs.set(id, made);
      return made;
    },
  };
}

/**
 * The security groups of a plan with their rules on both sides; without `all` only those that the plan touches. The time
 * grows with the number of rules.
 */
export function securityGroups(worlds: Worlds, all: boolean): GroupPair[] {
  const index = groupIndex(worlds);
  return index.ids.filter((id) => all || index.mayChange(id)).map((id) => index.pair(id));
}

const isTouched = (resource: Resource): boolean => resource.touched;

function partsByGroup(world: World): Map<string, Parts> {
  const groups = new Map<string, Parts>();
  for (const resource of world.resources(...GROUP_TYPES)) {
    const parts = partsOf(groups, resource.identity);
    // A group that is also read as data is still the one that Terraform manages.
    if (!parts.resource || parts.resource.type.startsWith('data.')) parts.resource = resource;
    parts.touched ||= resource.touched;
  }
  for (const rule of world.resources(...SEPARATE_RULE_TYPES)) {
    const parts = partsOf(groups, world.identify(rule, 'security_group_id', GROUP_TYPES, ['id']) ?? rule.identity);
    parts.rules.push(rule);
    parts.touched ||= rule.touched;
  }
  return groups;
}

function partsOf(groups: Map<string, Parts>, id: string): Parts {
  const known = groups.get(id);
  if (known) return known;
  const parts: Parts = { resource: undefined, rules: [], touched: false };
  groups.set(id, parts);
  return parts;
}
