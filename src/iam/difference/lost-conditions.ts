import { keyOf } from '../../aws/policy-document/statements.ts';
import { conditionsImply } from '../../aws/policy-document/condition-implies.ts';
import type { Condition, Statement } from '../../aws/policy-document/statement.ts';
import { and, or } from '../../aws/policy-document/ternary.ts';
import type { Ternary } from '../../aws/policy-document/ternary.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Asked } from '../evaluate/document.ts';
import { resolver, scopeMatches } from '../evaluate/document.ts';
import { conditionsHold, readsVariables, statementTest } from '../match/statement.ts';
import type { StatementTest } from '../match/statement.ts';
import type { Region } from './difference.ts';

const askedAbout = ({ witness }: Region): Asked => ({
  ...witness,
  context: (key) => witness.context.get(key),
  hasBoundary: false,
});

function testOf(statement: Statement, { comparison: { compile, symbols } }: Region, asked: Asked): StatementTest {
  return readsVariables(statement) ? statementTest(statement, symbols, resolver(asked.context)) : compile(statement);
}

/**
 * The conditions that used to keep out the witness of a region: the old side allowed the same action on the same resource
 * to the same requester, but only where they hold. Empty when it did not allow that at all.
 * @param kept keys of the statements that stand on the new side: a condition that still stands beside a new statement is
 * not lost
 */
export function lostConditionsOf(region: Region, kept: ReadonlySet<string | null>): readonly Condition[] {
  const asked = askedAbout(region);
  return (region.comparison.before.layers[0] ?? []).flatMap((statement) => {
    if (isUnknown(statement.conditions) || statement.conditions.length === 0 || kept.has(keyOf(statement))) return [];
    const test = testOf(statement, region, asked);
    if (scopeMatches(test, asked) !== 'yes') return [];
    return test.conditions
      .filter((condition) => condition.holds(asked.context(condition.key)) === 'no')
      .map(({ condition }) => condition)
      .filter((condition) => isLoosened(condition, region.statement));
  });
}

/** A condition with another value is another condition: only one that is gone, or that the old one implies, is looser. */
function isLoosened(condition: Condition, { conditions }: Statement): boolean {
  if (isUnknown(conditions)) return true;
  return conditions
    .filter(({ key }) => key === condition.key)
    .every((now) => conditionsImply([condition], [now]) === 'yes');
}

/** True when the old side allowed the witness but for a Deny. */
export function wasOnlyDenied(region: Region): boolean {
  const asked = askedAbout(region);
  const allows = (statement: Statement): Ternary => {
    const test = testOf(statement, region, asked);
    return and(scopeMatches(test, asked), conditionsHold(test, asked.context));
  };
  return region.comparison.before.layers.every((layer) => or(...layer.map(allows)) === 'yes');
}
