import { addressesOf } from '../aws/address-set.ts';
import { groupBy } from '../aws/group-by.ts';
import { bigSize, intersect, size } from '../aws/intervals.ts';
import { publicSpace } from '../aws/special-addresses.ts';
import type { Cause } from '../finding/finding.ts';
import { Unknown, blocks, isUnknown } from '../plan/value.ts';
import type { Reference, Value } from '../plan/value.ts';
import type { Resource, World } from '../world/world.ts';

const TABLE_TYPES = ['aws_route_table', 'aws_default_route_table', 'data.aws_route_table'] as const;
const GATEWAY_TYPES = ['aws_internet_gateway', 'data.aws_internet_gateway'] as const;
const VPC_TYPES = ['aws_vpc', 'aws_default_vpc', 'data.aws_vpc'] as const;
const SUBNET_TYPES = ['aws_subnet', 'aws_default_subnet'] as const;

/** Types whose change may change which subnets the internet can reach. */
export const ROUTING_TYPES = [
  'aws_subnet',
  'aws_default_subnet',
  'aws_route',
  'aws_route_table',
  'aws_default_route_table',
  'aws_route_table_association',
  'aws_main_route_table_association',
  'aws_internet_gateway',
] as const;

/** A route as inline blocks and `aws_route` write it. */
interface Route {
  readonly destination: Value;
  readonly gateway: Value;
  readonly gatewayResource: Resource | undefined;
  readonly cause: Cause;
  readonly resource: Resource;
}

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

/** Resolves the effective route table of every subnet; `deployed` is the before-world (see `copiesOf`). */
export function routing(world: World, deployed: World): Routing {
  const tables = tablesOf(world, deployed);
  const explicit = groupBy(world.resources('aws_route_table_association'), (one) => subnetKey(world, one));
  const main = mainTables(world);
  const subnets = [...world.resources(...SUBNET_TYPES)].map((resource) =>
    subnetRouting(
      resource.identity,
      resource,
      explicit.get(resource.identity)?.[0],
      main.get(vpcKey(world, resource)),
      world,
      tables,
    ),
  );
  const known = new Set(subnets.map(({ id }) => id));
  const foreign = [...explicit]
    .filter(([id]) => id !== '' && !known.has(id))
    .map(([id, [association]]) => subnetRouting(id, undefined, association, undefined, world, tables));
  const all = [...subnets, ...foreign];
  const byId = new Map(all.map((subnet) => [subnet.id, subnet]));
  return { tables, subnets: all, ofSubnet: (id) => byId.get(id) };
}

const subnetKey = (world: World, resource: Resource): string =>
  world.identify(resource, 'subnet_id', SUBNET_TYPES, ['id']) ?? '';

const vpcKey = (world: World, resource: Resource): string =>
  world.identify(resource, 'vpc_id', VPC_TYPES, ['id']) ?? '';

const tableKey = (world: World, resource: Resource): string =>
  world.identify(resource, 'route_table_id', TABLE_TYPES, ['id']) ?? '';

function subnetRouting(
  id: string,
  resource: Resource | undefined,
  association: Resource | undefined,
  main: string | undefined,
  world: World,
  tables: ReadonlyMap<string, Table>,
): SubnetRouting {
  const table = association ? tableKey(world, association) : main;
  return { id, resource, association, table: table === undefined ? undefined : tables.get(table) };
}

/** VPC → its main route table. An explicit main association wins over the VPC's default table. */
function mainTables(world: World): Map<string, string> {
  const main = new Map<string, string>();
  for (const table of world.resources('aws_default_route_table')) {
    const [reference] = table.references('default_route_table_id').filter(({ address }) => isVpc(world.at(address)));
    const vpc = world.identify(table, 'vpc_id', VPC_TYPES, ['id']);
    main.set((reference && world.at(reference.address)?.identity) ?? vpc ?? '', table.identity);
  }
  for (const association of world.resources('aws_main_route_table_association')) {
    main.set(vpcKey(world, association), tableKey(world, association));
  }
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
    route: first ? `${String(first.destination)} -> ${gatewayName(first)}` : null,
    causes: open.map(({ cause }) => cause),
    touched: (resource?.touched ?? false) || routes.some((route) => route.resource.touched),
  };
}

