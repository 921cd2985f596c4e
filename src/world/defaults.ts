import type { Json } from '../plan/value.ts';

/**
 * What an attribute nobody set means (semantics 0.9), seen in plans of AWS provider 5.100.0. The plan shows such an
 * attribute as unknown on create (Optional and Computed) or as null; neither is "unknown" or "off" by itself.
 * `null` here: absent for sure (AWS or Terraform adds nothing). An attribute not listed stays as the plan shows it.
 */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  aws_security_group: { ingress: [], egress: [] },
  aws_default_security_group: { ingress: [], egress: [] },
  aws_default_network_acl: { ingress: [], egress: [] },
  aws_instance: {
    metadata_options: null,
    user_data: null,
    user_data_base64: null,
    ebs_block_device: null,
    root_block_device: null,
  },
  aws_launch_template: { metadata_options: null },
  aws_ebs_volume: { encrypted: null },
  aws_efs_file_system: { encrypted: false },
  aws_db_instance: { storage_encrypted: false, publicly_accessible: false, deletion_protection: false, port: null },
  aws_rds_cluster: { storage_encrypted: null, port: null, deletion_protection: false },
  aws_rds_cluster_instance: { publicly_accessible: false },
  aws_docdb_cluster: { storage_encrypted: false },
  aws_neptune_cluster: { storage_encrypted: false },
  aws_neptune_cluster_instance: { publicly_accessible: false },
  aws_elasticache_replication_group: { at_rest_encryption_enabled: false, transit_encryption_enabled: false },
  aws_sqs_queue: { sqs_managed_sse_enabled: true },
  aws_dynamodb_table: { point_in_time_recovery: null },
  aws_kms_key: {
    enable_key_rotation: false,
    policy: null,
    is_enabled: true,
    rotation_period_in_days: null,
    multi_region: false,
    customer_master_key_spec: 'SYMMETRIC_DEFAULT',
    key_usage: 'ENCRYPT_DECRYPT',
  },
  aws_kms_replica_key: { policy: null, enabled: true },
  aws_kms_external_key: { policy: null, enabled: true },
  aws_cloudtrail: {
    is_multi_region_trail: false,
    is_organization_trail: false,
    enable_log_file_validation: false,
    enable_logging: true,
    include_global_service_events: true,
  },
  aws_config_configuration_recorder: { recording_group: null, recording_mode: null },
  aws_dms_replication_task: { replication_task_settings: null },
  aws_securitylake_aws_log_source: { accounts: null },
  aws_guardduty_detector: { enable: true },
  aws_lb: { internal: false, enable_deletion_protection: false },
  aws_lb_listener: { ssl_policy: 'ELBSecurityPolicy-2016-08' },
  aws_eks_cluster: { endpoint_public_access: true, public_access_cidrs: ['0.0.0.0/0'] },
  aws_iam_role: { inline_policy: [], managed_policy_arns: [], permissions_boundary: null },
  aws_iam_access_key: { status: 'Active' },
  aws_s3_bucket: {
    acl: null,
    grant: null,
    policy: null,
    logging: null,
    versioning: null,
    server_side_encryption_configuration: null,
    lifecycle_rule: null,
    website: null,
    cors_rule: null,
    replication_configuration: null,
    object_lock_configuration: null,
    force_destroy: false,
  },
  aws_s3_bucket_public_access_block: {
    block_public_acls: false,
    block_public_policy: false,
    ignore_public_acls: false,
    restrict_public_buckets: false,
  },
  aws_s3_account_public_access_block: {
    block_public_acls: false,
    block_public_policy: false,
    ignore_public_acls: false,
    restrict_public_buckets: false,
  },
  aws_s3_bucket_acl: { access_control_policy: null },
  aws_sns_topic: { policy: null },
  aws_ebs_encryption_by_default: { enabled: true },
  aws_route_table: { route: [] },
  aws_default_route_table: { route: [] },
  aws_flow_log: { traffic_type: 'ALL' },
};

/** The effective value of an unset attribute; undefined when the table does not know it. */
export const effectiveDefault = (type: string, attribute: string): Json | undefined => DEFAULTS[type]?.[attribute];
