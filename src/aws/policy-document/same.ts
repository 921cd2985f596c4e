import type { Json } from '../../plan/value.ts';
import { parseDocument } from './parse.ts';
import { printDocument } from './print.ts';

type Tree = { readonly [key: string]: Json };

/** Every list of a policy is a set, and the order of names means nothing. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) {
    const texts = value.map((item: Json) => JSON.stringify(sorted(item)));
    return [...new Set(texts)].toSorted();
  }
  if (typeof value !== 'object' || value === null) return value;
  const tree = value as Tree;
  return Object.keys(tree)
    .toSorted()
    .map((key) => [key, JSON.stringify(sorted(tree[key] ?? null))]);
}

/** Names of actions and of condition keys ignore case. */
const caseless = (statement: Json): Json =>
  Object.fromEntries(
    Object.entries(statement as Tree).map(([name, value]): [string, Json] => {
      if (/^(?:Not)?Action$/.test(name)) return [name, JSON.parse(JSON.stringify(value).toLowerCase()) as Json];
      return name === 'Condition' ? [name, withLowerKeys(value as Tree)] : [name, value];
    }),
  );

const withLowerKeys = (condition: Tree): Tree =>
  Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.entries(keys as Tree).map(([key, values]): Json => [[key.toLowerCase()], values]),
    ]),
  );

function canonical(text: string): string | undefined {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  const document = parseDocument(value);
  if (document.kind !== 'document') return undefined;
  // A token out of an attacker's pen equals only itself.
  const printed = printDocument(document, (token) => token);
  if (printed === null) return undefined;
  const { Version, Statement } = printed as { readonly Version: Json; readonly Statement: readonly Json[] };
  return JSON.stringify([Version, sorted(Statement.map(caseless))]);
}

/** True when two policy texts are proven to say the same: other white space, order, ids of statements, lists of one. */
export function isSamePolicy(before: string, after: string): boolean {
  const [old, now] = [canonical(before), canonical(after)];
  return old !== undefined && old === now;
}
