/** Addresses and ports are intervals of numbers; IPv6 needs bigint. The algebra only compares, so one code serves both. */
export type Point = number | bigint;

/** Half-open: `start` belongs to it, `end` does not. */
export type Interval<T extends Point> = readonly [start: T, end: T];

/** Sorted, disjoint, none empty, none touching the next. All functions here take and return intervals in this form. */
export type Intervals<T extends Point> = readonly Interval<T>[];

const byStart = <T extends Point>(a: Interval<T>, b: Interval<T>): number => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);

/** Brings any list of intervals into normal form: sorted, empty ones dropped, overlapping and touching ones joined. */
export function normalise<T extends Point>(parts: readonly Interval<T>[]): Intervals<T> {
  const merged: [T, T][] = [];
  for (const [start, end] of parts.filter((part) => part[0] < part[1]).toSorted(byStart)) {
    const last = merged.at(-1);
    if (!last || start > last[1]) merged.push([start, end]);
    else if (end > last[1]) last[1] = end;
  }
  return merged;
}

export function union<T extends Point>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  if (a.length === 0) return b;
  return b.length === 0 ? a : normalise([...a, ...b]);
}

export function intersect<T extends Point>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  const common: Interval<T>[] = [];
  for (let i = 0, j = 0; ;) {
    const left = a[i];
    const right = b[j];
    if (!left || !right) return common;
    const start = left[0] > right[0] ? left[0] : right[0];
    const end = left[1] < right[1] ? left[1] : right[1];
    if (start < end) common.push([start, end]);
    if (left[1] < right[1]) i += 1;
    else j += 1;
  }
}

/** What is in `a` and not in `b`. */
export function subtract<T extends Point>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  if (a.length === 0 || b.length === 0) return a;
  const rest: Interval<T>[] = [];
  let next = 0;
  for (const [start, end] of a) {
    let from = start;
    for (let hole = b[next]; hole && hole[0] < end; hole = b[next]) {
      if (hole[0] > from) rest.push([from, hole[0]]);
      if (hole[1] > from) from = hole[1];
      // A hole that reaches beyond this interval may cut the following one too.
      if (hole[1] > end) break;
      next += 1;
    }
    if (from < end) rest.push([from, end]);
  }
  return rest;
}

export const covers = <T extends Point>(a: Intervals<T>, b: Intervals<T>): boolean => subtract(b, a).length === 0;

export const overlaps = <T extends Point>(a: Intervals<T>, b: Intervals<T>): boolean => intersect(a, b).length > 0;

/** How many points lie in intervals of numbers, for example ports or IPv4 addresses. */
export const size = (intervals: Intervals<number>): number =>
  intervals.reduce((sum, [start, end]) => sum + (end - start), 0);

/** How many points lie in intervals of bigints, for example IPv6 addresses. */
export const bigSize = (intervals: Intervals<bigint>): bigint =>
  intervals.reduce((sum, [start, end]) => sum + (end - start), 0n);
