import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, intersect, normalise, overlaps, size, subtract, union } from '../../src/aws/intervals.ts';
import type { Interval, Intervals } from '../../src/aws/intervals.ts';

const END = 40;
const interval = fc.tuple(fc.nat(END), fc.nat(END)).map(([a, b]): Interval<number> => [Math.min(a, b), Math.max(a, b)]);
const anyIntervals = fc.array(interval, { maxLength: 8 });

const points = (intervals: Intervals<number>): number[] =>
  Array.from({ length: END + 1 }, (_, point) => point).filter((point) =>
    intervals.some(([start, end]) => start <= point && point < end),
  );

const isNormal = (intervals: Intervals<number>): boolean =>
  intervals.every(([start, end], index) => start < end && start > (intervals[index - 1]?.[1] ?? -1));

describe('interval algebra agrees with sets of points', () => {
  it('normalises without gaining or losing a point', () => {
    fc.assert(
      fc.property(anyIntervals, (parts) => {
        expect(points(normalise(parts))).toEqual(points(parts));
        expect(isNormal(normalise(parts))).toBe(true);
      }),
    );
  });

  it('unites, intersects and subtracts', () => {
    fc.assert(
      fc.property(anyIntervals, anyIntervals, (left, right) => {
        const [a, b] = [normalise(left), normalise(right)];
        const inB = new Set(points(b));
        expect(points(union(a, b))).toEqual([...new Set([...points(a), ...inB])].toSorted((x, y) => x - y));
        expect(points(intersect(a, b))).toEqual(points(a).filter((point) => inB.has(point)));
        expect(points(subtract(a, b))).toEqual(points(a).filter((point) => !inB.has(point)));
        expect([union(a, b), intersect(a, b), subtract(a, b)].every(isNormal)).toBe(true);
      }),
    );
  });

  it('covers, overlaps and counts', () => {
    fc.assert(
      fc.property(anyIntervals, anyIntervals, (left, right) => {
        const [a, b] = [normalise(left), normalise(right)];
        const inA = new Set(points(a));
        expect(covers(a, b)).toBe(points(b).every((point) => inA.has(point)));
        expect(overlaps(a, b)).toBe(points(b).some((point) => inA.has(point)));
        expect(size(a)).toBe(inA.size);
      }),
    );
  });
});
