import { allowsOf, deniesOf } from '../../aws/policy-document/statements.ts';
import { failsWithoutKey } from '../../aws/policy-document/condition.ts';
import { scopeCovers, statementCovers } from '../../aws/policy-document/cover.ts';
import { isDenyUnless } from '../../aws/policy-document/exposure.ts';
import { strongActions } from '../../aws/policy-document/harm.ts';
import { limitOf } from '../../aws/policy-document/limit.ts';
import { actionsCover, actionsMeet } from '../../aws/policy-document/pattern.ts';
import { accountOf } from '../../aws/policy-document/principal.ts';
import type { Condition, PrincipalEntry, Statement } from '../../aws/policy-document/statement.ts';
import { hasToken } from '../../aws/policy-document/text.ts';
import { isServiceAccount } from '../../aws/service-accounts.ts';
import { actsForOthers } from '../../aws/service-principals.ts';
import { isUnknown, Unknown } from '../../plan/value.ts';
import type { World } from '../../world/world.ts';
import type { Sum } from './policy-source.ts';
import type { BuildOptions, Fact, Facts } from '../subject.ts';

export type PartyKind = 'account' | 'service' | 'organization' | 'canonical user';

/** Somebody whom a resource policy lets in by name: as a principal, or by a condition on everyone or on a service. */
export interface Party {
  readonly id: string;
  readonly kind: PartyKind;
  /** Account id, service principal, organization or canonical id; empty for an account that is known after apply. */
  readonly name: string;
  /** The service through which resources of an account get in; undefined when its principals do. */
  readonly through?: string;
  /** Named by a condition alone: mostly the own account, as in the policies that AWS makes. */
  readonly isTested?: boolean;
  readonly unknown?: Unknown;
}

export interface PartyContext {
  readonly service: string;
  readonly sum: Sum;
  readonly world: World;
  readonly own: ReadonlySet<string>;
  readonly options: BuildOptions;
}

/** One statement that lets a party in, by one of its principals. */
export interface Way {
  readonly statement: Statement;
  readonly entry: PrincipalEntry;
}

const party = (kind: PartyKind, name: string): Party => ({ id: `${kind} ${name}`, kind, name });

/** Everybody whom the policy names and who is not of the house. */
export function partiesIn(context: PartyContext): readonly Party[] {
  const named = waysOf(context).flatMap((way) => partiesOf(way, context));
  return [...new Map(named.map((one) => [one.id, one])).values()];
}

const behind = (service: string, one: Party): Party => ({
  ...one,
  id: `${one.id} through ${service}`,
  through: service,
});

/** What is allowed and not denied outright, principal by principal. */
function waysOf({ sum }: PartyContext): readonly Way[] {
  const denies = deniesOf(sum.document);
  return allowsOf(sum.document)
    .flatMap((statement) => entriesOf(statement).map((entry): Way => ({ statement, entry })))
    .filter((way) => !denies.some((deny) => statementCovers(deny, askedBy(way)) === 'yes'));
}

const askedBy = ({ statement, entry }: Way): Statement => ({
  ...statement,
  principals: { kind: 'only', entries: [entry] },
});

const EVERYONE: PrincipalEntry = { kind: 'everyone' };

function entriesOf({ principals }: Statement): readonly PrincipalEntry[] {
  if (principals.kind === 'holder') return [];
  return principals.kind === 'except' ? [EVERYONE] : principals.entries;
}

function partiesOf(way: Way, context: PartyContext): readonly Party[] {
  const { entry, statement } = way;
  switch (entry.kind) {
    case 'everyone':
      return testedParties(statement, context);
    case 'service':
      return [party('service', entry.name), ...testedParties(statement, context).map((one) => behind(entry.name, one))];
    case 'account':
    case 'aws':
      return accountParty(entry, context);
    case 'canonical':
      return isOwnCanonical(entry.id, context) ? [] : [party('canonical user', entry.id)];
    case 'unknown':
      return [laterParty(entry.unknown)];
    case 'federated':
    default:
      return [];
  }
}

const laterParty = (unknown: Unknown): Party => ({ id: 'later', kind: 'account', name: '', unknown });

function accountParty(entry: PrincipalEntry, context: PartyContext): readonly Party[] {
  const account = accountOf(entry);
  if (account !== undefined) return isOurs(account, context) ? [] : [party('account', account)];
  return entry.kind !== 'aws' || isOneOfOurs(entry.arn)
    ? []
    : [laterParty(new Unknown('the account that is let in is known only after apply'))];
}

