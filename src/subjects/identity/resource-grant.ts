import { groupBy } from '../../aws/group-by.ts';
import { globMatches } from '../../aws/policy-document/glob.ts';
import { isMild } from '../../aws/policy-document/harm.ts';
import { describePatterns, describeScope } from '../../aws/policy-document/describe.ts';
import { exposureOf, openPieces } from '../../aws/policy-document/exposure.ts';
import type { Exposure } from '../../aws/policy-document/exposure.ts';
import type { Limit } from '../../aws/policy-document/limit.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import { accountBlocks, standingIn } from '../bucket-access-block.ts';
import { allPolicies, RESOURCE_POLICY_TYPES } from './effective-policy.ts';
import type { EffectivePolicy, PolicySide } from './effective-policy.ts';
import { causesOf, isSensitive, sumOf } from './policy-source.ts';
import type { Sum } from './policy-source.ts';
import { exampleFacts } from './subject-facts.ts';
import { inOnePlace } from './subject-sides.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';

const DEFAULTS: Facts = {
  service: 's3',
  name: 'bucket data',
  action: 's3:getobject',
  limit: 'none',
  limitedByDeny: false,
  mild: false,
  keys: [],
  blocked: false,
  intended: false,
  inVpc: false,
  fineGrained: false,
  openTo: 'Everyone',
  statement: '',
};

interface Context {
  readonly policy: EffectivePolicy;
  readonly side: PolicySide;
  readonly sum: Sum;
  readonly worlds: Worlds;
  readonly at: 'before' | 'after';
  readonly options: BuildOptions;
}

/** What stands around the policy: what blocks it, and whether it is public on purpose. */
function surroundings({ policy, side, worlds, at, options }: Context): Facts {
  const name = side.owner?.get('bucket');
  return {
    service: policy.kind,
    name: policy.name,
    blocked: policy.kind === 's3' && blocksOf(side.owner, worlds, at).stop,
    intended: typeof name === 'string' && options.publicBuckets.some((pattern) => globMatches(pattern, name)),
    inVpc: policy.kind === 'opensearch' && Array.isArray(side.owner?.get('vpc_options')) && hasSubnets(side.owner),
    fineGrained: policy.kind === 'opensearch' && side.owner?.get('advanced_security_options', 0, 'enabled') === true,
  };
}

const hasSubnets = (domain: Resource | undefined): boolean => {
  const options = domain?.get('vpc_options', 0, 'subnet_ids') ?? null;
  return isUnknown(options) || (Array.isArray(options) && options.length > 0);
};

const BLOCKING = ['block_public_policy', 'restrict_public_buckets'];

/** The public access blocks that hold for a bucket, those that Terraform lets go of included, and what they stop. */
function blocksOf(bucket: Resource | undefined, worlds: Worlds, side: 'before' | 'after'): Blocks {
  const own = (bucket && blocksByBucket(worlds, side).get(bucket.identity)) ?? [];
  const account = accountBlocks(worlds, side);
  return {
    resources: [...own, ...account],
    // With blocks of several accounts nobody knows which one is the account of the bucket.
    stop: own.some(stops) || (account.length > 0 && account.every(stops)),
  };
}

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

interface Blocks {
  readonly resources: readonly Resource[];
  readonly stop: boolean;
}

const stops = (block: Resource): boolean => BLOCKING.some((attribute) => block.get(attribute) === true);

const key = (piece: Statement): string => `${action(piece)}|${describePatterns(piece.resources)}`;

/** The action of a piece in lower case. */
const action = ({ actions: { kind, patterns } }: Statement): string => describePatterns({ kind, patterns });

/** One piece on one side; undefined when the policy does not open it there. */
function toSubject(context: Context, piece: Statement): Subject | undefined {
  const exposure = exposureOf(context.sum.document, piece);
  const unread = context.sum.document.unread[0];
  if (!exposure && !unread) return undefined;
  return subject(context, piece, exposure, unread);
}

function subject(
  { policy, side, sum, ...rest }: Context,
  piece: Statement,
  exposure: Exposure | undefined,
  unread: Unknown | undefined,
): Subject {
  const source = exposure && sum.sourceOf.get(exposure.statement);
  const place = source?.resource ?? side.sources[0]?.resource ?? side.owner;
  const limit: Limit | Unknown = exposure ? exposure.limit : (unread ?? 'none');
  return {
    id: `${policy.id}|${key(piece)}`,
    merge: policy.id,
    object: {
      ...surroundings({ policy, side, sum, ...rest }),
      action: action(piece),
      limit,
      limitedByDeny: exposure?.limitedByDeny ?? false,
      mild: isMild(policy.kind, action(piece)),
      keys: exposure ? keysOf(exposure.statement) : [],
      openTo: isUnknown(limit) ? limit : OPEN_TO[limit],
      statement: exposure ? describeScope(exposure.statement) : '',
    },
    address: place?.address ?? policy.name,
    previousAddress: place?.previousAddress,
    resourceType: place?.type ?? '',
    attribute: source && String(source.path[0]),
    causes:
      exposure && source ? causesOf(exposure.statement, source) : place ? [{ address: place.address, path: [] }] : [],
    touched: policy.touched || blocksOf(side.owner, rest.worlds, rest.at).resources.some(({ touched }) => touched),
    sensitive: isSensitive(side.sources) ? (path) => path[0] === 'statement' : undefined,
  };
}

