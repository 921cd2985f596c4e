/**
 * What the HCL says where the plan is silent: an expression as a tree of plain data.
 *
 * It is made in `source/` and evaluated by whoever knows what the references stand for. It has no positions and no
 * parser types, so that evaluating it needs neither.
 */
export type Expression =
  | Literal
  | Template
  | ReferenceExpression
  | Access
  | Splat
  | ObjectExpression
  | Tuple
  | Call
  | Conditional
  | For
  | Operation
  | OtherExpression;

export interface Literal {
  readonly kind: 'literal';
  readonly value: null | boolean | number | string;
}

/** Strings to concatenate: the literal parts are already unescaped, a heredoc is one of these too. */
export interface Template {
  readonly kind: 'template';
  readonly parts: readonly Expression[];
}

/** `var.x`, `local.x`, `aws_s3_bucket.b[each.key].arn`, `data.T.N.json`, `module.m.out`, `each.value`, a `for` variable. */
export interface ReferenceExpression {
  readonly kind: 'reference';
  /** The first name: `var`, `local`, `data`, `module`, `each`, `count`, `path`, `self`, a resource type, a variable. */
  readonly root: string;
  readonly steps: readonly Step[];
}

/** One step from a value into it: `.name` or `[key]`. */
export type Step =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'index'; readonly key: Expression };

/** Steps into something that is not a reference: `f(x)[0].y`. */
export interface Access {
  readonly kind: 'access';
  readonly source: Expression;
  readonly steps: readonly Step[];
}

/** `source[*].arn`: the list of what the steps lead to in each element. */
export interface Splat {
  readonly kind: 'splat';
  readonly source: Expression;
  readonly steps: readonly Step[];
}

export interface ObjectExpression {
  readonly kind: 'object';
  readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
}

export interface Tuple {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
}

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Expression[];
  /** `f(a, b...)`: the last argument is a list of further arguments. */
  readonly expandsLast: boolean;
}

export interface Conditional {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

/**
 * `[for v in c : value if condition]`, or with `key` the object form `{for k, v in c : key => value}`.
 * A `dynamic "ingress"` block is one as well; its variables are then named `ingress.key` and `ingress.value`.
 */
export interface For {
  readonly kind: 'for';
  readonly keyVariable: string | null;
  readonly valueVariable: string;
  readonly collection: Expression;
  readonly key: Expression | null;
  readonly value: Expression;
  readonly condition: Expression | null;
  /** `=> value...`: values of equal keys are collected into lists. */
  readonly grouped: boolean;
}

/** The operators of HCL under their own signs; `!` and the unary `-` have one operand. */
export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||' | '!' | '+' | '-' | '*' | '/' | '%';

export interface Operation {
  readonly kind: 'operation';
  readonly operator: Operator;
  readonly operands: readonly Expression[];
}

/** Something this version does not understand; it can only be undetermined. */
export interface OtherExpression {
  readonly kind: 'other';
}

/** Where in a module an expression stands. A path goes through nested blocks: `['ingress', 0, 'cidr_blocks']`. */
export type Place =
  | {
      readonly kind: 'resource' | 'data';
      readonly type: string;
      readonly name: string;
      readonly path: readonly (string | number)[];
    }
  /** The default of a variable, the value of an output or a local value. */
  | { readonly kind: 'local' | 'output' | 'variable'; readonly name: string }
  | { readonly kind: 'module-argument'; readonly call: string; readonly name: string };
