import type { Expression } from '../plan/expression.ts';

/** Where in a module an expression stands; see `Place` in source/. */
export type ExpressionPlace =
  | {
      readonly kind: 'resource' | 'data';
      readonly type: string;
      readonly name: string;
      readonly path: readonly (string | number)[];
    }
  | { readonly kind: 'local' | 'output' | 'variable'; readonly name: string }
  | { readonly kind: 'module-argument'; readonly call: string; readonly name: string };

/** Answers from HCL that is already parsed; undefined where there is no source or no such expression. */
export type ExpressionLookup = (module: readonly string[], place: ExpressionPlace) => Expression | undefined;

/** What a review without source has. */
export const noExpressions: ExpressionLookup = () => undefined;
