import type { AddressSet } from '../../aws/address-set.ts';
import { addressesOf, memberAddresses, unionOf, unknownAddresses } from '../../aws/address-set.ts';
import type { Permission } from '../../aws/network-traffic.ts';
import type { PortSet } from '../../aws/ports.ts';
import { ALL_PROTOCOLS, WHOLE_AXIS, portsIn, portsOf, protocolName } from '../../aws/ports.ts';
import { TrafficSet } from '../../aws/traffic-set.ts';
import { blocks, isUnknown, strings } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';

/** Methods of the typed facts about networks, as CEL calls them. */
export const NETWORK_FACTS = {
  PortSet: {
    'coversAny(list): bool': 'any port of the list (`ports.admin`, `["tcp/22", 8080]`) is in it',
    'onlyIn(list): bool': 'every port in it is in the list',
    'isAll(): bool': 'it is every port: protocol -1, or TCP or UDP 1-65534 and more',
    'count(): int': 'number of TCP and UDP ports',
    'isIcmp(): bool': 'it is ICMP, which has no ports',
  },
  AddressSet: {
    'isWorld(): bool': 'the whole internet, or at least a quarter of public IPv4 or an IPv6 /8',
    'isBroad(): bool': 'not the world, yet a public range larger than a /16 (IPv6: /32)',
    'isPublic(): bool': 'any address of the internet is in it',
    'isEmpty(): bool': 'nobody is in it',
  },
  TrafficSet: {
    'isEmpty(): bool': 'nothing is let through',
    'isAllToWorld(): bool': 'every port is open to or from the whole internet',
    'addedSince(TrafficSet): TrafficGrowth': 'what is let through now and was not before',
  },
  TrafficGrowth: {
    'isEmpty(): bool': 'nothing was added',
    'isPublic(): bool': 'internet addresses were added',
    'opensToWorld(): bool': 'some port is open to the whole internet that was not',
    'withoutOpenings(): TrafficGrowth': 'less the ports that become open to the world or to a broad range',
  },
} as const;

/** Reads the ports of a policy example: `"22"`, `"20-25"`, `all`. */
export function portsFromExample(protocol: Value, ports: Value): PortSet {
  const name = protocolName(typeof protocol === 'string' ? protocol : 'tcp');
  if (name === ALL_PROTOCOLS || ports === null || ports === 'all') return portsOf(name, WHOLE_AXIS);
  const list = strings(ports).concat(typeof ports === 'number' ? [String(ports)] : []);
  return portsIn(list.flatMap((text) => text.split(',')).map((text) => `${name}/${text.trim()}`));
}

/** Reads the source of a policy example: CIDR blocks, security groups (`sg-…`), or unknown. */
export function sourceFromExample(source: Value): AddressSet {
  if (isUnknown(source)) return unknownAddresses(source.because, 'example');
  const texts = strings(source).flatMap((text) => text.split(','));
  return unionOf(texts.map((text) => oneSource(text.trim())));
}

const oneSource = (text: string): AddressSet =>
  text.startsWith('sg-') ? memberAddresses(text, `security group ${text}`) : addressesOf(text);

/** Reads the traffic of a policy example: a list of `{protocol, ports, source}`. */
export const trafficFromExample = (rules: Value, direction: Value): TrafficSet =>
  new TrafficSet(blocks(rules).flatMap(permissionsIn), direction === 'egress' ? 'to' : 'from');

function permissionsIn(rule: { readonly [key: string]: Value }): Permission[] {
  const source = sourceFromExample(rule['source'] ?? null);
  const ports = portsFromExample(rule['protocol'] ?? null, rule['ports'] ?? null);
  return ports.parts.flatMap(({ protocol, ports: intervals }) =>
    intervals.map((interval) => ({ protocol, ports: interval, source })),
  );
}
