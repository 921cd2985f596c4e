/**
 * Services that act for resources of any account and say for which one when they take a role, so that a trust policy can
 * tell the own resources from those of others. Each is one whose guide shows aws:SourceAccount or aws:SourceArn in the trust
 * policy of its role ("cross-service confused deputy prevention"). Services that send neither key are left out, since a
 * condition would lock them out: EC2, Lambda, Glue, API Gateway, AWS Backup.
 */
const SOURCE_SERVICES: ReadonlySet<string> = new Set([
  'airflow-env.amazonaws.com',
  'airflow.amazonaws.com',
  'appstream.amazonaws.com',
  'autoscaling.amazonaws.com',
  'batch.amazonaws.com',
  'bedrock-agentcore.amazonaws.com',
  'bedrock.amazonaws.com',
  'codebuild.amazonaws.com',
  'codepipeline.amazonaws.com',
  'comprehend.amazonaws.com',
  'config.amazonaws.com',
  'datasync.amazonaws.com',
  'dms.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'firehose.amazonaws.com',
  'fis.amazonaws.com',
  'grafana.amazonaws.com',
  'iot.amazonaws.com',
  'kinesisanalytics.amazonaws.com',
  'logs.amazonaws.com',
  'monitoring.rds.amazonaws.com',
  'personalize.amazonaws.com',
  'pipes.amazonaws.com',
  'rds.amazonaws.com',
  'sagemaker.amazonaws.com',
  'scheduler.amazonaws.com',
  'ses.amazonaws.com',
  'ssm.amazonaws.com',
  'states.amazonaws.com',
  'transcribe.amazonaws.com',
  'transfer.amazonaws.com',
  'vpc-flow-logs.amazonaws.com',
]);

/** `logs.eu-west-1.amazonaws.com` is `logs.amazonaws.com` of one region. */
const withoutRegion = (principal: string): string =>
  principal.replace(/\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com/, '.amazonaws.com').replace(/\.cn$/, '');

/** True for a service principal whose trust should say for whose resources it may act. */
export const namesItsSource = (principal: string): boolean => SOURCE_SERVICES.has(withoutRegion(principal));
