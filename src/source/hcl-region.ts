import type { Node } from 'web-tree-sitter';
import type { Location } from '../finding/finding.ts';
import { type Entry, leaf, type Region, type Syntax } from './block.ts';

export interface FileContext {
  readonly path: string;
  /** The line on which the parsed text starts, when it is a part of a file. */
  readonly firstLine: number;
  readonly syntax: Syntax;
  /** How deep the nesting is; what lies deeper than people write is not looked into. */
  readonly depth: number;
}

const MAX_DEPTH = 300;

/** The context of a node's children; null when they lie too deep. */
export const deeper = (file: FileContext): FileContext | null =>
  file.depth < MAX_DEPTH ? { ...file, depth: file.depth + 1 } : null;

/** Lines of a node; a node that ends at the start of a line (a heredoc) does not reach into that line. */
export function locationOf(file: FileContext, node: Node): Location {
  const { startPosition: start, endPosition: end } = node;
  const endRow = end.column === 0 && end.row > start.row ? end.row - 1 : end.row;
  return { path: file.path, startLine: file.firstLine + start.row, endLine: file.firstLine + endRow };
}

/** What stands in an expression, with the lines of each part. */
export function readRegion(file: FileContext, node: Node | null): Region {
  if (!node) return leaf({ path: file.path, startLine: file.firstLine, endLine: file.firstLine });
  const location = locationOf(file, node);
  const inner = deeper(file);
  if (!inner) return leaf(location);
  switch (node.type) {
    case 'object':
      return { ...leaf(location), entries: childrenOf(node, 'object_elem').map((child) => readEntry(inner, child)) };
    case 'tuple':
      return { ...leaf(location), items: childrenOf(node, 'expression').map((child) => readRegion(inner, child)) };
    case 'string_lit':
    case 'quoted_template':
      return leaf(location, [node.text.slice(1, -1)]);
    case 'numeric_lit':
    case 'bool_lit':
      return leaf(location, [node.text]);
    case 'heredoc_template':
      return readHeredoc(file, node);
    default: {
      const parts = node.namedChildren.map((child) => readRegion(inner, child));
      return { ...unionOf(location, parts), reference: referenceIn(node) };
    }
  }
}

const childrenOf = (node: Node, type: string): Node[] => node.namedChildren.filter((child) => child.type === type);

/** `"k" = v`, `k : v`; the lines are those of the whole entry. */
function readEntry(file: FileContext, node: Node): Entry {
  const [key, value] = childrenOf(node, 'expression');
  const region = readRegion(file, value ?? null);
  return { name: key?.text.replace(/^"(.*)"$/s, '$1') ?? '', region: { ...region, location: locationOf(file, node) } };
}

function unionOf(location: Location, parts: readonly Region[]): Region {
  return {
    ...leaf(
      location,
      parts.flatMap((part) => part.literals),
    ),
    entries: parts.flatMap((part) => part.entries),
    items: parts.flatMap((part) => part.items),
  };
}

const REFERENCE_PARTS = new Set(['variable_expr', 'get_attr', 'index']);

const referenceIn = (node: Node): string | null =>
  node.type === 'expression' &&
  node.namedChildren.length > 1 &&
  node.namedChildren.every((child) => REFERENCE_PARTS.has(child.type))
    ? node.text
    : null;

/** A heredoc that holds JSON is read as what it says: HCL contains JSON, interpolations included. */
function readHeredoc(file: FileContext, node: Node): Region {
  const location = locationOf(file, node);
  const body = node.text.split('\n').slice(1, -1).join('\n');
  if (!/^\s*[[{]/.test(body)) return leaf(location, [body]);
  return { ...file.syntax.parseValue(file.path, body, location.startLine + 1), location };
}
