import { describeScope } from '../aws/policy-document/describe.ts';
import { gradeFederation, issuerOf, providerName } from '../aws/policy-document/federation.ts';
import { allowsOf } from '../aws/policy-document/compare.ts';
import { limitOf, weaker } from '../aws/policy-document/limit.ts';
import type { Limit } from '../aws/policy-document/limit.ts';
import { actionsMeet } from '../aws/policy-document/pattern.ts';
import { accountOf } from '../aws/policy-document/principal.ts';
import { needsKey } from '../aws/policy-document/condition.ts';
import type { PrincipalEntry, Statement } from '../aws/policy-document/statement.ts';
import { hasToken } from '../aws/policy-document/text.ts';
import { adminOf } from '../aws/policy-document/admin.ts';
import { managedPolicyRisk } from '../aws/managed-policies.ts';
import { isUnknown, Unknown } from '../plan/value.ts';
import type { Resource, World, Worlds } from '../world/world.ts';
import { ownAccounts } from './accounts.ts';
import type { Holder } from './holder.ts';
import { holdersOf, nameOf } from './holders.ts';
import { causesOf, isSensitive, sumOf } from './policy-source.ts';
import type { Sum } from './policy-source.ts';
import { exampleFacts } from './subject-facts.ts';
import type { BuildOptions, Fact, Facts, Subject, SubjectKind } from './subject.ts';
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

/** One statement of a trust policy for one trusted party. */
interface Entry {
  readonly party: string;
  readonly facts: Facts;
  readonly statement: Statement;
}

const ASSUME = { kind: 'only', patterns: ['sts:assumerole*'] } as const;

interface Context {
  readonly role: Resource;
  readonly sum: Sum;
  readonly world: World;
  readonly own: ReadonlySet<string>;
  readonly options: BuildOptions;
}

function entriesOf(context: Context): readonly Entry[] {
  return allowsOf(context.sum.document)
    .filter(({ actions }) => actionsMeet(actions, ASSUME) !== 'no')
    .flatMap((statement) => {
      const { principals } = statement;
      if (principals.kind === 'holder') return [];
      const entries: readonly PrincipalEntry[] = principals.kind === 'except' ? [{ kind: 'everyone' }] : principals.entries;
      return entries.flatMap((entry): Entry[] => {
        const found = partyOf(entry, statement, context);
        return found ? [{ party: found.party, facts: found.facts, statement }] : [];
      });
    });
}

type Party = Pick<Entry, 'party' | 'facts'>;

function partyOf(entry: PrincipalEntry, statement: Statement, context: Context): Party | undefined {
  switch (entry.kind) {
    case 'everyone':
      return { party: 'everyone', facts: { kind: 'everyone', limit: limitOf(statement.conditions) } };
    case 'service':
      return serviceParty(entry.name, statement);
    case 'federated':
      return federatedParty(entry.provider, statement, context);
    case 'account':
    case 'aws':
      return accountParty(entry, statement, context);
    case 'unknown':
      return { party: '(known after apply)', facts: { kind: entry.unknown, limit: entry.unknown } };
    case 'canonical':
      return undefined;
  }
}

/** Roles Anywhere lets in every certificate of every trust anchor unless the trust says which. */
function serviceParty(name: string, { conditions }: Statement): Party {
  if (name === '*') return { party: 'every AWS service', facts: { kind: 'everyone', limit: limitOf(conditions) } };
  if (name !== 'rolesanywhere.amazonaws.com') return { party: name, facts: { kind: 'service' } };
  const limits = !isUnknown(conditions) && conditions.some(({ key }) => key === 'aws:sourcearn' || key.includes('x509'));
  const open: Facts = { reach: isUnknown(conditions) ? conditions : 'high', lets: 'any certificate of any trust anchor' };
  return { party: name, facts: { kind: 'federated', provider: 'IAM Roles Anywhere', ...(limits ? {} : open) } };
}

function federatedParty(provider: string, statement: Statement, { world }: Context): Party {
  if (provider === '*') return { party: 'every identity provider', facts: { kind: 'everyone', limit: limitOf(statement.conditions) } };
  const issuer = issuerFor(provider, statement, world);
  const grade = gradeFederation(issuer, statement.conditions);
  return {
    party: issuer,
    facts: {
      kind: 'federated',
      provider: providerName(issuer),
      reach: isUnknown(grade) ? grade : grade.reach,
      lets: isUnknown(grade) ? '' : grade.reason,
    },
  };
}

