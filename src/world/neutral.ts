import type { Change } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { isPartial } from '../plan/notes.ts';
import { isRetagged } from './retagged.ts';

/** Condition keys that read tags (`aws:ResourceTag/x`, `s3:ExistingObjectTag/x`, `aws:TagKeys`) grant by tag: then a tag is no decoration. */
const GRANTS_BY_TAG = /tag(?:keys|\\*\/)/i;

const onlyTags = (change: Change): boolean => !change.importing && (change.action === 'no-op' || isRetagged(change));

/** Shorter than the shortest condition key that reads tags. */
const SHORTEST = 'aws:TagKeys'.length;

/** Looks into every string, without making a text of the whole: a plan may be 100 MB. */
function mentionsTags(value: unknown): boolean {
  if (typeof value === 'string') return value.length >= SHORTEST && GRANTS_BY_TAG.test(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(mentionsTags);
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
