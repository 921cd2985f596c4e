import type { Json } from '../plan/value.ts';
import { type Attribute, type Block, type Entry, leaf, type ParsedFile, type Region } from './block.ts';
import { nestsTooDeep } from './nesting.ts';
import type { Syntax } from './syntax.ts';

/** How many labels each kind of block has: in `.tf.json` they are the keys of nested objects. */
const LABELS: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  ephemeral: 2,
  module: 1,
  variable: 1,
  output: 1,
  provider: 1,
  locals: 0,
};

/** One JSON value with the place it stands at. */
interface Placed {
  readonly value: Json;
  readonly region: Region;
}

/** The blocks of a `.tf.json` file. Lines come from the HCL grammar, which contains JSON. */
export function parseJsonFile(syntax: Syntax, path: string, text: string): ParsedFile {
  const value = nestsTooDeep(text) ? undefined : parseJson(text);
  if (value === undefined) return { blocks: [], errorLine: 1 };
  const root = { value, region: syntax.parseValue(path, text, 1) };
  return { blocks: members(root).flatMap(([type, part]) => blocksBelow(type, [], part)), errorLine: null };
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function blocksBelow(type: string, labels: readonly string[], part: Placed): Block[] {
  const depth = LABELS[type];
  if (depth === undefined) return [];
  if (Array.isArray(part.value)) return elements(part).flatMap((element) => blocksBelow(type, labels, element));
  if (labels.length < depth)
    return members(part).flatMap(([label, inner]) => blocksBelow(type, [...labels, label], inner));
  return [{ type, labels, location: part.region.location, attributes: members(part).map(readAttribute), blocks: [] }];
}

const readAttribute = ([name, { value, region }]: readonly [string, Placed]): Attribute => ({
  name,
  location: region.location,
  region: () => region,
  written: { kind: 'json', value },
});

const elements = ({ value, region }: Placed): Placed[] =>
  Array.isArray(value)
    ? value.map((item, index) => ({ value: item, region: region.items[index] ?? leaf(region.location) }))
    : [];

function members({ value, region }: Placed): (readonly [string, Placed])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([name, inner]) => [
    name,
    { value: inner, region: entryRegion(region.entries, name) ?? leaf(region.location) },
  ]);
}

const entryRegion = (entries: readonly Entry[], name: string): Region | undefined =>
  entries.find((entry) => entry.name === name)?.region;
