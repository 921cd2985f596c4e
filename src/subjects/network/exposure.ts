import type { AddressSet } from '../../aws/address-set.ts';
import { slices, sourceOf } from '../../aws/network-traffic.ts';
import type { Slice } from '../../aws/network-traffic.ts';
import { ALL_PROTOCOLS, WHOLE_AXIS, portsOf } from '../../aws/ports.ts';
import type { PortSet } from '../../aws/ports.ts';
import type { Side } from '../../world/world.ts';
import type { Direction, Rule } from './security-group-rule.ts';
import type { Group, GroupPair } from './security-group-rules.ts';

/** One slice of the port axis of a group, with what both sides of the plan share of it. */
export interface Cut extends Slice<Rule> {
  readonly id: string;
  readonly own: PortSet;
  readonly touched: boolean;
}

/** A slice as one side sees it. */
interface Open {
  readonly cut: Cut;
  readonly rules: readonly Rule[];
  readonly source: AddressSet;
}

/** With the whole run of ports that is open in the same way and contains the slice. */
export interface Exposure extends Open {
  readonly ports: PortSet;
}

/** Cuts the rules of a group along both sides of the plan. */
export const cutsOf = (group: GroupPair, direction: Direction): Cut[] =>
  slices(rulesOf(group.before, direction), rulesOf(group.after, direction)).map((slice) =>
    cutOf(group.id, direction, slice),
  );

const cutOf = (group: string, direction: Direction, { protocol, ports, before, after }: Slice<Rule>): Cut => ({
  protocol,
  ports,
  before,
  after,
  id: `${group}|${direction}|${protocol}|${ports[0]}-${ports[1] - 1}`,
  own: portsOf(protocol, ports),
  touched: before.some(isTouched) || after.some(isTouched),
});

const isTouched = ({ touched }: Rule): boolean => touched;

const rulesOf = (group: Group | undefined, direction: Direction): readonly Rule[] =>
  group?.rules.filter((rule) => rule.direction === direction) ?? [];

/** The slices that are open at all on one side, each with the run of ports it belongs to. */
export function exposures(cuts: readonly Cut[], side: Side): Exposure[] {
  const open: Open[] = [];
  for (const cut of cuts) if (cut[side].length > 0) open.push({ cut, rules: cut[side], source: sourceOf(cut[side]) });
  const everywhere = open.find(({ cut }) => cut.protocol === ALL_PROTOCOLS)?.source;
  const found: Exposure[] = [];
  for (let from = 0; from < open.length;) {
    const to = endOfRun(open, from);
    const run = open.slice(from, to);
    const ports = portsOfRun(run, everywhere);
    for (const { cut, rules, source } of run) found.push({ cut, rules, source, ports });
    from = to;
  }
  return found;
}

/** True when the internet, or a broad part of it, is in it. */
export const isWide = ({ reach }: AddressSet): boolean => reach === 'world' || reach === 'broad';

/** Neighbouring slices make one run when the internet reaches them in the same degree; others stand for themselves. */
function endOfRun(open: readonly Open[], from: number): number {
  const first = open[from];
  let to = from + 1;
  if (!first || !isWide(first.source)) return to;
  for (let last = first, next = open[to]; next && continues(last, next); last = next, next = open[to]) to += 1;
  return to;
}

const continues = (last: Open, next: Open): boolean =>
  last.cut.protocol === next.cut.protocol &&
  last.cut.ports[1] === next.cut.ports[0] &&
  last.source.reach === next.source.reach;

const EVERYTHING = portsOf(ALL_PROTOCOLS, WHOLE_AXIS);

function portsOfRun(run: readonly Open[], everywhere: AddressSet | undefined): PortSet {
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last || (everywhere && isWide(everywhere) && everywhere.reach === first.source.reach))
    return EVERYTHING;
  return first === last ? first.cut.own : portsOf(first.cut.protocol, [first.cut.ports[0], last.cut.ports[1]]);
}
