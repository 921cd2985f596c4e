import { blocks, isList, isObject, isUnknown, strings } from '../../plan/value.ts';
import type { Unknown, Value } from '../../plan/value.ts';
import type { Resource } from '../../world/world.ts';
import { standing } from './standing.ts';

/** What a service logs on one side: names of logs, or why nobody can tell. */
type Logs = readonly string[] | Unknown;

/** Type → path of a switch, level or list → name of the log that is on with it; `*`: the elements are the names. */
const SWITCHES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_mq_broker: { 'logs.audit': 'audit log', 'logs.general': 'general log' },
  aws_msk_cluster: {
    'logging_info.broker_logs.cloudwatch_logs.enabled': 'broker log',
    'logging_info.broker_logs.firehose.enabled': 'broker log',
    'logging_info.broker_logs.s3.enabled': 'broker log',
  },
  aws_globalaccelerator_accelerator: { 'attributes.flow_logs_enabled': 'flow log' },
  aws_appsync_graphql_api: { 'log_config.field_log_level': 'field log' },
  aws_sfn_state_machine: { 'logging_configuration.level': 'execution log' },
  aws_mwaa_environment: {
    'logging_configuration.dag_processing_logs.enabled': 'DAG processing log',
    'logging_configuration.scheduler_logs.enabled': 'scheduler log',
    'logging_configuration.task_logs.enabled': 'task log',
    'logging_configuration.webserver_logs.enabled': 'webserver log',
    'logging_configuration.worker_logs.enabled': 'worker log',
  },
  aws_docdb_cluster: { enabled_cloudwatch_logs_exports: '*' },
  aws_neptune_cluster: { enable_cloudwatch_logs_exports: '*' },
  aws_redshiftserverless_namespace: { log_exports: '*' },
  aws_verifiedaccess_instance_logging_configuration: {
    'access_logs.cloudwatch_logs.enabled': 'access log',
    'access_logs.kinesis_data_firehose.enabled': 'access log',
    'access_logs.s3.enabled': 'access log',
  },
  aws_bedrock_model_invocation_logging_configuration: {
    'logging_config.text_data_delivery_enabled': 'log of texts',
    'logging_config.image_data_delivery_enabled': 'log of images',
    'logging_config.embedding_data_delivery_enabled': 'log of embeddings',
  },
  aws_athena_workgroup: { 'configuration.publish_cloudwatch_metrics_enabled': 'query metrics' },
  aws_transfer_server: { logging_role: 'transfer log', structured_log_destinations: 'transfer log' },
};

/** What cannot be said with a path. */
const SPECIAL: Readonly<Record<string, (resource: Resource) => Logs>> = {
  aws_dms_replication_task(resource) {
    const settings = resource.document('replication_task_settings');
    if (isUnknown(settings)) return settings;
    const logging = isObject(settings) ? settings['Logging'] : undefined;
    return isObject(logging) && logging['EnableLogging'] === true ? ['task log'] : [];
  },
  aws_codebuild_project(resource) {
    // Without a word about it, a build logs to CloudWatch.
    const [config] = blocks(resource.get('logs_config'));
    const statusOf = (name: string): Value => blocks(config?.[name])[0]?.['status'] ?? null;
    return statusOf('cloudwatch_logs') !== 'DISABLED' || statusOf('s3_logs') === 'ENABLED' ? ['build log'] : [];
  },
  aws_ecs_task_definition(resource) {
    const containers = resource.document('container_definitions');
    if (isUnknown(containers)) return containers;
    return blocks(containers)
      .filter(({ logConfiguration }) => isObject(logConfiguration) || isUnknown(logConfiguration))
      .flatMap(({ name }) => strings(name).map(containerLog));
  },
  aws_elastic_beanstalk_environment: (resource) =>
    blocks(resource.get('setting'))
      .filter(({ namespace, value }) => namespace === 'aws:elasticbeanstalk:cloudwatch:logs' && value === 'true')
      .flatMap(({ name }) => (name === 'StreamLogs' ? ['instance log'] : [])),
  aws_iot_logging_options: (resource) =>
    resource.get('disable_all_logs') === true || resource.get('default_log_level') === 'DISABLED' ? [] : ['IoT log'],
};

