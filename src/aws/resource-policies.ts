/** Where AWS keeps resource policies in Terraform: one real policy may stand in a resource of its own or in its owner. */
export interface ResourcePolicyForm {
  readonly type: string;
  /** Service of the policy, as findings and policies name it. */
  readonly service: string;
  /** Attribute with the JSON text. */
  readonly text: string;
  /** Attribute that identifies what the policy belongs to; null when it stands in the owner, or in the account. */
  readonly owner: string | null;
  readonly ownerTypes: readonly string[];
}

const own = (
  service: string,
  type: string,
  owner: string | null,
  ownerTypes: readonly string[],
  text = 'policy',
): ResourcePolicyForm => ({
  type,
  service,
  text,
  owner,
  ownerTypes,
});

/** The policy is an argument of the resource it belongs to. */
const within = (service: string, type: string, text = 'policy'): ResourcePolicyForm =>
  own(service, type, null, [type], text);

const KEYS = ['aws_kms_key', 'aws_kms_replica_key', 'aws_kms_external_key', 'aws_kms_replica_external_key'];

export const RESOURCE_POLICIES: readonly ResourcePolicyForm[] = [
  own('s3', 'aws_s3_bucket_policy', 'bucket', ['aws_s3_bucket', 'aws_s3_directory_bucket']),
  within('s3', 'aws_s3_bucket'),
  own('s3', 'aws_s3control_bucket_policy', 'bucket', ['aws_s3control_bucket']),
  own('s3', 'aws_s3tables_table_bucket_policy', 'table_bucket_arn', ['aws_s3tables_table_bucket'], 'resource_policy'),
  own('s3', 'aws_s3tables_table_policy', 'name', ['aws_s3tables_table'], 'resource_policy'),
  own('kms', 'aws_kms_key_policy', 'key_id', KEYS),
  ...KEYS.map((type) => within('kms', type)),
  own('sqs', 'aws_sqs_queue_policy', 'queue_url', ['aws_sqs_queue']),
  within('sqs', 'aws_sqs_queue'),
  own('sns', 'aws_sns_topic_policy', 'arn', ['aws_sns_topic']),
  within('sns', 'aws_sns_topic'),
  own('secretsmanager', 'aws_secretsmanager_secret_policy', 'secret_arn', ['aws_secretsmanager_secret']),
  within('secretsmanager', 'aws_secretsmanager_secret'),
  own('ecr', 'aws_ecr_repository_policy', 'repository', ['aws_ecr_repository']),
  own('efs', 'aws_efs_file_system_policy', 'file_system_id', ['aws_efs_file_system']),
  own('backup', 'aws_backup_vault_policy', 'backup_vault_name', ['aws_backup_vault']),
  own('eventbridge', 'aws_cloudwatch_event_bus_policy', 'event_bus_name', ['aws_cloudwatch_event_bus']),
  own('opensearch', 'aws_opensearch_domain_policy', 'domain_name', ['aws_opensearch_domain'], 'access_policies'),
  within('opensearch', 'aws_opensearch_domain', 'access_policies'),
  own('opensearch', 'aws_elasticsearch_domain_policy', 'domain_name', ['aws_elasticsearch_domain'], 'access_policies'),
  within('opensearch', 'aws_elasticsearch_domain', 'access_policies'),
  within('glacier', 'aws_glacier_vault', 'access_policy'),
  own('kinesis', 'aws_kinesis_resource_policy', 'resource_arn', ['aws_kinesis_stream', 'aws_kinesis_stream_consumer']),
  own('dynamodb', 'aws_dynamodb_resource_policy', 'resource_arn', ['aws_dynamodb_table']),
  own('glue', 'aws_glue_resource_policy', null, []),
  own('eventbridge', 'aws_schemas_registry_policy', 'registry_name', ['aws_schemas_registry']),
  own(
    'codeartifact',
    'aws_codeartifact_domain_permissions_policy',
    'domain',
    ['aws_codeartifact_domain'],
    'policy_document',
  ),
  own(
    'codeartifact',
    'aws_codeartifact_repository_permissions_policy',
    'repository',
    ['aws_codeartifact_repository'],
    'policy_document',
  ),
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
  own('logs', 'aws_cloudwatch_log_resource_policy', null, [], 'policy_document'),
  own(
    'logs',
    'aws_cloudwatch_log_destination_policy',
    'destination_name',
    ['aws_cloudwatch_log_destination'],
    'access_policy',
  ),
  own(
    'logs',
    'aws_cloudwatch_log_delivery_destination_policy',
    'delivery_destination_name',
    ['aws_cloudwatch_log_delivery_destination'],
    'delivery_destination_policy',
  ),
  own('oam', 'aws_oam_sink_policy', 'sink_identifier', ['aws_oam_sink']),
  own('msk', 'aws_msk_cluster_policy', 'cluster_arn', ['aws_msk_cluster', 'aws_msk_serverless_cluster']),
  own(
    'sagemaker',
    'aws_sagemaker_model_package_group_policy',
    'model_package_group_name',
    ['aws_sagemaker_model_package_group'],
    'resource_policy',
  ),
  own('xray', 'aws_xray_resource_policy', null, [], 'policy_document'),
  own('prometheus', 'aws_prometheus_resource_policy', 'workspace_id', ['aws_prometheus_workspace'], 'policy_document'),
  own(
    'cloudsearch',
    'aws_cloudsearch_domain_service_access_policy',
    'domain_name',
    ['aws_cloudsearch_domain'],
    'access_policy',
  ),
  own('organizations', 'aws_organizations_resource_policy', null, [], 'content'),
  own('s3', 'aws_s3vectors_vector_bucket_policy', 'vector_bucket_arn', ['aws_s3vectors_vector_bucket']),
  own('s3', 'aws_s3files_file_system_policy', 'file_system_id', ['aws_s3files_file_system']),
  own('dsql', 'aws_dsql_cluster_policy', 'identifier', ['aws_dsql_cluster']),
  own('lambda', 'aws_lambda_resource_policy', 'resource_arn', ['aws_lambda_function']),
  own('osis', 'aws_osis_resource_policy', 'resource_arn', ['aws_osis_pipeline']),
  own('bedrock-agentcore', 'aws_bedrockagentcore_resource_policy', 'resource_arn', []),
  own('sms-voice', 'aws_pinpointsmsvoicev2_resource_policy', 'resource_arn', []),
];

/**
 * The key policy that AWS puts on a key when none is given: the account decides through IAM.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export const defaultKeyPolicy = (account: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: { AWS: account },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
});
