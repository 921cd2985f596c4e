import { moduleAt } from '../plan/configuration.ts';
import type { Conditional, Expression, For, Operation, Step } from '../plan/expression.ts';
import { isKnown, isList, isObject, isUnknown, type Json, type Reference, Unknown, type Value } from '../plan/value.ts';
import { FUNCTIONS, formatPieces } from './functions.ts';
import { type Budget, expressionReferences, type ReferenceContext, resolveReference } from './references.ts';
import { callerOf, callPath, type Scope } from './scope.ts';

/** What evaluating needs beside what resolving references needs. */
export interface EvaluationContext extends ReferenceContext {
  /** The value of an attribute path of one instance; a policy document in place of a deferred `json`. */
  valueOf(reference: Reference): Value;
  /** Value of a root variable; undefined when there is none or it must not be looked at. */
  rootVariable(name: string): Json | undefined;
  /** A new number for each unknown part that nothing identifies, so that no two of them look equal. */
  readonly nextSerial: () => number;
}

type Variables = Readonly<Record<string, Value>>;

const MAX_DEPTH = 64;

/** Locals that name each other twice double the work at every step; a pull request must not be able to stop us so. */
const MOST_STEPS = 50_000;

/** An expression in its place. Local names (`for` variables) hide everything else. */
interface Frame {
  readonly context: EvaluationContext;
  readonly scope: Scope;
  readonly variables: Variables;
  readonly depth: number;
  /** Steps that are left, shared by the whole evaluation. */
  readonly budget: Budget;
}

const deeper = (frame: Frame, change: Partial<Frame> = {}): Frame => ({ ...frame, depth: frame.depth + 1, ...change });

const moduleFrame = (frame: Frame, scope: Scope): Frame => deeper(frame, { scope, variables: {} });

/**
 * What cannot be evaluated is unknown. Only a reference by itself is the object it refers to: `x ? "*" : b.arn` and
 * `trimsuffix(b.arn, "y")` are made of `b.arn` alone as well, and are something else.
 */
function unknownOf(expression: Expression, frame: Frame): Unknown {
  const references = expressionReferences(expression).flatMap((one) =>
    resolveReference(frame.context, frame.scope, one, frame.budget),
  );
  return new Unknown(undefined, expression.kind === 'reference' || references.length > 1 ? references : []);
}

/** The text that stands for an unknown part inside a string: it equals itself and nothing else. */
export function token(value: Unknown, serial: () => number): string {
  const [only, ...others] = value.references;
  return only && others.length === 0
    ? `⟨ref:${only.address}${only.attribute && `.${only.attribute}`}⟩`
    : `⟨unknown:${serial()}⟩`;
}

/** Puts the pieces of a template together; unknown ones stand in it as tokens. */
function concatenate(pieces: readonly Value[], context: EvaluationContext): Value {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const texts = pieces.map((piece) => {
    if (isUnknown(piece)) return token(piece, context.nextSerial);
    return typeof piece === 'object' ? undefined : String(piece);
  });
  return texts.includes(undefined) ? new Unknown() : texts.join('');
}

/** Goes into a value; a missing key is null as `try` and optional attributes expect. */
function into(value: Value, path: readonly (string | number)[]): Value {
  let here: Value = value;
  for (const step of path) {
    if (isUnknown(here)) return here;
    if (isList(here)) here = here[Number(step)] ?? null;
    else if (isObject(here)) here = (Object.hasOwn(here, step) ? here[step] : null) ?? null;
    else return null;
  }
  return here;
}

function stepPath(steps: readonly Step[], frame: Frame): (string | number)[] | undefined {
  const path: (string | number)[] = [];
  for (const step of steps) {
    const key = step.kind === 'attribute' ? step.name : evaluateIn(step.key, frame);
    if (typeof key !== 'string' && typeof key !== 'number') return undefined;
    path.push(key);
  }
  return path;
}

function variable(name: string, rest: readonly (string | number)[], frame: Frame): Value | undefined {
  const { context, scope } = frame;
  const declared = moduleAt(context.root, callPath(scope.modules))?.variables?.[name];
  if (declared?.sensitive === true) return undefined;
  const caller = callerOf(scope.modules, context.root);
  if (!caller) {
    const value = context.rootVariable(name);
    return value === undefined ? undefined : into(value, rest);
  }
  const argument = context.expressions(callPath(caller.scope.modules), {
    kind: 'module-argument',
    call: caller.name,
    name,
  });
  if (argument) return into(evaluateIn(argument, moduleFrame(frame, caller.scope)), rest);
  const summary = caller.call?.expressions?.[name];
  if (summary && 'constant_value' in summary) return into(summary.constant_value as Json, rest);
  const fallback = declared?.default;
  return summary || fallback === undefined ? undefined : into(fallback, rest);
}

