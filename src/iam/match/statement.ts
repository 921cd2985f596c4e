import type { Statement } from '../../aws/policy-document/statement.ts';
import { and, every } from '../../aws/policy-document/ternary.ts';
import type { Ternary } from '../../aws/policy-document/ternary.ts';
import { isUnknown } from '../../plan/value.ts';
import { conditionTest } from './condition.ts';
import type { ConditionTest } from './condition.ts';
import type { Resolve, Symbols } from './symbols.ts';
import { arnPattern, textPattern } from './text-pattern.ts';
import { textSet } from './text-set.ts';
import type { TextSet } from './text-set.ts';

/** A statement in the alphabet of `Symbols`. */
export interface StatementTest {
  readonly statement: Statement;
  readonly actions: TextSet;
  readonly resources: TextSet;
  readonly conditions: readonly ConditionTest[];
  /** True when the Condition element cannot be read before apply. */
  readonly isOpen: boolean;
}

/** Compiles the actions of a statement, in which no variables are read. */
export const actionSet = ({ actions }: Statement, symbols: Symbols): TextSet =>
  textSet(actions, 1, (pattern) => {
    const units = symbols.pattern(pattern, false);
    return units === null ? null : textPattern(units);
  });

/**
 * Compiles a statement.
 * @param resolve what policy variables are worth in the request; left out, they stay symbols
 * @param actions its actions, where they are compiled already
 */
export function statementTest(
  statement: Statement,
  symbols: Symbols,
  resolve?: Resolve,
  actions = actionSet(statement, symbols),
): StatementTest {
  const variables = statement.variables !== false;
  const conditions = isUnknown(statement.conditions) ? [] : statement.conditions;
  return {
    statement,
    actions,
    resources: textSet(statement.resources, 3, (pattern) => {
      const units = symbols.pattern(pattern, variables, resolve);
      return units === null ? null : arnPattern(units);
    }),
    conditions: conditions.map((condition) => conditionTest(condition, symbols, variables, resolve)),
    isOpen: isUnknown(statement.conditions),
  };
}

/** The values of a context key, in lower case; undefined when the request lacks it. */
export type ContextValues = (key: string) => readonly string[] | undefined;

/** Whether all conditions hold. */
export const conditionsHold = ({ conditions, isOpen }: StatementTest, context: ContextValues): Ternary =>
  and(
    isOpen ? 'maybe' : 'yes',
    every(conditions, (test) => test.holds(context(test.key))),
  );

/** Whether a statement mentions a policy variable, so that it reads differently in every request. */
export const readsVariables = ({ variables, resources, conditions }: Statement): boolean =>
  variables !== false &&
  (resources.patterns.some(hasVariable) ||
    (!isUnknown(conditions) && conditions.some(({ values }) => values.some(hasVariable))));

const hasVariable = (pattern: unknown): boolean => typeof pattern === 'string' && pattern.includes('${');
