import { isUnknown, Unknown } from '../../plan/value.ts';
import { parseCidr, IPV4_SIZE } from '../cidr.ts';
import { failsWithoutKey, isNegative } from './condition.ts';
import { hasToken, replaceTokens } from './text.ts';
import type { Condition, Pattern, Statement } from './statement.ts';

/**
 * How far the conditions of a statement cut down "everyone" (semantics 4.2), from not at all to most. `services`: only
 * AWS services, `shared secret`: whoever knows the external id.
 */
export const LIMITS = [
  'none',
  'shared secret',
  'services',
  'network',
  'organization',
  'account',
  'principal',
  'source',
] as const;
export type Limit = (typeof LIMITS)[number];

type Check = (value: string) => boolean;

/** What a token is cut down to before a value is looked at: its address must not look like a wildcard. */
const TOKEN = '⟨⟩';

const isFixed: Check = (value) => value !== '' && !/[*?]|\$\{/.test(value);

/** `o-a1b2c3/r-ab12/ou-*` names one organization, whatever follows. */
const isFixedPath: Check = (value) => isFixed(value.split('/')[0] ?? '');

/** The account part is fixed, or, where the ARN has none (S3), the name is. */
const isFixedArn: Check = (value) => {
  const parts = value.split(':');
  if (parts[0] !== 'arn' || parts.length < 6) return value.startsWith(TOKEN);
  return isFixed(parts[4] ?? '') || (parts[4] === '' && isFixed(parts.slice(5).join(':').split('/')[0] ?? ''));
};

const isFixedAccountArn: Check = (value) => {
  const parts = value.split(':');
  return value.startsWith(TOKEN) || (parts[0] === 'arn' && isFixed(parts[4] ?? ''));
};

/** `AROAEXAMPLE:*` is every session of one role. */
const isFixedUserId: Check = (value) => isFixed(value.split(':')[0] ?? '');

/** AWS itself calls wider ranges public: /8 for IPv4, /32 for IPv6. */
const isNarrowCidr: Check = (value) => {
  const range = parseCidr(value);
  if (range === undefined) return false;
  const [start, end] = range.interval;
  return range.kind === 'ipv4'
    ? Number(end) - Number(start) <= IPV4_SIZE / 2 ** 8
    : BigInt(end) - BigInt(start) <= 1n << 96n;
};

const isTrue: Check = (value) => value.toLowerCase() === 'true';

/** Keys that say who or from where, what they limit to, and which values do limit. Keys in lower case. */
const LIMITING: Readonly<Record<string, readonly [Limit, Check]>> = {
  'aws:principalorgid': ['organization', isFixed],
  'aws:principalorgpaths': ['organization', isFixedPath],
  'aws:sourceorgid': ['organization', isFixed],
  'aws:sourceorgpaths': ['organization', isFixedPath],
  'aws:vpceorgid': ['organization', isFixed],
  'aws:vpceorgpaths': ['organization', isFixedPath],
  'aws:principalaccount': ['account', isFixed],
  'aws:sourceaccount': ['account', isFixed],
  'aws:sourceowner': ['account', isFixed],
  'kms:calleraccount': ['account', isFixed],
  's3:dataaccesspointaccount': ['account', isFixed],
  'aws:vpceaccount': ['account', isFixed],
  'aws:sourcevpc': ['network', isFixed],
  'aws:sourcevpce': ['network', isFixed],
  'aws:sourceip': ['network', isNarrowCidr],
  'aws:principalarn': ['principal', isFixedAccountArn],
  'aws:userid': ['principal', isFixedUserId],
  'aws:sourcearn': ['source', isFixedArn],
  's3:dataaccesspointarn': ['source', isFixedAccountArn],
  'lambda:sourcefunctionarn': ['source', isFixedAccountArn],
  'ec2:sourceinstancearn': ['source', isFixedAccountArn],
  'aws:principalisawsservice': ['services', isTrue],
  'aws:principalservicename': ['services', isFixed],
  'aws:principalservicenameslist': ['services', isFixed],
  'elasticfilesystem:accessedviamounttarget': ['network', isTrue],
  'sts:externalid': ['shared secret', isFixed],
};

const POSITIVE: ReadonlySet<string> = new Set([
  'stringequals',
  'stringlike',
  'stringequalsignorecase',
  'arnequals',
  'arnlike',
  'ipaddress',
  'bool',
]);

/** The strongest limit that the conditions set for everyone; Unknown when it depends on something not known. */
export function limitOf(conditions: Statement['conditions']): Limit | Unknown {
  if (isUnknown(conditions)) return conditions;
  const limits = conditions.map((condition) => limitOfCondition(condition, conditions));
  const best = limits.reduce<Limit>((found, limit) => (isUnknown(limit) ? found : stronger(found, limit)), 'none');
  return best === 'none' || best === 'shared secret' ? (limits.find(isUnknown) ?? best) : best;
}

const stronger = (a: Limit, b: Limit): Limit => (LIMITS.indexOf(b) > LIMITS.indexOf(a) ? b : a);

/** The weaker one: of two statements for the same access, the looser decides. */
export const weaker = (a: Limit, b: Limit): Limit => (LIMITS.indexOf(b) < LIMITS.indexOf(a) ? b : a);

function limitOfCondition(condition: Condition, all: readonly Condition[]): Limit | Unknown {
  const rule = LIMITING[condition.key];
  if (rule === undefined || !POSITIVE.has(condition.operator) || !failsWithoutKey(condition, all)) return 'none';
  return limitOfValues(condition.values, rule);
}

function limitOfValues(values: readonly Pattern[], [limit, check]: readonly [Limit, Check]): Limit | Unknown {
  if (values.length === 0) return 'none';
  if (values.some((value) => typeof value === 'string' && !hasToken(value) && !check(value))) return 'none';
  const open = values.find((value) => !isFixedLater(value, check));
  if (open === undefined) return limit;
  return isUnknown(open) ? open : new Unknown('the limit of a condition is known only after apply');
}

/** A reference to one attribute of one object will be one fixed value, except for addresses, which may be any range. */
function isFixedLater(value: Pattern, check: Check): boolean {
  if (isUnknown(value)) return false;
  if (!hasToken(value)) return true;
  return check !== isNarrowCidr && check(replaceTokens(value, TOKEN));
}

/** True for "everyone but": a negated test on one of the keys that say who or from where, with values that do limit. */
export function isLimitingException(condition: Condition): boolean {
  const rule = LIMITING[condition.key];
  if (rule === undefined || rule[0] === 'shared secret') return false;
  if (condition.operator === 'bool')
    return rule[0] === 'services' && condition.values.every((value) => value === 'false');
  if (!isNegative(condition) || condition.quantifier !== null) return false;
  return limitOfValues(condition.values, rule) === rule[0];
}

/** Keys that say whose resources a request may reach: what a VPC endpoint policy limits beside its principals. */
const RESOURCE_OWNER: ReadonlySet<string> = new Set([
  'aws:resourceorgid',
  'aws:resourceorgpaths',
  'aws:resourceaccount',
  's3:resourceaccount',
  's3:dataaccesspointaccount',
]);

/** True for an Allow that holds only for resources of some owners, and for a Deny of all but those. */
export function limitsResourceOwner({ effect, conditions }: Statement): boolean {
  if (isUnknown(conditions)) return false;
  const tests = conditions.filter(({ key, values }) => RESOURCE_OWNER.has(key) && values.every(isFixedOwner));
  return effect === 'Allow'
    ? tests.some((test) => failsWithoutKey(test, conditions))
    : tests.length === conditions.length && tests.some(isNegative);
}

const isFixedOwner = (value: Pattern): boolean => typeof value === 'string' && (hasToken(value) || isFixedPath(value));