/** Zeros stand for the own account where nothing tells which it is. */
const isOurs = (account: string, context: PartyContext): boolean =>
  context.own.has(account) ||
  isServiceAccount(account) ||
  account === keyOwner(context) ||
  ownerNamed(context).has(account) ||
  /^0+$/.test(account);

const owners = new WeakMap<Sum, ReadonlySet<string>>();

/** A policy speaks about what it belongs to, so the account in its resources is the own one; an endpoint is a way to others. */
function ownerNamed({ service, sum }: PartyContext): ReadonlySet<string> {
  const found = owners.get(sum) ?? new Set(service === 'vpc-endpoint' ? [] : resourceAccounts(sum));
  owners.set(sum, found);
  return found;
}

const resourceAccounts = ({ document }: Sum): readonly string[] =>
  document.statements
    .filter(({ resources }) => resources.kind === 'only')
    .flatMap(({ resources }) => resources.patterns)
    .flatMap((pattern) => (typeof pattern === 'string' ? (accountInPattern(pattern) ?? []) : []));

const accountInPattern = (pattern: string): string | undefined => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(pattern)?.[1];

/** ARNs of roles and users of this plan, unique ids of deleted ones, and origin access identities, which are no account. */
const isOneOfOurs = (arn: string): boolean =>
  !hasToken(arn) || arn.startsWith('⟨ref:') || arn.includes('aws_caller_identity');

const EVERYTHING = { kind: 'only', patterns: ['kms:*'] } as const;

/** Without a known account the one that a key policy hands the whole key to is taken for the own one. */
function keyOwner({ service, sum, own }: PartyContext): string | undefined {
  if (service !== 'kms' || own.size > 0) return undefined;
  const entries = allowsOf(sum.document)
    .filter(({ actions }) => actionsCover(actions, EVERYTHING) === 'yes')
    .flatMap(entriesOf);
  return entries.map((entry) => (entry.kind === 'account' ? entry.account : undefined)).find(Boolean);
}

/** Logs of S3, CloudFront and others are delivered by canonical users of AWS and of the own account. */
function isOwnCanonical(id: string, { world }: PartyContext): boolean {
  return (
    hasToken(id) ||
    id === CLOUDFRONT_LOGS ||
    world.find(['data.aws_canonical_user_id', 'data.aws_cloudfront_log_delivery_canonical_user_id'], 'id', id) !==
      undefined ||
    world.find(['aws_cloudfront_origin_access_identity'], 's3_canonical_user_id', id) !== undefined
  );
}

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html */
const CLOUDFRONT_LOGS = 'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0';

/** Keys whose values are accounts, or ARNs with an account in them. */
const ACCOUNT_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceowner',
  'aws:vpceaccount',
  'kms:calleraccount',
  'lambda:sourcefunctionarn',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);
const ORGANIZATION_KEYS: ReadonlySet<string> = new Set(['aws:principalorgid', 'aws:sourceorgid']);

/** The foreign accounts and organizations that conditions let in of everyone; all tests must hold, so one of ours is enough. */
function testedParties({ conditions }: Statement, context: PartyContext): readonly Party[] {
  if (isUnknown(conditions)) return [];
  const tests = conditions.filter((test) => limits(test, conditions));
  const accounts = tests
    .filter(({ key }) => ACCOUNT_KEYS.has(key))
    .map(accountsIn)
    .filter((found) => found.length > 0);
  if (accounts.some((found) => found.every((account) => isOurs(account, context)))) return [];
  const organizations = tests.filter(({ key }) => ORGANIZATION_KEYS.has(key)).flatMap(({ values }) => values);
  return [
    ...(accounts[0] ?? []).filter((account) => !isOurs(account, context)).map(testedAccount),
    ...(accounts.length > 0 ? [] : organizations.filter(isText).map((id) => party('organization', id))),
  ];
}

/** True when the tests of its key let in fixed values only, whether these are known yet or not. */
const limits = ({ key }: Condition, all: readonly Condition[]): boolean =>
  limitOf(all.filter((test) => test.key === key)) !== 'none';

const testedAccount = (account: string): Party => ({ ...party('account', account), isTested: true });

const isText = (value: unknown): value is string => typeof value === 'string' && !hasToken(value);

