import type * as TreeSitter from 'web-tree-sitter';
import type { Node, Parser } from 'web-tree-sitter';
import type { Block, Comment, Syntax } from './block.ts';
import { readBlocks } from './hcl-block.ts';
import { readRegion } from './hcl-region.ts';
import { readParserFile, requireParserFile } from './parser-files.ts';

export type { Comment, Syntax };

let loading: Promise<Syntax> | undefined;

/** Loads the parser once (about 40 ms); its binary stays in memory for the life of the process. */
export const loadSyntax = (): Promise<Syntax> => (loading ??= load());

async function load(): Promise<Syntax> {
  const { Parser, Language } = requireParserFile('web-tree-sitter.cjs') as typeof TreeSitter;
  const [runtime, grammar] = await Promise.all([
    readParserFile('web-tree-sitter.wasm'),
    readParserFile('tree-sitter-terraform.wasm'),
  ]);
  await Parser.init({ wasmBinary: runtime });
  return syntaxOf(new Parser().setLanguage(await Language.load(grammar)));
}

function syntaxOf(parser: Parser): Syntax {
  const parse = (text: string): Node | undefined => parser.parse(text)?.rootNode;
  const syntax: Syntax = {
    parseFile(path, text) {
      const root = parse(text);
      return { blocks: root ? blocksOf(syntax, path, root) : [], errorLine: root ? firstError(root) : 1 };
    },
    comments(text) {
      const lines = text.split('\n');
      return (parse(text)?.descendantsOfType('comment') ?? []).map((node) => commentOf(node, lines));
    },
    parseValue(path, text, firstLine) {
      const expression = parse(`_ = ${text}`)?.descendantsOfType('expression')[0];
      return readRegion({ path, firstLine, syntax, depth: 0 }, expression ?? null);
    },
  };
  return syntax;
}

function commentOf({ text, startPosition: { row, column } }: Node, lines: readonly string[]): Comment {
  const before = lines[row]?.slice(0, column) ?? '';
  return { text, line: row + 1, isAlone: before.trim() === '' };
}

const blocksOf = (syntax: Syntax, path: string, root: Node): readonly Block[] =>
  root.namedChildren
    .filter((node) => node.type === 'body')
    .flatMap((body) => readBlocks({ path, firstLine: 1, syntax, depth: 0 }, body));

/** The first line that holds an error. */
function firstError(root: Node): number | null {
  if (!root.hasError) return null;
  const [error] = root.descendantsOfType('ERROR');
  return (error ?? missingIn(root)).startPosition.row + 1;
}

/** A token that the parser had to make up is an error without a node of its own kind. */
function missingIn(root: Node): Node {
  let node = root;
  for (let next: Node | undefined = node; next; next = node.children.find((child) => child.hasError)) node = next;
  return node;
}
