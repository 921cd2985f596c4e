import type { Cause } from '../../finding/finding.ts';
import { Unknown } from '../../plan/value.ts';
import type { World, Worlds } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import { residents } from './resident.ts';
import { ROUTING_TYPES, routing } from './route-table.ts';
import type { Routing, SubnetRouting, Table } from './route-table.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';

/** A subnet with the route table that holds for it, or a table whose subnets are not to be seen. */
export const subnet: SubjectKind = {
  name: 'subnet',
  description: 'A subnet with its effective route table; or a route table alone when its subnets cannot be seen.',
  attributes: {
    name: 'address or id of the subnet (of the route table when no subnet of it can be seen)',
    isSubnet: 'false when only the route table can be seen',
    isPublic: 'true when its table routes the internet, or a public /8, to an internet gateway',
    table: 'address or id of the effective route table',
    route: 'the route that makes it public, `0.0.0.0/0 -> aws_internet_gateway.main`',
    residents: 'databases, caches, clusters and instances of the plan that stand in it',
  },
  attributeTypes: { name: 'string', isSubnet: 'bool', isPublic: 'bool', residents: 'list' },
  types: ROUTING_TYPES,
  build,
  fromExample: (example) => exampleFacts(DEFAULTS, example),
};

const DEFAULTS: Facts = {
  name: 'aws_subnet.example',
  isSubnet: true,
  isPublic: false,
  table: 'aws_route_table.example',
  route: null,
  residents: [],
};

function build(worlds: Worlds, options: BuildOptions): { before: Subject[]; after: Subject[] } {
  const before = routing(worlds.before, worlds.before);
  const after = routing(worlds.after, worlds.before);
  const isWanted = ({ id }: SubnetRouting): boolean =>
    options.audit || isTouched(before.ofSubnet(id)) || isTouched(after.ofSubnet(id));
  const subnets = (world: World, side: Routing, others: Routing): Subject[] => {
    const wanted = side.subnets.filter(isWanted);
    const inside = wanted.length === 0 ? NOBODY : residents(world);
    return wanted.map((one) => subjectOf(one, others.ofSubnet(one.id), side === after, inside));
  };
  return {
    before: [...subnets(worlds.before, before, after), ...lonelyTables(before, [before, after])],
    after: [...subnets(worlds.after, after, before), ...lonelyTables(after, [before, after])],
  };
}

const NOBODY: ReadonlyMap<string, readonly string[]> = new Map();

const isTouched = (subnet: SubnetRouting | undefined): boolean =>
  subnet !== undefined && [subnet.resource, subnet.association, subnet.table].some((part) => part?.touched);

function subjectOf(
  one: SubnetRouting,
  other: SubnetRouting | undefined,
  isAfter: boolean,
  inside: ReadonlyMap<string, readonly string[]>,
): Subject {
  const { id, resource, table } = one;
  return {
    id,
    object: {
      name: resource?.address ?? id,
      isSubnet: true,
      isPublic: table ? table.isPublic : unseen(isAfter && other?.table !== undefined),
      table: table?.label ?? null,
      route: table?.route ?? null,
      residents: inside.get(id) ?? [],
    },
    address: resource?.address ?? one.association?.address ?? id,
    previousAddress: resource?.previousAddress,
    resourceType: resource?.type ?? 'aws_subnet',
    causes: causesOf(one),
    touched: isTouched(one),
    fate: resource?.fate,
  };
}

/** A main table nobody manages has no route to the internet, unless a subnet falls back to it: then it matters. */
const unseen = (matters: boolean): boolean | Unknown =>
  matters ? new Unknown('the main route table of the VPC is not in the plan') : false;

function causesOf({ resource, association, table }: SubnetRouting): Cause[] {
  const attached = association ? [{ address: association.address, path: ['route_table_id'] }] : [];
  const routes = table?.causes ?? [];
  const own = resource ? [{ address: resource.address, path: [] }] : [];
  return association?.touched ? [...attached, ...routes, ...own] : [...routes, ...attached, ...own];
}

/** Tables that stand for subnets nobody can see. */
function lonelyTables(side: Routing, sides: readonly Routing[]): Subject[] {
  const used = new Set(sides.flatMap(({ subnets }) => subnets.map(({ table }) => table?.id)));
  return [...side.tables.values()].filter(({ id, resource }) => !used.has(id) && resource).map(tableSubject);
}

function tableSubject({ id, label, isPublic, route, resource, causes, touched }: Table): Subject {
  return {
    id: `table ${id}`,
    object: { name: label, isSubnet: false, isPublic, table: label, route, residents: [] },
    address: label,
    previousAddress: resource?.previousAddress,
    resourceType: resource?.type ?? 'aws_route_table',
    causes,
    touched,
    fate: resource?.fate,
  };
}
