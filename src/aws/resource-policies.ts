import {
  eventPermission,
  LAMBDA_CONDITIONS,
  permission,
  serverlessData,
  serverlessNetwork,
} from './permission-statement.ts';
import type { DocumentReader } from './permission-statement.ts';

/** Where an attribute stands in a resource, e.g. `['details', 0, 'policy']`. */
export type AttributePath = readonly [attribute: string, ...below: (string | number)[]];

/** Where AWS keeps resource policies in Terraform: one real policy may stand in a resource of its own or in its owner. */
export interface ResourcePolicyForm {
  readonly type: string;
  /** Service of the policy, as findings and policies name it. */
  readonly service: string;
  /** The JSON text; for a permission that is none, the argument that says most of it. */
  readonly text: AttributePath;
  /** Makes the document of a resource that has no JSON text in the language of IAM. */
  readonly read?: DocumentReader | undefined;
  /** Attribute that identifies what the policy belongs to; null when it stands in the owner, or in the account. */
  readonly owner: string | null;
  readonly ownerTypes: readonly string[];
}

interface Text {
  readonly text?: string | AttributePath;
  readonly read?: DocumentReader;
}

const own = (
  service: string,
  type: string,
  owner: string | null,
  ownerTypes: readonly string[],
  { text = 'policy', read }: Text = {},
): ResourcePolicyForm => ({
  type,
  service,
  text: typeof text === 'string' ? [text] : text,
  read,
  owner,
  ownerTypes,
});

/** The policy is an argument of the resource it belongs to. */
const within = (service: string, type: string, text: string | AttributePath = 'policy'): ResourcePolicyForm =>
  own(service, type, null, [type], { text });

const KEYS = ['aws_kms_key', 'aws_kms_replica_key', 'aws_kms_external_key', 'aws_kms_replica_external_key'];
const MULTI_REGION_TEXT: AttributePath = ['details', 0, 'policy'];

