import type { AddressSet } from '../../aws/address-set.ts';
import { NOBODY } from '../../aws/address-set.ts';
import { overlaps } from '../../aws/intervals.ts';
import { slices, sourceOf } from '../../aws/network-traffic.ts';
import { ALL_PROTOCOLS, portsIn } from '../../aws/ports.ts';
import type { PortSet } from '../../aws/ports.ts';
import { isUnknown, strings } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Resource } from '../../world/world.ts';
import type { DataStoreType } from './data-store-type.ts';
import type { Rule } from './security-group-rule.ts';
import { valueAt } from './nested-value.ts';

/** Its own port when it is set, else what its engine listens on. */
export function listensOn(resource: Resource, cluster: Resource | undefined, about: DataStoreType): PortSet {
  const port = [resource, cluster].map((one) => one?.get('port')).find((value) => typeof value === 'number');
  if (typeof port === 'number' && port > 0) return portsIn([`tcp/${port}`]);
  if (typeof about.ports !== 'function') return portsIn(about.ports);
  const engine = [resource, cluster].map((one) => one?.get('engine')).find((value) => typeof value === 'string');
  return portsIn(about.ports(typeof engine === 'string' ? engine : ''));
}

/** A rule with the identity of its group. */
export type GroupRule = Rule & { readonly group: string };

/** Who reaches the store on that of its ports which is open widest, and the rules that let them through. */
export function widest(
  rules: readonly GroupRule[],
  ports: PortSet,
): { source: AddressSet; through: readonly GroupRule[] } {
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
export function isPublic(resource: Resource, { isPublicBy }: DataStoreType): boolean | Unknown {
  if (!isPublicBy) return false;
  const value = valueAt(resource, isPublicBy);
  if (isUnknown(value)) return resource.isConfigured(isPublicBy[0] ?? '') ? value : false;
  return value === true || strings(value).includes('SERVICE_PROVIDED_EIPS');
}
