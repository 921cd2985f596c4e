import { failsWithoutKey } from '../../aws/policy-document/condition.ts';
import { limitOf } from '../../aws/policy-document/limit.ts';
import { accountOf } from '../../aws/policy-document/principal.ts';
import type { Condition, Pattern, PrincipalEntry } from '../../aws/policy-document/statement.ts';
import { hasToken } from '../../aws/policy-document/text.ts';
import { isUnknown, Unknown } from '../../plan/value.ts';
import type { BuildOptions, Facts } from '../subject.ts';

type Conditions = readonly Condition[] | Unknown;

/** The account behind a principal, as a party; undefined for the own ones. */
export function accountParty(
  entry: PrincipalEntry,
  conditions: Conditions,
  own: ReadonlySet<string>,
  options: BuildOptions,
): { readonly party: string; readonly facts: Facts } | undefined {
  const account = accountOf(entry);
  if (account === undefined) return isOneOfOurs(entry) ? undefined : UNKNOWN_ACCOUNT;
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
      ...requirements(conditions, options),
    },
  };
}

/** ARNs of roles and users of this plan, and unique ids of deleted ones, which match nobody else. */
const isOneOfOurs = (entry: PrincipalEntry): boolean =>
  entry.kind === 'aws' &&
  (!hasToken(entry.arn) || entry.arn.startsWith('⟨ref:') || entry.arn.includes('aws_caller_identity'));

const UNKNOWN_ACCOUNT = {
  party: 'an account that is known after apply',
  facts: { kind: 'account', isForeign: new Unknown('the account that is trusted is known only after apply') },
} as const;

/** What is asked for beside the account. */
function requirements(conditions: Conditions, { organizationId }: BuildOptions): Facts {
  const tests = isUnknown(conditions) ? [] : conditions;
  return {
    hasExternalId: limitsBy('sts:externalid', tests),
    hasOrganization:
      organizationId === undefined
        ? limitsBy('aws:principalorgid', tests) || limitsBy('aws:principalorgpaths', tests)
        : tests.some((test) => failsWithoutKey(test, tests) && isOrganization(test, organizationId)),
    hasMfa: tests.some((test) => failsWithoutKey(test, tests) && asksForMfa(test)),
  };
}

/** True when the tests of one key let in fixed values only, whether these are known yet or not. */
function limitsBy(key: string, conditions: readonly Condition[]): boolean {
  const limit = limitOf(conditions.filter((condition) => condition.key === key));
  return isUnknown(limit) || limit !== 'none';
}

/** Without MFA there is no age of it either. */
const asksForMfa = ({ key, operator, values }: Condition): boolean =>
  (key === 'aws:multifactorauthpresent' && values.every((value) => value === 'true')) ||
  (key === 'aws:multifactorauthage' && operator.startsWith('numericlessthan'));

const ORGANIZATION = /^aws:principalorg(id|paths)$/;

/** True for a test that only members of this organization pass. */
const isOrganization = ({ key, operator, values }: Condition, id: string): boolean =>
  ORGANIZATION.test(key) &&
  /^string(equals|like)/.test(operator) &&
  values.every((value) => value === id || (typeof value === 'string' && value.startsWith(`${id}/`)));

/** True when everyone of some organization is let in, and that is not the one of the configuration. */
export function isOtherOrganization(conditions: Conditions, id: string | undefined): boolean {
  if (id === undefined || isUnknown(conditions)) return false;
  const tests = conditions.filter(({ key }) => ORGANIZATION.test(key));
  const isKnown = tests.every(({ values }) => values.every((value) => !isUnknown(value) && !hasToken(value)));
  return isKnown && tests.every((test) => !isOrganization(test, id));
}

const PRINCIPAL = /^aws:principal(account|arn)$/;

/**
 * The principals that conditions cut everyone down to, when they name their accounts: `*` with aws:PrincipalAccount is
 * that account, written another way.
 */
export function namedPrincipals(conditions: Conditions): readonly PrincipalEntry[] | undefined {
  if (isUnknown(conditions)) return undefined;
  for (const { key, values } of conditions.filter((condition) => PRINCIPAL.test(condition.key))) {
    const entries = values.map(principalOf);
    if (limitsBy(key, conditions) && entries.every((entry) => entry !== undefined)) return entries;
  }
  return undefined;
}

function principalOf(value: Pattern): PrincipalEntry | undefined {
  const account = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::\*)?$/.exec(isUnknown(value) ? '' : value)?.[1];
  if (account !== undefined) return { kind: 'account', account };
  const entry: PrincipalEntry = { kind: 'aws', arn: isUnknown(value) ? '' : value };
  return accountOf(entry) === undefined ? undefined : entry;
}
