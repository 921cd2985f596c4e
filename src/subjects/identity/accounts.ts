import type { Resource, Worlds } from '../../world/world.ts';
import type { BuildOptions } from '../subject.ts';

const OWN_ARNS: readonly string[] = [
  'aws_iam_role',
  'aws_iam_policy',
  'aws_iam_user',
  'aws_kms_key',
  'aws_lambda_function',
  'aws_sqs_queue',
  'aws_sns_topic',
];

const known = new WeakMap<Worlds, ReadonlySet<string>>();

/**
 * The account ids that are one's own: those of the configuration, the caller's, and those in the ARNs of resources that
 * this plan manages. Empty when nothing tells.
 */
export function ownAccounts(worlds: Worlds, options: BuildOptions): ReadonlySet<string> {
  const found =
    known.get(worlds) ??
    new Set([worlds.before.account, worlds.after.account, ...inArns(worlds)].filter((id) => id !== undefined));
  known.set(worlds, found);
  return new Set([...found, ...options.ownAccounts]);
}

/** Attributes of resources whose ARN names no account that do: type → attribute, an id or an ARN. */
const OWN_IDS: readonly (readonly [type: string, attribute: string])[] = [
  ['aws_api_gateway_rest_api', 'execution_arn'],
  ['aws_ecr_repository', 'registry_id'],
  ['aws_efs_file_system', 'owner_id'],
  ['aws_s3_access_point', 'account_id'],
  ['aws_security_group', 'owner_id'],
  ['aws_vpc', 'owner_id'],
  ['aws_vpc_endpoint', 'owner_id'],
];

const inArns = ({ before, after }: Worlds): readonly (string | undefined)[] =>
  [before, after].flatMap((world) => [
    ...world.resources(...OWN_ARNS).map(accountInArn),
    ...OWN_IDS.flatMap(([type, attribute]) => world.resources(type).map((resource) => accountIn(resource, attribute))),
  ]);

function accountIn(resource: Resource, attribute: string): string | undefined {
  const value = resource.get(attribute);
  return typeof value === 'string' ? /(?:^|:)(\d{12})(?:$|:)/.exec(value)?.[1] : undefined;
}

/** The account id in a resource's ARN, when the ARN is known and has one. */
export function accountInArn(resource: Resource): string | undefined {
  const arn = resource.get('arn');
  return typeof arn === 'string' ? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] : undefined;
}
