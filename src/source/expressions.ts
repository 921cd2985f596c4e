import type { Expression, Step, Place } from '../plan/expression.ts';
import { type Block, isDynamic, type Written } from './block.ts';
import { dynamicExpression } from './dynamic.ts';
import { access } from './hcl-expression.ts';
import { type Hcl2json, loadHcl2json } from './hcl2json.ts';
import { attributeOf, blocksOf, type Module } from './module.ts';
import type { Modules } from './modules.ts';
import type { Path } from './narrow.ts';
import { readWritten } from './written.ts';

export interface Expressions {
  load(): Promise<void>;
  readonly at: (modulePath: readonly string[], place: Place) => Expression | undefined;
}

type Read = (written: Written) => Expression;

/** Expressions of loaded modules; each is read once. */
export function createExpressions(modules: Modules): Expressions {
  let parser: Hcl2json | undefined;
  const known = new WeakMap<Written, Expression>();

  function read(written: Written): Expression {
    const before = known.get(written);
    const expression = before ?? (parser ? readWritten(parser, written) : { kind: 'other' });
    known.set(written, expression);
    return expression;
  }

  return {
    load: async () => {
      parser ??= await loadHcl2json();
    },
    at: (modulePath, place) => {
      const module = parser && modules.installedAt(modulePath);
      return module && expressionAt(read, module, place);
    },
  };
}

function expressionAt(read: Read, module: Module, place: Place): Expression | undefined {
  switch (place.kind) {
    case 'resource':
    case 'data':
      return inBlocks(read, blocksOf(module, place.kind, place.type, place.name), place.path);
    case 'module-argument':
      return inBlocks(read, blocksOf(module, 'module', place.call), [place.name]);
    case 'variable':
      return inBlocks(read, blocksOf(module, 'variable', place.name), ['default']);
    case 'output':
      return inBlocks(read, blocksOf(module, 'output', place.name), ['value']);
    case 'local':
      return inBlocks(read, blocksOf(module, 'locals'), [place.name]);
  }
}

/** Follows a path into blocks of the same labels, of which the first that says something counts. */
function inBlocks(read: Read, blocks: readonly Block[], path: Path): Expression | undefined {
  const [name, ...rest] = path;
  if (typeof name !== 'string') return undefined;
  const attribute = attributeOf(blocks, name);
  if (attribute) return into(read(attribute.written), rest);
  const owner = blocks.find((block) => nestedBlocks(block, name).length > 0);
  return owner && inNested(read, nestedBlocks(owner, name), rest);
}

const nestedBlocks = (block: Block, name: string): Block[] =>
  block.blocks.filter((child) => (isDynamic(child) ? child.labels[0] : child.type) === name);

/** An index picks a block; without one, a single block is meant. What a `dynamic` block makes cannot be counted. */
function inNested(read: Read, blocks: readonly Block[], path: Path): Expression | undefined {
  if (path.length === 0) return listOf(read, blocks);
  const [step, ...rest] = path;
  if (blocks.some(isDynamic)) return typeof step === 'number' ? into(listOf(read, blocks), path) : undefined;
  if (typeof step !== 'number') return blocks.length === 1 ? inBlocks(read, blocks, path) : undefined;
  const block = blocks[step];
  if (!block) return undefined;
  return rest.length === 0 ? objectOf(read, block) : inBlocks(read, [block], rest);
}

/** Blocks of one type as the list that they make. */
function listOf(read: Read, blocks: readonly Block[]): Expression {
  if (!blocks.some(isDynamic)) return { kind: 'tuple', items: blocks.map((block) => objectOf(read, block)) };
  const lists = blocks.map((block) => (isDynamic(block) ? dynamicOf(read, block) : listOf(read, [block])));
  const [only] = lists;
  return only && lists.length === 1 ? only : { kind: 'call', name: 'concat', arguments: lists, expandsLast: false };
}

function dynamicOf(read: Read, block: Block): Expression {
  const collection = attributeOf([block], 'for_each');
  const iterator = attributeOf([block], 'iterator');
  const content = block.blocks.find((child) => child.type === 'content');
  if (!collection || !content) return { kind: 'other' };
  const name = iterator ? iteratorName(read(iterator.written)) : block.labels[0];
  return dynamicExpression(name ?? '', read(collection.written), objectOf(read, content));
}

const iteratorName = (expression: Expression): string | undefined =>
  expression.kind === 'reference' ? expression.root : undefined;

function objectOf(read: Read, block: Block): Expression {
  const attributes = block.attributes.map(({ name, written }) => [name, read(written)] as const);
  const names = new Set(block.blocks.map((child) => (isDynamic(child) ? (child.labels[0] ?? '') : child.type)));
  const nested = [...names].map((name) => [name, listOf(read, nestedBlocks(block, name))] as const);
  return {
    kind: 'object',
    entries: [...attributes, ...nested].map(([name, value]) => ({ key: { kind: 'literal', value: name }, value })),
  };
}

/** Goes into what an expression makes, as far as that can be seen; further steps are left to the evaluation. */
function into(expression: Expression, path: Path): Expression | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return expression;
  if (expression.kind === 'object' && typeof step === 'string') {
    const entry = expression.entries.find(({ key }) => key.kind === 'literal' && key.value === step);
    return entry && into(entry.value, rest);
  }
  if (expression.kind === 'object') return into(expression, rest); // one object where a list of blocks may stand
  if (expression.kind === 'tuple' && typeof step === 'number') {
    const item = expression.items[step];
    return item && into(item, rest);
  }
  return access(expression, path.map(toStep));
}

const toStep = (step: string | number): Step =>
  typeof step === 'string'
    ? { kind: 'attribute', name: step }
    : { kind: 'index', key: { kind: 'literal', value: step } };
