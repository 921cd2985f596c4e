import type { Change } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { isPartial } from '../plan/notes.ts';
import type { Json } from '../plan/value.ts';

const TAGS = new Set(['tags', 'tags_all']);

/** Condition keys that read tags (`aws:ResourceTag/x`, `s3:ExistingObjectTag/x`, `aws:TagKeys`) grant by tag: then a tag is no decoration. */
const GRANTS_BY_TAG = /tag(?:keys|\\*\/)/i;

const changedAttributes = (change: Change): string[] => {
  const before = change.before ?? {};
  const after = change.after ?? {};
  const keys = new Set([
    ...Object.keys(before),
    ...Object.keys(after),
    ...Object.keys(typeof change.afterUnknown === 'object' && change.afterUnknown !== null ? change.afterUnknown : {}),
  ]);
  return [...keys].filter(
    (key) =>
      JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null) ||
      isUnknownAt(change.afterUnknown, key),
  );
};

const isUnknownAt = (mask: Json, key: string): boolean =>
  typeof mask === 'object' &&
  mask !== null &&
  JSON.stringify((mask as { readonly [key: string]: Json })[key] ?? false).includes('true');

/** Elsewhere tags can be more: those of a Google instance say which firewall rules hold for it. */
const isAws = (change: Change): boolean => change.type.startsWith('aws_');

const onlyTags = (change: Change): boolean =>
  !change.importing &&
  (change.action === 'no-op' ||
    (isAws(change) && change.action === 'update' && changedAttributes(change).every((key) => TAGS.has(key))));

/** Looks into every string, without making a text of the whole: a plan may be 100 MB. */
function mentionsTags(value: unknown): boolean {
  if (typeof value === 'string') return GRANTS_BY_TAG.test(value);
  if (typeof value !== 'object' || value === null) return false;
  for (const key in value) if (mentionsTags((value as { readonly [key: string]: unknown })[key])) return true;
  return false;
}

const grantsByTag = (plan: Plan): boolean =>
  plan.changes.some((change) => mentionsTags(change.after)) || mentionsTags(plan.priorState);

/**
 * True when every change is provably without security meaning: nothing but tags changes, no output does, and no policy
 * in sight grants by tag. A bot may approve such a plan.
 */
export function isNeutral(plan: Plan): boolean {
  if (isPartial(plan) || plan.drift.length > 0) return false;
  if (!plan.changes.every((change) => change.mode !== 'managed' || onlyTags(change))) return false;
  if (plan.outputs.some((output) => JSON.stringify(output.before) !== JSON.stringify(output.after))) return false;
  return plan.changes.every((change) => change.action === 'no-op') || !grantsByTag(plan);
}
