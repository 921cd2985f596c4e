import { strings } from '../../plan/value.ts';
import type { Resource, Worlds } from '../../world/world.ts';
import { namesOfKey } from './key-unusable.ts';

/** Arguments that name the KMS key of a resource, by resource type: what fails when the key goes. */
const KEY_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_ami_copy: ['kms_key_id'],
  aws_athena_workgroup: ['configuration'],
  aws_backup_vault: ['kms_key_arn'],
  aws_cloudtrail: ['kms_key_id'],
  aws_cloudtrail_event_data_store: ['kms_key_id'],
  aws_cloudwatch_log_group: ['kms_key_id'],
  aws_codebuild_project: ['encryption_key'],
  aws_codepipeline: ['artifact_store'],
  aws_db_instance: ['kms_key_id', 'performance_insights_kms_key_id', 'master_user_secret_kms_key_id'],
  aws_docdb_cluster: ['kms_key_id'],
  aws_dynamodb_table: ['server_side_encryption'],
  aws_ebs_default_kms_key: ['key_arn'],
  aws_ebs_snapshot_copy: ['kms_key_id'],
  aws_ebs_volume: ['kms_key_id'],
  aws_ecr_repository: ['encryption_configuration'],
  aws_efs_file_system: ['kms_key_id'],
  aws_eks_cluster: ['encryption_config'],
  aws_elasticache_replication_group: ['kms_key_id'],
  aws_fsx_lustre_file_system: ['kms_key_id'],
  aws_fsx_ontap_file_system: ['kms_key_id'],
  aws_fsx_openzfs_file_system: ['kms_key_id'],
  aws_fsx_windows_file_system: ['kms_key_id'],
  aws_instance: ['root_block_device', 'ebs_block_device'],
  aws_kinesis_firehose_delivery_stream: ['server_side_encryption', 'extended_s3_configuration'],
  aws_kinesis_stream: ['kms_key_id'],
  aws_kms_alias: ['target_key_id'],
  aws_kms_grant: ['key_id'],
  aws_kms_replica_key: ['primary_key_arn'],
  aws_lambda_function: ['kms_key_arn'],
  aws_launch_template: ['block_device_mappings'],
  aws_msk_cluster: ['encryption_info'],
  aws_neptune_cluster: ['kms_key_arn'],
  aws_opensearch_domain: ['encrypt_at_rest'],
  aws_rds_cluster: ['kms_key_id', 'master_user_secret_kms_key_id'],
  aws_rds_cluster_instance: ['performance_insights_kms_key_id'],
  aws_redshift_cluster: ['kms_key_id'],
  aws_s3_bucket: ['server_side_encryption_configuration'],
  aws_s3_bucket_server_side_encryption_configuration: ['rule'],
  aws_s3_object: ['kms_key_id'],
  aws_sagemaker_notebook_instance: ['kms_key_id'],
  aws_secretsmanager_secret: ['kms_key_id'],
  aws_sfn_state_machine: ['encryption_configuration'],
  aws_sns_topic: ['kms_master_key_id'],
  aws_sqs_queue: ['kms_master_key_id'],
  aws_ssm_parameter: ['key_id'],
  aws_timestreamwrite_database: ['kms_key_id'],
};

/** Finds who names a key by id, ARN or alias, or refers to it; the index is made on the first question. */
export function keyUsers({ before, after }: Worlds): (key: Resource) => readonly string[] {
  let index: Map<string, Set<string>> | undefined;
  return (key) => {
    index ??= indexOf([
      ...before.resources(...Object.keys(KEY_ARGUMENTS)),
      ...after.resources(...Object.keys(KEY_ARGUMENTS)),
    ]);
    const names = namesOfKey(key, key.side === 'before' ? before : after);
    const users = [key.address, ...names].flatMap((name) => [...(index?.get(name) ?? [])]);
    return [...new Set(users)].filter((address) => address !== key.address);
  };
}

function indexOf(users: readonly Resource[]): Map<string, Set<string>> {
  const index = new Map<string, Set<string>>();
  for (const user of users) {
    for (const name of namesIn(user)) {
      const known = index.get(name) ?? new Set<string>();
      index.set(name, known.add(user.address));
    }
  }
  return index;
}

/** A bucket's own argument repeats what the resource for its encryption sets, which is listed by itself. */
const isRepeated = (user: Resource, argument: string): boolean =>
  user.type === 'aws_s3_bucket' && !user.isConfigured(argument);

const namesIn = (user: Resource): string[] =>
  (KEY_ARGUMENTS[user.type] ?? [])
    .filter((argument) => !isRepeated(user, argument))
    .flatMap((argument) => [
      ...allStrings(user.get(argument)),
      ...user.references(argument).map(({ address }) => address),
    ]);

/** The strings of a value however deep they stand. */
function allStrings(value: unknown): string[] {
  if (typeof value === 'string') return strings(value);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(allStrings) : [];
}
