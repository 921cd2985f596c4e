/** A plan of a large account: many roles with policies of their own, of which a few change. */
import { readFileSync } from 'node:fs';

interface Size {
  readonly roles: number;
  /** Inline policies, spread over the roles. */
  readonly policies: number;
  readonly changed: number;
}

const ACTIONS = [
  ['s3:GetObject', 's3:ListBucket'],
  ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
  ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
  ['logs:CreateLogStream', 'logs:PutLogEvents'],
  ['kms:Decrypt', 'kms:GenerateDataKey'],
  ['secretsmanager:GetSecretValue'],
  ['ec2:Describe*', 'elasticloadbalancing:Describe*'],
];

const document = (number: number, extra: readonly object[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      ...[0, 1, 2].map((offset) => ({
        Effect: 'Allow',
        Action: ACTIONS[(number + offset) % ACTIONS.length],
        Resource: [`arn:aws:s3:::app-${number}/*`, `arn:aws:sqs:eu-west-1:123456789012:app-${number}-${offset}`],
        ...(offset === 2 ? { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } } : {}),
      })),
      { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' },
      ...extra,
    ],
  });

/** What a changed policy gains: now and then something that makes more of its holder. */
const GAINS: readonly object[] = [
  { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::shared/*' },
  { Effect: 'Allow', Action: ['iam:PassRole', 'lambda:CreateFunction'], Resource: '*' },
  { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::123456789012:role/role-7' },
  {
    Effect: 'Allow',
    Action: 'dynamodb:*',
    Resource: '*',
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  },
  { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: 'arn:aws:s3:::app-*' },
];

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

const entry = (type: string, name: string, before: object, after: object): object => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  provider_name: 'registry.terraform.io/hashicorp/aws',
  change: {
    actions: before === after ? ['no-op'] : ['update'],
    before,
    after,
    after_unknown: {},
    before_sensitive: {},
    after_sensitive: {},
  },
});

/** The plan as JSON. Roles and policies have the shape that a story has them in. */
export function iamPlan({ roles, policies, changed }: Size): string {
  const story = JSON.parse(readFileSync('__fixtures__/role-gains-s3-wildcard/plan.json', 'utf8')) as {
    readonly resource_changes: readonly { readonly type: string; readonly change: { readonly before: object } }[];
    readonly configuration: object;
  };
  const shape = (type: string): object =>
    story.resource_changes.find((change) => change.type === type)?.change.before ?? {};
  const role = shape('aws_iam_role');
  const inline = shape('aws_iam_role_policy');
  const resources = Array.from({ length: roles }, (_, number) => {
    const values = {
      ...role,
      name: `role-${number}`,
      id: `role-${number}`,
      arn: `arn:aws:iam::123456789012:role/role-${number}`,
      assume_role_policy: TRUST,
      inline_policy: [],
    };
    return entry('aws_iam_role', `r${number}`, values, values);
  });
  const texts = Array.from({ length: policies }, (_, number) => {
    const values = {
      ...inline,
      name: `p${number}`,
      role: `role-${number % roles}`,
      id: `role-${number % roles}:p${number}`,
    };
    const before = { ...values, policy: document(number, []) };
    const isChanged = number < changed;
    const after = isChanged ? { ...values, policy: document(number, [GAINS[number % GAINS.length] ?? {}]) } : before;
    return entry('aws_iam_role_policy', `p${number}`, before, after);
  });
  return JSON.stringify({
    ...story,
    resource_changes: [...resources, ...texts],
    prior_state: undefined,
    planned_values: undefined,
  });
}
