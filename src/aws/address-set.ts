import { Unknown } from '../plan/value.ts';
import { reachOf } from './address-reach.ts';
import type { Reach } from './address-reach.ts';
import { describeAddresses } from './address-text.ts';
import { parseCidr } from './cidr.ts';
import { covers, intersect, normalise, subtract } from './intervals.ts';
import type { Intervals } from './intervals.ts';

/** A source that is not an address range: a security group, a prefix list AWS keeps, the group itself. */
export interface Member {
  /** The same on both sides of a plan for the same real thing. */
  readonly key: string;
  /** How people read it: `security group sg-0123`. */
  readonly label: string;
}

/** A part of a source that cannot be known before apply. */
export interface Missing {
  readonly key: string;
  /** One clause for people: why it is not known. */
  readonly because: string;
  /** False when it cannot be the internet whatever it turns out to be. */
  readonly mayBeWorld: boolean;
}

export interface AddressParts {
  readonly ipv4?: Intervals<number>;
  readonly ipv6?: Intervals<bigint>;
  readonly members?: readonly Member[];
  readonly missing?: readonly Missing[];
}

/** Plans hold hundreds of thousands of sets, so that empty parts are shared. */
const NONE: readonly never[] = [];

/**
 * Who may send: IPv4 and IPv6 addresses as disjoint intervals, other members, and what is not known of it. Questions it
 * can be asked answer `Unknown` when the answer depends on the missing part.
 */
export class AddressSet {
  readonly fact = 'AddressSet';
  readonly ipv4: Intervals<number>;
  readonly ipv6: Intervals<bigint>;
  readonly members: readonly Member[];
  readonly missing: readonly Missing[];
  #reach: Reach | undefined;

  constructor(parts: AddressParts = {}) {
    this.ipv4 = parts.ipv4 ?? NONE;
    this.ipv6 = parts.ipv6 ?? NONE;
    this.members = parts.members ?? NONE;
    this.missing = parts.missing ?? NONE;
  }

  /** How far the known part reaches into the internet. */
  get reach(): Reach {
    this.#reach ??= reachOf(this);
    return this.#reach;
  }

  /** True when it holds the whole internet, or so much of it that it makes no difference (semantics 1.2). */
  isWorld(): boolean | Unknown {
    return this.reach === 'world' || this.#depends();
  }

  /** True when it is not the world and yet one public range in it is larger than a /16 (IPv6: /32). */
  isBroad(): boolean | Unknown {
    if (this.reach === 'world') return false;
    return this.#depends() === false ? this.reach === 'broad' : this.#depends();
  }

  /** True when any address of the internet is in it. */
  isPublic(): boolean | Unknown {
    return this.reach !== 'private' || this.#depends();
  }

  isEmpty(): boolean | Unknown {
    if (this.ipv4.length + this.ipv6.length + this.members.length > 0) return false;
    return this.missing[0] ? new Unknown(this.missing[0].because) : true;
  }

  toString(): string {
    return describeAddresses(this);
  }

  #depends(): false | Unknown {
    const missing = this.missing.find((part) => part.mayBeWorld);
    return missing ? new Unknown(missing.because) : false;
  }
}

export const NOBODY = new AddressSet();

/** The addresses of a CIDR block; when the text is none, a set whose content is not known. */
export function addressesOf(cidr: string): AddressSet {
  const range = parseCidr(cidr);
  if (range?.kind === 'ipv4') return new AddressSet({ ipv4: [range.interval] });
  if (range?.kind === 'ipv6') return new AddressSet({ ipv6: [range.interval] });
  return unknownAddresses('the source is not an address range', `text:${cidr}`);
}

export const memberAddresses = (key: string, label: string): AddressSet =>
  new AddressSet({ members: [{ key, label }] });

/** A source of which nothing is known. Equal keys on both sides of a plan mean the same unknown thing. */
export const unknownAddresses = (because: string, key: string, mayBeWorld = true): AddressSet =>
  new AddressSet({ missing: [{ key, because, mayBeWorld }] });

/** Everything that is in any of the sets. */
export function unionOf(sets: readonly AddressSet[]): AddressSet {
  const [only, ...others] = sets;
  if (!only) return NOBODY;
  if (others.length === 0) return only;
  return new AddressSet({
    ipv4: normalise(sets.flatMap((set) => set.ipv4)),
    ipv6: normalise(sets.flatMap((set) => set.ipv6)),
    members: byKey(sets.flatMap((set) => set.members)),
    missing: byKey(sets.flatMap((set) => set.missing)),
  });
}

/** What is in `a` and not in `b`. A missing part is taken away only by the very same missing part. */
export function without(a: AddressSet, b: AddressSet): AddressSet {
  if (a === b) return NOBODY;
  return new AddressSet({
    ipv4: subtract(a.ipv4, b.ipv4),
    ipv6: subtract(a.ipv6, b.ipv6),
    members: notIn(a.members, b.members),
    missing: notIn(a.missing, b.missing),
  });
}

/** True when everything known of `b` is in `a`. */
export function contains(a: AddressSet, b: AddressSet): boolean {
  return covers(a.ipv4, b.ipv4) && covers(a.ipv6, b.ipv6) && notIn(b.members, a.members).length === 0;
}

/** The addresses both have in common; members and missing parts have no addresses to compare and are left out. */
export const commonAddresses = (a: AddressSet, b: AddressSet): AddressSet =>
  new AddressSet({ ipv4: intersect(a.ipv4, b.ipv4), ipv6: intersect(a.ipv6, b.ipv6) });

const byKey = <T extends { readonly key: string }>(items: readonly T[]): readonly T[] =>
  items.length < 2 ? items : [...new Map(items.map((item) => [item.key, item])).values()].toSorted(compareKeys);

const compareKeys = (a: { readonly key: string }, b: { readonly key: string }): number => (a.key < b.key ? -1 : 1);

function notIn<T extends { readonly key: string }>(items: readonly T[], others: readonly T[]): readonly T[] {
  if (items.length === 0 || others.length === 0) return items;
  const keys = new Set(others.map((other) => other.key));
  return items.filter((item) => !keys.has(item.key));
}
