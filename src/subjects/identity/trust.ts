import { describeScope } from '../../aws/policy-document/describe.ts';
import { Unknown } from '../../plan/value.ts';
import type { Worlds } from '../../world/world.ts';
import { ownAccounts } from './accounts.ts';
import { administrationOf } from './administrator.ts';
import type { Holder } from './holder.ts';
import { nameOf } from './holder-collection.ts';
import { holdersOf } from './holders.ts';
import { causesOf, isSensitive, sumOf } from './policy-source.ts';
import { exampleFacts } from './subject-facts.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';
import { looser } from './trust-looser.ts';
import { LATER, trustedBy } from './trust-party.ts';
import type { Trusted, TrustContext } from './trust-party.ts';
import { trustOf } from './trust-policy.ts';

const DEFAULTS: Facts = {
  role: 'Role app',
  party: 'everyone',
  kind: 'everyone',
  limit: 'none',
  limitedByDeny: false,
  account: '',
  isForeign: false,
  isTrusted: false,
  ownKnown: true,
  isWholeAccount: false,
  hasExternalId: false,
  hasOrganization: false,
  hasMfa: false,
  roleIsAdmin: false,
  needsSource: false,
  hasSource: false,
  provider: '',
  reach: 'exact',
  lets: 'one workload',
  statement: '',
};

function subjectsOf(context: TrustContext, isAdmin: boolean): readonly Subject[] {
  const { sum } = context;
  const parties = new Map<string, Trusted>();
  for (const entry of trustedBy(context)) {
    const same = parties.get(entry.party);
    const facts = same ? looser(same.facts, entry.facts) : entry.facts;
    parties.set(entry.party, same && JSON.stringify(facts) === JSON.stringify(same.facts) ? same : { ...entry, facts });
  }
  const subjects = [...parties.values()].map((entry) => toSubject(context, entry, isAdmin));
  return sum.document.unread.length === 0
    ? subjects
    : [...subjects, unreadSubject(context, sum.document.unread[0] ?? new Unknown())];
}

const base = ({ role }: TrustContext, party: string): Subject => ({
  id: `trust:${role.identity}|${party}`,
  merge: `trust:${role.identity}`,
  object: { ...DEFAULTS, role: `Role ${nameOf(role)}`, party },
  address: role.address,
  previousAddress: role.previousAddress,
  resourceType: role.type,
  attribute: 'assume_role_policy',
  causes: [{ address: role.address, path: ['assume_role_policy'] }],
  touched: role.touched,
});

function toSubject(context: TrustContext, { party, facts, statement }: Trusted, roleIsAdmin: boolean): Subject {
  const subject = base(context, party);
  const source = context.sum.sourceOf.get(statement);
  return {
    ...subject,
    object: { ...subject.object, ...facts, roleIsAdmin, statement: describeScope(statement) },
    causes: source ? causesOf(statement, source) : subject.causes,
    sensitive: source && isSensitive([source]) ? (path) => SHOWS_DOCUMENT.includes(String(path[0])) : undefined,
  };
}

/** Facts that repeat what a trust policy says. */
const SHOWS_DOCUMENT: readonly string[] = ['party', 'account', 'statement'];

/** Stands for whoever a trust policy that cannot be read may trust: at worst everyone, which is asked once. */
function unreadSubject(context: TrustContext, unknown: Unknown): Subject {
  const subject = base(context, LATER);
  return { ...subject, object: { ...subject.object, kind: 'everyone', limit: unknown } };
}

/** The roles of one side, and which of them are judged. */
function build(worlds: Worlds, side: 'before' | 'after', options: BuildOptions): readonly Subject[] {
  const own = ownAccounts(worlds, options);
  const holders = holdersOf(worlds)[side];
  const touched = touchedRoles(worlds);
  return worlds[side].resources('aws_iam_role').flatMap((role) => {
    if (!options.audit && !touched.has(role.identity)) return [];
    const sum = sumOf(trustOf(role, worlds).sources);
    return subjectsOf({ role, sum, world: worlds[side], own, options }, isAdmin(holders.get(`role:${role.identity}`)));
  });
}

