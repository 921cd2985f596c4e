import type { Json, Value } from '../plan/value.ts';

/**
 * Walks into a mask (`after_unknown`, `after_sensitive`) along a path. `true` on a container covers all below it.
 * @returns the mask at the path: true, false, or the tree below
 */
export function maskAt(mask: Json | undefined, path: readonly (string | number)[]): Json {
  let here: Json | undefined = mask;
  for (const step of path) {
    if (here === true || typeof here !== 'object' || here === null) return here ?? false;
    here = (here as { readonly [key: string]: Json })[step];
  }
  return here ?? false;
}

/** True when a mask covers this place or anything below it. */
export function covers(mask: Json): boolean {
  if (typeof mask !== 'object' || mask === null) return mask === true;
  // Ten times as fast as through `for … in`, and most masks of untouched resources hold empty lists.
  if (Array.isArray(mask)) return mask.some(covers);
  const below = mask as { readonly [key: string]: Json };
  for (const key in below) if (covers(below[key] ?? false)) return true;
  return false;
}

/** Merges a value with the mask of its unknown parts: unknown leaves are left out of objects and null in lists (plan-format 4.3). */
export function withUnknown(
  value: Json | undefined,
  mask: Json,
  unknown: (path: readonly (string | number)[]) => Value,
  path: readonly (string | number)[] = [],
): Value {
  if (mask === true) return unknown(path);
  if (!covers(mask)) return value ?? null;
  if (Array.isArray(mask) || Array.isArray(value)) {
    const items = Array.isArray(value) ? value : [];
    const masks = Array.isArray(mask) ? mask : [];
    return Array.from({ length: Math.max(items.length, masks.length) }, (_, index) =>
      withUnknown(items[index], masks[index] ?? false, unknown, [...path, index]),
    );
  }
  const object = (value ?? {}) as { readonly [key: string]: Json };
  const masks = mask as { readonly [key: string]: Json };
  const keys = new Set([...Object.keys(object), ...Object.keys(masks)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, withUnknown(object[key], masks[key] ?? false, unknown, [...path, key])]),
  );
}

/** Value at a path of plain JSON; undefined when the path leads nowhere. */
export function jsonAt(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  let here: Json | undefined = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as { readonly [key: string]: Json })[step];
  }
  return here;
}
