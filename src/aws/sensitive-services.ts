/** Services whose full set of actions gives away the account, its keys or its data. */
const SENSITIVE_SERVICES: ReadonlySet<string> = new Set([
  'iam',
  'sts',
  'kms',
  'organizations',
  's3',
  'ec2',
  'lambda',
  'secretsmanager',
  'ssm',
]);

/** True for a service prefix such as `iam`, or one with a wildcard in it. */
export const isSensitiveService = (prefix: string): boolean => SENSITIVE_SERVICES.has(prefix) || /[*?]/.test(prefix);

/** Services that run code for whoever may start it: a role they may take is a role any workload can take. */
const COMPUTE_SERVICES: ReadonlySet<string> = new Set([
  'ec2.amazonaws.com',
  'lambda.amazonaws.com',
  'edgelambda.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'ecs.amazonaws.com',
  'eks.amazonaws.com',
  'pods.eks.amazonaws.com',
  'codebuild.amazonaws.com',
  'glue.amazonaws.com',
  'sagemaker.amazonaws.com',
  'batch.amazonaws.com',
  'ssm.amazonaws.com',
  'states.amazonaws.com',
  'cloudformation.amazonaws.com',
  'apprunner.amazonaws.com',
  'tasks.apprunner.amazonaws.com',
  'elasticmapreduce.amazonaws.com',
  'bedrock.amazonaws.com',
]);

/** True for a service principal such as `lambda.amazonaws.com`. */
export const isComputeService = (principal: string): boolean => COMPUTE_SERVICES.has(principal);