/** All forms of AWS provider 5 and 6. */
export const RESOURCE_POLICIES: readonly ResourcePolicyForm[] = [
  own('s3', 'aws_s3_bucket_policy', 'bucket', ['aws_s3_bucket', 'aws_s3_directory_bucket']),
  within('s3', 'aws_s3_bucket'),
  own('s3', 'aws_s3control_bucket_policy', 'bucket', ['aws_s3control_bucket']),
  own('s3', 'aws_s3tables_table_bucket_policy', 'table_bucket_arn', ['aws_s3tables_table_bucket'], {
    text: 'resource_policy',
  }),
  own('s3', 'aws_s3tables_table_policy', 'name', ['aws_s3tables_table'], { text: 'resource_policy' }),
  within('s3-access-point', 'aws_s3_access_point'),
  own('s3-access-point', 'aws_s3control_access_point_policy', 'access_point_arn', ['aws_s3_access_point']),
  own('s3-access-point', 'aws_s3control_object_lambda_access_point_policy', 'name', [
    'aws_s3control_object_lambda_access_point',
  ]),
  // The point has block settings, the policy stands in a resource that names it in a nested block.
  within('s3-access-point', 'aws_s3control_multi_region_access_point', MULTI_REGION_TEXT),
  own('s3-access-point', 'aws_s3control_multi_region_access_point_policy', null, [], { text: MULTI_REGION_TEXT }),
  own('s3-access-grants', 'aws_s3control_access_grants_instance_resource_policy', null, []),
  own('s3vectors', 'aws_s3vectors_vector_bucket_policy', 'vector_bucket_arn', ['aws_s3vectors_vector_bucket']),
  own('s3files', 'aws_s3files_file_system_policy', 'file_system_id', ['aws_s3files_file_system']),
  own('kms', 'aws_kms_key_policy', 'key_id', KEYS),
  ...KEYS.map((type) => within('kms', type)),
  own('sqs', 'aws_sqs_queue_policy', 'queue_url', ['aws_sqs_queue']),
  within('sqs', 'aws_sqs_queue'),
  own('sns', 'aws_sns_topic_policy', 'arn', ['aws_sns_topic']),
  within('sns', 'aws_sns_topic'),
  own('secretsmanager', 'aws_secretsmanager_secret_policy', 'secret_arn', ['aws_secretsmanager_secret']),
  within('secretsmanager', 'aws_secretsmanager_secret'),
  own('ecr', 'aws_ecr_repository_policy', 'repository', ['aws_ecr_repository']),
  own('ecr', 'aws_ecr_registry_policy', null, []),
  within('ecr', 'aws_ecr_repository_creation_template', 'repository_policy'),
  own('ecr-public', 'aws_ecrpublic_repository_policy', 'repository_name', ['aws_ecrpublic_repository']),
  own('efs', 'aws_efs_file_system_policy', 'file_system_id', ['aws_efs_file_system']),
  own('backup', 'aws_backup_vault_policy', 'backup_vault_name', [
    'aws_backup_vault',
    'aws_backup_logically_air_gapped_vault',
  ]),
  within('glacier', 'aws_glacier_vault', 'access_policy'),
  own('glacier-lock', 'aws_glacier_vault_lock', 'vault_name', ['aws_glacier_vault']),
  own('eventbridge', 'aws_cloudwatch_event_bus_policy', 'event_bus_name', ['aws_cloudwatch_event_bus']),
  own('eventbridge', 'aws_cloudwatch_event_permission', 'event_bus_name', ['aws_cloudwatch_event_bus'], {
    text: 'principal',
    read: eventPermission,
  }),
  own('lambda', 'aws_lambda_permission', 'function_name', ['aws_lambda_function'], {
    text: 'principal',
    read: permission(LAMBDA_CONDITIONS),
  }),
  own('lambda', 'aws_lambda_resource_policy', 'resource_arn', ['aws_lambda_function']),
  own('lambda-layer', 'aws_lambda_layer_version_permission', 'layer_name', ['aws_lambda_layer_version'], {
    text: 'principal',
    read: permission([['organization_id', 'StringEquals', 'aws:PrincipalOrgID']]),
  }),
  own('signer', 'aws_signer_signing_profile_permission', 'profile_name', ['aws_signer_signing_profile'], {
    text: 'principal',
    read: permission(),
  }),
  within('vpc-endpoint', 'aws_vpc_endpoint'),
  own('vpc-endpoint', 'aws_vpc_endpoint_policy', 'vpc_endpoint_id', ['aws_vpc_endpoint']),
  within('api-gateway', 'aws_api_gateway_rest_api'),
  own('api-gateway', 'aws_api_gateway_rest_api_policy', 'rest_api_id', ['aws_api_gateway_rest_api']),
  within('api-gateway', 'aws_api_gateway_domain_name'),
  own('opensearch', 'aws_opensearch_domain_policy', 'domain_name', ['aws_opensearch_domain'], {
    text: 'access_policies',
  }),
  within('opensearch', 'aws_opensearch_domain', 'access_policies'),
  own('opensearch', 'aws_elasticsearch_domain_policy', 'domain_name', ['aws_elasticsearch_domain'], {
    text: 'access_policies',
  }),
  within('opensearch', 'aws_elasticsearch_domain', 'access_policies'),
  own('opensearch-serverless', 'aws_opensearchserverless_security_policy', null, [], { read: serverlessNetwork }),
  own('opensearch-serverless', 'aws_opensearchserverless_access_policy', null, [], { read: serverlessData }),
  own('kinesis', 'aws_kinesis_resource_policy', 'resource_arn', ['aws_kinesis_stream', 'aws_kinesis_stream_consumer']),
  own('dynamodb', 'aws_dynamodb_resource_policy', 'resource_arn', ['aws_dynamodb_table']),
  own('glue', 'aws_glue_resource_policy', null, []),
  own('schemas', 'aws_schemas_registry_policy', 'registry_name', ['aws_schemas_registry']),
  own('codeartifact', 'aws_codeartifact_domain_permissions_policy', 'domain', ['aws_codeartifact_domain'], {
    text: 'policy_document',
  }),
  own('codeartifact', 'aws_codeartifact_repository_permissions_policy', 'repository', ['aws_codeartifact_repository'], {
    text: 'policy_document',
  }),
  own('codebuild', 'aws_codebuild_resource_policy', 'resource_arn', [
    'aws_codebuild_project',
    'aws_codebuild_report_group',
  ]),
  own('mediastore', 'aws_media_store_container_policy', 'container_name', ['aws_media_store_container']),
  own('ses', 'aws_ses_identity_policy', 'identity', ['aws_ses_domain_identity', 'aws_ses_email_identity']),
  own('ses', 'aws_sesv2_email_identity_policy', 'email_identity', ['aws_sesv2_email_identity']),
  own('vpc-lattice', 'aws_vpclattice_auth_policy', 'resource_identifier', [
    'aws_vpclattice_service',
    'aws_vpclattice_service_network',
  ]),
  own('vpc-lattice', 'aws_vpclattice_resource_policy', 'resource_arn', [
    'aws_vpclattice_service',
    'aws_vpclattice_service_network',
  ]),
  own('network-firewall', 'aws_networkfirewall_resource_policy', 'resource_arn', [
    'aws_networkfirewall_rule_group',
    'aws_networkfirewall_firewall_policy',
  ]),
  own('redshift', 'aws_redshift_resource_policy', 'resource_arn', ['aws_redshift_cluster']),
  own('redshift', 'aws_redshiftserverless_resource_policy', 'resource_arn', [
    'aws_redshiftserverless_namespace',
    'aws_redshiftserverless_workgroup',
  ]),
  own('acm-pca', 'aws_acmpca_policy', 'resource_arn', ['aws_acmpca_certificate_authority']),
  own('logs', 'aws_cloudwatch_log_resource_policy', null, [], { text: 'policy_document' }),
  own('logs', 'aws_cloudwatch_log_destination_policy', 'destination_name', ['aws_cloudwatch_log_destination'], {
    text: 'access_policy',
  }),
  own(
    'logs',
    'aws_cloudwatch_log_delivery_destination_policy',
    'delivery_destination_name',
    ['aws_cloudwatch_log_delivery_destination'],
    { text: 'delivery_destination_policy' },
  ),
  own('oam', 'aws_oam_sink_policy', 'sink_identifier', ['aws_oam_sink']),
  own('msk', 'aws_msk_cluster_policy', 'cluster_arn', ['aws_msk_cluster', 'aws_msk_serverless_cluster']),
  own(
    'sagemaker',
    'aws_sagemaker_model_package_group_policy',
    'model_package_group_name',
    ['aws_sagemaker_model_package_group'],
    { text: 'resource_policy' },
  ),
  own('xray', 'aws_xray_resource_policy', null, [], { text: 'policy_document' }),
  own('prometheus', 'aws_prometheus_resource_policy', 'workspace_id', ['aws_prometheus_workspace'], {
    text: 'policy_document',
  }),
  own('cloudsearch', 'aws_cloudsearch_domain_service_access_policy', 'domain_name', ['aws_cloudsearch_domain'], {
    text: 'access_policy',
  }),
  own('organizations', 'aws_organizations_resource_policy', null, [], { text: 'content' }),
  own('dsql', 'aws_dsql_cluster_policy', 'identifier', ['aws_dsql_cluster']),
  own('osis', 'aws_osis_resource_policy', 'resource_arn', ['aws_osis_pipeline']),
  own('bedrock-agentcore', 'aws_bedrockagentcore_resource_policy', 'resource_arn', []),
  own('sms-voice', 'aws_pinpointsmsvoicev2_resource_policy', 'resource_arn', []),
];

/** What people call the thing a policy of a service belongs to; the others go by their service. */
export const POLICY_OWNERS: Readonly<Record<string, string>> = {
  s3: 'bucket',
  's3-access-point': 'access point',
  s3vectors: 'vector bucket',
  s3files: 'file system',
  kms: 'key',
  sqs: 'queue',
  sns: 'topic',
  secretsmanager: 'secret',
  ecr: 'repository',
  'ecr-public': 'public repository',
  efs: 'file system',
  backup: 'backup vault',
  glacier: 'Glacier vault',
  'glacier-lock': 'lock of Glacier vault',
  eventbridge: 'event bus',
  lambda: 'function',
  'lambda-layer': 'layer',
  signer: 'signing profile',
  'vpc-endpoint': 'VPC endpoint',
  'api-gateway': 'REST API',
  opensearch: 'domain',
  'opensearch-serverless': 'OpenSearch Serverless policy',
  kinesis: 'stream',
  dynamodb: 'table',
};

/** Services that have resource policies. */
export const POLICY_SERVICES: ReadonlySet<string> = new Set(RESOURCE_POLICIES.map(({ service }) => service));
