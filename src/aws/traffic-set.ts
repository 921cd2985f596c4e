import { Unknown } from '../plan/value.ts';
import type { AddressSet } from './address-set.ts';
import { contains, unionOf, without } from './address-set.ts';
import { slices, sourceOf } from './network-traffic.ts';
import type { Permission, Slice } from './network-traffic.ts';
import { isIcmp, portsOf } from './ports.ts';

/** How many additions a sentence lists before it says how many more there are. */
const SHOWN_ADDITIONS = 6;

/** One slice in which more senders are let through than before. */
interface Addition {
  readonly before: AddressSet;
  readonly after: AddressSet;
  readonly added: AddressSet;
  readonly slice: Slice<Permission>;
}

/** How the other end is spoken of: traffic comes in `from` it and goes out `to` it. */
export type Preposition = 'from' | 'to';

/** Everything a security group lets through in one direction. */
export class TrafficSet {
  readonly fact = 'TrafficSet';
  readonly permissions: readonly Permission[];
  readonly preposition: Preposition;

  constructor(permissions: readonly Permission[], preposition: Preposition) {
    this.permissions = permissions;
    this.preposition = preposition;
  }

  isEmpty(): boolean | Unknown {
    return allOf(this.permissions.map(({ source }) => source.isEmpty()));
  }

  /** True when any address of the internet may use every port of every protocol. */
  isAllToWorld(): boolean | Unknown {
    const whole = slices<Permission>([], this.permissions).filter(({ protocol, ports }) =>
      portsOf(protocol, ports).isAll(),
    );
    return anyOf(whole.map(({ after }) => sourceOf(after).isWorld()));
  }

  /** The exact set difference: what is let through here and was not let through there, however the rules are written. */
  addedSince(old: TrafficSet): TrafficGrowth {
    return new TrafficGrowth(slices(old.permissions, this.permissions).flatMap(additionIn), this.preposition);
  }

  toString(): string {
    return listed(
      this.permissions.map(
        ({ protocol, ports, source }) => `${String(portsOf(protocol, ports))} ${this.preposition} ${String(source)}`,
      ),
    );
  }
}

/** What a group lets through that it did not let through before. */
export class TrafficGrowth {
  readonly fact = 'TrafficGrowth';
  readonly additions: readonly Addition[];
  readonly preposition: Preposition;

  constructor(additions: readonly Addition[], preposition: Preposition) {
    this.additions = additions;
    this.preposition = preposition;
  }

  isEmpty(): boolean | Unknown {
    return allOf(this.additions.map(({ added }) => added.isEmpty()));
  }

  /** True when any address of the internet is among the new senders. */
  isPublic(): boolean | Unknown {
    return anyOf(this.additions.map(({ added }) => added.isPublic()));
  }

  /** True when some port is open to the world now and was not before. */
  opensToWorld(): boolean | Unknown {
    return anyOf(this.additions.map(({ before, after }) => (before.reach === 'world' ? false : after.isWorld())));
  }

  /**
   * Leaves out the ports that become open to the world or to a broad range, since the policies about open ingress
   * speak of those. Nothing speaks of ICMP from the world, so that stays.
   */
  withoutOpenings(): TrafficGrowth {
    const others = this.additions.filter((addition) => isIcmp(addition.slice.protocol) || !isOpening(addition));
    return new TrafficGrowth(others, this.preposition);
  }

  toString(): string {
    return listed(this.additions.map((addition) => additionText(addition, this.preposition)));
  }
}

function isOpening({ before, after }: Addition): boolean {
  if (after.isWorld() !== false) return before.reach !== 'world';
  return after.reach === 'broad' && before.reach !== 'world' && before.reach !== 'broad';
}

function additionIn(slice: Slice<Permission>): Addition[] {
  const [before, after] = [sourceOf(slice.before), sourceOf(slice.after)];
  const added = without(after, before);
  return added.isEmpty() === true ? [] : [{ before, after, added, slice }];
}

function additionText({ added, slice }: Addition, preposition: Preposition): string {
  const source = replacement(slice.before, slice.after) ?? added.toString();
  return `${String(portsOf(slice.protocol, slice.ports))} ${preposition} ${source}`;
}

/** `10.0.0.0/16 -> 10.0.0.0/8` when sources were exchanged for wider ones; undefined when they merely came in addition. */
function replacement(before: readonly Permission[], after: readonly Permission[]): string | undefined {
  const gone = sourcesNotIn(before, after);
  const come = unionOf(sourcesNotIn(after, before));
  if (gone.length === 0 || !contains(come, unionOf(gone))) return undefined;
  return `${String(unionOf(gone))} -> ${String(come)}`;
}

function sourcesNotIn(permissions: readonly Permission[], others: readonly Permission[]): AddressSet[] {
  const known = new Set(others.map(({ source }) => source.toString()));
  return permissions.map(({ source }) => source).filter((source) => !known.has(source.toString()));
}

function listed(texts: readonly string[]): string {
  const unique = [...new Set(texts)];
  if (unique.length === 0) return 'nothing';
  const more = unique.length - SHOWN_ADDITIONS;
  return unique.slice(0, SHOWN_ADDITIONS).join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/** Three-valued "and": false decides, then the unknown. */
function allOf(answers: readonly (boolean | Unknown)[]): boolean | Unknown {
  if (answers.includes(false)) return false;
  return answers.find((answer) => answer instanceof Unknown) ?? true;
}

/** Three-valued "or": true decides, then the unknown. */
function anyOf(answers: readonly (boolean | Unknown)[]): boolean | Unknown {
  if (answers.includes(true)) return true;
  return answers.find((answer) => answer instanceof Unknown) ?? false;
}
