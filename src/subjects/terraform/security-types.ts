/** Resource types that are a control (they permit, watch, encrypt, keep or stop something), as their names begin. */
const CONTROLS = [
  'accessanalyzer',
  'acmpca',
  'backup',
  'cloudtrail',
  'cloudwatch_event_rule',
  'cloudwatch_log',
  'cloudwatch_metric_alarm',
  'config_',
  'controltower',
  'default_network_acl',
  'default_security_group',
  'detective',
  'ebs_encryption_by_default',
  'ebs_snapshot_block_public_access',
  'ec2_image_block_public_access',
  'ec2_instance_metadata_defaults',
  'flow_log',
  'fms',
  'guardduty',
  'iam',
  'inspector',
  'kms',
  'macie',
  'network_acl',
  'networkfirewall',
  'organizations',
  'route53_resolver_firewall',
  's3_account_public_access_block',
  's3_bucket_',
  'secretsmanager_secret',
  'security_group',
  'securityhub',
  'shield',
  'ssm_patch',
  'ssoadmin',
  'vpc_block_public_access',
  'vpc_security_group',
  'waf',
];

/** Types that hold what a control protects: data, keys, logs. */
const DATA = [
  'db_',
  'docdb_cluster',
  'dynamodb_table',
  'ebs_volume',
  'efs_file_system',
  'elasticache_',
  'fsx_',
  'memorydb_',
  'neptune_cluster',
  'opensearch_domain',
  'rds_cluster',
  'redshift_cluster',
  's3_bucket',
  'timestream',
];

const expression = (beginnings: readonly string[]): RegExp => new RegExp(`^aws_(?:${beginnings.join('|')})`);

const CONTROL = expression(CONTROLS);
const SECURITY = expression([...CONTROLS, ...DATA]);
const POLICY = /^aws_\w+_policy$/;

/** True for a resource type that permits, watches, encrypts, keeps or stops something. */
export const isControl = (type: string): boolean => CONTROL.test(type) || POLICY.test(type);

/** True for a control, and for what holds data. */
export const isSecurityRelevant = (type: string): boolean => SECURITY.test(type) || POLICY.test(type);
