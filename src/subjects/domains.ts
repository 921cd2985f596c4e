import { secret } from './secret.ts';
import type { SubjectKind } from './subject.ts';

/** Kinds that are loaded together, because a plan that needs one of them mostly needs the others. */
interface Domain {
  /** True for every resource type that a kind of the domain is about, and for a few more: then it is loaded in vain. */
  readonly isAbout: RegExp;
  readonly load: () => Promise<{ readonly KINDS: readonly SubjectKind[] }>;
}

export const DOMAINS: readonly Domain[] = [
  {
    isAbout:
      /security_group|prefix_list|subnet|route|internet_gateway|flow_log|_db_|rds|docdb|neptune|redshift|elasticache|memorydb|search_domain|msk|mq_|emr|eks|dms|efs|database|instance|launch_|spot|ebs_|_eip|network_interface/,
    load: () => import('./network/kinds.ts'),
  },
  {
    isAbout:
      /iam|policy|permission|grant|s3|kms|sqs|sns|secret|repository|event_bus|domain|acmpca|glacier|vpc_endpoint|api_gateway|ssoadmin|identitystore/,
    load: () => import('./identity/kinds.ts'),
  },
  { isAbout: /s3|cloudtrail|kms|guardduty/, load: () => import('./storage/kinds.ts') },
  {
    isAbout:
      /cloudwatch|aws_config_|sns_topic|chatbot|budgets|aws_ce_|firehose|aws_oam|mq_broker|msk_cluster|globalaccelerator|appsync|sfn_|dms_replication_task|mwaa|codebuild|ecs_task|beanstalk_env|docdb_cluster|neptune_cluster|redshiftserverless|verifiedaccess|bedrock_model|iot_logging|athena_w|transfer_server|securitylake|observabilityadmin|flow_log|wafv2_web_acl_log|_event_subscription|vault_notifications|action_target/,
    load: () => import('./monitoring/kinds.ts'),
  },
  {
    isAbout:
      /^aws_(accessanalyzer|account|acm|cognito|controltower|iam|organizations|ram_sharing|secretsmanager)|identity_provider_config|trusted_token_issuer|admin_account|listener_certificate|codecommit_approval|codepipeline$|(snapshot|image)_block_public|allowed_images|registry_scanning/,
    load: () => import('./account/kinds.ts'),
  },
  { isAbout: /./, load: () => import('./terraform/kinds.ts') },
];

/**
 * The kinds that a plan may need. Start-up counts: a plan that only opens a port must not wait for policy documents.
 * @param touchedTypes resource types with at least one change
 * @param all true for an audit, which judges everything that is there
 */
export async function kindsFor(touchedTypes: Iterable<string>, all: boolean): Promise<SubjectKind[]> {
  const touched = [...touchedTypes];
  const needed = DOMAINS.filter(({ isAbout }) => all || touched.some((type) => isAbout.test(type)));
  const loaded = await Promise.all(needed.map(({ load }) => load()));
  return [...loaded.flatMap(({ KINDS }) => KINDS), secret];
}