const accountsIn = ({ values }: Condition): readonly string[] =>
  values.flatMap((value) => (typeof value === 'string' ? (/(?:^|:)(\d{12})(?:$|:)/.exec(value)?.[1] ?? []) : []));

/** The statements that let a party in, those that let in everyone, or a service for everyone, included. */
export const waysIn = (context: PartyContext, one: Party): readonly Way[] =>
  waysOf(context).filter(
    (way) => isForAnyone(way) || isForAnySource(way, one) || partiesOf(way, context).some(({ id }) => id === one.id),
  );

const isForAnySource = ({ entry, statement }: Way, { through }: Party): boolean =>
  entry.kind === 'service' && entry.name === through && limitOf(statement.conditions) === 'none';

function isForAnyone({ entry, statement }: Way): boolean {
  const limit = limitOf(statement.conditions);
  return entry.kind === 'everyone' && (limit === 'none' || limit === 'shared secret');
}

/** What is known of a party; of several statements the loosest decides, fact by fact. */
export function factsOf(context: PartyContext, one: Party, ways: readonly Way[]): Facts {
  const { own, options } = context;
  return {
    party: one.unknown ? 'an account that is known after apply' : `${NOUN[one.kind]}${one.name}`,
    kind: one.kind,
    account: one.kind === 'account' ? one.name : '',
    isForeign: one.unknown ?? isForeign(one, context),
    isTrusted: options.trustedAccounts.includes(one.name),
    ownKnown: own.size > 0,
    isWholeAccount: ways.some(({ entry }) => entry.kind !== 'aws'),
    through: one.through ?? '',
    isStrong: ways.some((way) => isStrong(way, context)),
    hasOrganization: ways.every(({ statement }) => requires(statement, ORGANIZATION)),
    hasSource: sourceOf(ways),
    actsForOthers: one.kind === 'service' && actsForOthers(one.name),
    limitedByDeny: ways.every((way) => isLimited(way, context)),
  };
}

const NOUN: Readonly<Record<PartyKind, string>> = {
  account: 'account ',
  service: '',
  organization: 'organization ',
  'canonical user': 'canonical user ',
};

/** An organization is foreign when the configuration names another one. */
function isForeign(
  { kind, name, isTested = false }: Party,
  { own, options: { organizationId } }: PartyContext,
): boolean {
  if (kind === 'organization') return organizationId !== undefined && organizationId !== name;
  return kind !== 'service' && (!isTested || own.size > 0);
}

const isLimited = (way: Way, { sum }: PartyContext): boolean =>
  deniesOf(sum.document).some((deny) => isDenyUnless(deny) && scopeCovers(deny, askedBy(way)) === 'yes');

/** A grant for services of AWS that the caller uses hands nothing on. @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
const FOR_SERVICES = ['kms:grantisforawsresource'];

function isStrong({ statement }: Way, { service }: PartyContext): boolean {
  const strong = strongActions(service).filter(
    (action) => action !== 'kms:creategrant' || !requires(statement, FOR_SERVICES),
  );
  return actionsMeet(statement.actions, { kind: 'only', patterns: strong }) === 'yes';
}

const ORGANIZATION = ['aws:principalorgid', 'aws:principalorgpaths'];
const SOURCE = ['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:sourceowner'];
/** Where a service has a key of its own for it. */
const OWN_SOURCE = ['kms:calleraccount', 'lambda:eventsourcetoken'];

const requires = ({ conditions }: Statement, keys: readonly string[]): boolean =>
  !isUnknown(conditions) && conditions.some((test) => keys.includes(test.key) && failsWithoutKey(test, conditions));

/** True when every statement asks for the source; unknown when the conditions of one are. */
function sourceOf(ways: readonly Way[]): Fact {
  const answers = ways.map(({ statement }): Fact => {
    const { conditions } = statement;
    if (isUnknown(conditions)) return conditions;
    return conditions.some((test) => failsWithoutKey(test, conditions) && namesSource(test, conditions));
  });
  return answers.includes(false) ? false : (answers.find(isUnknown) ?? true);
}

/** KMS knows the resource by the encryption context that its service sets, e.g. `kms:EncryptionContext:aws:logs:arn`. */
const namesSource = (test: Condition, all: readonly Condition[]): boolean =>
  (SOURCE.includes(test.key) && limits(test, all)) ||
  OWN_SOURCE.includes(test.key) ||
  test.key.startsWith('kms:encryptioncontext:aws:');
