import { bigSize, intersect, size } from './intervals.ts';
import type { Intervals } from './intervals.ts';
import { publicSpace } from './special-addresses.ts';

/** A source that holds this part of the public IPv4 space is as good as the internet; 0.0.0.0/2 is one. */
const WORLD_LIKE_IPV4 = 1 / 4;
/** The same for IPv6: a prefix of /8 or shorter. */
const WORLD_LIKE_IPV6 = 2n ** 120n;
/** A public range wider than a /16, respectively an IPv6 prefix shorter than /32, is broad. */
const BROAD_IPV4 = 2 ** 16;
const BROAD_IPV6 = 2n ** 96n;

/** How far a source reaches into the internet, widest first (semantics 1.2). */
export type Reach = 'world' | 'broad' | 'public' | 'private';

interface Addresses {
  readonly ipv4: Intervals<number>;
  readonly ipv6: Intervals<bigint>;
}

/** Judges addresses by their public part; private and special ranges do not count. */
export function reachOf({ ipv4, ipv6 }: Addresses): Reach {
  if (ipv4.length === 0 && ipv6.length === 0) return 'private';
  const space = publicSpace();
  const public4 = intersect(ipv4, space.ipv4);
  const public6 = intersect(ipv6, space.ipv6);
  if (size(public4) >= WORLD_LIKE_IPV4 * size(space.ipv4) || bigSize(public6) >= WORLD_LIKE_IPV6) return 'world';
  if (public4.some(([start, end]) => end - start > BROAD_IPV4)) return 'broad';
  if (public6.some(([start, end]) => end - start > BROAD_IPV6)) return 'broad';
  return public4.length + public6.length > 0 ? 'public' : 'private';
}
