import type { AddressSet } from '../../aws/address-set.ts';
import type { Resource, Worlds } from '../../world/world.ts';
import { PREFIX_LIST_TYPES } from './prefix-list.ts';
import type { PrefixLists } from './prefix-list.ts';
import { SEPARATE_RULE_TYPES, inlineRules, separateRules } from './security-group-rule.ts';
import type { Direction, Rule, RuleContext } from './security-group-rule.ts';

export const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

/** Types whose change may change what a security group lets through. */
export const RULE_TYPES = [
  'aws_security_group',
  'aws_default_security_group',
  ...SEPARATE_RULE_TYPES,
  ...PREFIX_LIST_TYPES,
] as const;

/** A security group on one side of the plan with all its rules, however they are written. */
export interface Group {
  readonly id: string;
  /** Undefined for a group that is neither in the plan nor in the prior state. */
  readonly resource: Resource | undefined;
  readonly isDefault: boolean;
  readonly rules: readonly Rule[];
}

/** One group in both worlds; undefined where it does not exist. */
export interface GroupPair {
  readonly id: string;
  readonly before: Group | undefined;
  readonly after: Group | undefined;
  readonly touched: boolean;
}

/** The resources a group is made of on one side. */
export interface Parts {
  resource: Resource | undefined;
  readonly rules: Resource[];
  touched: boolean;
}

/** What rules are read with on both sides. */
export interface Readers {
  readonly addresses: Map<string, AddressSet>;
  readonly before: PrefixLists;
  readonly after: PrefixLists;
}

/** Reads one group on both sides. */
export function pair(
  worlds: Worlds,
  readers: Readers,
  id: string,
  before: Parts | undefined,
  after: Parts | undefined,
): GroupPair {
  const contexts = {
    before: { world: worlds.before, prefixLists: readers.before, addresses: readers.addresses, group: id },
    after: { world: worlds.after, prefixLists: readers.after, addresses: readers.addresses, group: id },
  };
  const deployed = (before?.rules ?? []).flatMap((rule) => separateRules(contexts.before, rule));
  const planned = (after?.rules ?? []).flatMap((rule) => separateRules(contexts.after, rule));
  const outside = isOutside(id, before, after);
  const old = group(contexts.before, before, deployed, deployed, outside);
  const now = withForgotten(old, group(contexts.after, after, planned, deployed, outside));
  const isTouched = [old, now].some((side) => side?.rules.some(({ touched }) => touched));
  return { id, before: old, after: now, touched: isTouched || (before?.touched ?? false) || (after?.touched ?? false) };
}

/** A group that this plan does not manage exists before and after, even without a rule of ours. */
function isOutside(id: string, before: Parts | undefined, after: Parts | undefined): boolean {
  const resources = [before?.resource, after?.resource].filter((resource) => resource !== undefined);
  return resources.length === 0 ? id.startsWith('sg-') : resources.every(({ type }) => type.startsWith('data.'));
}

/** What Terraform merely forgets stays in AWS as it is. */
function withForgotten(before: Group | undefined, after: Group | undefined): Group | undefined {
  const forgotten = before?.rules.filter(({ resource }) => resource.fate === 'forgotten') ?? [];
  if (!before || (forgotten.length === 0 && before.resource?.fate !== 'forgotten')) return after;
  return { ...(after ?? before), rules: [...(after?.rules ?? []), ...forgotten] };
}

function group(
  context: RuleContext,
  parts: Parts | undefined,
  separate: readonly Rule[],
  deployed: readonly Rule[],
  outside: boolean,
): Group | undefined {
  if (!parts)
    return outside
      ? { id: context.group, resource: undefined, isDefault: isDefaultGroup(context, parts), rules: [] }
      : undefined;
  const rules = [...ownRules(context, parts.resource, deployed), ...separate];
  return { id: context.group, resource: parts.resource, isDefault: isDefaultGroup(context, parts), rules };
}

/**
 * The rules inside the group. When the configuration sets none there, the argument mirrors the separate rules as they
 * were at the last refresh: such copies do not count. What remains was once set there, or by hand, and still holds.
 */
function ownRules(context: RuleContext, resource: Resource | undefined, deployed: readonly Rule[]): Rule[] {
  if (!resource || resource.type.startsWith('data.')) return [];
  const copies = new Set<string>();
  return DIRECTIONS.flatMap((direction) => {
    const rules = inlineRules(context, resource, direction);
    if (rules.length === 0 || deployed.length === 0 || resource.isConfigured(direction)) return rules;
    if (copies.size === 0) for (const rule of deployed) copies.add(keyOf(rule));
    return rules.filter((rule) => !copies.has(keyOf(rule)));
  });
}

const keyOf = ({ direction, protocol, ports, source }: Rule): string =>
  [
    direction,
    protocol,
    ...ports,
    ...source.ipv4,
    ...source.ipv6,
    ...[...source.members, ...source.missing].map(({ key }) => key),
  ].join(' ');

function isDefaultGroup({ world, group }: RuleContext, parts: Parts | undefined): boolean {
  if (parts?.resource)
    return parts.resource.type === 'aws_default_security_group' || parts.resource.get('name') === 'default';
  if (parts?.rules[0]?.references('security_group_id').some(namesDefaultGroup)) return true;
  return world.find(VPC_TYPES, 'default_security_group_id', group) !== undefined;
}

const VPC_TYPES = ['aws_vpc', 'aws_default_vpc', 'data.aws_vpc'];

const namesDefaultGroup = ({ attribute }: { readonly attribute: string }): boolean =>
  attribute === 'default_security_group_id';

const REACHES = ['world', 'broad', 'public', 'private'] as const;

/** What the plan changes comes first, then what opens most: that is what a reader looks for. */
export const byWeight = (a: Rule, b: Rule): number =>
  Number(b.touched) - Number(a.touched) || REACHES.indexOf(a.source.reach) - REACHES.indexOf(b.source.reach);
