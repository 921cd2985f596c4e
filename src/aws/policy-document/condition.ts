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
