import type { Resource, World } from '../../world/world.ts';
import { lastingNames } from '../lasting-name.ts';
import { standing } from './standing.ts';

const RECORDER = 'aws_config_configuration_recorder';
const RULE = 'aws_config_config_rule';

/** What AWS Config records with, and where that goes. */
export const configRecording = standing({
  name: 'config-recording',
  description:
    'A part of AWS Config that records or collects: recorder, its status, delivery channel, retention, aggregator, authorization.',
  types: {
    [RECORDER]: 'recorder',
    aws_config_configuration_recorder_status: 'recorder',
    aws_config_delivery_channel: 'delivery channel',
    aws_config_configuration_aggregator: 'aggregator',
    aws_config_aggregate_authorization: 'authorization',
    aws_config_retention_configuration: 'retention of configuration history',
  },
  attributes: { destinations: 'Bucket and topic of a delivery channel.' },
  attributeTypes: { destinations: 'list' },
  example: { destinations: [] },
  owners: (resource, world) =>
    resource.type === 'aws_config_configuration_recorder_status' || resource.type === 'aws_config_delivery_channel'
      ? world.resources(RECORDER).filter(({ module }) => module === resource.module)
      : [],
  factsOf: (resource, { worlds }) => ({
    destinations: ['s3_bucket_name', 'sns_topic_arn'].flatMap((path) => lastingNames(resource, path, worlds)),
  }),
});

/** What AWS Config checks. */
export const configRule = standing({
  name: 'config-rule',
  description: 'A rule or conformance pack of AWS Config, of the account or the organization, or the repair of a rule.',
  types: {
    [RULE]: 'Config rule',
    aws_config_organization_managed_rule: 'Config rule of the organization',
    aws_config_organization_custom_rule: 'Config rule of the organization',
    aws_config_organization_custom_policy_rule: 'Config rule of the organization',
    aws_config_conformance_pack: 'conformance pack',
    aws_config_organization_conformance_pack: 'conformance pack of the organization',
    aws_config_remediation_configuration: 'remediation',
  },
  owners: ownersOf,
  duty: dutyOf,
});

function ownersOf(resource: Resource, world: World): readonly Resource[] {
  const rule = world.target(resource, 'config_rule_name', [RULE], ['name', 'id']);
  return rule ? [rule] : [];
}

/** The check that a rule makes: AWS knows a managed rule by its identifier, wherever it is switched on. */
function dutyOf(resource: Resource): string | undefined {
  const [source] = ['source.0.source_identifier', 'rule_identifier', 'lambda_function_arn', 'template_body']
    .map((path) => resource.get(...path.split('.').map((step) => (step === '0' ? 0 : step))))
    .filter((value) => typeof value === 'string' && value !== '');
  return typeof source === 'string' ? JSON.stringify([source, resource.get('input_parameters') ?? '']) : undefined;
}
