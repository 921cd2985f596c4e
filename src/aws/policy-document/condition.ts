import { isList, isObject, isUnknown, Unknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import { textOf } from './text.ts';
import type { Condition } from './statement.ts';

/** Reads the Condition element; Unknown when its operators or keys are not known before apply. */
export function parseConditions(value: Value | undefined): readonly Condition[] | Unknown {
  if (value === undefined || value === null) return [];
  if (isUnknown(value)) return value;
  if (!isObject(value)) return new Unknown('its Condition is not an object');
  const result: Condition[] = [];
  for (const [operator, keys] of Object.entries(value)) {
    if (isUnknown(keys)) return keys;
    if (!isObject(keys)) return new Unknown('its Condition is not an object');
    for (const [key, values] of Object.entries(keys)) result.push(condition(operator, key, values));
  }
  return result;
}

/** `ForAnyValue:StringLikeIfExists` is taken apart into quantifier, base operator and IfExists, in any case. */
function condition(operator: string, key: string, values: Value): Condition {
  const parts = /^(?:(forallvalues|foranyvalue):)?(.+?)(ifexists)?$/.exec(operator.toLowerCase());
  return {
    operator: parts?.[2] ?? operator.toLowerCase(),
    quantifier: parts?.[1] === undefined ? null : parts[1] === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue',
    ifExists: parts?.[3] !== undefined,
    key: key.toLowerCase(),
    values: (isList(values) ? values : [values]).map(textOf),
    label: `${operator} ${key}`,
  };
}

/** Operators that are true when no listed value matches; true as well when the key is absent. */
export const isNegative = ({ operator }: Condition): boolean => operator.includes('not') && operator !== 'null';

/** True when the condition is false for a request that lacks the key. */
export const needsKey = (condition: Condition): boolean =>
  condition.operator !== 'null' &&
  !condition.ifExists &&
  condition.quantifier !== 'ForAllValues' &&
  (condition.quantifier === 'ForAnyValue' || !isNegative(condition));

/**
 * True when the statement is false for a request that lacks the key of this condition: because of the condition itself, or
 * because another one on the same key demands it (a plain test, or Null "false"), as it takes with ForAllValues and IfExists.
 */
export const failsWithoutKey = (condition: Condition, all: readonly Condition[]): boolean =>
  needsKey(condition) || all.some((other) => other.key === condition.key && demandsKey(other));

/** True for a condition that no request without the key meets: Null "false", or a test that needs the key. */
export const demandsKey = (condition: Condition): boolean =>
  needsKey(condition) || (condition.operator === 'null' && saysOnly(condition, 'false'));

const saysOnly = ({ values }: Condition, wanted: string): boolean =>
  values.length > 0 && values.every((value) => typeof value === 'string' && value.toLowerCase() === wanted);

/**
 * What a Deny demands of the requests that it speaks about, put as a condition of an Allow: a Deny unless `sub` is one of
 * these lets in only those that have such a `sub`, since a negated test is true without the key. Undefined when it has more
 * than one condition, which then must all hold before it denies, or one that cannot be turned round.
 */
export function demandOf(conditions: readonly Condition[] | Unknown): Condition | undefined {
  const [only, another] = isUnknown(conditions) ? [] : conditions;
  return only === undefined || another !== undefined || only.quantifier !== null ? undefined : turned(only);
}

function turned(condition: Condition): Condition | undefined {
  const { operator, ifExists } = condition;
  if (operator === 'null') return saysOnly(condition, 'true') ? { ...condition, values: ['false'] } : undefined;
  if (operator === 'bool')
    return saysOnly(condition, 'false') ? { ...condition, values: ['true'], ifExists: !ifExists } : undefined;
  return isNegative(condition) ? { ...condition, operator: operator.replace('not', ''), ifExists: false } : undefined;
}
