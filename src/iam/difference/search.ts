import { Budget, TooMuchWork } from './budget.ts';

/**
 * The difference of two unions of boxes. A request is a point with one coordinate for its action, resource, requester and
 * every context key; a statement is the box of the requests that it speaks about. Every axis is cut into finitely many
 * atoms on which all statements are constant, so a side of a box is a set of atoms, a bit each.
 */
export type Box = readonly bigint[];

/** More steps than this for one statement are given up. */
const STEP_LIMIT = 20_000;

/** What decides about the points of a box on both sides. */
export interface Deciders {
  /** What the new side denies. */
  readonly newDenies: readonly Box[];
  /** What each layer of the old side allows: a point is allowed when every layer has a box around it. */
  readonly oldLayers: readonly (readonly Box[])[];
  readonly oldDenies: readonly Box[];
}

export const isEmpty = (box: Box): boolean => box.includes(0n);

export const intersection = (a: Box, b: Box): Box => a.map((side, axis) => side & (b[axis] ?? 0n));

const meets = (a: Box, b: Box): boolean => a.every((side, axis) => (side & (b[axis] ?? 0n)) !== 0n);

const covers = (outer: Box, inner: Box): boolean => inner.every((side, axis) => (side & ~(outer[axis] ?? 0n)) === 0n);

/**
 * The parts of a box, all of which the new side allows but for `newDenies`, that the old side does not allow. They are
 * disjoint.
 * @throws TooMuchWork
 */
export function uncovered(box: Box, deciders: Deciders, budget = new Budget()): readonly Box[] {
  const found: Box[] = [];
  const open: (readonly [Box, Deciders])[] = [[box, deciders]];
  for (let steps = 0; ; steps++) {
    const next = open.pop();
    if (next === undefined) return found;
    if (steps > STEP_LIMIT) throw new TooMuchWork('the statements overlap in too many ways');
    const [region, near] = [next[0], nearTo(next[0], next[1])];
    budget.spend(
      (next[1].newDenies.length + next[1].oldDenies.length + next[1].oldLayers.flat().length) * region.length,
    );
    const verdict = judge(region, near);
    if (verdict === 'gained') found.push(region);
    else if (verdict !== 'covered') for (const part of split(region, verdict)) open.push([part, near]);
  }
}

function nearTo(region: Box, { newDenies, oldLayers, oldDenies }: Deciders): Deciders {
  const near = (boxes: readonly Box[]): readonly Box[] => boxes.filter((box) => meets(box, region));
  return { newDenies: near(newDenies), oldLayers: oldLayers.map(near), oldDenies: near(oldDenies) };
}

/** Whether the whole region is gained or not; else the box along which it must be cut to know. */
function judge(region: Box, { newDenies, oldLayers, oldDenies }: Deciders): 'gained' | 'covered' | Box {
  const isCovered = (boxes: readonly Box[]): boolean => boxes.some((box) => covers(box, region));
  if (isCovered(newDenies)) return 'covered';
  const wasDenied = isCovered(oldDenies);
  if (!wasDenied && oldDenies.length === 0 && oldLayers.every(isCovered)) return 'covered';
  const wasRefused = wasDenied || oldLayers.some((boxes) => boxes.length === 0);
  if (wasRefused && newDenies.length === 0) return 'gained';
  const undecided = wasRefused
    ? newDenies
    : [...newDenies, ...oldDenies, ...oldLayers.filter((boxes) => !isCovered(boxes)).flat()];
  return nearest(region, undecided);
}

/** The box that comes nearest to covering the region: cutting along it leaves the fewest pieces. */
function nearest(region: Box, boxes: readonly Box[]): Box {
  let best = boxes[0] ?? region;
  let fewest = Number.POSITIVE_INFINITY;
  for (const box of boxes) {
    const open = region.filter((side, axis) => (side & ~(box[axis] ?? 0n)) !== 0n).length;
    if (open >= fewest) continue;
    best = box;
    fewest = open;
  }
  return best;
}

/** Cuts a region along the first axis on which the box does not cover it: what lies within, and what does not. */
function split(region: Box, box: Box): readonly Box[] {
  const axis = region.findIndex((side, index) => (side & ~(box[index] ?? 0n)) !== 0n);
  const side = region[axis] ?? 0n;
  const within = side & (box[axis] ?? 0n);
  return [side & ~within, within].filter((part) => part !== 0n).map((part) => region.with(axis, part));
}
