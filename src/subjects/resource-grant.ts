import { globMatches } from '../aws/policy-document/glob.ts';
import { isMild } from '../aws/policy-document/harm.ts';
import { describePatterns, describeScope } from '../aws/policy-document/describe.ts';
import { exposureOf, openPieces } from '../aws/policy-document/exposure.ts';
import type { Exposure } from '../aws/policy-document/exposure.ts';
import type { Statement } from '../aws/policy-document/statement.ts';
import { isUnknown } from '../plan/value.ts';
import type { Unknown } from '../plan/value.ts';
import type { Resource, World, Worlds } from '../world/world.ts';
import { allPolicies, RESOURCE_POLICY_TYPES } from './effective-policy.ts';
import type { EffectivePolicy, PolicySide } from './effective-policy.ts';
import { causesOf, isSensitive, sumOf } from './policy-source.ts';
import type { Sum } from './policy-source.ts';
import { exampleFacts } from './subject-facts.ts';
import { inOnePlace } from './subject-sides.ts';
import type { BuildOptions, Fact, Facts, Subject, SubjectKind } from './subject.ts';

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
  statement: '',
};

interface Context {
  readonly policy: EffectivePolicy;
  readonly side: PolicySide;
  readonly sum: Sum;
  readonly world: World;
  readonly options: BuildOptions;
}

/** What stands around the policy: what blocks it, and whether it is public on purpose. */
function surroundings({ policy, side, world, options }: Context): Facts {
  const name = side.owner?.get('bucket');
  return {
    service: policy.kind,
    name: policy.name,
    blocked: policy.kind === 's3' && blocksOf(side.owner, world).some(({ stops }) => stops),
    intended: typeof name === 'string' && options.publicBuckets.some((pattern) => globMatches(pattern, name)),
    inVpc: policy.kind === 'opensearch' && Array.isArray(side.owner?.get('vpc_options')) && hasSubnets(side.owner),
  };
}

const hasSubnets = (domain: Resource | undefined): boolean => {
  const options = domain?.get('vpc_options', 0, 'subnet_ids') ?? null;
  return isUnknown(options) || (Array.isArray(options) && options.length > 0);
};

const BLOCKING = ['block_public_policy', 'restrict_public_buckets'];

/** The public access blocks that hold for a bucket, and whether they stop a public policy. */
function blocksOf(
  bucket: Resource | undefined,
  world: World,
): readonly { readonly resource: Resource; readonly stops: boolean }[] {
  const own = world
    .resources('aws_s3_bucket_public_access_block')
    .filter((block) => bucket && world.target(block, 'bucket', ['aws_s3_bucket']) === bucket);
  return [...own, ...world.resources('aws_s3_account_public_access_block')].map((resource) => ({
    resource,
    stops: BLOCKING.some((attribute) => resource.get(attribute) === true),
  }));
}

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
  const limit: Fact = exposure ? exposure.limit : (unread ?? 'none');
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
      statement: exposure ? describeScope(exposure.statement) : '',
    },
    address: place?.address ?? policy.name,
    previousAddress: place?.previousAddress,
    resourceType: place?.type ?? '',
    attribute: source && String(source.path[0]),
    causes:
      exposure && source ? causesOf(exposure.statement, source) : place ? [{ address: place.address, path: [] }] : [],
    touched: policy.touched || blocksOf(side.owner, rest.world).some(({ resource }) => resource.touched),
    sensitive: isSensitive(side.sources) ? (path) => path[0] === 'statement' : undefined,
  };
}

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
    world: worlds[side],
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
      blocksOf(policy[side].owner, worlds[side]).some(({ resource }) => resource.touched),
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
    statement: 'the statement that opens it',
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
