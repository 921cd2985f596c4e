import type { AddressSet } from '../aws/address-set.ts';
import { NOBODY } from '../aws/address-set.ts';
import { overlaps } from '../aws/intervals.ts';
import { slices, sourceOf } from '../aws/network-traffic.ts';
import { ALL_PROTOCOLS, portsIn } from '../aws/ports.ts';
import type { PortSet } from '../aws/ports.ts';
import { isUnknown, strings } from '../plan/value.ts';
import type { Unknown } from '../plan/value.ts';
import type { Resource, Side, World, Worlds } from '../world/world.ts';
import { DATA_STORE_TYPES } from './data-store-type.ts';
import type { DataStoreType } from './data-store-type.ts';
import { exampleFacts, withUnknowns } from './example.ts';
import { referencedGroups } from './group-reference.ts';
import { NETWORK_FACTS, portsFromExample, sourceFromExample } from './network-facts.ts';
import { subnetsOf } from './resident.ts';
import { ROUTING_TYPES, routing } from './route-table.ts';
import type { Routing } from './route-table.ts';
import type { Rule } from './security-group-rule.ts';
import type { GroupIndex } from './security-group-rules.ts';
import { RULE_TYPES, byWeight, groupIndex } from './security-group-rules.ts';
import { valueAt } from './security-group-user.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from './subject.ts';

const ATTRIBUTES = {
  name: 'address of the resource',
  type: 'its resource type',
  ports: 'the ports it listens on',
  source: 'everybody whom its security groups, taken together, let through to one of these ports',
  groups: 'its security groups',
  isPubliclyAccessible: 'true when it gets a public address',
  isInPublicSubnet: 'true when one of its subnets is known to have a route to an internet gateway',
} as const;

const CHECKED = {
  attributes: ATTRIBUTES,
  attributeTypes: {
    name: 'string',
    type: 'string',
    ports: 'PortSet',
    source: 'AddressSet',
    groups: 'list',
    isInPublicSubnet: 'bool',
  },
  facts: NETWORK_FACTS,
  types: [...Object.keys(DATA_STORE_TYPES), ...RULE_TYPES, ...ROUTING_TYPES],
  fromExample,
} as const;

/** A database, cache, search domain, queue or cluster, with who can reach it. */
export const dataStore: SubjectKind = {
  ...CHECKED,
  name: 'data-store',
  description: 'A database, cache, search domain, broker, cluster or file system with its groups, ports and subnets.',
  build: (worlds, options) => {
    const { before, after } = build(worlds, options);
    return { before: before.map(byItself), after: after.map(byItself) };
  },
};

/**
 * The same seen from its security group: what one group opens is one finding, however many data stores use it, and the
 * finding about the rule itself is told with it (both share the merge key of `network-rule`).
 */
export const dataStoreInGroup: SubjectKind = {
  ...CHECKED,
  name: 'data-store-in-group',
  description: 'A data store together with the security group that decides who reaches it.',
  build: (worlds, options) => {
    const { before, after } = build(worlds, options);
    return { before: before.map(mergedByGroup), after: after.map(mergedByGroup) };
  },
};

/** A data store with the rules that let somebody through to it. */
interface Store {
  readonly subject: Subject;
  readonly about: DataStoreType;
  readonly through: readonly GroupRule[];
}

/** Told at the argument that makes it public. */
function byItself({ subject, about }: Store): Subject {
  const path = about.isPublicBy ?? [];
  return {
    ...subject,
    attribute: path.join('.') || undefined,
    causes: [path, []].map((one) => ({ address: subject.address, path: one })),
  };
}

/** Told at what the plan changes: the rule that lets in, or the group it is put in. */
function mergedByGroup({ subject, about, through }: Store): Subject {
  const [opener] = through;
  const own = [about.groups[0] ?? [], []].map((path) => ({ address: subject.address, path }));
  const rules = through.map(({ cause }) => cause);
  const isWorld = opener !== undefined && sourceOf(through).reach === 'world';
  return {
    ...subject,
    attribute: about.groups[0]?.join('.') ?? about.cluster?.attribute,
    causes: opener?.touched ? [...rules, ...own] : [...own, ...rules],
    ...(isWorld ? { merge: `${opener.group}|ingress|world` } : {}),
  };
}

interface Surroundings {
  readonly world: World;
  readonly side: Side;
  readonly groups: GroupIndex;
  readonly routing: Routing;
}

function build(worlds: Worlds, options: BuildOptions): { before: Store[]; after: Store[] } {
  const types = Object.keys(DATA_STORE_TYPES);
  if (worlds.before.resources(...types).length + worlds.after.resources(...types).length === 0)
    return { before: [], after: [] };
  const groups = groupIndex(worlds);
  const around = (side: Side): Surroundings => ({
    world: worlds[side],
    side,
    groups,
    routing: routing(worlds[side], worlds.before),
  });
  const [before, after] = [storesIn(around('before')), storesIn(around('after'))];
  const touched = new Set(
    [...before, ...after].filter(({ subject }) => subject.touched).map(({ subject }) => subject.id),
  );
  const isWanted = ({ subject }: Store): boolean => options.audit || touched.has(subject.id);
  return { before: before.filter(isWanted), after: after.filter(isWanted) };
}

