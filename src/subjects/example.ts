import { Unknown, isList, isObject } from '../plan/value.ts';
import type { Value } from '../plan/value.ts';
import type { Facts } from './subject.ts';

/** Facts of a policy's example: what it does not say stands as in `defaults`; `(known after apply)` is unknown. */
export const exampleFacts = (defaults: Facts, example: { readonly [key: string]: Value }): Facts => ({
  ...defaults,
  ...Object.fromEntries(Object.entries(example).map(([key, value]) => [key, withUnknowns(value)])),
});

/** A plain value with the text `(known after apply)` read as an unknown one. */
export function withUnknowns(value: Value): Value {
  if (value === '(known after apply)') return new Unknown();
  if (isList(value)) return value.map(withUnknowns);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withUnknowns(item)]))
    : value;
}
