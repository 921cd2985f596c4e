import { describePatterns, describePrincipal, describeScope } from '../../aws/policy-document/describe.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Worlds } from '../../world/world.ts';
import { ownAccounts } from './accounts.ts';
import { allPolicies, RESOURCE_POLICY_TYPES } from './effective-policy.ts';
import type { EffectivePolicy } from './effective-policy.ts';
import { factsOf, partiesIn, waysIn } from './policy-party.ts';
import type { Party, PartyContext, Way } from './policy-party.ts';
import { causesOf, isSensitive, sumOf } from './policy-source.ts';
import { exampleFacts, summary } from './subject-facts.ts';
import { inOnePlace } from './subject-sides.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';

const DEFAULTS: Facts = {
  service: 's3',
  name: 'bucket data',
  party: 'account 999988887777',
  kind: 'account',
  account: '999988887777',
  isForeign: false,
  isTrusted: false,
  ownKnown: true,
  isWholeAccount: true,
  through: '',
  principals: [],
  actions: '',
  isStrong: false,
  hasOrganization: false,
  hasSource: false,
  actsForOthers: false,
  limitedByDeny: false,
  statement: '',
};

interface Context extends PartyContext {
  readonly policy: EffectivePolicy;
  readonly at: 'before' | 'after';
}

function toSubject(context: Context, party: Party): Subject | undefined {
  const ways = waysIn(context, party);
  const [first] = ways;
  return first && base(context, party.id, { ...factsOf(context, party, ways), ...shown(ways) }, first);
}

/** What the statements that let a party in say, in short. */
const shown = (ways: readonly Way[]): Facts => ({
  principals: [...new Set(ways.map(({ entry }) => describePrincipal(entry)))],
  actions: summary([...new Set(ways.map(({ statement }) => describePatterns(statement.actions)))]),
  statement: summary([...new Set(ways.map(({ statement }) => describeScope(statement)))]),
});

function base({ policy, at, sum }: Context, id: string, facts: Facts, way?: Way): Subject {
  const side = policy[at];
  const source = way && sum.sourceOf.get(way.statement);
  const place = source?.resource ?? side.sources[0]?.resource ?? side.owner;
  return {
    id: `${policy.id}|${id}`,
    merge: policy.id,
    object: { ...DEFAULTS, service: policy.kind, name: policy.name, account: '', ...facts },
    address: place?.address ?? policy.name,
    previousAddress: place?.previousAddress,
    resourceType: place?.type ?? '',
    attribute: source && String(source.path[0]),
    causes: way && source ? causesOf(way.statement, source) : place ? [{ address: place.address, path: [] }] : [],
    touched: policy.touched,
    sensitive: isSensitive(side.sources) ? (path) => SHOWS_DOCUMENT.includes(String(path[0])) : undefined,
  };
}

/** Facts that repeat what the policy says. */
const SHOWS_DOCUMENT: readonly string[] = ['party', 'account', 'principals', 'actions', 'statement'];

/** Stands for whoever a policy that cannot be read lets in. */
const unreadSubject = (context: Context, unknown: Unknown): Subject =>
  base(context, 'unread', { party: 'somebody known only after apply', isForeign: unknown });

/** The parties that either side names, each looked for on both sides: whom everyone included before is not new. */
function bothSides(
  policy: EffectivePolicy,
  worlds: Worlds,
  options: BuildOptions,
): Record<'before' | 'after', readonly Subject[]> {
  const own = ownAccounts(worlds, options);
  const context = (at: 'before' | 'after'): Context => {
    const sum = sumOf(policy[at].sources);
    return { policy, at, sum, service: policy.kind, world: worlds[at], own, options };
  };
  const [then, now] = [context('before'), context('after')];
  const parties = new Map([...partiesIn(then), ...partiesIn(now)].map((party) => [party.id, party]));
  const subjects = (side: Context): readonly Subject[] =>
    [...parties.values()].flatMap((party) => toSubject(side, party) ?? []);
  const [before, after] = [subjects(then), subjects(now)];
  const unread = now.sum.document.unread[0];
  return { before, after: unread ? [...after, ...lingering(before, after, now), unreadSubject(now, unread)] : after };
}

/** Parties of before may still be let in by a policy that cannot be read: they are not resolved. */
function lingering(before: readonly Subject[], after: readonly Subject[], now: Context): readonly Subject[] {
  const standing = new Set(after.map(({ id }) => id));
  return before.filter(({ id }) => !standing.has(id)).map((old) => ({ ...base(now, '', old.object), id: old.id }));
}

/** One party that one resource policy lets in by name. */
export const resourceParty: SubjectKind = {
  name: 'resource-party',
  description:
    'One party (an account, a service, an organization) that one bucket, key, queue or other resource policy lets in.',
  attributes: {
    service: 's3, kms, sqs, sns, … : the service of the policy',
    name: 'what people call the thing the policy belongs to',
    party: 'what people call the party',
    kind: 'account, service, organization or canonical user',
    account: 'id of the account',
    isForeign: 'it is another account, or organization, than the own ones',
    isTrusted: 'the configuration lists the account as trusted',
    ownKnown: 'the plan or the configuration tells which accounts are the own ones',
    isWholeAccount: 'the whole account is let in, not some roles of it',
    through: 'the service through which resources of that account get in; empty when its principals do',
    principals: 'the principals as the policy names them',
    actions: 'what it may do, in short',
    isStrong: 'it may change or destroy the thing or its policy, not only use it',
    hasOrganization: 'aws:PrincipalOrgID is required',
    hasSource: 'aws:SourceArn, aws:SourceAccount or aws:SourceOrgID is required',
    actsForOthers: 'a service that acts for whichever customer set it up',
    limitedByDeny: 'a Deny of the same policy keeps out everyone but some',
    statement: 'the statements, in short',
  },
  attributeTypes: {
    service: 'string',
    name: 'string',
    party: 'string',
    kind: 'string',
    account: 'string',
    isTrusted: 'bool',
    ownKnown: 'bool',
    isWholeAccount: 'bool',
    through: 'string',
    principals: 'list',
    actions: 'string',
    isStrong: 'bool',
    hasOrganization: 'bool',
    actsForOthers: 'bool',
    limitedByDeny: 'bool',
    statement: 'string',
  },
  types: RESOURCE_POLICY_TYPES,
  build: (worlds, options) => {
    const sides = allPolicies(worlds)
      .filter(({ touched }) => options.audit || touched)
      .map((policy) => bothSides(policy, worlds, options));
    return inOnePlace({ before: sides.flatMap(({ before }) => before), after: sides.flatMap(({ after }) => after) });
  },
  fromExample: exampleFacts(DEFAULTS),
};