/** A provider that the plan creates has no ARN yet: its URL says who it is, else the keys that the conditions test. */
function issuerFor(provider: string, { conditions }: Statement, world: World): string {
  const address = /^⟨ref:(.+)\.arn⟩$/su.exec(provider)?.[1];
  if (address === undefined) return issuerOf(provider);
  const resource = world.at(address);
  const url = resource?.get('url');
  if (typeof url === 'string') return url.replace(/^https:\/\//, '').toLowerCase();
  if (resource?.type === 'aws_iam_saml_provider') return 'saml';
  const tested = isUnknown(conditions) ? undefined : conditions.find(({ key }) => /:(sub|aud|amr)$/.test(key));
  return tested?.key.replace(/:[^:]+$/, '') ?? address;
}

function accountParty(entry: PrincipalEntry, statement: Statement, { own, options }: Context): Party | undefined {
  const account = accountOf(entry);
  if (account === undefined) return isOneOfOurs(entry) ? undefined : unknownAccount();
  if (own.has(account)) return undefined;
  return {
    party: `account ${account}`,
    facts: {
      kind: 'account',
      account,
      isForeign: true,
      isTrusted: options.trustedAccounts.includes(account),
      isWholeAccount: entry.kind === 'account',
      ...requirements(statement, options),
    },
  };
}

/** ARNs of roles and users of this plan, and unique ids of deleted ones, which match nobody else. */
const isOneOfOurs = (entry: PrincipalEntry): boolean =>
  entry.kind === 'aws' && (!hasToken(entry.arn) || /^⟨ref:/.test(entry.arn) || entry.arn.includes('aws_caller_identity'));

function unknownAccount(): Party {
  const unknown = new Unknown('the account that is trusted is known only after apply');
  return { party: 'an account that is known after apply', facts: { kind: 'account', isForeign: unknown } };
}

function requirements({ conditions }: Statement, { organizationId }: BuildOptions): Facts {
  const tests = isUnknown(conditions) ? [] : conditions.filter(needsKey);
  const has = (key: string, ...values: readonly string[]): boolean =>
    tests.some((test) => test.key === key && (values.length === 0 || test.values.every((value) => typeof value === 'string' && values.includes(value))));
  return {
    hasExternalId: has('sts:externalid'),
    hasOrganization: organizationId === undefined ? has('aws:principalorgid') : has('aws:principalorgid', organizationId),
    hasMfa: has('aws:multifactorauthpresent', 'true'),
  };
}

const REACHES = ['exact', 'low', 'medium', 'high', 'critical'];

/** Of several statements for one party the loosest decides, fact by fact. */
function looser(a: Facts, b: Facts): Facts {
  const both = { ...a, ...b };
  for (const name of ['hasExternalId', 'hasOrganization', 'hasMfa']) if (name in both) both[name] = a[name] === true && b[name] === true;
  if ('isWholeAccount' in both) both['isWholeAccount'] = a['isWholeAccount'] === true || b['isWholeAccount'] === true;
  if (a['reach'] !== undefined && isWider(a['reach'], b['reach'])) Object.assign(both, { reach: a['reach'], lets: a['lets'] ?? '' });
  const [x, y] = [a['limit'], b['limit']];
  if (isLimit(x) && isLimit(y)) both['limit'] = weaker(x, y);
  return both;
}

const isLimit = (fact: Fact | undefined): fact is Limit => typeof fact === 'string';

const isWider = (a: Fact, b: Fact | undefined): boolean => REACHES.indexOf(String(a)) > REACHES.indexOf(String(b));

function subjectsOf(context: Context, isAdmin: boolean): readonly Subject[] {
  const { sum } = context;
  const parties = new Map<string, Entry>();
  for (const entry of entriesOf(context)) {
    const same = parties.get(entry.party);
    const facts = same ? looser(same.facts, entry.facts) : entry.facts;
    parties.set(entry.party, same && JSON.stringify(facts) === JSON.stringify(same.facts) ? same : { ...entry, facts });
  }
  const subjects = [...parties.values()].map((entry) => toSubject(context, entry, isAdmin));
  return sum.document.unread.length === 0 ? subjects : [...subjects, unreadSubject(context, sum.document.unread[0] ?? new Unknown())];
}

const base = ({ role }: Context, party: string): Subject => ({
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

function toSubject(context: Context, { party, facts, statement }: Entry, roleIsAdmin: boolean): Subject {
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
function unreadSubject(context: Context, unknown: Unknown): Subject {
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
  new Set([before, after].flatMap((world) => world.resources('aws_iam_role').filter(({ touched }) => touched).map(({ identity }) => identity)));

function isAdmin(holder: Holder | undefined): boolean {
  if (!holder) return false;
  const admin = adminOf(sumOf(holder.sources).document);
  return (admin !== undefined && !isUnknown(admin)) || holder.attachments.some(({ policy }) => managedPolicyRisk(policy) === 'admin');
}

/** Parties of before that may still be trusted because the trust policy after cannot be read. */
function lingering(before: readonly Subject[], after: readonly Subject[]): readonly Subject[] {
  const unread = new Map(after.filter(({ object }) => isUnknown(object['kind'])).map((subject) => [subject.merge, subject]));
  const standing = new Set(after.map(({ id }) => id));
  return before.flatMap((old) => {
    const open = unread.get(old.merge);
    if (!open || standing.has(old.id)) return [];
    const { limit, reach } = open.object;
    return [{ ...open, id: old.id, object: { ...old.object, limit: limit ?? null, reach: reach ?? null, isForeign: limit ?? null } }];
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
    limit: 'for everyone, what the conditions limit it to: none, shared secret, services, network, organization, account, principal, source',
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
  attributeTypes: { role: 'string', party: 'string', account: 'string', isTrusted: 'bool', isWholeAccount: 'bool', hasExternalId: 'bool', hasOrganization: 'bool', hasMfa: 'bool', roleIsAdmin: 'bool', provider: 'string', lets: 'string', statement: 'string' },
  types: ['aws_iam_role', 'aws_iam_openid_connect_provider'],
  build: (worlds, options) => {
    const [before, after] = [build(worlds, 'before', options), build(worlds, 'after', options)];
    return { before, after: [...after, ...lingering(before, after)] };
  },
  fromExample: exampleFacts(DEFAULTS),
};
