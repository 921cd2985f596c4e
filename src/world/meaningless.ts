/**
 * Attributes whose change has no meaning for the security of AWS, by type. This is the whole knowledge behind the output
 * `neutral`: what is not here counts as meaning something.
 */
export type Meaning =
  /** Whatever the value, even when it is not known yet. */
  | { readonly kind: 'none'; readonly because: string }
  /** Recorded by AWS and set by nobody; in the configuration it would be something else. */
  | { readonly kind: 'computed'; readonly because: string }
  /** Without meaning as long as it names another version of the same container image. */
  | { readonly kind: 'image' }
  /** JSON of containers, of which only images may change. */
  | { readonly kind: 'containers' }
  /** A policy document that may be written in another way. */
  | { readonly kind: 'policy' }
  /** Refers to a resource of the plan, and to the same one as before. */
  | { readonly kind: 'follows' };

type Attributes = Readonly<Record<string, Meaning>>;

const none = (because: string): Meaning => ({ kind: 'none', because });
const computed = (because: string): Meaning => ({ kind: 'computed', because });

const NOTE = none('a note for people, which AWS does not read');
const REVISION = computed('AWS numbers the revisions');
const RELEASE = computed('AWS records the release');

/** Types whose `description` is a note, and is changed in place. In others it may instruct something, e.g. an agent. */
const DESCRIBED = [
  'aws_api_gateway_deployment',
  'aws_api_gateway_rest_api',
  'aws_api_gateway_stage',
  'aws_apigatewayv2_api',
  'aws_apigatewayv2_stage',
  'aws_cloudwatch_event_bus',
  'aws_cloudwatch_event_rule',
  'aws_codebuild_project',
  'aws_config_config_rule',
  'aws_elasticache_replication_group',
  'aws_glue_catalog_database',
  'aws_glue_job',
  'aws_iam_role',
  'aws_kms_key',
  'aws_kms_replica_key',
  'aws_lambda_alias',
  'aws_lambda_function',
  'aws_lambda_layer_version',
  'aws_network_interface',
  'aws_secretsmanager_secret',
  'aws_security_group_rule',
  'aws_ssm_maintenance_window',
  'aws_ssm_parameter',
  'aws_ssoadmin_permission_set',
  'aws_vpc_security_group_egress_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_wafv2_ip_set',
  'aws_wafv2_rule_group',
  'aws_wafv2_web_acl',
] as const;

/** Attributes that hold a policy in the language of IAM. */
const POLICIES = {
  aws_ecr_repository_policy: 'policy',
  aws_iam_group_policy: 'policy',
  aws_iam_policy: 'policy',
  aws_iam_role: 'assume_role_policy',
  aws_iam_role_policy: 'policy',
  aws_iam_user_policy: 'policy',
  aws_kms_key: 'policy',
  aws_kms_key_policy: 'policy',
  aws_s3_bucket_policy: 'policy',
  aws_secretsmanager_secret_policy: 'policy',
  aws_sns_topic_policy: 'policy',
  aws_sqs_queue: 'policy',
  aws_sqs_queue_policy: 'policy',
  aws_ssoadmin_permission_set_inline_policy: 'inline_policy',
} as const;

const BY_TYPE: Readonly<Record<string, Attributes>> = {
  aws_batch_job_definition: {
    container_properties: { kind: 'containers' },
    arn: REVISION,
    id: REVISION,
    revision: REVISION,
  },
  aws_cloudfront_distribution: { comment: NOTE },
  aws_cloudwatch_metric_alarm: { alarm_description: NOTE },
  aws_ecs_service: {
    task_definition: { kind: 'follows' },
    triggers: none('it only starts a deployment'),
  },
  aws_ecs_task_definition: {
    container_definitions: { kind: 'containers' },
    enable_fault_injection: computed('nobody sets it, so it is off'),
    arn: REVISION,
    arn_without_revision: REVISION,
    id: REVISION,
    revision: REVISION,
  },
  aws_lambda_alias: { function_version: { kind: 'follows' } },
  aws_lambda_function: {
    image_uri: { kind: 'image' },
    code_sha256: RELEASE,
    last_modified: RELEASE,
    qualified_arn: RELEASE,
    qualified_invoke_arn: RELEASE,
    source_code_size: RELEASE,
    version: RELEASE,
  },
  aws_route53_zone: { comment: NOTE },
};

const isOf = (type: string, types: readonly string[]): boolean => types.includes(type);

/** What the table says of an attribute; undefined when it may mean anything. Tags are a matter of their own. */
export function meaningOf(type: string, attribute: string): Meaning | undefined {
  const attributes = Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined;
  if (attributes && Object.hasOwn(attributes, attribute)) return attributes[attribute];
  if (attribute === 'description' && isOf(type, DESCRIBED)) return NOTE;
  return Object.hasOwn(POLICIES, type) && POLICIES[type as keyof typeof POLICIES] === attribute
    ? { kind: 'policy' }
    : undefined;
}

/** Types of which every change makes a new revision beside the old: a replacement destroys nothing that is in use. */
export const isRevised = (type: string): boolean => type === 'aws_ecs_task_definition';

/** Tags that a service of AWS or a controller in a cluster acts on, whatever policies say. */
export const ACTING_TAGS: readonly (readonly [key: RegExp, by: string])[] = [
  [/^aws:/i, 'AWS itself'],
  [/^GuardDuty/i, 'GuardDuty'],
  [/^Inspector/i, 'Inspector'],
  [/^SSM|^Patch ?Group$/i, 'Systems Manager'],
  [/^AWSBackup|^aws-?backup/i, 'AWS Backup'],
  [/^Amazon[A-Z]|^AWS[A-Z]/, 'a service of AWS'],
  [/^(?:[\w.-]+\.)?(?:kubernetes\.io|k8s\.io|k8s\.aws|karpenter\.sh|eks\.amazonaws\.com)\//i, 'Kubernetes'],
];
