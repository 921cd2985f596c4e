import type { Evidence } from '../../finding/finding.ts';
import type { Worlds } from '../../world/world.ts';
import { exampleFacts, withUnknowns } from '../example.ts';
import { cutsOf, exposures, isWide } from './exposure.ts';
import type { Cut, Exposure } from './exposure.ts';
import { NETWORK_FACTS, portsFromExample, sourceFromExample } from './network-facts.ts';
import { securityGroups } from './security-group-index.ts';
import { hidden } from './security-group-rule.ts';
import type { Direction, Rule } from './security-group-rule.ts';
import { DIRECTIONS, RULE_TYPES, byWeight } from './security-group-rules.ts';
import type { Group, GroupPair } from './security-group-rules.ts';
import { usersByGroup } from './security-group-user.ts';
import type { UserKind } from './security-group-user.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';

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
  const groups = securityGroups(worlds, options.audit);
  const users = { before: usersByGroup(worlds.before, groups), after: usersByGroup(worlds.after, groups) };
  const built: { before: Subject[]; after: Subject[] } = { before: [], after: [] };
  for (const group of groups) {
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
  const cuts = cutsOf(group, direction);
  if (cuts.length === 0) return;
  const before = exposures(cuts, 'before');
  const after = exposures(cuts, 'after');
  const evidence = direction === 'ingress' && !cuts.some(hasHiddenPorts) ? reachable(before, after) : undefined;
  for (const one of before)
    if (group.before) built.before.push(subjectOf(group.before, direction, one, users.before, evidence));
  for (const one of after)
    if (group.after) built.after.push(subjectOf(group.after, direction, one, users.after, evidence));
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
    sensitive: hiddenIn(rules),
  };
}

/** The slice tells the same ports. */
function hiddenIn(rules: readonly Rule[]): Subject['sensitive'] {
  const hides = hidden(rules, { source: 'source', ports: 'ports' });
  return hides && (([name]) => hides([name === 'slice' ? 'ports' : (name ?? '')]));
}

const causeOf = ({ cause }: Rule): Rule['cause'] => cause;

/** Where the source of a rule is written, without positions: `ingress.cidr_blocks`. */
function attributeOf({ cause: { path } }: Rule): string {
  return path.length === 1 ? String(path[0]) : path.filter((step) => typeof step === 'string').join('.');
}

const hasHiddenPorts = ({ before, after }: Cut): boolean => hiddenIn([...before, ...after])?.(['ports']) ?? false;

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
    slice: portsFromExample(protocol, slice),
    ports: portsFromExample(protocol, ports),
    source: sourceFromExample(withUnknowns(source)),
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
