/** The part of a parsed CEL node that is looked at here; offsets are into the expression's text. */
export interface Node {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
  readonly end: number;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value;

/** All nodes of a parsed expression, outermost first. */
export function* nodes(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* nodes(item);
  if (!isNode(value)) return;
  yield value;
  yield* nodes(value.args);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A call `name(args)` or `receiver.name(args)`. */
interface Call {
  readonly name: string;
  readonly receiver: Node | undefined;
  readonly node: Node;
}

function callOf(node: Node): Call | undefined {
  const [name, receiver] = listOf(node.args);
  if ((node.op !== 'call' && node.op !== 'rcall') || typeof name !== 'string') return undefined;
  return { name, receiver: node.op === 'rcall' && isNode(receiver) ? receiver : undefined, node };
}

/** Every function and method call of an expression. */
export const calls = (ast: Node): Call[] => [...nodes(ast)].map(callOf).filter((call) => call !== undefined);

/** `['object', 'source', 'x']` for `object.source.x`, undefined for anything else. */
function pathOf(node: Node): string[] | undefined {
  if (node.op === 'id' && typeof node.args === 'string') return [node.args];
  const [base, key] = listOf(node.args);
  if (node.op !== '.' || !isNode(base) || typeof key !== 'string') return undefined;
  const before = pathOf(base);
  return before && [...before, key];
}

/** The first-level attributes of `object` or `oldObject` that an expression reads, in order of reading. */
export function attributesRead(ast: Node): string[] {
  const paths = [...nodes(ast)]
    .map(pathOf)
    .filter((path) => path?.length === 2 && /^(object|oldObject)$/.test(path[0] ?? ''));
  return [...new Set(paths.map((path) => path?.[1] ?? ''))];
}

/** True when the expression uses a whole subject as a value, or picks an attribute by a computed name. */
export function usesWholeSubject(ast: Node): boolean {
  const all = [...nodes(ast)];
  const subjects = all.filter((node) => node.op === 'id' && /^(object|oldObject)$/.test(String(node.args)));
  return subjects.length !== all.filter((node) => pathOf(node)?.length === 2 && isSubjectRead(node)).length;
}

const isSubjectRead = (node: Node): boolean => /^(object|oldObject)$/.test(pathOf(node)?.[0] ?? '');

/** True when list elements are read by position. */
export const readsByIndex = (ast: Node): boolean => [...nodes(ast)].some((node) => node.op === '[]');

const MACROS = new Set(['exists', 'all', 'exists_one', 'map', 'filter']);

interface Insertion {
  readonly at: number;
  readonly text: string;
  readonly remove?: number;
}

/**
 * Makes null mean absent in the three places where CEL disagrees: `has(x)` is true for null, and quantifiers and `in`
 * fail on it. Returns the expression with `has(x.y)` as `given(x, "y")` and such collections as `items(x)`.
 */
export function withNullAsAbsent(source: string, ast: Node): string {
  const insertions = [...nodes(ast)].flatMap((node) => insertionsFor(source, node));
  const inOrder = insertions.toSorted((a, b) => b.at - a.at);
  return inOrder.reduce(
    (text, { at, text: added, remove = 0 }) => text.slice(0, at) + added + text.slice(at + remove),
    source,
  );
}

function insertionsFor(source: string, node: Node): Insertion[] {
  const call = callOf(node);
  if (call && !call.receiver && PEEKING[call.name] !== undefined)
    return asPeeking(source, call, PEEKING[call.name] ?? '');
  if (call?.receiver && MACROS.has(call.name)) return asItems(source, call.receiver);
  const right = node.op === 'in' ? listOf(node.args)[1] : undefined;
  return isNode(right) ? asItems(source, right) : [];
}

/** Calls that ask whether something is given, not what it is: they may look at what is not known yet. */
const PEEKING: Readonly<Record<string, string>> = { has: 'given', isSet: 'given', isOwnKey: 'ownKey' };

/** `has(a.b.c)` as `given(a.b, "c")`; what is no attribute is asked by its value. */
function asPeeking(source: string, { node, name }: Call, peeking: string): Insertion[] {
  const [, [argument] = []] = listOf(node.args) as [string, unknown[]?];
  const [base, key] = isNode(argument) && argument.op === '.' ? listOf(argument.args) : [];
  if (!isNode(base) || typeof key !== 'string')
    return name === 'has' ? [{ at: node.start, text: 'isSet', remove: 'has'.length }] : [];
  const closing = source.indexOf(')', isNode(argument) ? argument.end : node.end);
  return [
    { at: node.start, text: peeking, remove: name.length },
    { at: base.end, text: `, "${key}")`, remove: closing + 1 - base.end },
  ];
}

function asItems(source: string, node: Node): Insertion[] {
  const text = source.slice(node.start, node.end);
  if (node.op === 'list' || text.split('(').length !== text.split(')').length) return [];
  return [
    { at: node.start, text: 'items(' },
    { at: node.end, text: ')' },
  ];
}
