import { conditionsImply } from './condition-implies.ts';
import { actionsCover, actionsMeet, eachPattern, resourcesCover } from './pattern.ts';
import { principalsCover } from './principal.ts';
import { isUnknown } from '../../plan/value.ts';
import { and, every, some } from './ternary.ts';
import type { Ternary } from './ternary.ts';
import type { Condition, Principals, Statement } from './statement.ts';

/** Cutting conditions into more pieces than this is given up: the answer becomes maybe. */
const PIECE_LIMIT = 500;

/** Whether every request that `inner` speaks about is one that `outer` speaks about, whatever their effects. */
export const statementCovers = (outer: Statement, inner: Statement): Ternary =>
  and(scopeCovers(outer, inner), conditionsImply(inner.conditions, outer.conditions));

/** The same question without the conditions. */
export function scopeCovers(outer: Statement, inner: Statement): Ternary {
  const actions = actionsCover(outer.actions, inner.actions);
  if (actions === 'no') return 'no';
  const resources = and(actions, resourcesCover(outer.resources, inner.resources));
  return resources === 'no' ? 'no' : and(resources, principalsCover(outer.principals, inner.principals));
}

/** The statement cut into pieces of one action, one resource and one principal each. */
export const pieces = (statement: Statement): readonly Statement[] =>
  byAction(statement).flatMap((part) => byResource(part).flatMap(byPrincipal));

const byAction = (statement: Statement): readonly Statement[] =>
  eachPattern(statement.actions).map((actions) => ({ ...statement, actions }));

const byResource = (statement: Statement): readonly Statement[] =>
  eachPattern(statement.resources).map((resources) => ({ ...statement, resources }));

const byPrincipal = (statement: Statement): readonly Statement[] =>
  eachPrincipal(statement.principals).map((principals) => ({ ...statement, principals }));

const eachPrincipal = (principals: Principals): readonly Principals[] =>
  principals.kind === 'only' ? principals.entries.map((entry) => ({ kind: 'only', entries: [entry] })) : [principals];

/**
 * The pieces of a statement for which the answer is not yes, with their answers. Cuts one dimension after the other, so
 * that a statement which is covered as a whole is never cut.
 */
export function uncovered(statement: Statement, ask: (piece: Statement) => Ternary): readonly Uncovered[] {
  const cuts = [byAction, byResource, byPrincipal];
  const cut = (part: Statement, depth: number): readonly Uncovered[] => {
    const answer = ask(part);
    if (answer === 'yes') return [];
    const next = cuts[depth];
    return next === undefined ? [{ piece: part, answer }] : next(part).flatMap((item) => cut(item, depth + 1));
  };
  return cut(statement, 0);
}

/** A piece that is not (or perhaps not) covered. */
export interface Uncovered {
  readonly piece: Statement;
  readonly answer: Ternary;
}

/** Whether a piece is covered by one of the statements, or by several that share its condition values. */
export function coveredBy(statements: readonly Statement[], piece: Statement): Ternary {
  const near = statements.filter((other) => actionsMeet(other.actions, piece.actions) !== 'no');
  const whole = some(near, (other) => statementCovers(other, piece));
  if (whole !== 'no' || near.length < 2) return whole;
  const parts = byConditionValue(piece);
  if (parts === undefined) return 'maybe';
  return parts.length < 2 ? 'no' : every(parts, (part) => some(near, (other) => statementCovers(other, part)));
}

/** A positive test with several values is the union of the tests with one value each; undefined when there are too many. */
function byConditionValue(piece: Statement): readonly Statement[] | undefined {
  if (isUnknown(piece.conditions)) return [piece];
  let cut: readonly (readonly Condition[])[] = [[]];
  for (const condition of piece.conditions) {
    const options = eachValue(condition);
    if (cut.length * options.length > PIECE_LIMIT) return undefined;
    cut = cut.flatMap((done) => options.map((option) => [...done, option]));
  }
  return cut.map((conditions) => ({ ...piece, conditions }));
}

const eachValue = (condition: Condition): readonly Condition[] =>
  condition.quantifier === 'ForAllValues' || condition.operator.includes('not') || condition.values.length < 2
    ? [condition]
    : condition.values.map((value) => ({ ...condition, values: [value] }));
