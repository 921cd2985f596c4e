import ipaddr from 'ipaddr.js';
import type { Interval, Intervals } from './intervals.ts';

export const IPV4_SIZE = 2 ** 32;
export const IPV6_SIZE = 2n ** 128n;

/** The addresses a CIDR block stands for. */
export type Range =
  | { readonly kind: 'ipv4'; readonly interval: Interval<number> }
  | { readonly kind: 'ipv6'; readonly interval: Interval<bigint> };

const ipv4Number = (octets: readonly number[]): number => octets.reduce((sum, octet) => sum * 256 + octet, 0);

const ipv6Number = (parts: readonly number[]): bigint => parts.reduce((sum, part) => (sum << 16n) | BigInt(part), 0n);

function ipv4Range(address: number, prefix: number): Range {
  const length = 2 ** (32 - prefix);
  const start = address - (address % length);
  return { kind: 'ipv4', interval: [start, start + length] };
}

function ipv6Range(address: bigint, prefix: number): Range {
  const length = 1n << BigInt(128 - prefix);
  const start = address - (address % length);
  return { kind: 'ipv6', interval: [start, start + length] };
}

/**
 * Reads a CIDR block; a lone address is a block of one. Host bits are masked, so `10.0.0.1/8` is `10.0.0.0/8`, and every
 * spelling of an IPv6 block is the same block. Undefined when the text is neither IPv4 nor IPv6 as AWS accepts it.
 */
export function parseCidr(text: string): Range | undefined {
  const [address = '', prefix, ...rest] = text.trim().split('/');
  if (rest.length > 0) return undefined;
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) {
    const bits = prefixLength(prefix, 32);
    return bits === undefined ? undefined : ipv4Range(ipv4Number(ipaddr.IPv4.parse(address).octets), bits);
  }
  if (!ipaddr.IPv6.isValid(address)) return undefined;
  const bits = prefixLength(prefix, 128);
  return bits === undefined ? undefined : ipv6Range(ipv6Number(ipaddr.IPv6.parse(address).parts), bits);
}

function prefixLength(text: string | undefined, longest: number): number | undefined {
  if (text === undefined) return longest;
  return /^\d{1,3}$/.test(text) && Number(text) <= longest ? Number(text) : undefined;
}

function ipv4Text(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

function ipv6Text(address: bigint): string {
  const parts = Array.from({ length: 8 }, (_, index) => Number((address >> BigInt(112 - 16 * index)) & 0xffffn));
  return new ipaddr.IPv6(parts).toString();
}

/** The longest block that starts at `start`, aligned to its own length and not reaching beyond `end`. */
function blockBits(start: bigint, end: bigint, width: number): number {
  let bits = 0;
  while (bits < width && start % (2n << BigInt(bits)) === 0n && start + (2n << BigInt(bits)) <= end) bits += 1;
  return bits;
}

function* blocksOf(intervals: Intervals<bigint>, width: number): Generator<readonly [start: bigint, prefix: number]> {
  for (const [first, end] of intervals) {
    for (let start = first; start < end;) {
      const bits = blockBits(start, end, width);
      yield [start, width - bits];
      start += 1n << BigInt(bits);
    }
  }
}

/** The fewest CIDR blocks that make up these IPv4 addresses, in ascending order, one at a time as they are asked for. */
export function* ipv4Cidrs(intervals: Intervals<number>): Generator<string> {
  const wide = intervals.map(([start, end]): Interval<bigint> => [BigInt(start), BigInt(end)]);
  for (const [start, prefix] of blocksOf(wide, 32)) yield `${ipv4Text(Number(start))}/${prefix}`;
}

/** The fewest CIDR blocks that make up these IPv6 addresses, in ascending order, compressed and lower-case. */
export function* ipv6Cidrs(intervals: Intervals<bigint>): Generator<string> {
  for (const [start, prefix] of blocksOf(intervals, 128)) yield `${ipv6Text(start)}/${prefix}`;
}

/** The first address of a range and the first one behind it, as text; the latter is left out at the end of the space. */
export function rangeBorders(range: Range): readonly string[] {
  const { kind, interval } = range;
  if (kind === 'ipv4') return [ipv4Text(interval[0]), ...(interval[1] < IPV4_SIZE ? [ipv4Text(interval[1])] : [])];
  return [ipv6Text(interval[0]), ...(interval[1] < IPV6_SIZE ? [ipv6Text(interval[1])] : [])];
}