function eachValue(rest: readonly (string | number)[], frame: Frame): Value | undefined {
  const { owner, modules, key } = frame.scope;
  if (!owner || key === undefined) return undefined;
  const forEach = frame.context.expressions(callPath(modules), { ...owner, path: ['for_each'] });
  if (!forEach) return undefined;
  const collection = evaluateIn(forEach, deeper(frame));
  if (isList(collection)) return key;
  return isObject(collection) && Object.hasOwn(collection, key) ? into(collection[key] ?? null, rest) : undefined;
}

function output(steps: readonly (string | number)[], frame: Frame): Value | undefined {
  const [name, second, ...rest] = steps;
  const call = moduleAt(frame.context.root, callPath(frame.scope.modules))?.module_calls?.[String(name)];
  if (second === undefined) return undefined;
  const outputs = call?.module?.outputs ?? {};
  const keyed = !Object.hasOwn(outputs, second);
  const [outputName, ...path] = keyed ? rest : [second, ...rest];
  if (outputs[String(outputName)]?.sensitive === true) return undefined;
  const modules = [...frame.scope.modules, { name: String(name), key: keyed ? second : undefined }];
  const expression = frame.context.expressions(callPath(modules), { kind: 'output', name: String(outputName) });
  const scope: Scope = { modules, key: undefined, forEach: undefined, owner: undefined };
  return expression && into(evaluateIn(expression, moduleFrame(frame, scope)), path);
}

function local(name: string, rest: readonly (string | number)[], frame: Frame): Value | undefined {
  const expression = frame.context.expressions(callPath(frame.scope.modules), { kind: 'local', name });
  const scope: Scope = { ...frame.scope, key: undefined, forEach: undefined, owner: undefined };
  return expression && into(evaluateIn(expression, moduleFrame(frame, scope)), rest);
}

/** What is no resource type. */
const LOCAL_ROOTS: ReadonlySet<string> = new Set([
  'var',
  'local',
  'module',
  'each',
  'count',
  'path',
  'self',
  'terraform',
]);

/** The value a reference stands for; undefined when only its target can be told. */
function referenceValue(root: string, path: readonly (string | number)[], frame: Frame): Value | undefined {
  const [first, ...rest] = path;
  if (Object.hasOwn(frame.variables, root)) return into(frame.variables[root] ?? null, path);
  switch (root) {
    case 'var':
      return variable(String(first), rest, frame);
    case 'local':
      return local(String(first), rest, frame);
    case 'module':
      return output(path, frame);
    case 'each':
      return first === 'key' ? frame.scope.key : eachValue(rest, frame);
    case 'count':
      return frame.scope.key;
    default: {
      const targets = resolveReference(frame.context, frame.scope, { root, steps: path }, frame.budget);
      const [only] = targets;
      return only && targets.length === 1 ? frame.context.valueOf(only) : undefined;
    }
  }
}

function conditional({ condition, whenTrue, whenFalse }: Conditional, frame: Frame): Value | undefined {
  const decided = evaluateIn(condition, deeper(frame));
  if (typeof decided !== 'boolean') return undefined;
  return evaluateIn(decided ? whenTrue : whenFalse, deeper(frame));
}

const compare: Readonly<Record<string, (left: number, right: number) => boolean | number>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
};

function operation({ operator, operands }: Operation, frame: Frame): Value | undefined {
  const [left, right] = operands.map((operand) => evaluateIn(operand, deeper(frame)));
  if (operator === '&&' && (left === false || right === false)) return false;
  if (operator === '||' && (left === true || right === true)) return true;
  if (left === undefined || !isKnown(left)) return undefined;
  if (operator === '!') return typeof left === 'boolean' ? !left : undefined;
  if (right === undefined) return operator === '-' && typeof left === 'number' ? -left : undefined;
  if (!isKnown(right)) return undefined;
  if (operator === '&&' || operator === '||')
    return typeof left === 'boolean' && typeof right === 'boolean' ? operator === '&&' : undefined;
  if (operator === '==' || operator === '!=')
    return (JSON.stringify(left) === JSON.stringify(right)) === (operator === '==');
  const result = typeof left === 'number' && typeof right === 'number' ? compare[operator]?.(left, right) : undefined;
  return typeof result === 'number' && !Number.isFinite(result) ? undefined : result;
}

/** Objects are gone through in the order of their keys, as Terraform does. */
function entriesOf(collection: Value): [Value, Value][] | undefined {
  if (isList(collection)) return collection.map((value, index) => [index, value]);
  if (!isObject(collection)) return undefined;
  return Object.keys(collection)
    .toSorted()
    .map((key) => [key, collection[key] ?? null]);
}

