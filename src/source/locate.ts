import type { Cause, Location } from '../finding/finding.ts';
import { type Block, blockRegion, type Entry, leaf, type Region } from './block.ts';
import { attributeOf, blocksOf, type Module } from './module.ts';
import type { Modules } from './modules.ts';
import { narrow } from './narrow.ts';
import { parseTarget, type Target } from './target.ts';

/**
 * The smallest place in the loaded modules that causes something: the attribute, nested block or statement; else the
 * resource; else the nearest module call that leads to it. Null when the source says nothing about it.
 */
export function locate(modules: Modules, cause: Cause): Location | null {
  const target = parseTarget(cause.address);
  if (!target) return null;
  const module = modules.at(target.modulePath);
  const region = module && targetRegion(module, target);
  if (!region) return callLocation(modules, target.modulePath);
  return narrow(region, cause.path, { hints: hintsOf(cause.hint), resolve: (text) => referenced(module, text) });
}

/** A hint may hold several literals: `0.0.0.0/0 22`. */
const hintsOf = (hint: string | undefined): string[] =>
  hint === undefined ? [] : [...new Set([hint, ...hint.split(/\s+/)])].filter((literal) => literal !== '');

function callLocation(modules: Modules, path: readonly string[]): Location | null {
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const caller = modules.at(path.slice(0, depth));
    const call = caller && blocksOf(caller, 'module', path[depth] ?? '').at(-1);
    if (call) return call.location;
  }
  return null;
}

function targetRegion(module: Module, target: Target): Region | undefined {
  if (target.type === 'local') return localRegion(module, target.labels[0] ?? '');
  const blocks = blocksOf(module, target.type, ...target.labels);
  return mergedRegion(target.type === 'provider' ? blocks.filter((block) => aliasOf(block) === target.alias) : blocks);
}

/** A block and what override files say of it, which stands in place of the block's own entries of the same name. */
function mergedRegion(blocks: readonly Block[]): Region | undefined {
  const base = blocks.at(-1);
  return (
    base && {
      ...leaf(base.location),
      entries: blocks.map((block) => blockRegion(block).entries).reduce(withoutOverridden, []),
    }
  );
}

const withoutOverridden = (said: readonly Entry[], entries: readonly Entry[]): readonly Entry[] => [
  ...said,
  ...entries.filter((entry) => !said.some((other) => other.name === entry.name)),
];

const aliasOf = (block: Block): string | undefined =>
  block.attributes.find((attribute) => attribute.name === 'alias')?.region().literals[0];

function localRegion(module: Module, name: string): Region | undefined {
  const attribute = attributeOf(blocksOf(module, 'locals'), name);
  return attribute && { ...attribute.region(), location: attribute.location };
}

/** What a reference inside a module stands for, as far as its content stands in the same module. */
function referenced(module: Module, text: string): Region | undefined {
  const [first, second, third] = text.replaceAll(/\[[^\]]*\]/g, '').split('.');
  if (first === 'local' && second) return localRegion(module, second);
  return first === 'data' && second && third ? mergedRegion(blocksOf(module, 'data', second, third)) : undefined;
}
