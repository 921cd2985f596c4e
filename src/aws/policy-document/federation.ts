import { isUnknown, Unknown } from '../../plan/value.ts';
import { demandsKey, failsWithoutKey } from './condition.ts';
import { providerOf, STANDARD_CLAIMS } from './federation-providers.ts';
import type { Audience, Provider, Rules } from './federation-providers.ts';
import { EXACT, looserOf, rank, tighter } from './federation-reach.ts';
import type { Grade } from './federation-reach.ts';
import { gradeOf, looseReading, readSubject, readValue } from './federation-reading.ts';
import type { Reading } from './federation-reading.ts';
import { limitOf } from './limit.ts';
import type { Condition, Pattern, Statement } from './statement.ts';
import { hasToken, replaceTokens } from './text.ts';

/** Who signs the tokens that a statement accepts. */
export interface Issuer {
  readonly name: string;
  /** False when the provider is known only after apply, and the name a guess. */
  readonly isKnown: boolean;
}

/** The issuer of a provider ARN: `token.actions.githubusercontent.com`, `saml`, or a service such as Cognito itself. */
export function issuerOf(provider: string): string {
  if (provider.includes(':saml-provider/')) return 'saml';
  return issuerName(provider.split(':oidc-provider/')[1] ?? provider);
}

/** The URL of a provider as condition keys begin: without scheme, and here without the slash at its end. */
export const issuerName = (url: string): string => url.toLowerCase().replace(/^https:\/\/|\/$/g, '');

export interface Federation {
  /** The provider's name for people. */
  readonly provider: string;
  readonly grade: Grade | Unknown;
}

/**
 * How far an Allow for a federated principal reaches. A claim counts only when the statement fails without it; of several
 * claims the tightest holds, of several values of one the loosest. What is not known before apply is read once as fixed
 * and once as anything: when that makes a difference the grade is Unknown.
 * @param variables true when `${…}` is a variable in this document, so that the request decides the text
 */
export function gradeFederation(issuer: Issuer, conditions: Statement['conditions'], variables = true): Federation {
  if (isUnknown(conditions)) return { provider: providerOf(issuer.name).name, grade: conditions };
  const tests = testsOf(conditions, issuer);
  const provider = providerOf(issuer.name, subjectsOf(tests));
  if (letsNobodyIn(tests, conditions, issuer, provider)) return { provider: provider.name, grade: NOBODY };
  const gradeWhen = (isFixed: boolean): Grade => {
    const readings = tests.filter(isIdentity).map((test) => readingOf(test, provider, { isFixed, variables }));
    return nearer(looserOf(gradeOf(readings, provider), audienceGrade(tests, provider.audience)), conditions);
  };
  const [fixed, any] = [gradeWhen(true), gradeWhen(false)];
  const isCertain = fixed.reach === any.reach || fixed.reach === 'critical';
  return { provider: provider.name, grade: isCertain ? fixed : doubtOf(tests) };
}

const NOBODY: Grade = { reach: 'exact', reason: 'nobody, because the token never has what is tested' };

/** A condition on a claim of the issuer. */
interface Test {
  readonly condition: Condition;
  readonly claim: string;
  /** False when the statement holds without the claim: then the test keeps out nobody who can do without it. */
  readonly isNeeded: boolean;
}

const isIdentity = ({ condition, isNeeded }: Test): boolean => isNeeded && POSITIVE.has(condition.operator);

const POSITIVE: ReadonlySet<string> = new Set(['stringequals', 'stringequalsignorecase', 'stringlike']);

const testsOf = (conditions: readonly Condition[], issuer: Issuer): readonly Test[] =>
  conditions.flatMap((condition) => {
    const [prefix, claim] = splitKey(condition);
    const isOwn = prefix === issuer.name || (claim !== '' && prefix.includes(OPEN));
    return isOwn ? [{ condition, claim, isNeeded: failsWithoutKey(condition, conditions) }] : [];
  });

/** Stands in a key for what is known only after apply. */
const OPEN = '⟨⟩';

/** Issuer and claim of a key. A claim may hold a colon, an issuer may not. */
function splitKey({ key }: Condition): readonly [string, string] {
  const text = hasToken(key) ? replaceTokens(key, OPEN) : key;
  const colon = text.indexOf(':');
  return colon === -1 ? [text, ''] : [text.slice(0, colon).replace(/\/$/, ''), text.slice(colon + 1)];
}

const subjectsOf = (tests: readonly Test[]): readonly string[] =>
  tests
    .filter(({ claim }) => claim === 'sub')
    .flatMap(({ condition }) => condition.values)
    .filter((value) => typeof value === 'string');

/**
 * A key is in the request only for a claim that STS maps, of the issuer that signed the token: whatever demands another
 * one fails for everybody. So does StringEquals with a wildcard, which is a letter there that no claim has.
 */
