import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Files that the bundler cannot take in: the name beside the bundle, and what the package calls it when run from source.
 * The build copies them beside each bundle that has this module in it (`scripts/copy-wasm.ts`).
 */
export const PARSER_FILES = {
  'main.wasm.gz': '@cdktf/hcl2json/main.wasm.gz',
  'web-tree-sitter.cjs': 'web-tree-sitter',
  'web-tree-sitter.wasm': 'web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-terraform.wasm': '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm',
} as const;

export type ParserFile = keyof typeof PARSER_FILES;

/** Bytes of a parser's binary. */
export const readParserFile = async (name: ParserFile): Promise<Uint8Array> => readFile(locateParserFile(name));

/** A CommonJS module that stays a file of its own: webpack breaks how web-tree-sitter finds Node's `require`. */
export const requireParserFile = (name: ParserFile): unknown => requireHere()(locateParserFile(name));

/** From beside this file (the bundle), else from the installed package. */
function locateParserFile(name: ParserFile): string {
  const bundled = join(dirname(fileURLToPath(import.meta.url)), name);
  return existsSync(bundled) ? bundled : requireHere().resolve(PARSER_FILES[name]);
}

const requireHere = () => createRequire(import.meta.url);
