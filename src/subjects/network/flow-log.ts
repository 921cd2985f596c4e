import { groupBy } from '../../aws/group-by.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import type { Facts, Fate, Subject, SubjectKind } from '../subject.ts';

/** What a flow log can watch, by the attribute that names it. */
const WATCHED = {
  vpc_id: ['aws_vpc', 'aws_default_vpc'],
  subnet_id: ['aws_subnet', 'aws_default_subnet'],
  eni_id: ['aws_network_interface'],
  transit_gateway_id: ['aws_ec2_transit_gateway'],
  transit_gateway_attachment_id: ['aws_ec2_transit_gateway_vpc_attachment'],
} as const;

/** All flow logs of one VPC, subnet, interface or transit gateway: what is recorded of its traffic. */
export const flowLog: SubjectKind = {
  name: 'flow-log',
  description: 'All flow logs of one VPC, subnet, network interface or transit gateway, taken together.',
  attributes: {
    watched: 'what is watched, by address or id',
    recordsAccepted: 'accepted traffic is recorded',
    recordsRejected: 'rejected traffic is recorded',
    destinations: 'where the records go',
    fields: 'fields of a record',
    interval: 'shortest aggregation interval in seconds',
  },
  attributeTypes: { watched: 'string', destinations: 'list', fields: 'list' },
  types: ['aws_flow_log'],
  build,
  fromExample: (example) => exampleFacts(DEFAULTS, example),
};

/** What AWS records when no format is set (VPC user guide, flow log records). */
const DEFAULT_FIELDS =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
    ' ',
  );

const DEFAULTS: Facts = {
  watched: 'aws_vpc.example',
  recordsAccepted: true,
  recordsRejected: true,
  destinations: ['arn:aws:s3:::example'],
  fields: ['srcaddr', 'dstaddr', 'action'],
  interval: 600,
};

function build({ before, after }: Worlds): { before: Subject[]; after: Subject[] } {
  const still = subjectsIn(after);
  const watched = new Set(still.map(({ id }) => id));
  // A log that was replaced by another one for the same target is not gone, whatever happens to the resource.
  const were = subjectsIn(before).map((one): Subject => (watched.has(one.id) ? { ...one, fate: 'kept' } : one));
  return { before: were, after: still };
}

function subjectsIn(world: World): Subject[] {
  const logs = groupBy(world.resources('aws_flow_log'), (log) => targetOf(world, log)?.id ?? log.identity);
  return [...logs].flatMap(([id, [first, ...others]]) => (first ? [subjectOf(world, id, [first, ...others])] : []));
}

interface Target {
  readonly id: string;
  readonly label: string;
}

function targetOf(world: World, log: Resource): Target | undefined {
  for (const [attribute, types] of Object.entries(WATCHED)) {
    const resource = world.target(log, attribute, types, ['id']);
    const id = resource?.identity ?? world.identify(log, attribute, types, ['id']);
    if (id !== undefined && isSet(log.get(attribute))) return { id, label: resource?.address ?? id };
  }
  return undefined;
}

const isSet = (value: Value): boolean => value !== null && value !== '';

function subjectOf(world: World, id: string, logs: readonly [Resource, ...Resource[]]): Subject {
  const [first] = logs;
  return {
    id,
    object: factsOf(targetOf(world, first)?.label ?? first.address, logs),
    address: first.address,
    previousAddress: first.previousAddress,
    resourceType: first.type,
    causes: logs.map(({ address }) => ({ address, path: [] })),
    touched: logs.some(({ touched }) => touched),
    fate: fateOf(logs),
    owner: id,
  };
}

function factsOf(watched: string, logs: readonly Resource[]): Facts {
  const types = logs.map((log) => log.get('traffic_type'));
  const unknown = types.find(isUnknown);
  const records = (kind: string): Value =>
    types.includes('ALL') || types.includes(null) || types.includes(kind) || (unknown ?? false);
  return {
    watched,
    recordsAccepted: records('ACCEPT'),
    recordsRejected: records('REJECT'),
    destinations: logs.map(destinationOf),
    fields: logs.flatMap((log) => fieldsOf(log.get('log_format'))),
    interval: Math.min(...logs.map((log) => intervalOf(log.get('max_aggregation_interval')))),
  };
}

/** A destination that is created in the same plan is known by the address of the bucket or log group. */
function destinationOf(log: Resource): Value {
  const value = log.get('log_destination') ?? log.get('log_group_name');
  return isUnknown(value) ? (value.references[0]?.address ?? value) : value;
}

const fieldsOf = (format: Value): string[] =>
  typeof format === 'string' ? (format.match(/[\w-]+(?=\})/g) ?? []) : DEFAULT_FIELDS;

/** AWS aggregates over ten minutes unless one minute is asked for. */
const intervalOf = (value: Value): number => (typeof value === 'number' ? value : 600);

/** What becomes of the records when no log is left for the target. */
function fateOf(logs: readonly Resource[]): Fate {
  return logs.every(({ fate }) => fate === 'forgotten') ? 'forgotten' : 'destroyed';
}
