import { Unknown } from '../plan/value.ts';
import type { Value } from '../plan/value.ts';
import type { Facts } from './subject.ts';

const LATER = '(known after apply)';

/** Facts from the YAML of an example: what the example leaves out takes its default, the text for unknown is unknown. */
export const exampleFacts =
  (defaults: Facts) =>
  (example: { readonly [key: string]: Value }): Facts => ({
    ...defaults,
    ...Object.fromEntries(Object.entries(example).map(([key, value]) => [key, asFact(value)])),
  });

function asFact(value: Value): Value {
  if (value === LATER) return new Unknown();
  return Array.isArray(value) ? value.map(asFact) : value;
}

const SHOWN = 3;

/** The first few sentences and how many more there are. */
export const summary = (texts: readonly string[]): string =>
  texts.length <= SHOWN ? texts.join('; ') : `${texts.slice(0, SHOWN).join('; ')}; and ${texts.length - SHOWN} more`;
