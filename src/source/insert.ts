import type { Repair } from '../finding/finding.ts';
import type { Setting } from '../plan/repair.ts';
import { type Block, isDynamic } from './block.ts';
import { blocksOf } from './module.ts';
import type { Modules } from './modules.ts';
import { parseTarget } from './target.ts';

/** The first line of a resource as `terraform fmt` writes it, with nothing of the resource on it. */
const HEAD = /^resource "[\w-]+" "[\w-]+" \{[ \t]*(?:(?:#|\/\/).*)?$/;

/** An argument whose value ends on its line. */
const ARGUMENT = /^(?<indent> +)(?<name>[a-z0-9_]+)(?<gap> +)= .*[^\s{[(,]$/;

const says = (block: Block, name: string): boolean =>
  block.attributes.some((attribute) => attribute.name === name) ||
  block.blocks.some((inner) => inner.type === name || (isDynamic(inner) && inner.labels[0] === name));

/** The argument as `terraform fmt` would have it above another line: in line with it, or else apart from it. */
function lines(name: string, value: string, next: string): string[] {
  const { indent = '  ', name: other = '', gap = '' } = ARGUMENT.exec(next)?.groups ?? {};
  const room = other.length + gap.length - name.length;
  if (other !== '' && !next.includes('<<') && room >= 1) return [`${indent}${name}${' '.repeat(room)}= ${value}`];
  const isLast = next.trim() === '' || next.trim() === '}';
  return [`  ${name} = ${value}`, ...(isLast ? [] : [''])];
}

/**
 * The first line of a resource, and the same with an argument below it that the resource does not have; null where it has
 * it, where it is said in several places, and where its first line is not as `terraform fmt` writes it.
 */
export function insert(modules: Modules, address: string, { path, value }: Setting): Repair | null {
  const [name, ...rest] = path;
  const target = parseTarget(address);
  if (name === undefined || rest.length > 0 || target?.type !== 'resource') return null;
  const module = modules.at(target.modulePath);
  const [block, ...others] = module ? blocksOf(module, 'resource', ...target.labels) : [];
  if (!module || !block || others.length > 0 || says(block, name)) return null;
  const { path: file, startLine } = block.location;
  const [before = '', next = ''] =
    module.texts
      .get(file)
      ?.split('\n')
      .slice(startLine - 1, startLine + 1) ?? [];
  if (!HEAD.test(before)) return null;
  return {
    location: { path: file, startLine, endLine: startLine },
    before,
    after: [before, ...lines(name, JSON.stringify(value), next)].join('\n'),
  };
}