const touchedRoles = ({ before, after }: Worlds): ReadonlySet<string> =>
  new Set(
    [before, after].flatMap((world) =>
      world
        .resources('aws_iam_role')
        .filter(({ touched }) => touched)
        .map(({ identity }) => identity),
    ),
  );

const isAdmin = (holder: Holder | undefined): boolean =>
  holder !== undefined && administrationOf(holder).admin === true;

/** Parties of before that may still be trusted because the trust policy after cannot be read: they are not resolved. */
function lingering(before: readonly Subject[], after: readonly Subject[]): readonly Subject[] {
  const unread = new Map(
    after.filter(({ object }) => object['party'] === LATER).map((subject) => [subject.merge, subject]),
  );
  const standing = new Set(after.map(({ id }) => id));
  return before.flatMap((old) => {
    const open = unread.get(old.merge);
    if (!open || standing.has(old.id)) return [];
    return [{ ...open, id: old.id, object: old.object }];
  });
}

/**
 * A role that anybody could take lets in fewer when it names an account: who is named after was let in before, by the same
 * weakness.
 */
function included(before: readonly Subject[], after: readonly Subject[]): readonly Subject[] {
  const open = new Map(before.filter(letsInAnybody).map((subject) => [subject.merge, subject]));
  const standing = new Set(before.map(({ id }) => id));
  return after.flatMap((now) => {
    const old = open.get(now.merge);
    return old && now.object['kind'] === 'account' && !standing.has(now.id) ? [{ ...old, id: now.id }] : [];
  });
}

const letsInAnybody = ({ object }: Subject): boolean =>
  object['kind'] === 'everyone' && object['limit'] === 'none' && object['limitedByDeny'] !== true;

/** One party that one role trusts. */
export const trust: SubjectKind = {
  name: 'trust',
  description: 'One party (everyone, an account, a service, an identity provider) that one role lets take it.',
  attributes: {
    role: 'what people call the role',
    party: 'what people call the party',
    kind: 'everyone, account, service or federated',
    limit:
      'for everyone, what the conditions limit it to: none, shared secret, services, network, organization, account, principal, source',
    limitedByDeny: 'a Deny of the same policy keeps out everyone but some',
    account: 'id of the trusted account',
    isForeign: 'it is another account than the own ones, or another organization than that of the configuration',
    ownKnown: 'the plan or the configuration tells which accounts are the own ones',
    isTrusted: 'the configuration lists the account as trusted',
    isWholeAccount: 'the whole account is trusted, not one role of it',
    hasExternalId: 'sts:ExternalId is required',
    hasOrganization: 'aws:PrincipalOrgID is required',
    hasMfa: 'MFA is required',
    roleIsAdmin: 'the role controls the account',
    needsSource: 'for services, it acts for resources of any account, and says for which one when it takes a role',
    hasSource: 'for services, aws:SourceAccount, aws:SourceArn or the like is required',
    provider: 'name of the identity provider',
    reach: 'for federated parties, how far it goes beyond one workload: exact, low, medium, high, critical',
    lets: 'who is let in by that',
    statement: 'the statement, in short',
  },
  attributeTypes: {
    role: 'string',
    party: 'string',
    limitedByDeny: 'bool',
    account: 'string',
    ownKnown: 'bool',
    isTrusted: 'bool',
    isWholeAccount: 'bool',
    hasExternalId: 'bool',
    hasOrganization: 'bool',
    hasMfa: 'bool',
    roleIsAdmin: 'bool',
    needsSource: 'bool',
    provider: 'string',
    lets: 'string',
    statement: 'string',
  },
  types: ['aws_iam_role', 'aws_iam_openid_connect_provider'],
  build: (worlds, options) => {
    const [before, after] = [build(worlds, 'before', options), build(worlds, 'after', options)];
    return { before: [...before, ...included(before, after)], after: [...after, ...lingering(before, after)] };
  },
  fromExample: exampleFacts(DEFAULTS),
};
