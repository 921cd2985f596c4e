import { groupBy } from './group-by.ts';
import type { AddressSet } from './address-set.ts';
import { NOBODY, unionOf } from './address-set.ts';
import type { Interval } from './intervals.ts';
import { ALL_PROTOCOLS, WHOLE_AXIS } from './ports.ts';

/** One piece of what a group lets through: a protocol, one run of its axis, and who may use it. */
export interface Permission {
  readonly protocol: string;
  /** Ports, or ICMP types and codes: see `axisInterval`. */
  readonly ports: Interval<number>;
  readonly source: AddressSet;
}

/** A run of ports on which no permission of either side begins or ends, with those that hold there. */
export interface Slice<P extends Permission> {
  readonly protocol: string;
  readonly ports: Interval<number>;
  readonly before: readonly P[];
  readonly after: readonly P[];
}

interface Sides<P extends Permission> {
  readonly before: readonly P[];
  readonly after: readonly P[];
}

/**
 * Cuts what two sides let through along each other, so that within a slice each side is one thing and the sides can be
 * compared. A permission for every protocol holds in the slices of each protocol too. Slices that only such permissions
 * fill are left out beside the one slice of `-1` itself: they would say the same again.
 */
export function slices<P extends Permission>(before: readonly P[], after: readonly P[]): Slice<P>[] {
  const [old, now] = [groupBy(before, protocolOf), groupBy(after, protocolOf)];
  const everywhere = { before: old.get(ALL_PROTOCOLS) ?? [], after: now.get(ALL_PROTOCOLS) ?? [] };
  return [...new Set([...old.keys(), ...now.keys()])]
    .toSorted()
    .flatMap((protocol) =>
      protocol === ALL_PROTOCOLS
        ? [{ protocol, ports: WHOLE_AXIS, ...everywhere }]
        : sweep(protocol, { before: old.get(protocol) ?? [], after: now.get(protocol) ?? [] }, everywhere),
    );
}

const protocolOf = ({ protocol }: Permission): string => protocol;

/** Walks the axis from boundary to boundary and keeps the permissions that hold there at hand. */
function sweep<P extends Permission>(protocol: string, own: Sides<P>, everywhere: Sides<P>): Slice<P>[] {
  const walk = { before: walker(own.before), after: walker(own.after) };
  const boundaries = boundariesOf(own);
  const found: Slice<P>[] = [];
  for (const [index, start] of boundaries.entries()) {
    const [before, after] = [walk.before(start), walk.after(start)];
    if (before.length + after.length === 0) continue;
    const ports: Interval<number> = [start, boundaries[index + 1] ?? start];
    found.push({ protocol, ports, before: joined(before, everywhere.before), after: joined(after, everywhere.after) });
  }
  return found;
}

const joined = <P>(own: readonly P[], everywhere: readonly P[]): readonly P[] =>
  everywhere.length === 0 ? own : [...own, ...everywhere];

function boundariesOf({ before, after }: Sides<Permission>): number[] {
  const points = new Set<number>();
  for (const { ports } of before) points.add(ports[0]).add(ports[1]);
  for (const { ports } of after) points.add(ports[0]).add(ports[1]);
  return [...points].toSorted((a, b) => a - b);
}

/** Asked for ever higher points of the axis, answers with the permissions that hold from there to the next boundary. */
function walker<P extends Permission>(permissions: readonly P[]): (start: number) => readonly P[] {
  const waiting = permissions.length < 2 ? permissions : permissions.toSorted((a, b) => a.ports[0] - b.ports[0]);
  let next = 0;
  let active: readonly P[] = [];
  return (start) => {
    const still = active.filter(({ ports }) => ports[1] > start);
    for (let one = waiting[next]; one && one.ports[0] === start; one = waiting[next]) {
      still.push(one);
      next += 1;
    }
    active = still;
    return still;
  };
}

/** Who may use a slice on one side. */
export const sourceOf = (permissions: readonly Permission[]): AddressSet =>
  permissions.length === 0 ? NOBODY : unionOf(permissions.map((permission) => permission.source));
