import { strings } from '../plan/value.ts';
import type { Resource, Worlds } from '../world/world.ts';

/** Arguments that name the KMS key of a resource, by resource type: what fails when the key goes. */
const KEY_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_cloudtrail: ['kms_key_id'],
  aws_cloudwatch_log_group: ['kms_key_id'],
  aws_db_instance: ['kms_key_id'],
  aws_rds_cluster: ['kms_key_id'],
  aws_docdb_cluster: ['kms_key_id'],
  aws_neptune_cluster: ['kms_key_arn'],
  aws_dynamodb_table: ['server_side_encryption'],
  aws_ebs_volume: ['kms_key_id'],
  aws_ebs_default_kms_key: ['key_arn'],
  aws_efs_file_system: ['kms_key_id'],
  aws_eks_cluster: ['encryption_config'],
  aws_elasticache_replication_group: ['kms_key_id'],
  aws_kinesis_stream: ['kms_key_id'],
  aws_kms_alias: ['target_key_id'],
  aws_kms_replica_key: ['primary_key_arn'],
  aws_lambda_function: ['kms_key_arn'],
  aws_redshift_cluster: ['kms_key_id'],
  aws_s3_bucket_server_side_encryption_configuration: ['rule'],
  aws_secretsmanager_secret: ['kms_key_id'],
  aws_sns_topic: ['kms_master_key_id'],
  aws_sqs_queue: ['kms_master_key_id'],
  aws_ssm_parameter: ['key_id'],
  aws_backup_vault: ['kms_key_arn'],
  aws_ecr_repository: ['encryption_configuration'],
  aws_opensearch_domain: ['encrypt_at_rest'],
};

/** Finds who names a key by id, ARN or alias, or refers to it; the index is made on the first question. */
export function keyUsers({ before, after }: Worlds): (key: Resource) => readonly string[] {
  let index: Map<string, Set<string>> | undefined;
  return (key) => {
    index ??= indexOf([
      ...before.resources(...Object.keys(KEY_ARGUMENTS)),
      ...after.resources(...Object.keys(KEY_ARGUMENTS)),
    ]);
    const names = [key.get('id'), key.get('key_id'), key.get('arn')].filter((name) => typeof name === 'string');
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

const namesIn = (user: Resource): string[] =>
  (KEY_ARGUMENTS[user.type] ?? []).flatMap((argument) => [
    ...allStrings(user.get(argument)),
    ...user.references(argument).map(({ address }) => address),
  ]);

/** The strings of a value however deep they stand. */
function allStrings(value: unknown): string[] {
  if (typeof value === 'string') return strings(value);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(allStrings) : [];
}
