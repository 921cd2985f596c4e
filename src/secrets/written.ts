import type { Expression } from '../plan/expression.ts';

/** What the code has written down of a text. `complete`: nothing else can be in it but what references bring. */
export interface Written {
  readonly texts: readonly string[];
  readonly complete: boolean;
}

/** Asks the source for an expression of a resource; undefined where there is none. */
export type ExpressionLookup = (
  module: readonly string[],
  place: { readonly kind: 'resource'; readonly type: string; readonly name: string; readonly path: readonly string[] },
) => Expression | undefined;

/** Functions whose result holds nothing but their arguments. */
const PURE: ReadonlySet<string> = new Set([
  'base64encode',
  'base64gzip',
  'chomp',
  'concat',
  'format',
  'indent',
  'join',
  'jsonencode',
  'replace',
  'trimspace',
  'yamlencode',
]);

/** Stands where a reference brings something: it reads as a template hole. */
const HOLE = '${…}';

/** The literal texts of an expression, in one piece where they are in one piece. */
export function writtenIn(expression: Expression): Written {
  switch (expression.kind) {
    case 'literal':
      return { texts: expression.value === null ? [] : [String(expression.value)], complete: true };
    case 'reference':
      return { texts: [], complete: false };
    case 'template': {
      const text = expression.parts.map((part) => (part.kind === 'literal' ? String(part.value) : HOLE)).join('');
      const nested = expression.parts.filter(({ kind }) => kind !== 'literal' && kind !== 'reference').map(writtenIn);
      return { texts: [text, ...nested.flatMap(({ texts }) => texts)], complete: nested.every(isComplete) };
    }
    case 'object': {
      const pairs = expression.entries.map(({ key, value }) => ({ key: writtenIn(key), value: writtenIn(value) }));
      return {
        texts: pairs.flatMap(({ key, value }) => value.texts.map((text) => `${key.texts[0] ?? ''}=${text}`)),
        complete: pairs.every(({ value }) => value.complete),
      };
    }
    case 'call':
      return all(expression.arguments, PURE.has(expression.name));
    case 'tuple':
      return all(expression.items, true);
    case 'conditional':
      return all([expression.whenTrue, expression.whenFalse], true);
    case 'access':
    case 'splat':
    case 'for':
    case 'operation':
    case 'other':
    default:
      return { texts: [], complete: false };
  }
}

const isComplete = ({ complete }: Written): boolean => complete;

function all(expressions: readonly Expression[], isPure: boolean): Written {
  const parts = expressions.map(writtenIn);
  return { texts: parts.flatMap(({ texts }) => texts), complete: isPure && parts.every(isComplete) };
}
