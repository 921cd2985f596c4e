import { isList, isObject } from '../plan/value.ts';
import type { Json } from '../plan/value.ts';
import type { Example, Policy } from './policy.ts';

/** Where the generated page of a policy stands, below `docs/policies/`. */
export const pagePath = (id: string): string => `${id}.md`;

/** When a policy is not as grave as its severity says, one sentence per rule. */
export const severityRules = ({ severities }: Policy): string[] =>
  severities.map(({ when, severity }) => `${severity} when \`${when}\``);

const MOMENTS: Readonly<Record<Policy['on'], string>> = {
  present: 'Judged before and after the plan; what is new, gone or still there is told apart.',
  changed: 'Judged on the change: what stands before against what stands after.',
  removed: 'Judged when the subject is gone after the plan, or is replaced.',
  weakened: 'Judged on what stood before the plan: whether it stands weaker after it, or is gone.',
};

/** When a policy looks, as a sentence. */
export const momentSentence = ({ on }: Policy): string => MOMENTS[on];

/** The literals that a policy suggests at the line of an attribute: `encrypted = true`. */
export const repairTexts = ({ repair = {} }: Policy): string[] =>
  Object.entries(repair).map(([path, value]) => `${path} = ${JSON.stringify(value)}`);

/** An example as a reader sees it, without the punctuation of JSON. */
export const exampleText = (example: Example): string => pairs(example) || '(defaults)';

const pairs = (value: { readonly [key: string]: Json }): string =>
  Object.entries(value)
    .map(([key, item]) => `${NAMES[key] ?? key}: ${readable(item)}`)
    .join(', ');

const NAMES: Readonly<Record<string, string>> = { oldObject: 'before', object: 'after' };

function readable(value: Json): string {
  if (isList(value)) return `[${value.map(readable).join(', ')}]`;
  return isObject(value) ? `{${pairs(value)}}` : String(value);
}
