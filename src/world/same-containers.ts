import { isSameImage } from '../aws/container-image.ts';
import type { Json } from '../plan/value.ts';

type Tree = { readonly [key: string]: Json };

const isTree = (value: Json | undefined): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string): readonly Json[] | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return Array.isArray(value) ? value : [value];
  } catch {
    return undefined;
  }
}

function isSameContainer(before: Json, after: Json | undefined): boolean {
  if (!isTree(before) || !isTree(after)) return false;
  const [{ image: old, ...rest }, { image: now, ...others }] = [before, after];
  if (JSON.stringify(rest) !== JSON.stringify(others)) return false;
  return old === now || (typeof old === 'string' && typeof now === 'string' && isSameImage(old, now));
}

/** True when two JSON lists of containers (or one container) differ in nothing but versions of the same images. */
export function isSameContainers(before: string, after: string): boolean {
  const [old, now] = [parse(before), parse(after)];
  if (!old || !now || old.length !== now.length) return false;
  return old.every((container, index) => isSameContainer(container, now[index]));
}
