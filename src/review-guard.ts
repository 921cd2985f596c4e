import type { Source } from './source/source.ts';
import type { SourceText } from './secrets/source-text.ts';
import { guardedResource, guardedResourceKind } from './subjects/terraform/guarded-resource.ts';
import type { SubjectKind } from './subjects/subject.ts';
import type { World } from './world/world.ts';

const GUARD = /^\s*prevent_destroy\s*=\s*true\b/m;

/** Texts that took `prevent_destroy` out of the code. */
export const lostGuards = (removed: readonly SourceText[]): readonly SourceText[] =>
  removed.filter(({ text }) => GUARD.test(text));

const isGuarded = (world: World, address: string): boolean => {
  const guard = world.at(address)?.written('lifecycle', 0, 'prevent_destroy');
  return guard?.kind === 'literal' && guard.value === true;
};

/** The resources of whose blocks the pull request takes `prevent_destroy` out. No plan shows that: it is in the code only. */
async function unguarded(world: World, source: Source, lost: readonly SourceText[]): Promise<ReadonlySet<string>> {
  const addresses = [...world.types].flatMap((type) => world.resources(type).map(({ address }) => address));
  await source.prepare(addresses);
  const isIn = (address: string): boolean => {
    const block = source.locate({ address, path: [] });
    return lost.some(({ path, line }) => path === block?.path && block.startLine < line && line <= block.endLine);
  };
  return new Set(addresses.filter((address) => isIn(address) && !isGuarded(world, address)));
}

/** Gives the kind `guarded-resource` what it cannot build from worlds; nothing is looked for where no guard is lost. */
export async function withGuards(
  kinds: readonly SubjectKind[],
  world: World,
  source: Source | undefined,
  lost: readonly SourceText[],
): Promise<readonly SubjectKind[]> {
  if (source === undefined || lost.length === 0 || !kinds.includes(guardedResource)) return kinds;
  const filled = guardedResourceKind(await unguarded(world, source, lost));
  return kinds.map((kind) => (kind === guardedResource ? filled : kind));
}
