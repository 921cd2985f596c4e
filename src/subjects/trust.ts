import { adminOf } from '../aws/policy-document/admin.ts';
import { describeScope } from '../aws/policy-document/describe.ts';
import { managedPolicyRisk } from '../aws/managed-policies.ts';
import { isUnknown, Unknown } from '../plan/value.ts';
import type { Worlds } from '../world/world.ts';
import { ownAccounts } from './accounts.ts';
import type { Holder } from './holder.ts';
import { nameOf } from './holder-collection.ts';
import { holdersOf } from './holders.ts';
import { causesOf, isSensitive, sumOf } from './policy-source.ts';
import { exampleFacts } from './subject-facts.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from './subject.ts';
import { looser, trustedBy } from './trust-party.ts';
import type { Trusted, TrustContext } from './trust-party.ts';
import { trustOf } from './trust-policy.ts';

const DEFAULTS: Facts = {
  role: 'role app',
  party: 'everyone',
  kind: 'everyone',
  limit: 'none',
  account: '',
  isForeign: false,
  isTrusted: false,
  isWholeAccount: false,
  hasExternalId: false,
  hasOrganization: false,
  hasMfa: false,
  roleIsAdmin: false,
  provider: '',
  reach: 'exact',
  lets: '',
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
  object: { ...DEFAULTS, role: `role ${nameOf(role)}`, party },
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
    sensitive: source && isSensitive([source]) ? (path) => path[0] === 'statement' : undefined,
  };
}

/** Stands for whoever a trust policy that cannot be read may trust. */
function unreadSubject(context: TrustContext, unknown: Unknown): Subject {
  const subject = base(context, '(known after apply)');
  return { ...subject, object: { ...subject.object, kind: unknown, limit: unknown, reach: unknown } };
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

function isAdmin(holder: Holder | undefined): boolean {
  if (!holder) return false;
  const admin = adminOf(sumOf(holder.sources).document);
  return (
    (admin !== undefined && !isUnknown(admin)) ||
    holder.attachments.some(({ policy }) => managedPolicyRisk(policy) === 'admin')
  );
}

/** Parties of before that may still be trusted because the trust policy after cannot be read. */
function lingering(before: readonly Subject[], after: readonly Subject[]): readonly Subject[] {
  const unread = new Map(
    after.filter(({ object }) => isUnknown(object['kind'])).map((subject) => [subject.merge, subject]),
  );
  const standing = new Set(after.map(({ id }) => id));
  return before.flatMap((old) => {
    const open = unread.get(old.merge);
    if (!open || standing.has(old.id)) return [];
    const { limit, reach } = open.object;
    return [
      {
        ...open,
        id: old.id,
        object: { ...old.object, limit: limit ?? null, reach: reach ?? null, isForeign: limit ?? null },
      },
    ];
  });
}

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
    account: 'id of the trusted account',
    isForeign: 'it is another account than the own ones',
    isTrusted: 'the configuration lists the account as trusted',
    isWholeAccount: 'the whole account is trusted, not one role of it',
    hasExternalId: 'sts:ExternalId is required',
    hasOrganization: 'aws:PrincipalOrgID is required',
    hasMfa: 'MFA is required',
    roleIsAdmin: 'the role controls the account',
    provider: 'name of the identity provider',
    reach: 'for federated parties, how far it goes beyond one workload: exact, low, medium, high, critical',
    lets: 'who is let in by that',
    statement: 'the statement, in short',
  },
  attributeTypes: {
    role: 'string',
    party: 'string',
    account: 'string',
    isTrusted: 'bool',
    isWholeAccount: 'bool',
    hasExternalId: 'bool',
    hasOrganization: 'bool',
    hasMfa: 'bool',
    roleIsAdmin: 'bool',
    provider: 'string',
    lets: 'string',
    statement: 'string',
  },
  types: ['aws_iam_role', 'aws_iam_openid_connect_provider'],
  build: (worlds, options) => {
    const [before, after] = [build(worlds, 'before', options), build(worlds, 'after', options)];
    return { before, after: [...after, ...lingering(before, after)] };
  },
  fromExample: exampleFacts(DEFAULTS),
};
