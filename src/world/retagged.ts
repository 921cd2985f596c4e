import type { Change } from '../plan/change.ts';
import type { Json } from '../plan/value.ts';
import { covers } from './mask.ts';

type Tree = { readonly [key: string]: Json };

const TAGS = new Set(['tags', 'tags_all']);

/** Elsewhere tags can be more: those of a Google instance say which firewall rules hold for it. */
const isAws = (change: Change): boolean => change.type.startsWith('aws_');

const isTree = (value: Json): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Simple values are compared as they are: making texts of all of them takes long in a large plan. */
const isSame = (left: Json = null, right: Json = null): boolean =>
  left === right ||
  (typeof left === 'object' && typeof right === 'object' && JSON.stringify(left) === JSON.stringify(right));

function changesOnlyTags({ before, after, afterUnknown }: Change): boolean {
  if (before === null || after === null) return false;
  for (const key in before) if (!TAGS.has(key) && !isSame(before[key], after[key])) return false;
  for (const key in after) if (!TAGS.has(key) && !Object.hasOwn(before, key) && !isSame(null, after[key])) return false;
  if (!isTree(afterUnknown)) return !covers(afterUnknown);
  for (const key in afterUnknown) if (!TAGS.has(key) && covers(afterUnknown[key] ?? false)) return false;
  return true;
}

/** True for an update of an AWS resource that changes nothing but its tags: what the resource means stays the same. */
export function isRetagged(change: Change): boolean {
  return change.action === 'update' && !change.importing && isAws(change) && changesOnlyTags(change);
}
