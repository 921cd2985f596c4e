import type { LinePlace } from '../report/line-comments.ts';
import { hunksOf, type Hunk, type Lines, shownPart } from './hunks.ts';
import { linesOf, type PatchLine } from './patch.ts';

/** Lines of the diff: of the new file, or those that are removed. */
export interface Anchor extends Lines {
  readonly path: string;
  readonly side: 'LEFT' | 'RIGHT';
}

interface ChangedFile {
  readonly hunks: readonly Hunk[];
  readonly removed: readonly PatchLine[];
}

/** What a pull request changes, by file. */
export type Diff = ReadonlyMap<string, ChangedFile>;

export const readDiff = (patches: ReadonlyMap<string, string>): Diff =>
  new Map(
    Array.from(patches, ([path, patch]) => [
      path,
      { hunks: hunksOf(patch), removed: linesOf(patch).filter(({ kind }) => kind === 'removed') },
    ]),
  );

/** The first line of the block of a resource, or of the call of a module. */
const BLOCK = /^\s*(?<block>resource|module)\s+"(?<first>[^"]+)"(?:\s+"(?<second>[^"]+)")?/;

/** The first line of a block that the pull request removes, when there is one such block only. */
function headOf(diff: Diff, ...words: readonly string[]): Anchor | undefined {
  const heads = [...diff].flatMap(([path, { removed }]) =>
    removed.flatMap(({ oldLine, text }): Anchor[] => {
      const { block, first, second } = BLOCK.exec(text)?.groups ?? {};
      const isMeant = [block, first, second].filter(Boolean).join(' ') === words.join(' ');
      return isMeant ? [{ path, startLine: oldLine, endLine: oldLine, side: 'LEFT' }] : [];
    }),
  );
  return heads.length === 1 ? heads[0] : undefined;
}

/** What is left of a thing in the diff: its own block, else the nearest call of a module that led to it. */
const anchorRemoved = (diff: Diff, { type, name, modules }: LinePlace & { readonly kind: 'removed' }) =>
  headOf(diff, 'resource', type, name) ??
  modules.reduce<Anchor | undefined>((outer, call) => headOf(diff, 'module', call) ?? outer, undefined);

/** Where in a diff a remark can stand; undefined when the diff does not show its place. */
export function anchorOf(diff: Diff, place: LinePlace): Anchor | undefined {
  if (place.kind === 'removed') return anchorRemoved(diff, place);
  const lines = shownPart(diff.get(place.path)?.hunks ?? [], place);
  return lines && { ...lines, path: place.path, side: 'RIGHT' };
}
