import type { Expression, Operator, Step } from '../plan/expression.ts';
import type { AstNode, Context } from './hcl-ast.ts';
import { templateOf, unescapeQuoted } from './hcl-template.ts';
import { isText, literalText, templateContext } from './hcl-text.ts';

const OTHER: Expression = { kind: 'other' };

/** Our tree of an expression, from hcl2json's tree and the text it was made from. */
export const toExpression = (ast: AstNode, text: string): Expression =>
  convert({ bytes: Buffer.from(text), unescape: unescapeQuoted, indent: 0 }, ast);

type Convert = (context: Context, node: AstNode) => Expression;

const CONVERTERS: Readonly<Record<string, Convert>> = {
  '': (context, node) => convertOr(context, node.children[0]),
  literalValue: literal,
  template,
  templateWrap: (context, node) => convertOr(context, node.children[0]),
  templateJoin: (context, node) => call('join', [{ kind: 'literal', value: '' }, ...all(context, node.children)]),
  scopeTraversal: reference,
  relativeTraversal: (context, node) => access(convertOr(context, node.children[0]), steps(node)),
  index: (context, node) => access(convertOr(context, node.children[0]), [keyStep(context, node)]),
  splat,
  object,
  tuple: (context, node) => ({ kind: 'tuple', items: all(context, node.children) }),
  function: (context, node) =>
    call(node.meta?.name ?? '', all(context, node.children), node.meta?.expandedFinalArgument ?? false),
  conditional,
  for: forExpression,
  unaryOp: operation,
  binaryOp: operation,
};

const convert: Convert = (context, node) => CONVERTERS[node.type]?.(context, node) ?? OTHER;

const convertOr = (context: Context, node: AstNode | undefined): Expression => (node ? convert(context, node) : OTHER);

const all = (context: Context, nodes: readonly AstNode[]): Expression[] => nodes.map((node) => convert(context, node));

const call = (name: string, args: readonly Expression[], expandsLast = false): Expression => ({
  kind: 'call',
  name,
  arguments: args,
  expandsLast,
});

function literal(_context: Context, node: AstNode): Expression {
  const text = node.meta?.value ?? '';
  switch (node.meta?.type) {
    case 'number':
      return { kind: 'literal', value: Number(text) };
    case 'bool':
      return { kind: 'literal', value: text === 'true' };
    case 'string':
      return { kind: 'literal', value: text };
    default:
      return text === 'null' ? { kind: 'literal', value: null } : OTHER;
  }
}

function reference(_context: Context, node: AstNode): Expression {
  const [root, ...rest] = node.meta?.traversal ?? [];
  return root ? { kind: 'reference', root: root.segment, steps: rest.map(traversalStep) } : OTHER;
}

const steps = (node: AstNode): Step[] => (node.meta?.traversal ?? []).map(traversalStep);

/** hcl2json prints a string key decoded, between quotes. */
function traversalStep({ type, segment }: { readonly type: string; readonly segment: string }): Step {
  if (type === 'nameTraversal') return { kind: 'attribute', name: segment };
  const key = segment.startsWith('"') ? segment.slice(1, -1) : Number(segment);
  return { kind: 'index', key: { kind: 'literal', value: key } };
}

const keyStep = (context: Context, node: AstNode): Step => ({
  kind: 'index',
  key: convertOr(context, node.children[1]),
});

/** Goes further into a value; a reference just becomes longer. */
export function access(source: Expression, further: readonly Step[]): Expression {
  if (further.length === 0) return source;
  if (source.kind === 'reference' || source.kind === 'access')
    return { ...source, steps: [...source.steps, ...further] };
  return { kind: 'access', source, steps: further };
}

function splat(context: Context, node: AstNode): Expression {
  const [source, each] = node.children;
  const into = each && stepsIntoElement(context, each);
  return source && into ? { kind: 'splat', source: convert(context, source), steps: into } : OTHER;
}

/** The part of a splat after `[*]`; a splat within a splat is not followed. */
function stepsIntoElement(context: Context, node: AstNode): Step[] | undefined {
  const [source] = node.children;
  if (node.type === '' && !source) return [];
  const before = source && stepsIntoElement(context, source);
  if (node.type === 'relativeTraversal') return before && [...before, ...steps(node)];
  return node.type === 'index' ? before && [...before, keyStep(context, node)] : undefined;
}

function object(context: Context, node: AstNode): Expression {
  const keys = node.children.filter((_, index) => index % 2 === 0);
  const values = node.children.filter((_, index) => index % 2 === 1);
  return {
    kind: 'object',
    entries: values.map((value, index) => ({ key: objectKey(context, keys[index]), value: convert(context, value) })),
  };
}

function objectKey(context: Context, node: AstNode | undefined): Expression {
  if (!node) return OTHER;
  if (node.children.length === 0) return { kind: 'literal', value: textOf(context, node) };
  const key = convert(context, node);
  return key.kind === 'literal' ? { kind: 'literal', value: String(key.value) } : key;
}

const textOf = ({ bytes }: Context, { range }: AstNode): string =>
  bytes.toString('utf8', range.start.byte, range.end.byte);

function conditional(context: Context, node: AstNode): Expression {
  const [condition, whenTrue, whenFalse] = all(context, node.children);
  return condition && whenTrue && whenFalse ? { kind: 'conditional', condition, whenTrue, whenFalse } : OTHER;
}

/** Children stand in the order collection, key (object form only), value, condition (if any). */
function forExpression(context: Context, node: AstNode): Expression {
  const meta = node.meta ?? {};
  const [collection, ...rest] = all(context, node.children);
  const key = meta.keyExpression ? (rest.shift() ?? OTHER) : null;
  const [value, condition] = rest;
  if (!collection || !value || !meta.valVar) return OTHER;
  return {
    kind: 'for',
    keyVariable: meta.keyVar || null,
    valueVariable: meta.valVar,
    collection,
    key,
    value,
    condition: meta.conditionalExpression ? (condition ?? OTHER) : null,
    grouped: meta.groupedValue ?? false,
  };
}

const OPERATORS: Readonly<Record<string, Operator>> = {
  equal: '==',
  notEqual: '!=',
  lessThan: '<',
  lessThanOrEqual: '<=',
  greaterThan: '>',
  greaterThanOrEqual: '>=',
  logicalAnd: '&&',
  logicalOr: '||',
  logicalNot: '!',
  add: '+',
  subtract: '-',
  negate: '-',
  multiply: '*',
  divide: '/',
  modulo: '%',
};

function operation(context: Context, node: AstNode): Expression {
  const operator = OPERATORS[node.meta?.operator ?? ''];
  const operands = all(context, node.children);
  const [first] = operands;
  if (node.meta?.operator === 'negate' && first?.kind === 'literal' && typeof first.value === 'number')
    return { kind: 'literal', value: -first.value };
  return operator ? { kind: 'operation', operator, operands } : OTHER;
}

function template(context: Context, node: AstNode): Expression {
  const inner = templateContext(context, node);
  return templateOf(node.children.map((part) => (isText(part) ? literalText(inner, part) : convert(inner, part))));
}
