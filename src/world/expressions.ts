import type { Expression, Place } from '../plan/expression.ts';

/** Answers from HCL that is already parsed; undefined where there is no source or no such expression. */
export type ExpressionLookup = (module: readonly string[], place: Place) => Expression | undefined;

/** What a review without source has. */
export const noExpressions: ExpressionLookup = () => undefined;
