import { IPV4_SIZE, IPV6_SIZE, parseCidr } from './cidr.ts';
import { normalise, subtract } from './intervals.ts';
import type { Interval, Intervals } from './intervals.ts';

/** Private and special blocks that nobody on the internet can send from (IANA special-purpose registries). */
const SPECIAL = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
] as const;

/** All global unicast IPv6 addresses: whoever covers them covers the IPv6 internet. */
const GLOBAL_UNICAST = '2000::/3';

export interface PublicSpace {
  readonly ipv4: Intervals<number>;
  readonly ipv6: Intervals<bigint>;
  readonly globalUnicast: Intervals<bigint>;
}

function intervalsOf(cidrs: readonly string[]): { ipv4: Intervals<number>; ipv6: Intervals<bigint> } {
  const ipv4: Interval<number>[] = [];
  const ipv6: Interval<bigint>[] = [];
  for (const range of cidrs.map(parseCidr)) {
    if (range?.kind === 'ipv4') ipv4.push(range.interval);
    if (range?.kind === 'ipv6') ipv6.push(range.interval);
  }
  return { ipv4: normalise(ipv4), ipv6: normalise(ipv6) };
}

let space: PublicSpace | undefined;

/** The addresses from which the internet can send: everything but private and special ranges. */
export function publicSpace(): PublicSpace {
  space ??= readPublicSpace();
  return space;
}

function readPublicSpace(): PublicSpace {
  const special = intervalsOf(SPECIAL);
  return {
    ipv4: subtract([[0, IPV4_SIZE]], special.ipv4),
    ipv6: subtract([[0n, IPV6_SIZE]], special.ipv6),
    globalUnicast: intervalsOf([GLOBAL_UNICAST]).ipv6,
  };
}
