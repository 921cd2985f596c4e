import { deniesOf } from '../../aws/policy-document/statements.ts';
import { scopeCovers } from '../../aws/policy-document/cover.ts';
import { isMild } from '../../aws/policy-document/harm.ts';
import { describePatterns, describeScope } from '../../aws/policy-document/describe.ts';
import { exposureOf, openPieces } from '../../aws/policy-document/exposure.ts';
import type { Exposure } from '../../aws/policy-document/exposure.ts';
import { limitsResourceOwner } from '../../aws/policy-document/limit.ts';
import type { Limit } from '../../aws/policy-document/limit.ts';
import type { Document, Statement } from '../../aws/policy-document/statement.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Worlds } from '../../world/world.ts';
import { allPolicies, RESOURCE_POLICY_TYPES } from './effective-policy.ts';
import type { EffectivePolicy } from './effective-policy.ts';
import {
  blocksOf,
  NO_SURROUNDINGS,
  SURROUNDING_RESOURCES,
  SURROUNDING_TYPES,
  SURROUNDINGS,
  surroundings,
} from './policy-surroundings.ts';
import type { PolicyContext } from './policy-surroundings.ts';
import { causesOf, isSensitive, sumOf } from './policy-source.ts';
import type { Sum } from './policy-source.ts';
import { exampleFacts } from './subject-facts.ts';
import { inOnePlace } from './subject-sides.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';

const DEFAULTS: Facts = {
  ...NO_SURROUNDINGS,
  service: 's3',
  name: 'bucket data',
  action: 's3:getobject',
  resource: '*',
  limit: 'none',
  limitedByDeny: false,
  mild: false,
  limitsResources: false,
  keys: [],
  openTo: 'Everyone',
  statement: '',
};

interface Context extends PolicyContext {
  readonly sum: Sum;
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
  context: Context,
  piece: Statement,
  exposure: Exposure | undefined,
  unread: Unknown | undefined,
): Subject {
  const { policy, side, sum, worlds, at } = context;
  const source = exposure && sum.sourceOf.get(exposure.statement);
  const place = source?.resource ?? side.sources[0]?.resource ?? side.owner;
  const limit: Limit | Unknown = exposure ? exposure.limit : (unread ?? 'none');
  return {
    id: `${policy.id}|${key(piece)}`,
    merge: policy.id,
    object: {
      ...surroundings(context),
      action: action(piece),
      resource: describePatterns(piece.resources),
      limit,
      limitedByDeny: exposure?.limitedByDeny ?? false,
      mild: isMild(policy.kind, action(piece)),
      limitsResources: limitsResources(sum.document, exposure, piece),
      ...(isByDefault(context, piece) ? { isDefault: true } : {}),
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
    touched: policy.touched || blocksOf(side.owner, worlds, at).resources.some(({ touched }) => touched),
    sensitive: isSensitive(side.sources) ? (path) => SHOWS_DOCUMENT.includes(String(path[0])) : undefined,
  };
}

/** Facts that repeat what the policy says. */
const SHOWS_DOCUMENT: readonly string[] = ['statement', 'resource'];

/** A condition, or a Deny of the same policy, keeps it to resources of some accounts or organizations. */
const limitsResources = (document: Document, exposure: Exposure | undefined, piece: Statement): boolean =>
  (exposure !== undefined && limitsResourceOwner(exposure.statement)) ||
  deniesOf(document).some((deny) => limitsResourceOwner(deny) && scopeCovers(deny, piece) === 'yes');

/** Writing down what the default of AWS allowed already changes nothing. */
const isByDefault = ({ policy: { before }, at }: Context, piece: Statement): boolean =>
  at === 'after' &&
  before.exists &&
  before.isDefault &&
  exposureOf(sumOf(before.sources).document, piece)?.limit === 'none';

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
    ...SURROUNDINGS,
    action: 'the action or wildcard, in lower case',
    resource: 'the resources it is allowed on, as they are written',
    limit:
      'what the conditions limit it to: none (public), shared secret, services, network, organization, account, principal, source',
    limitedByDeny: 'a Deny of the same policy keeps out everyone but some',
    mild: 'the action does little harm by itself (read single objects, encrypt)',
    limitsResources: 'a condition or a Deny keeps it to resources of some accounts or organizations',
    keys: 'condition keys of the statement, in lower case',
    openTo: 'who may do it, as a sentence begins: `Everyone in the organization`',
    statement: 'what the statement that opens it allows, to whom, on what condition',
  },
  attributeTypes: {
    ...SURROUNDING_TYPES,
    action: 'string',
    resource: 'string',
    limitedByDeny: 'bool',
    mild: 'bool',
    limitsResources: 'bool',
    keys: 'list',
    statement: 'string',
  },
  types: [...RESOURCE_POLICY_TYPES, ...SURROUNDING_RESOURCES],
  build: (worlds, options) => {
    const sides = allPolicies(worlds)
      .filter((policy) => options.audit || isTouched(policy, worlds))
      .map((policy) => bothSides(policy, worlds, options));
    return inOnePlace({ before: sides.flatMap(({ before }) => before), after: sides.flatMap(({ after }) => after) });
  },
  fromExample: exampleFacts(DEFAULTS),
};
