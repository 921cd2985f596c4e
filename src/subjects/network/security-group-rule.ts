import type { AddressSet } from '../../aws/address-set.ts';
import { addressesOf, memberAddresses, unknownAddresses } from '../../aws/address-set.ts';
import type { Permission } from '../../aws/network-traffic.ts';
import { ALL_PROTOCOLS, WHOLE_AXIS, axisInterval, protocolName } from '../../aws/ports.ts';
import type { Cause } from '../../finding/finding.ts';
import { isList, isObject, isUnknown } from '../../plan/value.ts';
import type { Unknown, Value } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';
import { referencedGroups } from './group-reference.ts';
import type { PrefixLists } from './prefix-list.ts';

export type Direction = 'ingress' | 'egress';

/** One source of one rule, whichever resource form it was written in. */
export interface Rule extends Permission {
  readonly direction: Direction;
  /** Where the source is written. */
  readonly cause: Cause;
  readonly resource: Resource;
  readonly touched: boolean;
  /** True when the plan marks anything in the resource as sensitive: then `hidden` looks closer. */
  readonly isSensitive: boolean;
}

/** What a rule is read with. */
export interface RuleContext {
  readonly world: World;
  readonly prefixLists: PrefixLists;
  /** Addresses by CIDR block: a plan repeats the same few blocks over and over. */
  readonly addresses: Map<string, AddressSet>;
  /** Identity of the group that the rule belongs to. */
  readonly group: string;
}

/** A rule as all resource forms write it, before its sources are told apart. */
interface RawRule {
  readonly direction: Direction;
  readonly protocol: Value;
  readonly from: Value;
  readonly to: Value;
  readonly resource: Resource;
  /** Where it stands in the resource; empty when the resource is the rule. */
  readonly path: readonly (string | number)[];
  readonly sources: readonly Source[];
  readonly valueOf: (attribute: string) => Value;
}

/** An argument that names sources, and what kind it names. */
interface Source {
  readonly kind: 'addresses' | 'prefix-list' | 'group' | 'self';
  readonly attribute: string;
}

const INLINE_SOURCES: readonly Source[] = [
  { kind: 'addresses', attribute: 'cidr_blocks' },
  { kind: 'addresses', attribute: 'ipv6_cidr_blocks' },
  { kind: 'prefix-list', attribute: 'prefix_list_ids' },
  { kind: 'group', attribute: 'security_groups' },
  { kind: 'self', attribute: 'self' },
];

const RULE_SOURCES: readonly Source[] = [
  { kind: 'addresses', attribute: 'cidr_blocks' },
  { kind: 'addresses', attribute: 'ipv6_cidr_blocks' },
  { kind: 'prefix-list', attribute: 'prefix_list_ids' },
  { kind: 'group', attribute: 'source_security_group_id' },
  { kind: 'self', attribute: 'self' },
];

const VPC_RULE_SOURCES: readonly Source[] = [
  { kind: 'addresses', attribute: 'cidr_ipv4' },
  { kind: 'addresses', attribute: 'cidr_ipv6' },
  { kind: 'prefix-list', attribute: 'prefix_list_id' },
  { kind: 'group', attribute: 'referenced_security_group_id' },
];

/** The forms in which a rule is a resource of its own. */
export const SEPARATE_RULE_TYPES = [
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
] as const;

/** The rules of a resource that is a rule of its own. */
export function separateRules(context: RuleContext, resource: Resource): Rule[] {
  if (resource.type === 'aws_security_group_rule') {
    const direction = resource.get('type') === 'egress' ? 'egress' : 'ingress';
    return rulesOf(context, rawRule(resource, direction, 'protocol', RULE_SOURCES));
  }
  const direction = resource.type === 'aws_vpc_security_group_egress_rule' ? 'egress' : 'ingress';
  return rulesOf(context, rawRule(resource, direction, 'ip_protocol', VPC_RULE_SOURCES));
}

function rawRule(resource: Resource, direction: Direction, protocol: string, sources: readonly Source[]): RawRule {
  return {
    direction,
    protocol: resource.get(protocol),
    from: resource.get('from_port'),
    to: resource.get('to_port'),
    resource,
    path: [],
    sources,
    valueOf: (attribute) => given(resource, attribute),
  };
}

/** A computed argument that nobody set is unknown on create and says nothing. */
function given(resource: Resource, attribute: string): Value {
  const value = resource.get(attribute);
  return isUnknown(value) && !resource.isConfigured(attribute) ? null : value;
}

/** The rules written inside a group, in the blocks of one direction. */
export function inlineRules(context: RuleContext, group: Resource, direction: Direction): Rule[] {
  const value = given(group, direction);
  const list = isList(value) ? value : [value];
  return list.flatMap((block, index) => {
    if (isUnknown(block)) return [unknownRule(group, direction, block)];
    return isObject(block) ? rulesOf(context, inlineRule(group, direction, index, block)) : [];
  });
}

function inlineRule(
  group: Resource,
  direction: Direction,
  index: number,
  block: { readonly [key: string]: Value },
): RawRule {
  return {
    direction,
    protocol: block['protocol'] ?? null,
    from: block['from_port'] ?? null,
    to: block['to_port'] ?? null,
    resource: group,
    path: [direction, index],
    sources: INLINE_SOURCES,
    valueOf: (attribute) => block[attribute] ?? null,
  };
}

