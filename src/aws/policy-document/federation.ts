import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import { providerOf, REACHES } from './federation-providers.ts';
import type { Grade, Provider, Rules } from './federation-providers.ts';
import { needsKey } from './condition.ts';
import type { Condition, Pattern, Statement } from './statement.ts';

/** The issuer of a provider ARN: `token.actions.githubusercontent.com`, `saml`, or a service such as Cognito itself. */
export function issuerOf(provider: string): string {
  if (provider.includes(':saml-provider/')) return 'saml';
  return provider.split(':oidc-provider/')[1]?.toLowerCase() ?? provider.toLowerCase();
}

/** The provider's name for people. */
export const providerName = (issuer: string): string => providerOf(issuer).name;

/**
 * How far an Allow for a federated principal reaches. A claim counts only when the test fails without it (no IfExists, no
 * ForAllValues); of several claims the tightest holds, of several values of one the loosest.
 */
export function gradeFederation(issuer: string, conditions: Statement['conditions']): Grade | Unknown {
  if (isUnknown(conditions)) return conditions;
  const provider = providerOf(issuer);
  const claims = conditions.flatMap((condition) => gradesOf(condition, issuer, provider));
  const unknown = claims.find(isUnknown);
  const grades = claims.filter((grade): grade is Grade => !isUnknown(grade));
  if (unknown && grades.every(({ reach }) => reach === 'critical')) return unknown;
  const identity = grades.toSorted((a, b) => rank(a) - rank(b))[0] ?? provider.open;
  return rank(identity) < REACHES.indexOf('medium') && !namesAudience(conditions, issuer, provider)
    ? { reach: 'medium', reason: `tokens for any audience, because ${provider.audience ?? ''} is not tested` }
    : identity;
}

const rank = ({ reach }: Grade): number => REACHES.indexOf(reach);

const TESTS: ReadonlySet<string> = new Set(['stringequals', 'stringequalsignorecase', 'stringlike']);

const isTest = (condition: Condition): boolean => TESTS.has(condition.operator) && needsKey(condition);

const claimOf = ({ key }: Condition, issuer: string): string | undefined =>
  key.startsWith(`${issuer}:`) ? key.slice(issuer.length + 1) : undefined;

function gradesOf(condition: Condition, issuer: string, { claims }: Provider): readonly (Grade | Unknown)[] {
  const rules = claims[claimOf(condition, issuer) ?? ''];
  if (!rules || !isTest(condition)) return [];
  const grades = condition.values.map((value) => gradeValue(value, condition, rules));
  const known = grades.filter((grade): grade is Grade => !isUnknown(grade)).toSorted((a, b) => rank(b) - rank(a));
  const [worst] = known;
  return [worst?.reach === 'critical' ? worst : (grades.find(isUnknown) ?? worst ?? { reach: 'exact', reason: '' })];
}

/** With StringEquals a star is a letter, so only StringLike is read for wildcards. */
function gradeValue(value: Pattern, { operator }: Condition, rules: Rules): Grade | Unknown {
  if (isUnknown(value)) return value;
  const text = operator === 'stringlike' ? value : value.replace(/[*?]/g, '_');
  const rule = rules.find(([fits]) => fits.test(text));
  return rule ? { reach: rule[1], reason: rule[2] } : { reach: 'exact', reason: '' };
}

const namesAudience = (conditions: readonly Condition[], issuer: string, { audience }: Provider): boolean =>
  audience === null ||
  conditions.some(
    (condition) =>
      claimOf(condition, issuer) === audience && (isTest(condition) || condition.quantifier === 'ForAnyValue'),
  );
