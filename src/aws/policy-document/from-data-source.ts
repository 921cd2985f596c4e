import { blocks, isList, isObject, isUnknown, Unknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';

type Tree = { readonly [key: string]: Value };

/**
 * The IAM policy document that `data.aws_iam_policy_document` will produce, from the attributes the plan shows for it.
 * Unknown leaves stay where they are; a source or override document that is not known becomes an Unknown statement,
 * because it may add or replace any. Follows the provider's merge: sources, own statements, overrides, by Sid.
 */
export function documentFromDataSource(attributes: Tree): Value {
  const own = isUnknown(attributes['statement']) ? [attributes['statement']] : ownStatements(attributes['statement']);
  const statements = [...documents(attributes, 'source'), own, ...documents(attributes, 'override')].reduce(merge, []);
  return { Version: attributes['version'] ?? '2012-10-17', Statement: statements };
}

/** Later statements replace earlier ones with the same Sid, in place, as the provider does. */
function merge(base: readonly Value[], added: readonly Value[]): readonly Value[] {
  const result = [...base];
  for (const statement of added) {
    const sid = sidOf(statement);
    const at = sid === null ? -1 : result.findIndex((other) => sidOf(other) === sid);
    if (at >= 0) result[at] = statement;
    else result.push(statement);
  }
  return result;
}

const sidOf = (statement: Value): string | null => {
  const sid = isObject(statement) ? statement['Sid'] : null;
  return typeof sid === 'string' && sid !== '' ? sid : null;
};

/** Statement lists of the documents given by `<role>_json` (provider before 5) and `<role>_policy_documents`. */
function documents(attributes: Tree, role: 'source' | 'override'): (readonly Value[])[] {
  return [attributes[`${role}_json`], ...listOf(attributes[`${role}_policy_documents`])]
    .filter((text) => text !== undefined && text !== null && text !== '')
    .map((text) => (typeof text === 'string' ? parsedStatements(text) : [text ?? null]));
}

function parsedStatements(text: string): readonly Value[] {
  try {
    const parsed: Value = JSON.parse(text);
    return isObject(parsed) ? listOf(parsed['Statement']) : [new Unknown('a merged policy is not a JSON object')];
  } catch {
    return [new Unknown('a merged policy is not known or not valid JSON')];
  }
}

const listOf = (value: Value | undefined): readonly Value[] =>
  value === undefined || value === null ? [] : isList(value) ? value : [value];

const ownStatements = (value: Value | undefined): readonly Value[] =>
  listOf(value).map((item) => (isObject(item) ? ownStatement(item) : item));

function ownStatement(block: Tree): Value {
  return {
    ...optional('Sid', block['sid'] === '' ? null : block['sid']),
    Effect: block['effect'] ?? 'Allow',
    ...optional('Action', filled(block['actions'])),
    ...optional('NotAction', filled(block['not_actions'])),
    ...optional('Resource', variables(filled(block['resources']))),
    ...optional('NotResource', variables(filled(block['not_resources']))),
    ...optional('Principal', principals(block['principals'])),
    ...optional('NotPrincipal', principals(block['not_principals'])),
    ...optional('Condition', conditions(block['condition'])),
  };
}

const optional = (key: string, value: Value | undefined): Tree =>
  value === undefined || value === null ? {} : { [key]: value };

const filled = (value: Value | undefined): Value | undefined => (isList(value) && value.length === 0 ? null : value);

/** The data source writes policy variables as `&{…}`, because `${…}` is Terraform's own interpolation. */
function variables(value: Value | undefined): Value | undefined {
  if (typeof value === 'string') return value.replaceAll('&{', '${');
  return isList(value) ? value.map((item) => variables(item) ?? null) : value;
}

function principals(value: Value | undefined): Value | undefined {
  if (isUnknown(value)) return value;
  const unknown = listOf(value).find(isUnknown);
  if (unknown) return unknown;
  const entries = blocks(value);
  const kind = entries[0]?.['type'];
  if (entries.length === 0) return null;
  if (isUnknown(kind)) return kind;
  if (entries.length === 1 && kind === '*' && isEveryone(entries[0]?.['identifiers'])) return '*';
  return grouped(entries.map((entry) => [typeKey(entry['type']), variables(entry['identifiers']) ?? []]));
}

const isEveryone = (identifiers: Value | undefined): boolean =>
  listOf(identifiers).length === 1 && listOf(identifiers)[0] === '*';

const typeKey = (type: Value | undefined): string => (typeof type === 'string' && type !== '*' ? type : 'AWS');

/** Values of equal keys are joined, an unknown one among them included. */
function grouped(entries: readonly (readonly [string, Value])[]): { [key: string]: Value } {
  const result: { [key: string]: Value } = {};
  for (const [key, value] of entries) {
    const seen = result[key];
    result[key] = seen === undefined ? value : [...listOf(seen), ...listOf(value)];
  }
  return result;
}

function conditions(value: Value | undefined): Value | undefined {
  if (isUnknown(value)) return value;
  const unknown = listOf(value).find(isUnknown);
  if (unknown) return unknown;
  const entries = blocks(value);
  if (entries.length === 0) return null;
  const unreadable = entries.flatMap((entry) => [entry['test'], entry['variable']]).find(isUnknown);
  if (unreadable) return unreadable;
  const tests = [...new Set(entries.map((entry) => textOf(entry['test'])))];
  return Object.fromEntries(
    tests.map((test) => [test, grouped(entries.filter((entry) => textOf(entry['test']) === test).map(keyAndValues))]),
  );
}

const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

const keyAndValues = (entry: Tree): readonly [string, Value] => [
  textOf(entry['variable']),
  variables(entry['values']) ?? [],
];
