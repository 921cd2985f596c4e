import type { Value } from '../../plan/value.ts';
import { named, naming } from '../../world/neighbours.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';
import { exampleFacts, withUnknowns } from '../example.ts';
import { build, type Store } from './data-store.ts';
import type { DataStoreType } from './data-store-type.ts';
import { NETWORK_FACTS, portsFromExample, sourceFromExample } from './network-facts.ts';
import { ROUTING_TYPES } from './route-table.ts';
import { RULE_TYPES } from './security-group-rules.ts';

const EVERY_PORT = ['tcp/0-65535', 'udp/0-65535'] as const;

const HOST_TYPES: Readonly<Record<string, DataStoreType>> = {
  aws_instance: { groups: [['vpc_security_group_ids']], ports: EVERY_PORT },
  aws_spot_instance_request: { groups: [['vpc_security_group_ids']], ports: EVERY_PORT },
};

const SUBNETS = { path: 'subnet_id', types: ['aws_subnet', 'aws_default_subnet'], keys: ['id', 'arn'] };
const INTERFACES = { path: 'network_interface.network_interface_id', types: ['aws_network_interface'], keys: ['id'] };

/** A machine with everything that has to come together before the internet reaches it. */
export const host: SubjectKind = {
  name: 'host',
  description: 'An instance with its public address, the routes of its subnet and its security groups, taken together.',
  attributes: {
    name: 'address of the resource',
    hasAddress: 'true when it gets a public address: its own, that of its subnet, or an Elastic IP',
    isInPublicSubnet: 'true when its subnet is known to have a route to an internet gateway',
    source: 'everybody whom its security groups, taken together, let through to some port',
    groups: 'its security groups',
  },
  attributeTypes: { name: 'string', source: 'AddressSet', groups: 'list', isInPublicSubnet: 'bool' },
  facts: NETWORK_FACTS,
  types: [
    ...Object.keys(HOST_TYPES),
    ...RULE_TYPES,
    ...ROUTING_TYPES,
    'aws_eip',
    'aws_eip_association',
    'aws_network_interface',
  ],
  build: (worlds, options) => {
    const addressesChange = touchesAddresses(worlds);
    const { before, after } = build(worlds, addressesChange ? { ...options, audit: true } : options, HOST_TYPES);
    return {
      before: before.map((one) => toSubject(worlds.before, one, options)),
      after: after.map((one) => toSubject(worlds.after, one, options)),
    };
  },
  fromExample: (example): Facts => {
    const { source = null } = example;
    return {
      ...exampleFacts(
        { name: 'aws_instance.example', hasAddress: false, isInPublicSubnet: false, groups: [] },
        example,
      ),
      ports: portsFromExample('tcp', 22),
      source: sourceFromExample(withUnknowns(source)),
    };
  },
};

/** Elastic IPs and interfaces give addresses to machines that the plan leaves alone. */
const ADDRESS_TYPES = ['aws_eip', 'aws_eip_association', 'aws_network_interface'];

const touchesAddresses = ({ before, after }: Worlds): boolean =>
  [before, after].some((world) => world.resources(...ADDRESS_TYPES).some(({ touched }) => touched));

function toSubject(world: World, { subject }: Store, options: BuildOptions): Subject {
  const resource = world.at(subject.address);
  const lenders = resource ? elasticAddresses(world, resource) : [];
  const { ports: _, isPubliclyAccessible: __, ...object } = subject.object;
  return {
    ...subject,
    object: { ...object, hasAddress: resource ? hasAddress(world, resource, lenders) : false },
    causes: [{ address: subject.address, path: [] }, ...lenders.map(({ address }) => ({ address, path: [] }))],
    touched: subject.touched || options.audit || lenders.some(({ touched }) => touched),
  };
}

/** What gives it an address that stays: by its own id, or by that of one of its interfaces. */
function elasticAddresses(world: World, resource: Resource): readonly Resource[] {
  const interfaces = named(world, resource, INTERFACES).found;
  const of = (target: Resource, attribute: string, type: string): readonly Resource[] =>
    naming(world, target, [type], { path: attribute, keys: ['id'] }).found;
  return [
    ...of(resource, 'instance', 'aws_eip'),
    ...of(resource, 'instance_id', 'aws_eip_association'),
    ...interfaces.flatMap((one) => of(one, 'network_interface', 'aws_eip')),
    ...interfaces.flatMap((one) => of(one, 'network_interface_id', 'aws_eip_association')),
  ];
}

function hasAddress(world: World, resource: Resource, lenders: readonly Resource[]): Value {
  if (lenders.length > 0) return true;
  if (resource.isConfigured('associate_public_ip_address') || resource.get('associate_public_ip_address') === true)
    return resource.get('associate_public_ip_address') ?? false;
  const [subnet] = named(world, resource, SUBNETS).found;
  return subnet?.get('map_public_ip_on_launch') ?? false;
}
