import type { Expression, ReferenceExpression, Step } from '../plan/expression.ts';

/**
 * A `dynamic "ingress"` block as the `for` that it is. `ingress.key` and `ingress.value` become the names of its
 * variables: no variable of HCL can have a dot, so nothing else is meant by them.
 */
export const dynamicExpression = (iterator: string, collection: Expression, content: Expression): Expression => ({
  kind: 'for',
  keyVariable: `${iterator}.key`,
  valueVariable: `${iterator}.value`,
  collection,
  key: null,
  value: mapReferences(content, (reference) => iteratorVariable(iterator, reference)),
  condition: null,
  grouped: false,
});

function iteratorVariable(iterator: string, reference: ReferenceExpression): ReferenceExpression {
  const [first, ...steps] = reference.steps;
  const isIterator = reference.root === iterator && first?.kind === 'attribute' && /^(key|value)$/.test(first.name);
  return isIterator ? { kind: 'reference', root: `${iterator}.${first.name}`, steps } : reference;
}

type Change = (reference: ReferenceExpression) => ReferenceExpression;

/** The same expression with every reference in it changed. */
function mapReferences(expression: Expression, change: Change): Expression {
  const map = (one: Expression): Expression => mapReferences(one, change);
  switch (expression.kind) {
    case 'literal':
    case 'other':
      return expression;
    case 'reference':
      return change({ ...expression, steps: mapSteps(expression.steps, map) });
    case 'template':
      return { ...expression, parts: expression.parts.map(map) };
    case 'access':
    case 'splat':
      return { ...expression, source: map(expression.source), steps: mapSteps(expression.steps, map) };
    case 'object':
      return {
        ...expression,
        entries: expression.entries.map(({ key, value }) => ({ key: map(key), value: map(value) })),
      };
    case 'tuple':
      return { ...expression, items: expression.items.map(map) };
    case 'call':
      return { ...expression, arguments: expression.arguments.map(map) };
    case 'conditional': {
      const { condition, whenTrue, whenFalse } = expression;
      return { ...expression, condition: map(condition), whenTrue: map(whenTrue), whenFalse: map(whenFalse) };
    }
    case 'for': {
      const { collection, key, value, condition } = expression;
      return {
        ...expression,
        collection: map(collection),
        key: key && map(key),
        value: map(value),
        condition: condition && map(condition),
      };
    }
    case 'operation':
      return { ...expression, operands: expression.operands.map(map) };
  }
}

const mapSteps = (steps: readonly Step[], map: (one: Expression) => Expression): Step[] =>
  steps.map((step) => (step.kind === 'index' ? { kind: 'index', key: map(step.key) } : step));
