import { sourceOf } from '../../aws/network-traffic.ts';
import type { Resource, Side, World, Worlds } from '../../world/world.ts';
import { DATA_STORE_TYPES } from './data-store-type.ts';
import type { GroupRule } from './data-store-reach.ts';
import { isPublic, listensOn, widest } from './data-store-reach.ts';
import type { DataStoreType } from './data-store-type.ts';
import { exampleFacts, withUnknowns } from '../example.ts';
import { referencedGroups } from './group-reference.ts';
import type { GroupReference } from './group-reference.ts';
import { NETWORK_FACTS, portsFromExample, sourceFromExample } from './network-facts.ts';
import { subnetsOf } from './resident.ts';
import { ROUTE_TYPES, ROUTING_TYPES, routing } from './route-table.ts';
import type { Routing, SubnetRouting } from './route-table.ts';
import { groupIndex } from './security-group-index.ts';
import type { GroupIndex } from './security-group-index.ts';
import { hidden } from './security-group-rule.ts';
import { RULE_TYPES, byWeight } from './security-group-rules.ts';
import { valueAt } from './nested-value.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';

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
export interface Store {
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
  /** Resolved when it is first needed. */
  readonly routing: () => Routing;
}

/** A data store with what decides who reaches it, before any rule is read. */
interface Placed {
  readonly resource: Resource;
  readonly about: DataStoreType;
  readonly cluster: Resource | undefined;
  readonly groups: readonly GroupReference[];
  readonly around: Surroundings;
}

/** Everything of the given types in both worlds, with who reaches it. Hosts are looked at in the same way (host.ts). */
export function build(
  worlds: Worlds,
  options: BuildOptions,
  types: Readonly<Record<string, DataStoreType>> = DATA_STORE_TYPES,
): { before: Store[]; after: Store[] } {
  const around = (side: Side): Surroundings => ({
    world: worlds[side],
    side,
    groups: groupIndex(worlds),
    routing: () => routing(worlds[side], worlds.before),
  });
  const [before, after] = [placedIn(around('before'), types), placedIn(around('after'), types)];
  const routesChange = worlds.after
    .resources(...ROUTE_TYPES)
    .concat(worlds.before.resources(...ROUTE_TYPES))
    .some(({ touched }) => touched);
  const touched = new Set(
    [...before, ...after].filter((one) => isTouched(one, routesChange)).map(({ resource }) => resource.identity),
  );
  const isWanted = ({ resource }: Placed): boolean => options.audit || touched.has(resource.identity);
  const storesOf = (all: readonly Placed[]): Store[] =>
    all.filter(isWanted).map((one) => storeOf(one, touched.has(one.resource.identity)));
  return { before: storesOf(before), after: storesOf(after) };
}

const placedIn = (around: Surroundings, types: Readonly<Record<string, DataStoreType>>): Placed[] =>
  Object.entries(types).flatMap(([type, about]) =>
    around.world.resources(type).map((resource) => placed(resource, about, around)),
  );

function placed(resource: Resource, about: DataStoreType, around: Surroundings): Placed {
  const { world } = around;
  const named =
    about.cluster && world.target(resource, about.cluster.attribute, about.cluster.types, ['cluster_identifier', 'id']);
  const groups = [
    ...groupsOf(world, resource, about),
    ...(named ? groupsOf(world, named, DATA_STORE_TYPES[named.type]) : []),
  ];
  return { resource, about, cluster: named, groups, around };
}

const isTouched = (one: Placed, routesChange: boolean): boolean =>
  one.resource.touched ||
  (one.cluster?.touched ?? false) ||
  one.groups.some(({ id }) => one.around.groups.mayChange(id)) ||
  (routesChange && subnetRoutings(one).some((subnet) => subnet.table?.touched || subnet.association?.touched));

function subnetRoutings({ resource, cluster, around }: Placed): SubnetRouting[] {
  const ids = subnetsOf(around.world, resource).concat(cluster ? subnetsOf(around.world, cluster) : []);
  return ids.map((id) => around.routing().ofSubnet(id)).filter((subnet) => subnet !== undefined);
}

const ingressOf = ({ groups, side }: Surroundings, id: string): GroupRule[] =>
  (groups.pair(id)[side]?.rules ?? [])
    .filter(({ direction }) => direction === 'ingress')
    .map((rule) => ({ ...rule, group: id }));

function storeOf(one: Placed, touched: boolean): Store {
  const { resource, about, cluster, groups, around } = one;
  const ports = listensOn(resource, cluster, about);
  const { source, through } = widest(
    groups.flatMap(({ id }) => ingressOf(around, id)),
    ports,
  );
  const subject: Subject = {
    id: resource.identity,
    object: {
      name: resource.address,
      type: resource.type,
      ports,
      source,
      groups: groups.map(({ label }) => label),
      isPubliclyAccessible: isPublic(resource, about),
      isInPublicSubnet: subnetRoutings(one).some(({ table }) => table?.isPublic === true),
    },
    address: resource.address,
    previousAddress: resource.previousAddress,
    resourceType: resource.type,
    causes: [],
    touched,
    fate: resource.fate,
    way: wayTo(one, through),
    sensitive: hidden(through, { source: 'source', ports: 'ports' }),
  };
  return { subject, about, through: through.toSorted(byWeight) };
}

/** From the source through the group that lets it in; what hangs on a sensitive rule is not told. */
function wayTo({ resource, groups }: Placed, through: readonly GroupRule[]): string[] | undefined {
  const [opener] = through;
  const label = groups.find(({ id }) => id === opener?.group)?.label;
  if (opener === undefined || label === undefined || through.some(({ isSensitive }) => isSensitive)) return undefined;
  const source = sourceOf(through);
  return [source.reach === 'world' ? 'the internet' : String(source), label, resource.address];
}

const groupsOf = (
  world: World,
  resource: Resource,
  about: DataStoreType | undefined,
): { id: string; label: string }[] =>
  (about?.groups ?? []).flatMap((path) => referencedGroups(world, valueAt(resource, path)));

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
