import { addressesOf } from '../../aws/address-set.ts';
import { bigSize, intersect, size } from '../../aws/intervals.ts';
import { publicSpace } from '../../aws/special-addresses.ts';
import type { Cause } from '../../finding/finding.ts';
import { blocks, isUnknown } from '../../plan/value.ts';
import type { Reference, Unknown, Value } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';

const GATEWAY_TYPES = ['aws_internet_gateway', 'data.aws_internet_gateway'] as const;

/** A route as inline blocks and `aws_route` write it. */
export interface Route {
  readonly destination: Value;
  readonly gateway: Value;
  readonly gatewayResource: Resource | undefined;
  readonly cause: Cause;
  readonly resource: Resource;
}

/** `0.0.0.0/0 -> aws_internet_gateway.main` */
export const describeRoute = (route: Route): string => `${shown(route.destination)} -> ${gatewayName(route)}`;

const gatewayName = ({ gateway, gatewayResource }: Route): string =>
  gatewayResource?.address ?? (typeof gateway === 'string' ? gateway : 'an internet gateway');

const DESTINATIONS = ['destination_cidr_block', 'destination_ipv6_cidr_block'] as const;

/** A route that is a resource of its own. */
export function separateRoute(world: World, resource: Resource): Route {
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

/** The routes inside a table, less the copies of routes that are declared on their own (semantics 0.6). */
export function inlineRoutes(world: World, table: Resource, copies: ReadonlySet<string>): Route[] {
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
export const copiesOf = (routes: readonly Resource[]): ReadonlySet<string> =>
  new Set(routes.flatMap((route) => DESTINATIONS.map((name) => textOf(route.get(name), route.get('gateway_id')))));

/** Only text matters here; what is not known yet is nobody's copy. */
const shown = (value: Value): string => (typeof value === 'string' ? value : '');

const textOf = (destination: Value, gateway: Value): string => `${shown(destination)} ${shown(gateway)}`;

function gatewayOf(world: World, gateway: Value): Resource | undefined {
  if (typeof gateway === 'string') return world.find(GATEWAY_TYPES, 'id', gateway);
  return isUnknown(gateway)
    ? gateway.references.map(({ address }: Reference) => world.at(address)).find(isGateway)
    : undefined;
}

const isGateway = (resource: Resource | undefined): boolean => GATEWAY_TYPES.some((type) => type === resource?.type);

/** Routes the internet, or a public /8, to an internet gateway. Other kinds of gateway let nobody in. */
export function isPublicRoute({ destination, gateway, gatewayResource }: Route): boolean | Unknown {
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
