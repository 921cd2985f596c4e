import type { Condition, Statement } from '../../aws/policy-document/statement.ts';
import { keyOf } from '../../aws/policy-document/statements.ts';
import { gainsOf } from './difference.ts';
import type { Gains, Region } from './difference.ts';
import { lostConditionsOf, wasOnlyDenied } from './lost-conditions.ts';
import { deniedBy } from './side.ts';
import type { Side } from './side.ts';

/** A condition that used to limit what a statement of the new side allows. */
export interface LostCondition {
  readonly condition: Condition;
  readonly statement: Statement;
}

/** What a side allows beyond another, and for which of three reasons. */
export interface Change {
  readonly gains: Gains;
  /** What was denied and is not any more, whether something allows it or not. */
  readonly lostDenies: Gains;
  readonly lostConditions: readonly LostCondition[];
  /** The gains that neither a lost Deny nor a lost condition explains. */
  readonly added: readonly Region[];
}

/** Compares two sides. */
export function changeOf(before: Side, after: Side): Change {
  const gains = gainsOf(before, after);
  const kept = new Set(after.layers[0]?.map(keyOf));
  const loosened = gains.regions.map((region) => [region, lostConditionsOf(region, kept)] as const);
  return {
    gains,
    lostDenies: gainsOf(deniedBy(after), deniedBy(before)),
    lostConditions: loosened.flatMap(([{ statement }, conditions]) =>
      conditions.map((condition) => ({ condition, statement })),
    ),
    added: loosened.flatMap(([region, conditions]) =>
      conditions.length === 0 && !wasOnlyDenied(region) ? [region] : [],
    ),
  };
}
