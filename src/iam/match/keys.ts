import type { ConditionTest } from './condition.ts';

/** How requests carry a context key. */
export interface KeyFacts {
  readonly isMultiValued: boolean;
  readonly mayBeAbsent: boolean;
}

/**
 * Keys that every request carries.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const ALWAYS: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:principalaccount',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:useragent',
  'aws:userid',
  'aws:viaawsservice',
]);

/** Keys that every request carries but those of anonymous callers. */
const SIGNED: ReadonlySet<string> = new Set(['aws:principalarn', 'aws:principalisawsservice']);

/** Global keys with several values. All other global keys have one. */
const MULTI_VALUED: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:tagkeys',
  'aws:principalorgpaths',
  'aws:sourceorgpaths',
  'aws:resourceorgpaths',
  'aws:vpceorgpaths',
  'aws:principalservicenameslist',
]);

/**
 * What is known of a key. One of a service that some condition asks with ForAllValues or ForAnyValue may have several
 * values.
 */
export function keyFacts(key: string, tests: readonly ConditionTest[], isIdentity: boolean): KeyFacts {
  const isGlobal = key.startsWith('aws:');
  return {
    isMultiValued: isGlobal ? MULTI_VALUED.has(key) : tests.some(({ condition }) => condition.quantifier !== null),
    mayBeAbsent: !ALWAYS.has(key) && !(isIdentity && SIGNED.has(key)),
  };
}
