/** A node as `getExpressionAst` of hcl2json prints it. Object keys and parentheses have the type `''`. */
export interface AstNode {
  readonly type: string;
  readonly range: { readonly start: { readonly byte: number }; readonly end: { readonly byte: number } };
  readonly children: readonly AstNode[];
  readonly meta?: {
    readonly value?: string;
    readonly type?: string;
    readonly name?: string;
    readonly operator?: string;
    readonly expandedFinalArgument?: boolean;
    readonly traversal?: readonly { readonly type: string; readonly segment: string }[];
    readonly keyVar?: string;
    readonly valVar?: string;
    readonly keyExpression?: string;
    readonly conditionalExpression?: string;
    readonly groupedValue?: boolean;
  };
}

/** What a node of a tree needs to know of the expression around it. */
export interface Context {
  /** The expression in UTF-8: ranges count bytes. */
  readonly bytes: Buffer;
  readonly unescape: (text: string) => string;
  /** Spaces that `<<-` takes away at the start of each line. */
  readonly indent: number;
}