/** Keys of objects are text, whatever they are written as. */
function fromEntries(entries: readonly (readonly [Value, Value])[]): Value | undefined {
  const named: [string, Value][] = [];
  for (const [key, value] of entries) {
    if (typeof key !== 'string' && typeof key !== 'number' && typeof key !== 'boolean') return undefined;
    named.push([String(key), value]);
  }
  return Object.fromEntries(named);
}

function forExpression(expression: For, frame: Frame): Value | undefined {
  const entries = entriesOf(evaluateIn(expression.collection, deeper(frame)));
  if (!entries || expression.grouped) return undefined;
  const results: [Value, Value][] = [];
  for (const [key, value] of entries) {
    const variables = {
      ...frame.variables,
      [expression.valueVariable]: value,
      ...(expression.keyVariable !== null && { [expression.keyVariable]: key }),
    };
    const inner = deeper(frame, { variables });
    const condition = expression.condition ? evaluateIn(expression.condition, inner) : true;
    if (typeof condition !== 'boolean') return undefined;
    if (condition)
      results.push([expression.key ? evaluateIn(expression.key, inner) : key, evaluateIn(expression.value, inner)]);
  }
  if (!expression.key) return results.map(([, value]) => value);
  return fromEntries(results);
}

function call(expression: Extract<Expression, { kind: 'call' }>, frame: Frame): Value | undefined {
  const values = expression.arguments.map((argument) => evaluateIn(argument, deeper(frame)));
  const last = values.at(-1);
  const inputs = expression.expandsLast && isList(last) ? [...values.slice(0, -1), ...last] : values;
  if (expression.name === 'format') {
    const pieces = formatPieces(inputs);
    return pieces && concatenate(pieces, frame.context);
  }
  return Object.hasOwn(FUNCTIONS, expression.name) ? FUNCTIONS[expression.name]?.(inputs) : undefined;
}

function object(expression: Extract<Expression, { kind: 'object' }>, frame: Frame): Value | undefined {
  const entries = expression.entries.map(
    ({ key, value }) => [evaluateIn(key, deeper(frame)), evaluateIn(value, deeper(frame))] as const,
  );
  return fromEntries(entries);
}

/** All instances of a block, whichever the owner of the expression belongs to. */
function instances(source: Expression, frame: Frame): Reference[] {
  const path = source.kind === 'reference' ? stepPath(source.steps, frame) : undefined;
  if (source.kind !== 'reference' || !path || path.length !== (source.root === 'data' ? 2 : 1)) return [];
  if (LOCAL_ROOTS.has(source.root) || Object.hasOwn(frame.variables, source.root)) return [];
  return resolveReference(
    frame.context,
    { ...frame.scope, key: undefined },
    { root: source.root, steps: path },
    frame.budget,
  );
}

function splat({ source, steps }: Extract<Expression, { kind: 'splat' }>, frame: Frame): Value | undefined {
  const path = stepPath(steps, frame);
  const blocks = instances(source, frame);
  if (path && path.length > 0 && blocks.length > 0)
    return blocks.map(({ address }) => frame.context.valueOf({ address, attribute: path.join('.') }));
  const list = path && evaluateIn(source, deeper(frame));
  return isList(list) && path ? list.map((item) => into(item, path)) : undefined;
}

function attempt(expression: Expression, frame: Frame): Value | undefined {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'template':
      return concatenate(
        expression.parts.map((part) => evaluateIn(part, deeper(frame))),
        frame.context,
      );
    case 'reference': {
      const path = stepPath(expression.steps, frame);
      return path && referenceValue(expression.root, path, frame);
    }
    case 'access': {
      const path = stepPath(expression.steps, frame);
      return path && into(evaluateIn(expression.source, deeper(frame)), path);
    }
    case 'splat':
      return splat(expression, frame);
    case 'object':
      return object(expression, frame);
    case 'tuple':
      return expression.items.map((item) => evaluateIn(item, deeper(frame)));
    case 'call':
      return call(expression, frame);
    case 'conditional':
      return conditional(expression, frame);
    case 'for':
      return forExpression(expression, frame);
    case 'operation':
      return operation(expression, frame);
    case 'other':
      return undefined;
    default:
      return expression satisfies never;
  }
}

function evaluateIn(expression: Expression, frame: Frame): Value {
  frame.budget.steps -= 1;
  if (frame.depth > MAX_DEPTH || frame.budget.steps < 0) return new Unknown();
  const value = attempt(expression, frame);
  return value === undefined ? unknownOf(expression, frame) : value;
}

/**
 * Evaluates an HCL expression as far as the plan lets it: what is not known before apply stays an Unknown leaf with what
 * it refers to, and inside a string a token `⟨ref:address.attribute⟩`.
 */
export const evaluate = (expression: Expression, scope: Scope, context: EvaluationContext): Value =>
  evaluateIn(expression, { context, scope, variables: {}, depth: 0, budget: { steps: MOST_STEPS } });
