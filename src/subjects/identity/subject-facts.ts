import { globMatches } from '../../aws/policy-document/glob.ts';
import { Unknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Facts } from '../subject.ts';

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

/** The name of a thing at the beginning of a sentence: `role deploy` → `Role deploy`. */
export const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** True when one of the globs of a configuration list fits the name. */
export const isNamed = (name: string, globs: readonly string[]): boolean =>
  globs.some((glob) => globMatches(glob, name));

const SHOWN = 3;

/** The first few sentences and how many more there are. */
export const summary = (texts: readonly string[]): string =>
  texts.length <= SHOWN ? texts.join('; ') : `${texts.slice(0, SHOWN).join('; ')}; and ${texts.length - SHOWN} more`;
