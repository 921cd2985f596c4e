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
