import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Document, Statement } from './statement.ts';

export const allowsOf = (document: Document): readonly Statement[] => ofEffect(document, 'Allow');
export const deniesOf = (document: Document): readonly Statement[] => ofEffect(document, 'Deny');

const ofEffect = (document: Document, effect: Statement['effect']): readonly Statement[] =>
  document.statements.filter((statement) => statement.effect === effect);

const keys = new WeakMap<Statement, string | null>();

/** Equal for statements that are written alike but for their Sid; null when a part is not known. */
export function keyOf(statement: Statement): string | null {
  const found = keys.get(statement);
  if (found !== undefined) return found;
  const { principals, actions, resources, conditions } = statement;
  const text = JSON.stringify([
    principals,
    actions.kind,
    actions.patterns,
    resources.kind,
    resources.patterns,
    conditions,
  ]);
  const key = unknownIn(statement) || text.includes('⟨unknown:') ? null : text;
  keys.set(statement, key);
  return key;
}

function unknownIn(statement: Statement): Unknown | undefined {
  if (isUnknown(statement.conditions)) return statement.conditions;
  const entries = statement.principals.kind === 'holder' ? [] : statement.principals.entries;
  const principal = entries.find((entry) => entry.kind === 'unknown');
  if (principal?.kind === 'unknown') return principal.unknown;
  const values = statement.conditions.flatMap((condition) => condition.values);
  return [...statement.actions.patterns, ...statement.resources.patterns, ...values].find(isUnknown);
}
