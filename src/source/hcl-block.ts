import type { Node } from 'web-tree-sitter';
import type { Attribute, Block } from './block.ts';
import { deeper, type FileContext, locationOf, readRegion } from './hcl-region.ts';

/** The blocks directly in a body. */
export const readBlocks = (file: FileContext, body: Node): Block[] =>
  body.namedChildren.filter((node) => node.type === 'block').map((node) => readBlock(file, node));

function readBlock(file: FileContext, node: Node): Block {
  const children = node.namedChildren;
  const [type, ...labels] = children.filter((child) => child.type === 'identifier' || child.type === 'string_lit');
  const body = children.find((child) => child.type === 'body');
  const inner = deeper(file);
  return {
    type: type?.text ?? '',
    labels: labels.map(labelText),
    location: locationOf(file, node),
    attributes: body ? readAttributes(file, body) : [],
    blocks: body && inner ? readBlocks(inner, body) : [],
  };
}

const labelText = (node: Node): string => (node.type === 'string_lit' ? node.text.slice(1, -1) : node.text);

const readAttributes = (file: FileContext, body: Node): Attribute[] =>
  body.namedChildren.filter((node) => node.type === 'attribute').map((node) => readAttribute(file, node));

function readAttribute(file: FileContext, node: Node): Attribute {
  const expression = node.namedChildren.find((child) => child.type === 'expression') ?? null;
  return {
    name: node.namedChildren[0]?.text ?? '',
    location: locationOf(file, node),
    region: () => readRegion(file, expression),
    written: { kind: 'hcl', text: expression?.text ?? '' },
  };
}
