import { isList, isObject, isUnknown } from '../../plan/value.ts';
import type { Unknown, Value } from '../../plan/value.ts';
import { parseConditions } from './condition.ts';
import { parsePrincipals } from './principal.ts';
import { EMPTY_DOCUMENT } from './statement.ts';
import { hasToken, textOf } from './text.ts';
import type { ParsedDocument, Pattern, Patterns, Statement } from './statement.ts';

type Tree = { readonly [key: string]: Value };

/**
 * Reads a policy document from a value tree. Null and empty text are the empty document; parts that are not known stay
 * in the result as Unknown. Element names are taken in any case, scalars as one-element lists.
 */
export function parseDocument(value: Value): ParsedDocument {
  if (value === null || value === '') return EMPTY_DOCUMENT;
  if (isUnknown(value)) return { kind: 'unknown', unknown: value };
  if (!isObject(value)) return { kind: 'invalid', reason: 'the policy is not a JSON object' };
  const statements = element(value, 'Statement');
  if (isUnknown(statements)) return { kind: 'unknown', unknown: statements };
  const variables = element(value, 'Version') === '2012-10-17';
  const parsed = asList(statements).map((statement, index) => parseStatement(statement, index, variables));
  const invalid = parsed.find((item) => typeof item === 'string');
  if (typeof invalid === 'string') return { kind: 'invalid', reason: invalid };
  return {
    kind: 'document',
    variables,
    statements: parsed.filter((item): item is Statement => typeof item !== 'string' && !isUnknown(item)),
    unread: parsed.filter(isUnknown),
  };
}

/** The element of a policy, whatever the case of its name. */
const element = (tree: Tree, name: string): Value | undefined =>
  tree[name] ?? tree[Object.keys(tree).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name];

const asList = (value: Value | undefined): readonly Value[] =>
  value === undefined || value === null ? [] : isList(value) ? value : [value];

function parseStatement(value: Value, index: number, variables: boolean): Statement | Unknown | string {
  if (isUnknown(value)) return value;
  if (!isObject(value)) return `statement ${index} is not an object`;
  const effect = element(value, 'Effect');
  if (isUnknown(effect)) return effect;
  if (effect !== 'Allow' && effect !== 'Deny') return `statement ${index} has no Effect "Allow" or "Deny"`;
  const sid = element(value, 'Sid');
  return {
    index,
    sid: typeof sid === 'string' && sid !== '' ? sid : null,
    effect,
    principals: parsePrincipals(element(value, 'Principal'), element(value, 'NotPrincipal')),
    actions: lowered(patterns(element(value, 'Action'), element(value, 'NotAction'), [])),
    resources: patterns(element(value, 'Resource'), element(value, 'NotResource'), ['*']),
    conditions: parseConditions(element(value, 'Condition')),
    ...(variables ? {} : { variables }),
  };
}

/** Without either element the default stands: `*` for resources, because trust and some resource policies have none. */
function patterns(only: Value | undefined, except: Value | undefined, absent: readonly string[]): Patterns {
  if (isPresent(only)) return { kind: 'only', patterns: asPatterns(only) };
  if (isPresent(except)) return { kind: 'except', patterns: asPatterns(except) };
  return { kind: 'only', patterns: absent, written: [] };
}

const isPresent = (value: Value | undefined): value is Value => value !== undefined && value !== null;

const asPatterns = (value: Value): Pattern[] => asList(value).map(textOf);

const lowered = ({ kind, patterns }: Patterns): Patterns => ({
  kind,
  patterns: patterns.map((item) => (typeof item === 'string' ? actionPattern(item) : item)),
  written: patterns,
});

/** Actions ignore case (tokens do not); `*:*` and runs of stars mean `*`. */
function actionPattern(action: string): string {
  const pattern = hasToken(action) ? action : action.toLowerCase();
  return /^\*+(:\*+)?$/.test(pattern) ? '*' : pattern;
}