function letsNobodyIn(
  tests: readonly Test[],
  conditions: readonly Condition[],
  issuer: Issuer,
  provider: Provider,
): boolean {
  if (tests.some(({ condition, isNeeded }) => isNeeded && matchesNothing(condition))) return true;
  if (!issuer.isKnown) return false;
  const mapped = provider.mapped;
  const isMapped = (claim: string): boolean =>
    mapped === 'any' || STANDARD_CLAIMS.includes(claim) || mapped.includes(claim);
  return (
    tests.some(({ condition, claim }) => demandsKey(condition) && !isMapped(claim)) ||
    conditions.some((condition) => demandsKey(condition) && isOfAnother(condition, issuer))
  );
}

/** Keys of identity providers begin with a host or `saml`, those of AWS with a service. */
function isOfAnother(condition: Condition, issuer: Issuer): boolean {
  const [prefix, claim] = splitKey(condition);
  if (claim === '' || prefix === issuer.name || prefix.includes(OPEN)) return false;
  return prefix === 'https' || prefix === 'saml' || prefix.includes('.');
}

const matchesNothing = ({ operator, values }: Condition): boolean =>
  operator.startsWith('stringequals') &&
  values.every((value) => !isUnknown(value) && !hasToken(value) && !value.includes('${') && /[*?]/.test(value));

/** What one test leaves open: of its values the loosest decides. */
const readingOf = (test: Test, provider: Provider, how: How): Reading =>
  looseReading(test.condition.values.flatMap((value) => readingOfValue(value, test, provider, how) ?? []));

/** What one value says; undefined when it matches nothing. */
function readingOfValue(value: Pattern, { condition, claim }: Test, provider: Provider, how: How): Reading | undefined {
  if (how.isFixed && (isUnknown(value) || value.startsWith('⟨'))) return { who: EXACT, run: EXACT };
  const text = textOf(value, condition, how);
  if (text === undefined) return undefined;
  const { [claim]: rule } = provider.claims;
  const reading =
    claim === 'sub' && provider.isComposed === true
      ? readSubject(text, provider)
      : rule
        ? readValue(text, rule, provider)
        : {};
  return how.isFixed && endsLater(value) ? { ...reading, run: EXACT } : reading;
}

/** The end of a subject is what tells runs apart. */
const endsLater = (value: Pattern): boolean => !isUnknown(value) && /⟨unknown:[^⟩]*⟩$/.test(value);

/** How to read what is not known: as one fixed text or as anything. */
interface How {
  readonly isFixed: boolean;
  readonly variables: boolean;
}

const VARIABLE = /\$\{[^}]*\}/g;

/**
 * The text of a value with wildcards only where they are some; undefined when it matches nothing. A variable stands for
 * what the request brings along, so for anything. A token is one text, which may itself hold a wildcard unless it is the
 * name of something.
 */
function textOf(value: Pattern, { operator }: Condition, { isFixed, variables }: How): string | undefined {
  if (isUnknown(value)) return '*';
  const isLike = operator === 'stringlike';
  const later = isFixed || !isLike ? '_' : '*';
  const known = replaceTokens(value.replace(/⟨unknown:[^⟩]*⟩/g, later), '_');
  if (!isLike && /[*?]/.test(known.replace(VARIABLE, ''))) return undefined;
  return variables ? known.replace(VARIABLE, '*') : known;
}

/** Whether a claim says for whom the token is: wildcards alone say nothing. */
function audienceGrade(tests: readonly Test[], { claims, rules, missing }: Audience): Grade {
  const tested = tests.filter((test) => claims.includes(test.claim) && isIdentity(test));
  return (
    tested.reduce<Grade | undefined>(
      (found, { condition }) => tighter(found, ofValues(condition, rules, missing)),
      undefined,
    ) ?? missing
  );
}

const ofValues = ({ operator, values }: Condition, rules: Rules, missing: Grade): Grade =>
  values.reduce<Grade>((found, value) => {
    if (isUnknown(value)) return found;
    if (operator === 'stringlike' && /^[*?]+$/.test(value)) return looserOf(found, missing);
    const rule = rules.find(([fits]) => fits.test(value));
    return rule ? looserOf(found, { reach: rule[1], reason: rule[2] }) : found;
  }, EXACT);

/** Whoever has to call from a given network has to get there first, whatever token he has. */
function nearer(grade: Grade, conditions: readonly Condition[]): Grade {
  const near: Grade = { reach: 'medium', reason: `${grade.reason}, from one network` };
  return rank(grade) > rank(near) && limitOf(conditions) === 'network' ? near : grade;
}

/** Why a grade cannot be told: the first value that is not known. */
function doubtOf(tests: readonly Test[]): Unknown {
  const values = tests.filter(isIdentity).flatMap(({ condition }) => condition.values);
  return values.find(isUnknown) ?? new Unknown('a claim that the trust policy tests is known only after apply');
}
