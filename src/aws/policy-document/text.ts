import { isUnknown, Unknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Pattern } from './statement.ts';

/** Attributes that hold one name of one object: never a wildcard, whatever they turn out to be. */
const IDENTIFYING = /(^|_)(arn|id|name|number|url|domain|bucket)$/;

/**
 * The text of an action, resource, principal or condition value. A value that is not known but is the ARN, id or name of
 * one object becomes the token of that attribute, which stands for one fixed text.
 */
export function textOf(value: Value): Pattern {
  if (!isUnknown(value)) return typeof value === 'object' ? new Unknown('it is not a string') : String(value);
  const [reference, another] = value.references;
  if (reference === undefined || another !== undefined || !IDENTIFYING.test(reference.attribute)) return value;
  return `⟨ref:${reference.address}.${reference.attribute}⟩`;
}

/** True when a part of the text is known only after apply. */
export const hasToken = (text: string): boolean => text.includes('⟨') && /⟨(?:ref|unknown):/.test(text);

const TOKEN = /⟨(?:ref|unknown):[^⟩]*⟩/g;

/** The text with every token replaced. */
export const replaceTokens = (text: string, replacement: string): string => text.replace(TOKEN, () => replacement);
