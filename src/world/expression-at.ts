import type { ExpressionSummary } from '../plan/configuration.ts';
import { isList, isObject, type Json } from '../plan/value.ts';

type Path = readonly (string | number)[];

const isSummary = (node: unknown): node is ExpressionSummary =>
  typeof node === 'object' &&
  node !== null &&
  !Array.isArray(node) &&
  ('references' in node || 'constant_value' in node || Object.keys(node).length === 0);

/**
 * The expression of the plan's configuration at a path, or the nearest one above it that covers it whole.
 * @param values the values of the instance: the blocks of a set stand there in another order than in the configuration
 */
export function expressionAt(tree: unknown, path: Path, values: Json | undefined): unknown {
  let [here, value] = [tree, values];
  for (const [index, step] of path.entries()) {
    if (index > 0 && isSummary(here)) return here;
    if (typeof here !== 'object' || here === null) return undefined;
    value = below(value, step);
    here =
      Array.isArray(here) && typeof step === 'number'
        ? blockOf(here, step, value)
        : (here as { [key: string]: unknown })[step];
  }
  return here;
}

const below = (value: Json | undefined, step: string | number): Json | undefined => {
  if (isList(value)) return typeof step === 'number' ? value[step] : undefined;
  return isObject(value) ? value[String(step)] : undefined;
};

/** The block at the same place when it may be the one, else the first that may. */
function blockOf(blocks: readonly unknown[], index: number, value: Json | undefined): unknown {
  const same = blocks[index] ?? blocks[0];
  return blocks.length < 2 || mayBe(same, value) ? same : (blocks.find((block) => mayBe(block, value)) ?? same);
}

/** Whether a value may be what a block says: its constants, and which nested blocks there are. */
function mayBe(block: unknown, value: Json | undefined): boolean {
  if (!isObject(value) || typeof block !== 'object' || block === null) return true;
  const written = new Map(Object.entries(block));
  return (
    [...written].every(([name, expression]) => agrees(expression, value[name])) &&
    Object.entries(value).every(([name, item]) => written.has(name) || !hasBlocks(item))
  );
}

const hasBlocks = (value: Json): boolean => isList(value) && value.some(isObject);

function agrees(expression: unknown, value: Json | undefined): boolean {
  if (!isSummary(expression)) return value === undefined || (isList(value) && value.length > 0);
  const constant = expression.constant_value;
  if (constant === undefined || constant === null || typeof constant === 'object') return true;
  // Numbers may be written as text; what is not known yet may be anything.
  return value === undefined || value === null || typeof value === 'object' || String(value) === String(constant);
}
