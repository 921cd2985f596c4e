import type { Location } from '../finding/finding.ts';
import type { Block } from './block.ts';
import { isJsonFile, type TextFile } from './files.ts';
import type { Comment, Syntax } from './syntax.ts';

/** What a remark stands at: a block, or an argument or nested block in it. */
export interface RemarkPlace {
  readonly block: Pick<Block, 'type' | 'labels' | 'location'>;
  /** Names from the block to the part of it that is meant; empty for the whole block. */
  readonly names: readonly string[];
  readonly location: Location;
}

/** A comment that speaks to planwarden: `# planwarden:accept …`. */
export interface Remark {
  /** What stands behind the sign of the comment. */
  readonly text: string;
  readonly location: Location;
  /** Null when the comment stands at nothing. */
  readonly place: RemarkPlace | null;
}

const REMARK = /^(?:#+|\/\/+)\s*(planwarden:.*)$/s;

/**
 * The remarks of one file in their order. One at the end of a line is about what stands there; one on a line of its own is
 * about what begins on the next line, or else about the block around it. JSON has no comments.
 */
export function remarksIn(syntax: Syntax, { path, text }: TextFile): Remark[] {
  if (isJsonFile(path) || !text.includes('planwarden:')) return [];
  const comments = syntax.comments(text);
  const remarks = comments.flatMap((comment) => {
    const words = REMARK.exec(comment.text)?.[1];
    return words === undefined ? [] : [{ comment, words }];
  });
  if (remarks.length === 0) return [];
  const { blocks } = syntax.parseFile(path, text);
  const lines = text.split('\n');
  const own = new Set(comments.filter(({ isAlone }) => isAlone).map(({ line }) => line));
  return remarks.map(({ comment, words }) => ({
    text: words.trimEnd(),
    location: { path, startLine: comment.line, endLine: comment.line },
    place: placeAt(blocks, lineMeant(comment, own, lines)),
  }));
}

/** Comments below each other are about the same. */
function lineMeant({ line, isAlone }: Comment, own: ReadonlySet<number>, lines: readonly string[]): number {
  if (!isAlone) return line;
  let next = line + 1;
  while (own.has(next)) next += 1;
  return (lines[next - 1] ?? '').trim() === '' ? line : next;
}

const isOn = ({ location: { startLine, endLine } }: { readonly location: Location }, line: number): boolean =>
  startLine <= line && line <= endLine;

/** The smallest thing that a line belongs to; where a block begins, the whole of it. */
function placeAt(blocks: readonly Block[], line: number): RemarkPlace | null {
  const block = blocks.find((one) => isOn(one, line));
  return block ? { block, ...partAt(block, line, []) } : null;
}

function partAt(block: Block, line: number, names: readonly string[]): Pick<RemarkPlace, 'names' | 'location'> {
  if (block.location.startLine === line) return { names, location: block.location };
  const inner = block.blocks.find((one) => isOn(one, line));
  if (inner) return partAt(inner, line, [...names, [inner.type, ...inner.labels].join(' ')]);
  const attribute = block.attributes.find((one) => isOn(one, line));
  return attribute
    ? { names: [...names, attribute.name], location: attribute.location }
    : { names, location: block.location };
}
