import type { Completed } from './completed.ts';
import type { Hop } from './way.ts';

/** Services as people call them; others by their principal. */
const SERVICES: Readonly<Record<string, string>> = {
  'apigateway.amazonaws.com': 'API Gateway',
  'bedrock-agentcore.amazonaws.com': 'AgentCore',
  'cloudformation.amazonaws.com': 'CloudFormation',
  'codebuild.amazonaws.com': 'CodeBuild',
  'codepipeline.amazonaws.com': 'CodePipeline',
  'codestar.amazonaws.com': 'CodeStar',
  'cognito-identity.amazonaws.com': 'Cognito',
  'datapipeline.amazonaws.com': 'Data Pipeline',
  'ec2.amazonaws.com': 'EC2',
  'ecs-tasks.amazonaws.com': 'ECS',
  'edgelambda.amazonaws.com': 'Lambda@Edge',
  'elasticbeanstalk.amazonaws.com': 'Elastic Beanstalk',
  'elasticmapreduce.amazonaws.com': 'EMR',
  'glue.amazonaws.com': 'Glue',
  'lambda.amazonaws.com': 'Lambda',
  'rds.amazonaws.com': 'RDS',
  'sagemaker.amazonaws.com': 'SageMaker',
  'scheduler.amazonaws.com': 'EventBridge Scheduler',
  'states.amazonaws.com': 'Step Functions',
  'tasks.apprunner.amazonaws.com': 'App Runner',
};

const serviceName = (principal: string): string => SERVICES[principal] ?? principal;

/** Completes "the principal can become …". */
export function becomes({ path, scope, way, target }: Completed): string {
  if (scope === 'administrator') return `${way?.at(-1)?.to.name ?? target}, an administrator`;
  if (path.passRoleTo.length > 0) return `any role it passes to ${path.passRoleTo.map(serviceName).join(' or ')}`;
  return scope === 'some' || scope === 'one' ? path.becomes.replace(/\bany (?=(\w))/g, article) : path.becomes;
}

/** `any EC2 instance` is one that is named: `an EC2 instance`. */
const article = (_any: string, letter: string): string => (/[aeioAEIO]/.test(letter) ? 'an ' : 'a ');

/** `iam:PassRole + lambda:CreateFunction → role build → sts:AssumeRole → role admin` */
export function chainOf({ steps, target, way }: Completed): string {
  const [first, ...further] = way ?? [];
  const start = `${steps.map(({ action }) => action).join(' + ')} → ${first?.to.name ?? target}`;
  return [start, ...further.map(hopText)].join(' → ');
}

const hopText = ({ by, to }: Hop): string => `${by.join(' + ')} → ${to.name}`;

/** What must be true besides, of all steps together; empty when nothing must. */
export const conditionsOf = ({ steps }: Completed): string =>
  [...new Set(steps.flatMap(({ answer: { condition } }) => condition ?? []))].join(' and ');
