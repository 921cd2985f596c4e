import { groupBy } from '../../aws/group-by.ts';
import type { Cause } from '../../finding/finding.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';
import { copiesOf, describeRoute, inlineRoutes, isPublicRoute, separateRoute } from './route.ts';
import type { Route } from './route.ts';

const TABLE_TYPES = ['aws_route_table', 'aws_default_route_table', 'data.aws_route_table'] as const;
const VPC_TYPES = ['aws_vpc', 'aws_default_vpc', 'data.aws_vpc'] as const;
const SUBNET_TYPES = ['aws_subnet', 'aws_default_subnet'] as const;

/** Types whose change may change where traffic goes. */
export const ROUTE_TYPES = [
  'aws_route',
  'aws_route_table',
  'aws_default_route_table',
  'aws_route_table_association',
  'aws_main_route_table_association',
  'aws_internet_gateway',
] as const;

/** Types whose change may change which subnets the internet can reach. */
export const ROUTING_TYPES = [...SUBNET_TYPES, ...ROUTE_TYPES] as const;

/** What the routes of one table mean. */
export interface Table {
  readonly id: string;
  readonly label: string;
  readonly resource: Resource | undefined;
  /** True when a large public range is routed to an internet gateway. */
  readonly isPublic: boolean | Unknown;
  /** The route that makes it public: `0.0.0.0/0 -> aws_internet_gateway.main`. */
  readonly route: string | null;
  readonly causes: readonly Cause[];
  readonly touched: boolean;
}

/** The routing of one world. */
export interface Routing {
  readonly tables: ReadonlyMap<string, Table>;
  readonly subnets: readonly SubnetRouting[];
  /** Undefined when the subnet is not in this world. */
  ofSubnet(id: string): SubnetRouting | undefined;
}

export interface SubnetRouting {
  readonly id: string;
  readonly resource: Resource | undefined;
  /** Undefined when neither an association nor a main table is to be seen. */
  readonly table: Table | undefined;
  readonly association: Resource | undefined;
}

const known = new WeakMap<World, Routing>();

/** Resolves the effective route table of every subnet; `deployed` is the before-world (see `copiesOf`). */
export function routing(world: World, deployed: World): Routing {
  const found = known.get(world) ?? readRouting(world, deployed);
  known.set(world, found);
  return found;
}

function readRouting(world: World, deployed: World): Routing {
  const tables = tablesOf(world, deployed);
  const explicit = groupBy(world.resources('aws_route_table_association'), (one) => subnetKey(world, one));
  const main = mainTables(world);
  const attach = (id: string, resource: Resource | undefined, to: Attachment | undefined): SubnetRouting => ({
    id,
    resource,
    association: to?.by,
    table: to && tables.get(to.table),
  });
  const own = (id: string): Attachment | undefined =>
    explicit.get(id)?.map((by) => ({ by, table: tableKey(world, by) }))[0];
  const subnets = world
    .resources(...SUBNET_TYPES)
    .map((one) => attach(one.identity, one, own(one.identity) ?? main.get(vpcKey(world, one))));
  const seen = new Set(subnets.map(({ id }) => id));
  const foreign = [...explicit.keys()]
    .filter((id) => id !== '' && !seen.has(id))
    .map((id) => attach(id, undefined, own(id)));
  const byId = new Map([...subnets, ...foreign].map((subnet) => [subnet.id, subnet]));
  return { tables, subnets: [...byId.values()], ofSubnet: (id) => byId.get(id) };
}

const subnetKey = (world: World, resource: Resource): string =>
  world.identify(resource, 'subnet_id', SUBNET_TYPES, ['id']) ?? '';

const vpcKey = (world: World, resource: Resource): string | undefined =>
  world.identify(resource, 'vpc_id', VPC_TYPES, ['id']);

const tableKeys = new WeakMap<Resource, string>();

/** The table that a route or an association of this world belongs to. */
function tableKey(world: World, resource: Resource): string {
  const key = tableKeys.get(resource) ?? world.identify(resource, 'route_table_id', TABLE_TYPES, ['id']) ?? '';
  tableKeys.set(resource, key);
  return key;
}

/** Which table holds, and the association that says so; the default table of a VPC needs none. */
interface Attachment {
  readonly table: string;
  readonly by: Resource | undefined;
}

/** VPC → its main route table. An explicit main association wins over the VPC's default table. */
function mainTables(world: World): Map<string | undefined, Attachment> {
  const main = new Map<string | undefined, Attachment>();
  for (const table of world.resources('aws_default_route_table')) {
    const vpc = table
      .references('default_route_table_id')
      .map(({ address }) => world.at(address))
      .find(isVpc);
    main.set(vpc?.identity ?? vpcKey(world, table), { table: table.identity, by: undefined });
  }
  for (const by of world.resources('aws_main_route_table_association')) {
    main.set(vpcKey(world, by), { table: tableKey(world, by), by });
  }
  main.delete(undefined);
  return main;
}

const isVpc = (resource: Resource | undefined): boolean => VPC_TYPES.some((type) => type === resource?.type);

function tablesOf(world: World, deployed: World): Map<string, Table> {
  const separate = groupBy(world.resources('aws_route'), (route) => tableKey(world, route));
  const mirrored = groupBy(deployed.resources('aws_route'), (route) => tableKey(deployed, route));
  const resources = new Map(world.resources(...TABLE_TYPES).map((table) => [table.identity, table]));
  const named = world
    .resources('aws_route_table_association', 'aws_main_route_table_association')
    .map((one) => tableKey(world, one));
  const ids = new Set([...resources.keys(), ...separate.keys(), ...named]);
  return new Map(
    [...ids].map((id) => {
      const table = resources.get(id);
      const inline = table ? inlineRoutes(world, table, copiesOf(mirrored.get(id) ?? [])) : [];
      return [
        id,
        tableOf(id, table, [...inline, ...(separate.get(id) ?? []).map((route) => separateRoute(world, route))]),
      ];
    }),
  );
}

function tableOf(id: string, resource: Resource | undefined, routes: readonly Route[]): Table {
  const open = routes
    .filter((route) => isPublicRoute(route) === true)
    .toSorted((a, b) => Number(b.resource.touched) - Number(a.resource.touched));
  const unknown = routes.map(isPublicRoute).find(isUnknown);
  const [first] = open;
  return {
    id,
    label: resource?.address ?? id,
    resource,
    isPublic: first ? true : (unknown ?? false),
    route: first ? describeRoute(first) : null,
    causes: open.map(({ cause }) => cause),
    touched: (resource?.touched ?? false) || routes.some((route) => route.resource.touched),
  };
}
