import { groupBy } from './group-by.ts';
import { normalise, overlaps, size, subtract } from './intervals.ts';
import type { Interval, Intervals } from './intervals.ts';

/** Every protocol and every port, as AWS writes it. */
export const ALL_PROTOCOLS = '-1';

/** Ports, and for ICMP type × 256 + code: both axes have the same length. */
export const AXIS_END = 65_536;
export const WHOLE_AXIS: Interval<number> = [0, AXIS_END];

/** IANA numbers that AWS also knows by name. */
const PROTOCOL_NAMES: Readonly<Record<string, string>> = {
  all: ALL_PROTOCOLS,
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};

/** One name per protocol, whatever the configuration says: `6`, `TCP` and `tcp` are `tcp`. */
export function protocolName(text: string): string {
  const name = text.toLowerCase();
  return PROTOCOL_NAMES[name] ?? name;
}

const ICMP: readonly string[] = ['icmp', 'icmpv6'];
const WITH_PORTS: readonly string[] = ['tcp', 'udp'];

export const isIcmp = (protocol: string): boolean => ICMP.includes(protocol);

/**
 * The part of the axis that a rule's from and to stand for. They are ports for TCP and UDP, type and code for ICMP
 * (-1 is any), and mean nothing for other protocols. Null is "not given".
 */
export function axisInterval(protocol: string, from: number | null, to: number | null): Interval<number> {
  if (isIcmp(protocol)) return icmpInterval(from ?? -1, to ?? -1);
  if (!WITH_PORTS.includes(protocol) || from === null || from < 0) return WHOLE_AXIS;
  return [from, (to ?? from) + 1];
}

function icmpInterval(type: number, code: number): Interval<number> {
  if (type < 0) return WHOLE_AXIS;
  return code < 0 ? [type * 256, type * 256 + 256] : [type * 256 + code, type * 256 + code + 1];
}

/** The ports of one protocol. */
interface ProtocolPorts {
  readonly protocol: string;
  readonly ports: Intervals<number>;
}

/** Ports of one or more protocols. `-1` stands for every port of every protocol. */
export class PortSet {
  readonly fact = 'PortSet';
  readonly parts: readonly ProtocolPorts[];

  constructor(parts: readonly ProtocolPorts[]) {
    this.parts = parts;
  }

  /** The ports of one protocol that are in it. */
  of(protocol: string): Intervals<number> {
    return this.parts.find((part) => part.protocol === protocol || part.protocol === ALL_PROTOCOLS)?.ports ?? [];
  }

  /** True when any port of the list (`tcp/22`, `udp/3000-3010`, or a number for TCP and UDP alike) is in it. */
  coversAny(list: PortList): boolean {
    return portsIn(list).parts.some(({ protocol, ports }) => overlaps(ports, this.of(protocol)));
  }

  /** True when every port in it is in the list. */
  onlyIn(list: PortList): boolean {
    const allowed = portsIn(list);
    return this.parts.every(({ protocol, ports }) => subtract(ports, allowed.of(protocol)).length === 0);
  }

  /** True for protocol -1 and for all usable ports of TCP or UDP; port 0 and port 65535 make no difference. */
  isAll(): boolean {
    return WITH_PORTS.some((protocol) => subtract([[1, AXIS_END - 1]], this.of(protocol)).length === 0);
  }

  /** How many TCP and UDP ports are in it. */
  count(): number {
    return WITH_PORTS.reduce((sum, protocol) => sum + size(this.of(protocol)), 0);
  }

  isIcmp(): boolean {
    return this.parts.every(({ protocol }) => isIcmp(protocol));
  }

  toString(): string {
    return this.parts.map(({ protocol, ports }) => portsText(protocol, ports)).join(', ');
  }
}

/** One run of ports of one protocol. */
export const portsOf = (protocol: string, interval: Interval<number>): PortSet =>
  new PortSet([{ protocol, ports: [interval] }]);

function portsText(protocol: string, ports: Intervals<number>): string {
  if (protocol === ALL_PROTOCOLS) return 'every port of every protocol';
  if (size(ports) === AXIS_END) return WITH_PORTS.includes(protocol) ? `${protocol}/0-65535` : wholeProtocol(protocol);
  return ports
    .map((interval) => `${protocol}/${isIcmp(protocol) ? icmpText(interval) : rangeText(interval)}`)
    .join(', ');
}

const wholeProtocol = (protocol: string): string => (/^\d+$/.test(protocol) ? `protocol ${protocol}` : protocol);

const rangeText = ([start, end]: Interval<number>): string => (end - start === 1 ? `${start}` : `${start}-${end - 1}`);

/** `type 8`, `type 3 code 4`; a run of several types is shown by its first and last. */
function icmpText([start, end]: Interval<number>): string {
  const [first, last] = [Math.floor(start / 256), Math.floor((end - 1) / 256)];
  if (end - start === 1) return `type ${first} code ${start % 256}`;
  return first === last ? `type ${first}` : `types ${first}-${last}`;
}

/** Ports as text or number: `tcp/22`, `udp/3000-3010`; without a protocol TCP and UDP are meant alike. */
export type PortList = readonly (string | number)[];

const readLists = new WeakMap<PortList, PortSet>();

/** The ports that a list names. Entries that name none are left out. */
export function portsIn(list: PortList): PortSet {
  const known = readLists.get(list);
  if (known) return known;
  const read = new PortSet(partsOf(list.flatMap(readPort)));
  readLists.set(list, read);
  return read;
}

interface Port {
  readonly protocol: string;
  readonly interval: Interval<number>;
}

function readPort(entry: string | number): Port[] {
  const found = /^\s*(?:([a-z0-9-]+)\/)?(\d{1,5})(?:-(\d{1,5}))?\s*$/i.exec(String(entry));
  if (!found) return [];
  const from = Number(found[2]);
  const interval: Interval<number> = [from, Number(found[3] ?? from) + 1];
  const protocols = found[1] ? [protocolName(found[1])] : WITH_PORTS;
  return protocols.map((protocol) => ({ protocol, interval }));
}

const partsOf = (ports: readonly Port[]): ProtocolPorts[] =>
  [...groupBy(ports, ({ protocol }) => protocol)].map(([protocol, list]) => ({
    protocol,
    ports: normalise(list.map(({ interval }) => interval)),
  }));