/** Nothing is known of a rule, so it may be any traffic from anywhere. */
const unknownRule = (resource: Resource, direction: Direction, { because }: Unknown): Rule => ({
  direction,
  protocol: ALL_PROTOCOLS,
  ports: WHOLE_AXIS,
  source: unknownAddresses(because, `${resource.identity}.${direction}`),
  cause: { address: resource.address, path: [direction] },
  resource,
  touched: resource.touched,
  isSensitive: resource.isSensitive(),
});

function rulesOf(context: RuleContext, raw: RawRule): Rule[] {
  const { direction, resource } = raw;
  const unknown = [raw.protocol, raw.from, raw.to].find(isUnknown);
  const protocol = typeof raw.protocol === 'string' ? protocolName(raw.protocol) : ALL_PROTOCOLS;
  const ports = unknown ? WHOLE_AXIS : axisInterval(protocol, numberIn(raw.from), numberIn(raw.to));
  const isSensitive = resource.isSensitive();
  const rules: Rule[] = [];
  for (const { kind, attribute } of raw.sources) {
    for (const found of sourcesIn(context, raw, kind, attribute, raw.valueOf(attribute))) {
      rules.push({
        direction,
        protocol,
        ports,
        source: unknown ? maybe(found.source, raw, unknown) : found.source,
        cause: found.cause ?? causeOf(raw, attribute, found.hint),
        resource: found.resource ?? resource,
        touched: found.touched ?? resource.touched,
        isSensitive: isSensitive || (found.resource?.isSensitive() ?? false),
      });
    }
  }
  return rules;
}

const numberIn = (value: Value): number | null => (typeof value === 'number' ? value : null);

/** A source of which it is not known on which ports it may send. */
const maybe = (source: AddressSet, raw: RawRule, { because }: Unknown): AddressSet =>
  unknownAddresses(because, `${raw.resource.identity}.${raw.path.join('.')}`, source.isWorld() !== false);

/** Among inline blocks with the same source the ports tell which one it is. */
function causeOf({ resource, path, from, to }: RawRule, attribute: string, hint: string | undefined): Cause {
  const cause = { address: resource.address, path: [...path, attribute] };
  const literals = path.length === 0 ? [hint] : [hint, from, to];
  const written = [
    ...new Set(literals.filter((literal) => typeof literal === 'string' || typeof literal === 'number')),
  ];
  return written.length === 0 ? cause : { ...cause, hint: written.join(' ') };
}

/** One source with where it is written, when that is not the rule itself. */
interface Found {
  readonly source: AddressSet;
  readonly hint?: string;
  readonly cause?: Cause;
  readonly resource?: Resource;
  readonly touched?: boolean;
}

const NOTHING: readonly Found[] = [];

function sourcesIn(
  context: RuleContext,
  raw: RawRule,
  kind: Source['kind'],
  attribute: string,
  value: Value,
): readonly Found[] {
  if (value === null || value === false || value === '') return NOTHING;
  if (kind === 'self') return [{ source: THE_GROUP_ITSELF }];
  if (isList(value)) return value.flatMap((item) => sourcesIn(context, raw, kind, attribute, item));
  if (kind === 'addresses') return addressesIn(context, raw, attribute, value);
  return kind === 'group' ? groupsIn(context, value) : prefixListIn(context, raw, value);
}

const THE_GROUP_ITSELF = memberAddresses('self', 'the group itself');

function addressesIn(context: RuleContext, raw: RawRule, attribute: string, value: Value): readonly Found[] {
  if (typeof value === 'string') return [{ source: blockIn(context, value), hint: value }];
  if (!isUnknown(value)) return NOTHING;
  const referred = value.references.map((one) => `${one.address}.${one.attribute}`).join(', ');
  return [{ source: unknownAddresses(value.because, referred || `${raw.resource.identity}.${attribute}`) }];
}

function blockIn({ addresses }: RuleContext, cidr: string): AddressSet {
  const known = addresses.get(cidr) ?? addressesOf(cidr);
  addresses.set(cidr, known);
  return known;
}

const groupsIn = (context: RuleContext, value: Value): Found[] =>
  referencedGroups(context.world, value).map(({ id, label }) => ({
    source: id === context.group ? THE_GROUP_ITSELF : memberAddresses(id, label),
  }));

/** A list of the plan stands for its entries, and each entry is where its addresses are written. */
function prefixListIn(context: RuleContext, raw: RawRule, value: Value): Found[] {
  return context.prefixLists(value).map(({ source, cause, resource }) => {
    const touched = raw.resource.touched || (resource?.touched ?? false);
    return resource?.touched && cause ? { source, cause, resource, touched } : { source, touched };
  });
}

const PORTS = ['from_port', 'to_port'] as const;

/**
 * Which facts of a subject made of these rules are judged and never shown, because the plan marks what they are made of
 * as sensitive. `facts` names the fact that shows the sources and those that show the ports.
 */
export function hidden(
  rules: readonly Rule[],
  facts: { readonly source: string; readonly ports: string },
): ((path: readonly (string | number)[]) => boolean) | undefined {
  if (!rules.some(({ isSensitive }) => isSensitive)) return undefined;
  const names = new Set<string | number>();
  for (const { resource, cause } of rules) {
    const block = cause.path.slice(0, -1);
    if (resource.isSensitive(...cause.path)) names.add(facts.source);
    if (PORTS.some((port) => resource.isSensitive(...block, port))) names.add(facts.ports);
  }
  return names.size === 0 ? undefined : ([name]) => name !== undefined && names.has(name);
}