const containerLog = (name: string): string => `log of the container ${name}`;

const OFF: readonly Value[] = [null, false, 'false', '', 'OFF', 'NONE', 'DISABLED'];

function logsOf(resource: Resource): Logs {
  const special = SPECIAL[resource.type];
  if (special) return special(resource);
  const found = Object.entries(SWITCHES[resource.type] ?? {}).flatMap(([path, name]) =>
    leaves(resource, path)
      .filter((value) => !OFF.includes(value))
      .map((value) => (isUnknown(value) ? value : name === '*' ? `${String(strings(value)[0])} log` : name)),
  );
  return found.find(isUnknown) ?? [...new Set(found.filter((one) => typeof one === 'string'))];
}

function leaves(resource: Resource, path: string): Value[] {
  const [attribute = '', ...below] = path.split('.');
  const walk = (value: Value, [step, ...rest]: readonly string[]): Value[] => {
    if (isList(value)) return value.flatMap((item) => walk(item, step === undefined ? [] : [step, ...rest]));
    if (step === undefined || isUnknown(value)) return [value];
    return isObject(value) ? walk(value[step] ?? null, rest) : [];
  };
  return walk(resource.get(attribute), below);
}

/** Resources that are nothing but the logging of something else. */
const LOGGING_ONLY = [
  'aws_verifiedaccess_instance_logging_configuration',
  'aws_bedrock_model_invocation_logging_configuration',
];

function lostLogs(resource: Resource, was: Resource | undefined): Logs {
  if (!was) return [];
  const old = logsOf(was);
  if (isUnknown(old)) return [];
  const isGone = resource.side === 'before';
  if (isGone) return LOGGING_ONLY.includes(resource.type) ? (old.length > 0 ? old : ['invocation log']) : [];
  const now = logsOf(resource);
  if (isUnknown(now)) return old.length > 0 ? now : [];
  const containers = blocks(resource.document('container_definitions')).flatMap(({ name }) => strings(name));
  const stands = (log: string): boolean =>
    resource.type !== 'aws_ecs_task_definition' || containers.map(containerLog).includes(log);
  return old.filter((log) => !now.includes(log) && stands(log));
}

/** A service that writes logs of its own. */
export const serviceLog = standing({
  name: 'service-log',
  description:
    'A service with the logs it writes: brokers, APIs, state machines, builds, tasks, clusters and the like.',
  types: {
    aws_mq_broker: 'broker',
    aws_msk_cluster: 'Kafka cluster',
    aws_globalaccelerator_accelerator: 'accelerator',
    aws_appsync_graphql_api: 'GraphQL API',
    aws_sfn_state_machine: 'state machine',
    aws_dms_replication_task: 'replication task',
    aws_mwaa_environment: 'Airflow environment',
    aws_codebuild_project: 'build project',
    aws_ecs_task_definition: 'task definition',
    aws_elastic_beanstalk_environment: 'Beanstalk environment',
    aws_docdb_cluster: 'DocumentDB cluster',
    aws_neptune_cluster: 'Neptune cluster',
    aws_redshiftserverless_namespace: 'Redshift namespace',
    aws_verifiedaccess_instance_logging_configuration: 'Verified Access instance',
    aws_bedrock_model_invocation_logging_configuration: 'invocation of Bedrock models',
    aws_iot_logging_options: 'IoT service',
    aws_athena_workgroup: 'Athena workgroup',
    aws_transfer_server: 'transfer server',
  },
  attributes: {
    logs: 'The logs it writes, e.g. `audit log`.',
    lost: 'The logs that it wrote before the plan and does not write any more.',
  },
  harmless: ['logs', 'lost'],
  example: { logs: [], lost: [] },
  owners: (resource, world) => {
    const owner = world.target(resource, 'verifiedaccess_instance_id', ['aws_verifiedaccess_instance']);
    return owner ? [owner] : [];
  },
  factsOf: (resource, { earlier }) => ({ logs: logsOf(resource), lost: lostLogs(resource, earlier) }),
});
