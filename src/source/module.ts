import type { Attribute, Block, ParsedFile } from './block.ts';
import { isJsonFile, isOverrideFile, readConfigurationFiles, type TextFile } from './files.ts';
import { loadHcl2json } from './hcl2json.ts';
import { parseJsonFile } from './json-block.ts';
import type { Syntax } from './syntax.ts';

/** One module's files, parsed. */
export interface Module {
  readonly directory: string;
  readonly fileCount: number;
  /** Blocks by type and labels; what an override file says comes first. */
  readonly blocks: ReadonlyMap<string, readonly Block[]>;
  /** The text of each file, by its path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

const keyOf = (type: string, labels: readonly string[]): string => JSON.stringify([type, ...labels]);

/** The blocks of this type and these labels, e.g. `('resource', 'aws_s3_bucket', 'b')`. */
export const blocksOf = (module: Module, type: string, ...labels: readonly string[]): readonly Block[] =>
  module.blocks.get(keyOf(type, labels)) ?? [];

/** The first attribute of this name; a later block of the same labels only counts when an earlier one is silent. */
export const attributeOf = (blocks: readonly Block[], name: string): Attribute | undefined =>
  blocks.flatMap((block) => block.attributes).find((attribute) => attribute.name === name);

/** Reads and parses a directory; both paths are real paths, nothing outside the boundary is read. */
export async function readModule(syntax: Syntax, boundary: string, directory: string): Promise<Module> {
  const { files, problems } = await readConfigurationFiles(boundary, directory);
  const parsed = overridesFirst(files).map((file) => ({ file, ...parse(syntax, file) }));
  const unparsed = await Promise.all(parsed.map(syntaxProblem));
  const blocks = byLabels(parsed.flatMap((one) => one.blocks));
  return {
    directory,
    texts: new Map(files.map(({ path, text }) => [path, text])),
    fileCount: files.length,
    blocks,
    problems: [...problems, ...unparsed.flat()],
  };
}

function byLabels(blocks: readonly Block[]): ReadonlyMap<string, readonly Block[]> {
  const groups = new Map<string, Block[]>();
  for (const block of blocks) {
    const key = keyOf(block.type, block.labels);
    const group = groups.get(key);
    if (group) group.push(block);
    else groups.set(key, [block]);
  }
  return groups;
}

const overridesFirst = (files: readonly TextFile[]): TextFile[] => [
  ...files.filter((file) => isOverrideFile(file.path)).toReversed(),
  ...files.filter((file) => !isOverrideFile(file.path)),
];

const parse = (syntax: Syntax, { path, text }: TextFile): ParsedFile =>
  isJsonFile(path) ? parseJsonFile(syntax, path, text) : syntax.parseFile(path, text);

/** HashiCorp's own parser has the last word: the grammar with lines may not know a new construct. */
async function syntaxProblem({ file, errorLine }: ParsedFile & { readonly file: TextFile }): Promise<string[]> {
  if (errorLine === null || (!isJsonFile(file.path) && (await isValidHcl(file)))) return [];
  return [
    `The source file ${JSON.stringify(file.path)} could not be parsed at line ${errorLine}; findings in it may have no line.`,
  ];
}

const isValidHcl = ({ path, text }: TextFile): Promise<boolean> =>
  loadHcl2json()
    .then((hcl) => hcl.parse(path, text))
    .then(
      () => true,
      () => false,
    );