const storesIn = (around: Surroundings): Store[] =>
  Object.entries(DATA_STORE_TYPES).flatMap(([type, about]) =>
    around.world.resources(type).map((resource) => storeOf(resource, about, around)),
  );

const ingressOf = ({ groups, side }: Surroundings, id: string): GroupRule[] =>
  (groups.pair(id)[side]?.rules ?? [])
    .filter(({ direction }) => direction === 'ingress')
    .map((rule) => ({ ...rule, group: id }));

function storeOf(resource: Resource, about: DataStoreType, around: Surroundings): Store {
  const { world } = around;
  const cluster =
    about.cluster && world.target(resource, about.cluster.attribute, about.cluster.types, ['cluster_identifier', 'id']);
  const groups = [
    ...groupsOf(world, resource, about),
    ...(cluster ? groupsOf(world, cluster, DATA_STORE_TYPES[cluster.type]) : []),
  ];
  const ports = listensOn(resource, cluster, about);
  const { source, through } = widest(
    groups.flatMap(({ id }) => ingressOf(around, id)),
    ports,
  );
  const subnets = subnetsOf(world, resource).concat(cluster ? subnetsOf(world, cluster) : []);
  const routes = subnets.map((id) => around.routing.ofSubnet(id));
  const subject: Subject = {
    id: resource.identity,
    object: {
      name: resource.address,
      type: resource.type,
      ports,
      source,
      groups: groups.map(({ label }) => label),
      isPubliclyAccessible: isPublic(resource, about),
      isInPublicSubnet: routes.some((subnet) => subnet?.table?.isPublic === true),
    },
    address: resource.address,
    previousAddress: resource.previousAddress,
    resourceType: resource.type,
    causes: [],
    touched:
      resource.touched ||
      (cluster?.touched ?? false) ||
      groups.some(({ id }) => around.groups.pair(id).touched) ||
      routes.some((subnet) => subnet?.table?.touched),
    fate: resource.fate,
  };
  return { subject, about, through: through.toSorted(byWeight) };
}

const groupsOf = (
  world: World,
  resource: Resource,
  about: DataStoreType | undefined,
): { id: string; label: string }[] =>
  (about?.groups ?? []).flatMap((path) => referencedGroups(world, valueAt(resource, path)));

/** Its own port when it is set, else what its engine listens on. */
function listensOn(resource: Resource, cluster: Resource | undefined, about: DataStoreType): PortSet {
  const port = [resource, cluster].map((one) => one?.get('port')).find((value) => typeof value === 'number');
  if (typeof port === 'number' && port > 0) return portsIn([`tcp/${port}`]);
  if (typeof about.ports !== 'function') return portsIn(about.ports);
  const engine = [resource, cluster].map((one) => one?.get('engine')).find((value) => typeof value === 'string');
  return portsIn(about.ports(typeof engine === 'string' ? engine : ''));
}

type GroupRule = Rule & { readonly group: string };

/** Who reaches the store on that of its ports which is open widest, and the rules that let them through. */
function widest(rules: readonly GroupRule[], ports: PortSet): { source: AddressSet; through: readonly GroupRule[] } {
  const open = slices<GroupRule>([], rules)
    .filter(
      ({ protocol, ports: [start, end] }) => protocol === ALL_PROTOCOLS || overlaps([[start, end]], ports.of(protocol)),
    )
    .map(({ after }) => ({ source: sourceOf(after), through: after }))
    .toSorted((a, b) => width(a.source) - width(b.source));
  return open[0] ?? { source: NOBODY, through: [] };
}

const WIDTHS = { world: 0, broad: 2, public: 3, private: 4 } as const;

const width = (source: AddressSet): number => (isUnknown(source.isWorld()) ? 1 : WIDTHS[source.reach]);

/** Brokers say it by a word, all others by true or false. An argument nobody set has its effective default. */
function isPublic(resource: Resource, { isPublicBy }: DataStoreType): boolean | Unknown {
  if (!isPublicBy) return false;
  const value = valueAt(resource, isPublicBy);
  if (isUnknown(value)) return resource.isConfigured(isPublicBy[0] ?? '') ? value : false;
  return value === true || strings(value).includes('SERVICE_PROVIDED_EIPS');
}

const DEFAULTS: Facts = {
  name: 'aws_db_instance.example',
  type: 'aws_db_instance',
  groups: ['security group aws_security_group.example'],
  isPubliclyAccessible: false,
  isInPublicSubnet: false,
};

function fromExample(example: Parameters<SubjectKind['fromExample']>[0]): Facts {
  const { ports = 5432, source = null } = example;
  return {
    ...exampleFacts(DEFAULTS, example),
    ports: portsFromExample('tcp', ports),
    source: sourceFromExample(withUnknowns(source)),
  };
}
