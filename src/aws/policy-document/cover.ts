import { conditionsImply } from './condition-implies.ts';
import { actionsCover, eachPattern, resourcesCover } from './pattern.ts';
import { principalsCover } from './principal.ts';
import { and } from './ternary.ts';
import type { Ternary } from './ternary.ts';
import type { Principals, Statement } from './statement.ts';

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
