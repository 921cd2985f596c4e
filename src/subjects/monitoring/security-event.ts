import { isList, isObject } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';

/** Services whose events tell of an attack, an exposure or a change of who may do what. */
const SOURCES = [
  'aws.guardduty',
  'aws.securityhub',
  'aws.access-analyzer',
  'aws.inspector',
  'aws.inspector2',
  'aws.macie',
  'aws.macie2',
  'aws.detective',
  'aws.health',
  'aws.trustedadvisor',
  'aws.config',
  'aws.cloudtrail',
  'aws.iam',
  'aws.sts',
  'aws.signin',
  'aws.kms',
  'aws.organizations',
];

/** True when an event pattern of EventBridge picks events that people or tools for security want to know of. */
export function picksSecurityEvents(pattern: Value): boolean {
  if (!isObject(pattern)) return false;
  const kinds = textsIn(pattern['detail-type'] ?? null);
  return (
    textsIn(pattern['source'] ?? null).some((source) => SOURCES.includes(source)) ||
    kinds.some((kind) => kind.endsWith('via CloudTrail') || kind.startsWith('Security Hub'))
  );
}

function textsIn(value: Value): string[] {
  if (typeof value === 'string') return [value];
  if (isList(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** Fields that only records of CloudTrail have. */
const TRAIL_FIELD =
  /\$\.(?:eventName|eventSource|errorCode|errorMessage|userIdentity|additionalEventData|requestParameters)\b/;

/** True when a filter pattern of CloudWatch Logs picks records of CloudTrail, as the alarms of the CIS benchmark do. */
export const picksTrailRecords = (pattern: Value): boolean => typeof pattern === 'string' && TRAIL_FIELD.test(pattern);

/** What a filter pattern asks for: `$.eventName = DeleteTrail`. */
interface Comparison {
  readonly field: string;
  readonly isEqual: boolean;
  readonly text: string;
}

const COMPARISON = /(\$\.[\w.[\]*-]+)\s*(!?=|>=?|<=?)\s*(?:"([^"]*)"|([^\s()&|"]+))/g;

const comparisonsIn = (pattern: string): Comparison[] =>
  [...pattern.matchAll(COMPARISON)].map(([, field = '', sign = '', quoted, plain]) => ({
    field,
    isEqual: sign === '=',
    text: `${field} ${sign} ${quoted ?? plain ?? ''}`,
  }));

/**
 * What a filter pattern picked and another one may not: alternatives that are gone, and limits that were added. No
 * pattern at all picks everything.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function lostComparisons(old: Value, now: Value): readonly string[] {
  if (typeof old !== 'string' || typeof now !== 'string') return [];
  const [was, is] = [old.trim(), now.trim()];
  if (was === is || is === '') return [];
  if (was === '') return ['everything'];
  const [before, after] = [comparisonsIn(was), comparisonsIn(is)];
  if (before.length === 0 || after.length === 0) return ['the same words'];
  const gone = before.filter(
    (one) => one.isEqual && !has(after, one) && (was.includes('||') || after.some((other) => asksTheSame(other, one))),
  );
  const limits = is.includes('||') && !is.includes('&&') ? [] : after.filter((one) => !has(before, one));
  const added = limits.filter((one) => !before.some((other) => asksTheSame(other, one)));
  return [...gone.map(({ text }) => text), ...added.map(({ text }) => `records without ${text}`)];
}

const has = (all: readonly Comparison[], { text }: Comparison): boolean => all.some((one) => one.text === text);

/** Two values of one field are alternatives; what a field must not be always limits. */
const asksTheSame = (a: Comparison, b: Comparison): boolean => a.field === b.field && a.isEqual && b.isEqual;

/** Names that people give to what tells them of danger. */
const NAME =
  /(?:^|[^a-z])(?:cis|soc|siem|mfa)(?:[^a-z]|$)|security|root-?_?(?:user|account|login|usage)|unauthori[sz]ed|console-?_?sign-?_?in|policy-?_?change|cloud-?_?trail|guard-?_?duty|intrusion|incident|breach|tamper/i;

export const soundsLikeSecurity = (...names: readonly Value[]): boolean =>
  names.some((name) => typeof name === 'string' && NAME.test(name));
