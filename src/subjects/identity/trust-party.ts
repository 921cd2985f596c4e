import { gradeFederation, issuerOf, providerName } from '../../aws/policy-document/federation.ts';
import { REACHES } from '../../aws/policy-document/federation-providers.ts';
import { allowsOf, deniesOf } from '../../aws/policy-document/compare.ts';
import { scopeCovers, statementCovers } from '../../aws/policy-document/cover.ts';
import { isDenyUnless } from '../../aws/policy-document/exposure.ts';
import { limitOf, weaker } from '../../aws/policy-document/limit.ts';
import type { Limit } from '../../aws/policy-document/limit.ts';
import { actionsMeet } from '../../aws/policy-document/pattern.ts';
import { accountOf } from '../../aws/policy-document/principal.ts';
import { needsKey } from '../../aws/policy-document/condition.ts';
import type { PrincipalEntry, Statement } from '../../aws/policy-document/statement.ts';
import { hasToken } from '../../aws/policy-document/text.ts';
import { isUnknown, Unknown } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';
import type { Sum } from './policy-source.ts';
import type { BuildOptions, Fact, Facts } from '../subject.ts';

/** One statement of a trust policy for one trusted party. */
export interface Trusted {
  readonly party: string;
  readonly facts: Facts;
  readonly statement: Statement;
}

/** A party that nothing is known of. */
export const LATER = '(known after apply)';

const ASSUME = { kind: 'only', patterns: ['sts:assumerole*'] } as const;

export interface TrustContext {
  readonly role: Resource;
  readonly sum: Sum;
  readonly world: World;
  readonly own: ReadonlySet<string>;
  readonly options: BuildOptions;
}

/** Everybody whom a trust policy lets in, statement by statement. */
export function trustedBy(context: TrustContext): readonly Trusted[] {
  const denies = deniesOf(context.sum.document);
  return allowsOf(context.sum.document)
    .filter(({ actions }) => actionsMeet(actions, ASSUME) !== 'no')
    .flatMap((statement) => entriesOf(statement).map((entry) => [entry, statement] as const))
    .flatMap(([entry, statement]): Trusted[] => {
      const asked: Statement = { ...statement, principals: { kind: 'only', entries: [entry] } };
      const found = partyOf(entry, statement, context);
      if (!found || denies.some((deny) => statementCovers(deny, asked) === 'yes')) return [];
      const limitedByDeny = denies.some((deny) => scopeCovers(deny, asked) === 'yes' && isDenyUnless(deny));
      return [{ party: found.party, facts: { ...found.facts, limitedByDeny }, statement }];
    });
}

function entriesOf({ principals }: Statement): readonly PrincipalEntry[] {
  if (principals.kind === 'holder') return [];
  return principals.kind === 'except' ? [{ kind: 'everyone' }] : principals.entries;
}

type Party = Pick<Trusted, 'party' | 'facts'>;

function partyOf(entry: PrincipalEntry, statement: Statement, context: TrustContext): Party | undefined {
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
      return { party: LATER, facts: { kind: 'everyone', limit: entry.unknown } };
    case 'canonical':
    default:
      return undefined;
  }
}

/** Roles Anywhere lets in every certificate of every trust anchor unless the trust says which. */
function serviceParty(name: string, { conditions }: Statement): Party {
  if (name === '*') return { party: 'every AWS service', facts: { kind: 'everyone', limit: limitOf(conditions) } };
  if (name !== 'rolesanywhere.amazonaws.com') return { party: name, facts: { kind: 'service' } };
  const limits =
    !isUnknown(conditions) &&
    conditions.some((test) => needsKey(test) && (test.key === 'aws:sourcearn' || test.key.includes('x509')));
  const open: Facts = {
    reach: isUnknown(conditions) ? conditions : 'high',
    lets: 'any certificate of any trust anchor',
  };
  return { party: name, facts: { kind: 'federated', provider: 'IAM Roles Anywhere', ...(limits ? {} : open) } };
}

function federatedParty(provider: string, statement: Statement, { world }: TrustContext): Party {
  if (provider === '*')
    return { party: 'every identity provider', facts: { kind: 'everyone', limit: limitOf(statement.conditions) } };
  const issuer = issuerFor(provider, statement, world);
  const grade = gradeFederation(issuer, statement.conditions);
  return {
    party: issuer,
    facts: {
      kind: 'federated',
      provider: providerName(issuer),
      reach: isUnknown(grade) ? grade : grade.reach,
      ...(isUnknown(grade) || grade.reach === 'exact' ? {} : { lets: grade.reason }),
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

function accountParty(entry: PrincipalEntry, statement: Statement, { own, options }: TrustContext): Party | undefined {
  const account = accountOf(entry);
  if (account === undefined) return isOneOfOurs(entry) ? undefined : unknownAccount();
  if (own.has(account)) return undefined;
  return {
    party: `account ${account}`,
    facts: {
      kind: 'account',
      account,
      isForeign: true,
      ownKnown: own.size > 0,
      isTrusted: options.trustedAccounts.includes(account),
      isWholeAccount: entry.kind === 'account',
      ...requirements(statement, options),
    },
  };
}

/** ARNs of roles and users of this plan, and unique ids of deleted ones, which match nobody else. */
const isOneOfOurs = (entry: PrincipalEntry): boolean =>
  entry.kind === 'aws' &&
  (!hasToken(entry.arn) || entry.arn.startsWith('⟨ref:') || entry.arn.includes('aws_caller_identity'));

function unknownAccount(): Party {
  const unknown = new Unknown('the account that is trusted is known only after apply');
  return { party: 'an account that is known after apply', facts: { kind: 'account', isForeign: unknown } };
}

function requirements({ conditions }: Statement, { organizationId }: BuildOptions): Facts {
  const tests = isUnknown(conditions) ? [] : conditions.filter(needsKey);
  const has = (key: string, ...values: readonly string[]): boolean =>
    tests.some(
      (test) =>
        test.key === key &&
        (values.length === 0 || test.values.every((value) => typeof value === 'string' && values.includes(value))),
    );
  return {
    hasExternalId: has('sts:externalid'),
    hasOrganization:
      organizationId === undefined ? has('aws:principalorgid') : has('aws:principalorgid', organizationId),
    hasMfa: has('aws:multifactorauthpresent', 'true'),
  };
}

/** Of several statements for one party the loosest decides, fact by fact. */
export function looser(a: Facts, b: Facts): Facts {
  const both = { ...a, ...b };
  for (const name of ['hasExternalId', 'hasOrganization', 'hasMfa', 'limitedByDeny'])
    if (name in both) both[name] = a[name] === true && b[name] === true;
  if ('isWholeAccount' in both) both['isWholeAccount'] = a['isWholeAccount'] === true || b['isWholeAccount'] === true;
  if (a['reach'] !== undefined && isWider(a['reach'], b['reach']))
    Object.assign(both, { reach: a['reach'], lets: a['lets'] ?? 'one workload' });
  const [x, y] = [a['limit'], b['limit']];
  if (isLimit(x) && isLimit(y)) both['limit'] = weaker(x, y);
  return both;
}

const isLimit = (fact: Fact | undefined): fact is Limit => typeof fact === 'string';

const isWider = (a: Fact, b: Fact | undefined): boolean =>
  REACHES.findIndex((reach) => reach === a) > REACHES.findIndex((reach) => reach === b);
