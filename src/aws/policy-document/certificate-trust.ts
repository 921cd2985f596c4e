import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import { failsWithoutKey } from './condition.ts';
import { EXACT } from './federation-reach.ts';
import type { Grade } from './federation-reach.ts';
import type { Condition, Pattern, Statement } from './statement.ts';
import { replaceTokens } from './text.ts';

/** The service that hands out roles for certificates. */
export const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com';

/**
 * What tells one certificate, or the authority behind it, from others: the trust anchor, and what IAM Roles Anywhere puts
 * of the certificate into tags and into the source identity (its user guide, trust-model).
 */
const SAYS_WHICH = /^aws:sourcearn$|^sts:sourceidentity$|^aws:(principal|request)tag\/x509/;

/** How far a trust in IAM Roles Anywhere reaches: without a fixed trust anchor or subject any certificate will do. */
export function gradeCertificates(conditions: Statement['conditions']): Grade | Unknown {
  if (isUnknown(conditions)) return conditions;
  const tests = conditions.filter(
    (condition) =>
      SAYS_WHICH.test(condition.key) && POSITIVE.has(condition.operator) && failsWithoutKey(condition, conditions),
  );
  if (tests.some(({ key, values }) => values.every((value) => isFixed(key, value)))) return EXACT;
  return tests.flatMap(({ values }) => values).find(isUnknown) ?? ANY_CERTIFICATE;
}

const ANY_CERTIFICATE: Grade = { reach: 'high', reason: 'any certificate of any trust anchor' };

const POSITIVE: ReadonlySet<string> = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
]);

/** Roles are given only for trust anchors of the own account, so an ARN that leaves open which one narrows nothing. */
function isFixed(key: Condition['key'], value: Pattern): boolean {
  if (isUnknown(value)) return false;
  const text = replaceTokens(value, '_');
  return key === 'aws:sourcearn' ? !/[*?]/.test(resourcePart(text)) : !/^[*?]/.test(text);
}

const resourcePart = (arn: string): string => arn.split(':').slice(5).join(':') || arn;
