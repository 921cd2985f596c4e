import { keyOf } from '../../aws/policy-document/statements.ts';
import { globCovers } from '../../aws/policy-document/glob.ts';
import type { Condition, Pattern, Patterns, Statement } from '../../aws/policy-document/statement.ts';
import { isUnknown } from '../../plan/value.ts';

/** Equal for statements that say the same in the same words; null when a part is not known. `${…}` is text in old versions. */
export function wordingOf(statement: Statement): string | null {
  const key = keyOf(statement);
  return key !== null && statement.variables === false && key.includes('${') ? `text ${key}` : key;
}

/** Whether a pattern mentions what may be a policy variable. */
export const hasVariable = (pattern: Pattern): boolean => typeof pattern === 'string' && pattern.includes('${');

/** False for what nothing is known of: it need not be the same twice. */
export const isFixed = (pattern: Pattern): boolean => typeof pattern === 'string' && !pattern.includes('⟨unknown:');

/** Whether two lists of patterns are the same text for text, in statements that read `${…}` alike. */
function sameTexts(a: readonly Pattern[], b: readonly Pattern[], alike: boolean): boolean {
  return (
    a.length === b.length &&
    a.every((pattern, index) => pattern === b[index] && isFixed(pattern) && (alike || !hasVariable(pattern)))
  );
}

/** Whether two statements read `${…}` in the same way. */
export const readAlike = (a: Statement, b: Statement): boolean => (a.variables === false) === (b.variables === false);

const samePatterns = (a: Patterns, b: Patterns, alike: boolean): boolean =>
  a.kind === b.kind && sameTexts(a.patterns, b.patterns, alike);

/** Whether two statements speak about the same actions in the same words. */
export const sameActions = (a: Statement, b: Statement): boolean => samePatterns(a.actions, b.actions, true);

export const sameResources = (a: Statement, b: Statement): boolean =>
  samePatterns(a.resources, b.resources, readAlike(a, b));

/** Whether two conditions of these statements are the same. */
export const sameCondition = (a: Condition, b: Condition, of: readonly [Statement, Statement]): boolean =>
  a.key === b.key &&
  a.operator === b.operator &&
  a.quantifier === b.quantifier &&
  a.ifExists === b.ifExists &&
  sameTexts(a.values, b.values, readAlike(...of));

/**
 * Whether one statement speaks about all that another does, as far as that is plain to see: the same words, more actions or
 * fewer conditions. So it does whatever tokens and variables in these words stand for.
 */
export function plainlyCovers(outer: Statement, inner: Statement): boolean {
  if (isUnknown(outer.conditions) || isUnknown(inner.conditions)) return false;
  const { conditions } = inner;
  return (
    (sameResources(outer, inner) || isEverything(outer.resources)) &&
    outer.conditions.every((own) => conditions.some((other) => sameCondition(own, other, [outer, inner]))) &&
    samePrincipals(outer, inner) &&
    (sameActions(outer, inner) || coversActions(outer.actions, inner.actions))
  );
}

const isEverything = ({ kind, patterns }: Patterns): boolean => kind === 'only' && patterns.includes('*');

/** Whether two statements speak about the same requesters in the same words. NotPrincipal means more in a Deny. */
export function samePrincipals(
  { principals: a, effect }: Statement,
  { principals: b, effect: other }: Statement,
): boolean {
  if (a.kind === 'except' && effect !== other) return false;
  const text = JSON.stringify(a);
  return text === JSON.stringify(b) && !text.includes('"unknown"') && !text.includes('⟨unknown:');
}

const coversActions = (outer: Patterns, inner: Patterns): boolean =>
  outer.kind === 'only' &&
  inner.kind === 'only' &&
  inner.patterns.every((item) => typeof item === 'string' && outer.patterns.some((other) => coversAction(other, item)));

/** A value known after apply is contained in itself and in everything; an unknown one only in everything. */
function coversAction(outer: Pattern, inner: string): boolean {
  if (typeof outer !== 'string') return false;
  if (outer === '*') return true;
  return inner.includes('⟨') || outer.includes('⟨') ? isFixed(outer) && outer === inner : globCovers(outer, inner);
}
