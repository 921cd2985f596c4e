/** Bytes as UTF-8: GitHub counts characters for comments and bytes for summaries, and bytes are never fewer. */
export const size = (text: string): number => Buffer.byteLength(text);

/** One part of a text, the richest variant first. */
export type Part = readonly string[];

export interface Fitted {
  readonly texts: readonly string[];
  /** Bytes that are left. */
  readonly room: number;
}

/** What stands between two parts. */
const GAP = 2;

/** Parts made one by one, so that nobody renders what will not fit anyway. */
export function* lazily<T>(items: readonly T[], toPart: (item: T, index: number) => Part): Iterable<Part> {
  for (const [index, item] of items.entries()) yield toPart(item, index);
}

/** Takes parts in order, each in the richest variant for which there is room, until one fits in no variant. */
export function fit(parts: Iterable<Part>, room: number): Fitted {
  const texts: string[] = [];
  let left = room;
  for (const part of parts) {
    const text = part.find((variant) => size(variant) + GAP <= left);
    if (text === undefined) break;
    texts.push(text);
    left -= size(text) + GAP;
  }
  return { texts, room: left };
}
