/**
 * Which attributes name the real thing behind a resource, so that a delete and a create of it in one plan are one
 * re-creation and not a loss and a gain (semantics 0.5). An attribute with types refers to another resource.
 */
type KeyPart = string | { readonly attribute: string; readonly of: readonly string[] };

const bucket: KeyPart = { attribute: 'bucket', of: ['aws_s3_bucket'] };
const role: KeyPart = { attribute: 'role', of: ['aws_iam_role'] };
const user: KeyPart = { attribute: 'user', of: ['aws_iam_user'] };
const group: KeyPart = { attribute: 'group', of: ['aws_iam_group'] };
const vpc: KeyPart = { attribute: 'vpc_id', of: ['aws_vpc', 'aws_default_vpc'] };

const pool: KeyPart = { attribute: 'user_pool_id', of: ['aws_cognito_user_pool'] };
const unit = 'aws_organizations_organizational_unit';
const account = 'aws_organizations_account';

const onBucket = [
  'acl',
  'cors_configuration',
  'lifecycle_configuration',
  'logging',
  'notification',
  'object_lock_configuration',
  'ownership_controls',
  'policy',
  'public_access_block',
  'replication_configuration',
  'server_side_encryption_configuration',
  'versioning',
  'website_configuration',
];

/** Types in the order in which they must be paired: what others refer to comes first. */
export const IDENTITY_KEYS: Readonly<Record<string, readonly KeyPart[]>> = {
  aws_s3_bucket: ['bucket'],
  aws_vpc: ['cidr_block', 'tags.Name'],
  aws_iam_role: ['name'],
  aws_iam_user: ['name'],
  aws_iam_group: ['name'],
  aws_iam_policy: ['name', 'path'],
  aws_organizations_policy: ['name', 'type'],
  aws_cloudtrail: ['name'],
  aws_cloudtrail_event_data_store: ['name'],
  aws_guardduty_detector: [],
  aws_kms_alias: ['name'],
  aws_security_group: [vpc, 'name'],
  aws_db_instance: ['identifier'],
  aws_rds_cluster: ['cluster_identifier'],
  aws_rds_cluster_instance: ['identifier'],
  aws_docdb_cluster: ['cluster_identifier'],
  aws_neptune_cluster: ['cluster_identifier'],
  aws_redshift_cluster: ['cluster_identifier'],
  aws_elasticache_cluster: ['cluster_id'],
  aws_elasticache_replication_group: ['replication_group_id'],
  aws_opensearch_domain: ['domain_name'],
  aws_sqs_queue: ['name'],
  aws_sns_topic: ['name'],
  aws_secretsmanager_secret: ['name'],
  aws_lambda_function: ['function_name'],
  aws_ecr_repository: ['name'],
  aws_cloudwatch_log_group: ['name'],
  aws_default_security_group: [vpc],
  aws_ebs_encryption_by_default: [],
  aws_iam_account_password_policy: [],
  aws_s3_account_public_access_block: [],
  aws_flow_log: [
    vpc,
    { attribute: 'subnet_id', of: ['aws_subnet'] },
    { attribute: 'eni_id', of: ['aws_network_interface'] },
    { attribute: 'log_destination', of: ['aws_cloudwatch_log_group', 'aws_s3_bucket'] },
  ],
  aws_kms_key_policy: [{ attribute: 'key_id', of: ['aws_kms_key', 'aws_kms_replica_key', 'aws_kms_external_key'] }],
  aws_iam_role_policy: [role, 'name'],
  aws_iam_user_policy: [user, 'name'],
  aws_iam_group_policy: [group, 'name'],
  aws_iam_role_policy_attachment: [role, { attribute: 'policy_arn', of: ['aws_iam_policy'] }],
  aws_iam_user_policy_attachment: [user, { attribute: 'policy_arn', of: ['aws_iam_policy'] }],
  aws_iam_group_policy_attachment: [group, { attribute: 'policy_arn', of: ['aws_iam_policy'] }],
  aws_iam_user_login_profile: [user],
  aws_iam_server_certificate: ['name'],
  aws_iam_saml_provider: ['name'],
  aws_iam_openid_connect_provider: ['url'],
  aws_iam_organizations_features: [],
  aws_ebs_snapshot_block_public_access: [],
  aws_ec2_image_block_public_access: [],
  aws_ec2_allowed_images_settings: [],
  aws_ecr_registry_scanning_configuration: [],
  aws_codecommit_approval_rule_template: ['name'],
  aws_codecommit_approval_rule_template_association: ['approval_rule_template_name', 'repository_name'],
  aws_codepipeline: ['name'],
  aws_ssoadmin_permission_set: ['name', 'instance_arn'],
  aws_organizations_organization: [],
  aws_organizations_policy_attachment: [
    { attribute: 'policy_id', of: ['aws_organizations_policy'] },
    { attribute: 'target_id', of: [unit, account, 'aws_organizations_organization'] },
  ],
  aws_organizations_delegated_administrator: ['service_principal'],
  aws_organizations_aws_service_access: ['service_principal'],
  aws_guardduty_organization_admin_account: [],
  aws_securityhub_organization_admin_account: [],
  aws_macie2_organization_admin_account: [],
  aws_inspector2_delegated_admin_account: [],
  aws_detective_organization_admin_account: [],
  aws_cloudtrail_organization_delegated_admin_account: [],
  aws_fms_admin_account: [],
  aws_ram_sharing_with_organization: [],
  aws_controltower_landing_zone: [],
  aws_controltower_control: ['control_identifier', { attribute: 'target_identifier', of: [unit] }],
  aws_account_alternate_contact: ['alternate_contact_type', { attribute: 'account_id', of: [account] }],
  aws_accessanalyzer_analyzer: ['analyzer_name'],
  aws_accessanalyzer_archive_rule: ['analyzer_name', 'rule_name'],
  aws_cognito_user_pool: ['name'],
  aws_cognito_user_pool_client: [pool, 'name'],
  aws_cognito_risk_configuration: [pool],
  aws_secretsmanager_secret_rotation: [{ attribute: 'secret_id', of: ['aws_secretsmanager_secret'] }],
  aws_acm_certificate_validation: [{ attribute: 'certificate_arn', of: ['aws_acm_certificate'] }],
  aws_lb_listener_certificate: [
    { attribute: 'listener_arn', of: ['aws_lb_listener'] },
    { attribute: 'certificate_arn', of: ['aws_acm_certificate'] },
  ],
  aws_route_table_association: [{ attribute: 'subnet_id', of: ['aws_subnet'] }],
  ...Object.fromEntries(onBucket.map((part) => [`aws_s3_bucket_${part}`, [bucket]])),
};
