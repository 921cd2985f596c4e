import type { Location } from '../finding/finding.ts';
import type { Json } from '../plan/value.ts';

/** A part of a file with what stands in it; calls, conditionals and `for` are transparent: their parts are its parts. */
export interface Region {
  readonly location: Location;
  /** Named parts. A nested block type may stand here several times under one name. */
  readonly entries: readonly Entry[];
  readonly items: readonly Region[];
  /** Literals that stand here itself, not in its parts; numbers and booleans as text. */
  readonly literals: readonly string[];
  /** `data.aws_iam_policy_document.x.json`, when the whole of it is a reference. */
  readonly reference: string | null;
}

export interface Entry {
  readonly name: string;
  readonly region: Region;
}

/** An expression as it is written: HCL text, or the value of a `.tf.json` file. */
export type Written = { readonly kind: 'hcl'; readonly text: string } | { readonly kind: 'json'; readonly value: Json };

export interface Attribute {
  readonly name: string;
  readonly location: Location;
  /** Made when asked for: most attributes are never looked into. */
  readonly region: () => Region;
  readonly written: Written;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly location: Location;
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
}

/** What one file holds. `errorLine` is the first line that could not be parsed. */
export interface ParsedFile {
  readonly blocks: readonly Block[];
  readonly errorLine: number | null;
}

export const leaf = (location: Location, literals: readonly string[] = []): Region => ({
  location,
  entries: [],
  items: [],
  literals,
  reference: null,
});

/** All literals in a region and its parts. */
export const literalsIn = (region: Region): string[] => [
  ...region.literals,
  ...region.entries.flatMap((entry) => literalsIn(entry.region)),
  ...region.items.flatMap(literalsIn),
];

/** A block seen as a region: attributes and nested blocks by name, a `dynamic` block under the name it makes. */
export const blockRegion = (block: Block): Region => ({
  ...leaf(block.location),
  get entries() {
    return [...block.attributes.map(attributeEntry), ...block.blocks.map(blockEntry)];
  },
});

const attributeEntry = (attribute: Attribute): Entry => ({
  name: attribute.name,
  get region() {
    return { ...attribute.region(), location: attribute.location };
  },
});

const blockEntry = (block: Block): Entry =>
  isDynamic(block)
    ? { name: block.labels[0] ?? '', region: dynamicRegion(block) }
    : { name: block.type, region: blockRegion(block) };

export const isDynamic = (block: Block): boolean => block.type === 'dynamic' && block.labels.length === 1;

/** What a `dynamic` block makes stands in its `content`; the literals may also stand in its `for_each`. */
function dynamicRegion(block: Block): Region {
  const content = block.blocks.find((child) => child.type === 'content');
  return {
    ...leaf(block.location),
    get entries() {
      return [...(content ? blockRegion(content).entries : []), ...block.attributes.map(attributeEntry)];
    },
  };
}

export interface Comment {
  /** With its sign: `# so`. */
  readonly text: string;
  /** The first line, from 1. */
  readonly line: number;
  /** Nothing else stands before it on its line. */
  readonly isAlone: boolean;
}

/** A positioned HCL parser. It never fails: what it cannot parse is left out. */
export interface Syntax {
  parseFile(path: string, text: string): ParsedFile;
  /** The comments of a file in their order; what looks like one inside a string or a heredoc is none. */
  comments(text: string): readonly Comment[];
  /** A lone expression, or JSON, which HCL contains; `firstLine` is the line on which the text starts. */
  parseValue(path: string, text: string, firstLine: number): Region;
}