const gatewayName = ({ gateway, gatewayResource }: Route): string =>
  gatewayResource?.address ?? (typeof gateway === 'string' ? gateway : 'an internet gateway');

const DESTINATIONS = ['destination_cidr_block', 'destination_ipv6_cidr_block'] as const;

function separateRoute(world: World, resource: Resource): Route {
  const attribute = DESTINATIONS.find((name) => resource.get(name) !== null) ?? DESTINATIONS[0];
  const gateway = resource.get('gateway_id');
  return {
    destination: resource.get(attribute),
    gateway,
    gatewayResource: gatewayOf(world, gateway),
    cause: { address: resource.address, path: ['gateway_id'] },
    resource,
  };
}

function inlineRoutes(world: World, table: Resource, copies: ReadonlySet<string>): Route[] {
  const value = table.get('route');
  if (isUnknown(value) && !table.isConfigured('route')) return [];
  if (isUnknown(value))
    return [
      {
        destination: value,
        gateway: value,
        gatewayResource: undefined,
        cause: { address: table.address, path: ['route'] },
        resource: table,
      },
    ];
  const counts = table.isConfigured('route')
    ? () => true
    : (route: Route) => !copies.has(textOf(route.destination, route.gateway));
  return blocks(value)
    .map((block, index): Route => {
      const gateway = block['gateway_id'] ?? null;
      return {
        destination: block['cidr_block'] || block['ipv6_cidr_block'] || null,
        gateway,
        gatewayResource: gatewayOf(world, gateway),
        cause: { address: table.address, path: ['route', index, 'gateway_id'] },
        resource: table,
      };
    })
    .filter(counts);
}

/** Routes declared on their own are mirrored in the table's `route` argument as they were at the last refresh. */
const copiesOf = (routes: readonly Resource[]): ReadonlySet<string> =>
  new Set(routes.flatMap((route) => DESTINATIONS.map((name) => textOf(route.get(name), route.get('gateway_id')))));

const textOf = (destination: Value, gateway: Value): string => `${String(destination)} ${String(gateway)}`;

function gatewayOf(world: World, gateway: Value): Resource | undefined {
  if (typeof gateway === 'string') return world.find(GATEWAY_TYPES, 'id', gateway);
  return isUnknown(gateway)
    ? gateway.references.map(({ address }: Reference) => world.at(address)).find(isGateway)
    : undefined;
}

const isGateway = (resource: Resource | undefined): boolean => GATEWAY_TYPES.some((type) => type === resource?.type);

/** Egress-only, NAT, transit and virtual private gateways let nobody in. */
function isPublicRoute({ destination, gateway, gatewayResource }: Route): boolean | Unknown {
  const leads = leadsOut(gateway, gatewayResource);
  if (leads === false) return false;
  if (isUnknown(destination)) return destination;
  return typeof destination === 'string' && isLarge(destination) ? leads : false;
}

function leadsOut(gateway: Value, resource: Resource | undefined): boolean | Unknown {
  if (resource || (typeof gateway === 'string' && gateway.startsWith('igw-'))) return true;
  // A reference that is known to be no internet gateway is another kind of gateway.
  return isUnknown(gateway) && gateway.references.length === 0 ? gateway : false;
}

/** From a public /8 on, a route to the internet gateway makes a subnet public. */
const LARGE_IPV4 = 2 ** 24;
const LARGE_IPV6 = 2n ** 120n;

function isLarge(destination: string): boolean {
  const { ipv4, ipv6 } = addressesOf(destination);
  const space = publicSpace();
  return size(intersect(ipv4, space.ipv4)) >= LARGE_IPV4 || bigSize(intersect(ipv6, space.ipv6)) >= LARGE_IPV6;
}