/** Who may do it, at the beginning of a sentence. */
const OPEN_TO: Readonly<Record<Limit, string>> = {
  none: 'Everyone',
  'shared secret': 'Everyone who knows the external id',
  services: 'Every AWS service',
  network: 'Everyone from some networks',
  organization: 'Everyone in the organization',
  account: 'Everyone in some accounts',
  principal: 'Everyone who has one of some names',
  source: 'Everyone through some resources',
};

const keysOf = ({ conditions }: Statement): readonly string[] =>
  isUnknown(conditions) ? [] : conditions.map(({ key: name }) => name);

/** Stands for whatever a document that cannot be read may open. */
const ANYTHING: Statement = {
  index: 0,
  sid: null,
  effect: 'Allow',
  principals: { kind: 'only', entries: [{ kind: 'everyone' }] },
  actions: { kind: 'only', patterns: ['*'] },
  resources: { kind: 'only', patterns: ['*'] },
  conditions: [],
};

/** The pieces that either side opens, each looked for on both sides by what it means. */
function bothSides(
  policy: EffectivePolicy,
  worlds: Worlds,
  options: BuildOptions,
): { readonly before: readonly Subject[]; readonly after: readonly Subject[] } {
  const context = (side: 'before' | 'after'): Context => ({
    policy,
    side: policy[side],
    sum: sumOf(policy[side].sources),
    worlds,
    at: side,
    options,
  });
  const [then, now] = [context('before'), context('after')];
  const pieces = new Map(
    [...openPieces(then.sum.document), ...openPieces(now.sum.document)].map((piece) => [key(piece), piece]),
  );
  if (pieces.size === 0 && now.sum.document.unread.length > 0) pieces.set('', ANYTHING);
  const subjects = (side: Context): readonly Subject[] =>
    [...pieces.values()].map((piece) => toSubject(side, piece)).filter((item) => item !== undefined);
  return { before: subjects(then), after: subjects(now) };
}

/** True when the plan changes the policy or what blocks it. */
const isTouched = (policy: EffectivePolicy, worlds: Worlds): boolean =>
  policy.touched ||
  (policy.kind === 's3' &&
    (['before', 'after'] as const).some((side) =>
      blocksOf(policy[side].owner, worlds, side).resources.some(({ touched }) => touched),
    ));

/** One action on one resource that a resource policy opens to principals it does not name. */
export const resourceGrant: SubjectKind = {
  name: 'resource-grant',
  description:
    'One action on one resource that a bucket, key, queue or other resource policy allows to principals it does not name.',
  attributes: {
    service: 's3, kms, sqs, sns, … : the service of the policy',
    name: 'what people call the thing the policy belongs to',
    action: 'the action or wildcard, in lower case',
    limit:
      'what the conditions limit it to: none (public), shared secret, services, network, organization, account, principal, source',
    limitedByDeny: 'a Deny of the same policy keeps out everyone but some',
    mild: 'the action does little harm by itself (read single objects, encrypt)',
    keys: 'condition keys of the statement, in lower case',
    blocked: 'a public access block of the bucket or the account stops public policies',
    intended: 'the configuration names it as public on purpose',
    inVpc: 'only reachable inside a VPC',
    fineGrained: 'an OpenSearch domain asks for a user of its own, too',
    openTo: 'who may do it, as a sentence begins: `Everyone in the organization`',
    statement: 'what the statement that opens it allows, to whom, on what condition',
  },
  attributeTypes: {
    service: 'string',
    name: 'string',
    action: 'string',
    limitedByDeny: 'bool',
    mild: 'bool',
    keys: 'list',
    blocked: 'bool',
    intended: 'bool',
    inVpc: 'bool',
    fineGrained: 'bool',
    statement: 'string',
  },
  types: [...RESOURCE_POLICY_TYPES, 'aws_s3_bucket_public_access_block', 'aws_s3_account_public_access_block'],
  build: (worlds, options) => {
    const sides = allPolicies(worlds)
      .filter((policy) => options.audit || isTouched(policy, worlds))
      .map((policy) => bothSides(policy, worlds, options));
    return inOnePlace({ before: sides.flatMap(({ before }) => before), after: sides.flatMap(({ after }) => after) });
  },
  fromExample: exampleFacts(DEFAULTS),
};
