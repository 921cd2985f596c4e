import { documentFromDataSource } from '../aws/policy-document/from-data-source.ts';
import { isObject, isUnknown, type Json, Unknown, type Value } from '../plan/value.ts';

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

/** The document that a data source of type `aws_iam_policy_document` will render, from what is known of its statements. */
export function deferredDocument(dataSource: { get(attribute: string): Value }): Value {
  const attributes = ['statement', 'version', 'source_policy_documents', 'override_policy_documents', 'source_json', 'override_json'];
  return documentFromDataSource(Object.fromEntries(attributes.map((attribute) => [attribute, dataSource.get(attribute)])));
}

/** What an evaluated expression is as a document: its text parsed, or the tree it is already. */
export const asDocument = (value: Value): Value => (typeof value === 'string' ? tokensToUnknown(parseJsonText(value)) : isUnknown(value) ? value : tokensToUnknown(value));
