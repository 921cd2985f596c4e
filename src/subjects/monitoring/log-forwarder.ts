import type { Unknown } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import { isObject, strings } from '../../plan/value.ts';
import { naming } from '../../world/neighbours.ts';
import { lastingNames } from '../lasting-name.ts';
import { lostComparisons } from './security-event.ts';
import { standing } from './standing.ts';

const STREAM = 'aws_kinesis_firehose_delivery_stream';
const ACCOUNT_POLICY = 'aws_cloudwatch_log_account_policy';

/** Type → attributes that say where logs go. */
const DESTINATIONS: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_log_subscription_filter: ['destination_arn'],
  aws_cloudwatch_log_destination: ['target_arn'],
  aws_cloudwatch_log_delivery: ['delivery_destination_arn'],
  aws_oam_link: ['sink_identifier'],
  [STREAM]: [
    'extended_s3_configuration.bucket_arn',
    'http_endpoint_configuration.url',
    'splunk_configuration.hec_endpoint',
    'opensearch_configuration.domain_arn',
    'opensearch_configuration.cluster_endpoint',
    'opensearchserverless_configuration.collection_endpoint',
    'elasticsearch_configuration.domain_arn',
    'redshift_configuration.cluster_jdbcurl',
    'snowflake_configuration.account_url',
  ],
};

function destinationsOf(resource: Resource, worlds: Worlds): readonly (string | Unknown)[] {
  if (resource.type === ACCOUNT_POLICY) {
    const document = resource.document('policy_document');
    const arn = isObject(document) ? document['DestinationArn'] : undefined;
    return typeof arn === 'string' ? [arn] : [];
  }
  return (DESTINATIONS[resource.type] ?? []).flatMap((path) => lastingNames(resource, path, worlds));
}

/** What sends logs into a delivery stream: type → the attribute that names it. */
const FEEDS: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_subscription_filter: 'destination_arn',
  aws_cloudwatch_log_destination: 'target_arn',
  aws_wafv2_web_acl_logging_configuration: 'log_destination_configs',
  aws_flow_log: 'log_destination',
};

const LOG_NAME = /(?:^|[^a-z])(?:logs?|logging|siem|soc|audit|cloudtrail|splunk)(?:[^a-z]|$)/i;

const carriesLogs = (stream: Resource, world: World): boolean =>
  strings(stream.get('name')).some((name) => LOG_NAME.test(name)) ||
  Object.entries(FEEDS).some(([type, path]) => naming(world, stream, [type], { path, keys: ['arn'] }).found.length > 0);

/** Whatever carries logs out of a service or an account to the place where they are watched. */
export const logForwarder = standing({
  name: 'log-forwarder',
  description:
    'What carries logs to where they are kept and watched: subscription filters, destinations, deliveries, streams, observability links, Security Lake.',
  types: {
    aws_cloudwatch_log_subscription_filter: 'subscription filter',
    aws_cloudwatch_log_destination: 'log destination',
    aws_cloudwatch_log_destination_policy: 'policy of the log destination',
    [ACCOUNT_POLICY]: 'account-wide subscription of logs',
    aws_cloudwatch_log_delivery: 'log delivery',
    [STREAM]: 'delivery stream',
    aws_oam_link: 'observability link',
    aws_oam_sink_policy: 'policy of the observability sink',
    aws_securitylake_data_lake: 'Security Lake',
    aws_securitylake_aws_log_source: 'source of the Security Lake',
    aws_securitylake_subscriber: 'subscriber of the Security Lake',
    aws_observabilityadmin_centralization_rule_for_organization: 'centralization rule',
  },
  around: [...Object.keys(FEEDS), 'aws_cloudwatch_log_group'],
  attributes: {
    destinations: 'Where it sends the logs.',
    carries: 'What it takes: log group, regions, accounts, sources or resource types.',
    lost: 'What its filter pattern let through before the plan and may not let through any more.',
  },
  attributeTypes: { destinations: 'list', carries: 'list', lost: 'list' },
  example: { destinations: [], carries: [], lost: [] },
  isOne: (resource, { world }) =>
    resource.type === STREAM
      ? carriesLogs(resource, world)
      : resource.type !== ACCOUNT_POLICY || resource.get('policy_type') === 'SUBSCRIPTION_FILTER_POLICY',
  owners: ownersOf,
  factsOf: (resource, { worlds, earlier }) => ({
    destinations: destinationsOf(resource, worlds),
    carries: CARRIED.flatMap((path) => lastingNames(resource, path, worlds)),
    lost: lostComparisons(earlier?.get('filter_pattern') ?? null, resource.get('filter_pattern')),
  }),
  duty: (resource, { worlds }) => {
    const destinations = destinationsOf(resource, worlds);
    if (destinations.length === 0 || resource.type === STREAM) return undefined;
    return JSON.stringify([destinations, DUTIES.flatMap((path) => lastingNames(resource, path, worlds))]);
  },
});

const CARRIED = [
  'log_group_name',
  'delivery_source_name',
  'resource_types',
  'configuration.region',
  'source.source_name',
  'source.regions',
  'source.accounts',
  'source.aws_log_source_resource.source_name',
];

const DUTIES = ['log_group_name', 'delivery_source_name', 'resource_types', 'filter_pattern'];

function ownersOf(resource: Resource, world: World): readonly Resource[] {
  const one = (attribute: string, type: string): Resource[] => {
    const found = world.target(resource, attribute, [type]);
    return found ? [found] : [];
  };
  switch (resource.type) {
    case 'aws_cloudwatch_log_subscription_filter':
      return one('log_group_name', 'aws_cloudwatch_log_group');
    case 'aws_cloudwatch_log_destination_policy':
      return one('destination_name', 'aws_cloudwatch_log_destination');
    case 'aws_oam_sink_policy':
      return one('sink_identifier', 'aws_oam_sink');
    case 'aws_securitylake_aws_log_source':
    case 'aws_securitylake_subscriber':
      return world.resources('aws_securitylake_data_lake');
    default:
      return [];
  }
}
