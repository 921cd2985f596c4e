import { documentFromDataSource } from '../aws/policy-document/from-data-source.ts';
import { isKnown, isList, isObject, isUnknown, type Json, strings, Unknown, type Value } from '../plan/value.ts';

/** JSON text as a value; text that is not JSON comes back as it is. */
export function parseJsonText(text: string): Value {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

const TOKEN = /^⟨(?:ref:(.+?)|unknown:\d+)⟩$/su;

/** A string that is nothing but one token is the unknown value itself again. */
export function tokensToUnknown(value: Value): Value {
  if (typeof value === 'string') return TOKEN.test(value) ? new Unknown(undefined, tokenReference(value)) : value;
  if (Array.isArray(value)) return value.map(tokensToUnknown);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tokensToUnknown(item)]));
}

function tokenReference(text: string): { address: string; attribute: string }[] {
  const inner = TOKEN.exec(text)?.[1];
  const match = inner === undefined ? null : /^(.*?[^.]*)\.([^.\]"]+)$/su.exec(inner);
  return match?.[1] && match[2] ? [{ address: match[1], attribute: match[2] }] : [];
}

type Path = readonly (string | number)[];

/** Evaluates the HCL of a path of the data source; undefined without source. */
export type Refine = (path: Path) => Value | undefined;

/**
 * What the plan refers to in a list or a template is not what one element is: `[b.arn, "${b.arn}/*"]` has one reference.
 * So an unknown leaf is taken from HCL where that agrees with what the plan knows, and is nameless otherwise.
 */
function refined(value: Value, path: Path, refine: Refine): Value {
  if (isKnown(value)) return value;
  const written = refine(path);
  if (written !== undefined && agrees(value, written)) return tokensToUnknown(written);
  if (isUnknown(value)) return new Unknown(value.because);
  if (isList(value)) return value.map((item, index) => refined(item, [...path, index], refine));
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, refined(item, [...path, key], refine)]))
    : value;
}

/** True when evaluated HCL holds everything that the plan knows of a value. Lists are sorted in the plan. */
function agrees(planned: Value, written: Value): boolean {
  if (isUnknown(planned)) return !isUnknown(written) || written.references.length > 0;
  if (isList(planned))
    return isList(written) && strings(planned).every((item) => written.includes(item)) && !planned.some(isObject);
  return false;
}

const DOCUMENT_ATTRIBUTES = [
  'statement',
  'version',
  'source_policy_documents',
  'override_policy_documents',
  'source_json',
  'override_json',
];

/** The document that a data source of type `aws_iam_policy_document` will render, from what is known of its statements. */
export const deferredDocument = (dataSource: { get(attribute: string): Value }, refine: Refine): Value =>
  documentFromDataSource(
    Object.fromEntries(DOCUMENT_ATTRIBUTES.map((name) => [name, refined(dataSource.get(name), [name], refine)])),
  );

/** What an evaluated expression is as a document: its text parsed, or the tree it is already. */
export const asDocument = (value: Value): Value =>
  typeof value === 'string' ? tokensToUnknown(parseJsonText(value)) : isUnknown(value) ? value : tokensToUnknown(value);
