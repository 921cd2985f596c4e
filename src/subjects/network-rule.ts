import type { AddressSet } from '../aws/address-set.ts';
import { slices, sourceOf } from '../aws/network-traffic.ts';
import type { Slice } from '../aws/network-traffic.ts';
import { ALL_PROTOCOLS, WHOLE_AXIS, portsOf } from '../aws/ports.ts';
import type { PortSet } from '../aws/ports.ts';
import type { Evidence } from '../finding/finding.ts';
import type { Side, Worlds } from '../world/world.ts';
import { exampleFacts, withUnknowns } from './example.ts';
import { NETWORK_FACTS, portsFromExample, sourceFromExample } from './network-facts.ts';
import type { Direction, Rule } from './security-group-rule.ts';
import { DIRECTIONS, RULE_TYPES, byWeight, securityGroups } from './security-group-rules.ts';
import type { Group, GroupPair } from './security-group-rules.ts';
import { usersByGroup } from './security-group-user.ts';
import type { UserKind } from './security-group-user.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from './subject.ts';

/** One slice of the port axis of a group, with what both sides of the plan share of it. */
interface Cut extends Slice<Rule> {
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
interface Exposure extends Open {
  readonly ports: PortSet;
}

type Users = ReadonlyMap<string, ReadonlySet<UserKind>>;

/**
 * What a security group lets through, cut so that both sides of the plan can be compared: one subject is a run of ports
 * on which no rule of either side begins or ends, with all its senders, in whatever resources they are written.
 */
export const networkRule: SubjectKind = {
  name: 'network-rule',
  description: 'A run of ports of a security group with everybody whom its rules, taken together, let through.',
  attributes: {
    direction: '`ingress` or `egress`',
    protocol: '`tcp`, `udp`, `icmp`, … or `-1` for all',
    slice: 'the run of ports that this is about; no rule of either side of the plan begins or ends inside',
    ports: 'the whole run of ports around the slice that is open to the world, or to a broad range, in the same way',
    source: 'everybody who may use the slice, over all rules of the group (for egress: everybody who can be reached)',
    group: 'address or id of the security group',
    isDefault: "true for the VPC's default group",
    users: 'what uses the group in the plan: `instance`, `task`, `function`, `database`, `load balancer`',
  },
  attributeTypes: {
    direction: 'string',
    protocol: 'string',
    slice: 'PortSet',
    ports: 'PortSet',
    source: 'AddressSet',
    group: 'string',
    isDefault: 'bool',
    users: 'list',
  },
  facts: NETWORK_FACTS,
  types: RULE_TYPES,
  build,
  fromExample,
};

function build(worlds: Worlds, options: BuildOptions): { before: Subject[]; after: Subject[] } {
  const users = { before: usersByGroup(worlds.before), after: usersByGroup(worlds.after) };
  const built: { before: Subject[]; after: Subject[] } = { before: [], after: [] };
  for (const group of securityGroups(worlds, options.audit)) {
    for (const direction of DIRECTIONS) addSubjects(built, group, direction, users);
  }
  return built;
}

function addSubjects(
  built: { before: Subject[]; after: Subject[] },
  group: GroupPair,
  direction: Direction,
  users: { before: Users; after: Users },
): void {
  const cuts = slices(rulesOf(group.before, direction), rulesOf(group.after, direction)).map((slice) =>
    cutOf(group.id, direction, slice),
  );
  if (cuts.length === 0) return;
  const before = exposures(cuts, 'before');
  const after = exposures(cuts, 'after');
  const evidence = direction === 'ingress' ? reachable(before, after) : undefined;
  for (const one of before)
    if (group.before) built.before.push(subjectOf(group.before, direction, one, users.before, evidence));
  for (const one of after)
    if (group.after) built.after.push(subjectOf(group.after, direction, one, users.after, evidence));
}

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
function exposures(cuts: readonly Cut[], side: Side): Exposure[] {
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

const isWide = ({ reach }: AddressSet): boolean => reach === 'world' || reach === 'broad';

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

function subjectOf(
  group: Group,
  direction: Direction,
  exposure: Exposure,
  users: Users,
  evidence: readonly Evidence[] | undefined,
): Subject {
  const { cut, source } = exposure;
  const rules = exposure.rules.length === 1 ? exposure.rules : exposure.rules.toSorted(byWeight);
  const [main] = rules;
  return {
    id: cut.id,
    object: factsOf(group, direction, exposure, users),
    address: main?.resource.address ?? group.id,
    previousAddress: main?.resource.previousAddress,
    resourceType: main?.resource.type ?? '',
    attribute: main && attributeOf(main),
    causes: rules.map(causeOf),
    touched: cut.touched,
    merge: `${group.id}|${direction}|${source.isWorld() === false && source.reach !== 'broad' ? cut.protocol : source.reach}`,
    evidence: isWide(source) ? evidence : undefined,
  };
}

const causeOf = ({ cause }: Rule): Rule['cause'] => cause;

/** Where the source of a rule is written, without positions: `ingress.cidr_blocks`. */
function attributeOf({ cause: { path } }: Rule): string {
  return path.length === 1 ? String(path[0]) : path.filter((step) => typeof step === 'string').join('.');
}

const NO_USERS: readonly UserKind[] = [];

function factsOf(group: Group, direction: Direction, { cut, source, ports }: Exposure, users: Users): Facts {
  return {
    direction,
    protocol: cut.protocol,
    slice: cut.own,
    ports,
    source,
    group: group.resource?.address ?? group.id,
    isDefault: group.isDefault,
    users: users.has(group.id) ? [...(users.get(group.id) ?? [])] : NO_USERS,
  };
}

/** Everything of a group that the internet reaches, so that one finding shows the others it stands for. */
function reachable(before: readonly Exposure[], after: readonly Exposure[]): Evidence[] | undefined {
  const [old, now] = [openToWorld(before), openToWorld(after)];
  return old === null && now === null ? undefined : [{ label: 'open to the internet', before: old, after: now }];
}

/** How many runs of ports a row of proof lists. */
const SHOWN_RUNS = 12;

function openToWorld(exposed: readonly Exposure[]): string | null {
  const runs = [
    ...new Set(exposed.filter(({ source }) => source.reach === 'world').map(({ ports }) => ports.toString())),
  ];
  if (runs.length === 0) return null;
  return (
    runs.slice(0, SHOWN_RUNS).join(', ') + (runs.length > SHOWN_RUNS ? ` and ${runs.length - SHOWN_RUNS} more` : '')
  );
}

const DEFAULTS: Facts = {
  direction: 'ingress',
  protocol: 'tcp',
  group: 'aws_security_group.example',
  isDefault: false,
  users: [],
};

function fromExample(example: Parameters<SubjectKind['fromExample']>[0]): Facts {
  const { protocol = 'tcp', ports = null, slice = ports, source = null } = example;
  return {
    ...exampleFacts(DEFAULTS, example),
    slice: portsFromExample(String(protocol), slice),
    ports: portsFromExample(String(protocol), ports),
    source: sourceFromExample(withUnknowns(source)),
  };
}
