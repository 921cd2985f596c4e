/**
 * Services that act for whichever customer set them up, and tell for whom with aws:SourceArn or aws:SourceAccount. A
 * policy that lets them in without asking may be used by a stranger's topic, rule or distribution.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
const DEPUTIES: ReadonlySet<string> = new Set([
  'alexa-appkit',
  'apigateway',
  'bedrock',
  'budgets',
  'cloudfront',
  'cloudtrail',
  'cloudwatch',
  'codestar-notifications',
  'cognito-idp',
  'config',
  'costalerts',
  'delivery.logs',
  'elasticloadbalancing',
  'events',
  'events.rds',
  'guardduty',
  'inspector2',
  'iot',
  'lex',
  'lexv2',
  'logdelivery.elasticloadbalancing',
  'logs',
  'macie',
  'replicator.lambda',
  's3',
  'scheduler',
  'secretsmanager',
  'ses',
  'sns',
  'vpc-lattice',
]);

const REGION = /\.[a-z]{2}(-[a-z]+)+-\d+(?=\.)/;
const DOMAIN = /\.amazon(aws)?\.com(\.cn)?$/;

/** True for a service principal such as `sns.amazonaws.com` or `logs.eu-west-1.amazonaws.com`, and for all of them. */
export const actsForOthers = (principal: string): boolean =>
  principal === '*' || DEPUTIES.has(principal.replace(REGION, '').replace(DOMAIN, ''));
