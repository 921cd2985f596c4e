import { groupBy } from '../../aws/group-by.ts';
import { isPrivateApi } from '../../aws/default-policies.ts';
import { globMatches } from '../../aws/policy-document/glob.ts';
import { blocks, isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import { accountBlocks, standingIn, SWITCHES } from '../bucket-access-block.ts';
import type { EffectivePolicy, PolicySide } from './effective-policy.ts';
import type { BuildOptions, Facts } from '../subject.ts';

/** A resource policy on one side, with the world it stands in. */
export interface PolicyContext {
  readonly policy: EffectivePolicy;
  readonly side: PolicySide;
  readonly worlds: Worlds;
  readonly at: 'before' | 'after';
  readonly options: BuildOptions;
}

/** What these facts are, for the kinds that have them. */
export const SURROUNDINGS = {
  service: 's3, kms, sqs, sns, … : the service of the policy',
  name: 'what people call the thing the policy belongs to',
  isDefault: 'nobody wrote it: it is what AWS lets in without a policy',
  blocked: 'a public access block of the bucket, the access point or the account stops public policies',
  intended: 'the configuration names it as public on purpose',
  inVpc: 'only reachable inside a VPC',
  fineGrained: 'an OpenSearch domain asks for a user of its own, too',
  isBoundary: 'a private REST API, or one that asks for signed requests: the policy is what keeps strangers out',
} as const;

export const SURROUNDING_TYPES = {
  service: 'string',
  name: 'string',
  isDefault: 'bool',
  blocked: 'bool',
  intended: 'bool',
  inVpc: 'bool',
  fineGrained: 'bool',
  isBoundary: 'bool',
} as const;

/** Resource types besides the policies that these facts depend on. */
export const SURROUNDING_RESOURCES: readonly string[] = [
  'aws_s3_bucket_public_access_block',
  'aws_s3_account_public_access_block',
  'aws_api_gateway_method',
];

const NOTHING: Facts = {
  isDefault: false,
  blocked: false,
  intended: false,
  inVpc: false,
  fineGrained: false,
  isBoundary: false,
};

/** Facts of examples that say nothing else. */
export const NO_SURROUNDINGS = NOTHING;

type Surroundings = (owner: Resource, context: PolicyContext) => Facts;

const bucketFacts: Surroundings = (bucket, { worlds, at, options }) => {
  const name = bucket.get('bucket');
  return {
    blocked: blocksOf(bucket, worlds, at).stop,
    intended: typeof name === 'string' && options.publicBuckets.some((pattern) => globMatches(pattern, name)),
  };
};

const accessPointFacts: Surroundings = (point, { worlds, at }) => ({
  blocked: !BLOCKING.every((name) => openSwitches(point).includes(name)) || accountStops(worlds, at),
  inVpc: hasIds(point.get('vpc_configuration', 0, 'vpc_id')),
});

const domainFacts: Surroundings = (domain) => ({
  inVpc: hasIds(domain.get('vpc_options', 0, 'subnet_ids')),
  fineGrained: domain.get('advanced_security_options', 0, 'enabled') === true,
});

const apiFacts: Surroundings = (api, { worlds, at }) => ({
  isBoundary: isPrivateApi(api) || asksForSignature(worlds[at]).has(api.identity),
});

/** Services whose policies are read in the light of something else. */
const BY_SERVICE: Readonly<Record<string, Surroundings>> = {
  s3: bucketFacts,
  's3-access-point': accessPointFacts,
  opensearch: domainFacts,
  'api-gateway': apiFacts,
};

/** What stands around the policy: what blocks it, from where it is reached, and whether it is public on purpose. */
export function surroundings(context: PolicyContext): Facts {
  const { policy, side } = context;
  return {
    ...NOTHING,
    service: policy.kind,
    name: policy.name,
    isDefault: side.isDefault,
    ...(policy.kind === 's3' && !side.owner ? { blocked: accountStops(context.worlds, context.at) } : {}),
    ...(side.owner ? BY_SERVICE[policy.kind]?.(side.owner, context) : {}),
  };
}

const hasIds = (value: Value): boolean =>
  isUnknown(value) || (Array.isArray(value) ? value.length > 0 : value !== null && value !== '');

const BLOCKING = ['block_public_policy', 'restrict_public_buckets'];

/** The switches of its own public access block that an access point has off; all are on when nobody sets them. */
export function openSwitches(point: Resource): readonly string[] {
  const [block] = [...blocks(point.get('public_access_block_configuration')), ...blocks(multiRegionBlock(point))];
  return SWITCHES.filter((name) => block?.[name] === false);
}

const multiRegionBlock = (point: Resource): Value => point.get('details', 0, 'public_access_block');

interface Blocks {
  readonly resources: readonly Resource[];
  readonly stop: boolean;
}

/** The public access blocks that hold for a bucket, those that Terraform lets go of included, and what they stop. */
export function blocksOf(bucket: Resource | undefined, worlds: Worlds, side: 'before' | 'after'): Blocks {
  const own = (bucket && blocksByBucket(worlds, side).get(bucket.identity)) ?? [];
  return {
    resources: [...own, ...accountBlocks(worlds, side)],
    stop: own.some(stops) || accountStops(worlds, side),
  };
}

/** With blocks of several accounts nobody knows which one is the account of the bucket. */
function accountStops(worlds: Worlds, side: 'before' | 'after'): boolean {
  const account = accountBlocks(worlds, side);
  return account.length > 0 && account.every(stops);
}

const stops = (block: Resource): boolean => BLOCKING.some((attribute) => block.get(attribute) === true);

const blocksKnown = new WeakMap<World, ReadonlyMap<string, readonly Resource[]>>();

/** The blocks of single buckets by the identity of the bucket. */
function blocksByBucket(worlds: Worlds, side: 'before' | 'after'): ReadonlyMap<string, readonly Resource[]> {
  const found =
    blocksKnown.get(worlds[side]) ??
    groupBy(
      standingIn(worlds, side, 'aws_s3_bucket_public_access_block'),
      (block) => worlds[block.side].target(block, 'bucket', ['aws_s3_bucket'], ['id', 'bucket'])?.identity ?? '',
    );
  blocksKnown.set(worlds[side], found);
  return found;
}

const signedKnown = new WeakMap<World, ReadonlySet<string>>();

/** Identities of the REST APIs some method of which asks for requests that are signed with IAM credentials. */
function asksForSignature(world: World): ReadonlySet<string> {
  const found =
    signedKnown.get(world) ??
    new Set(
      world
        .resources('aws_api_gateway_method')
        .filter((method) => method.get('authorization') === 'AWS_IAM')
        .map((method) => world.identify(method, 'rest_api_id', ['aws_api_gateway_rest_api']) ?? ''),
    );
  signedKnown.set(world, found);
  return found;
}
