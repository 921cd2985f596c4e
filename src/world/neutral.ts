import type { Change } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { isPartial } from '../plan/notes.ts';
import type { Json } from '../plan/value.ts';

const TAGS = new Set(['tags', 'tags_all']);

/** Access can be granted by tags; then a tag is not decoration. */
const GRANTS_BY_TAG = /(?:Resource|Principal|Request)Tag/;

const changedAttributes = (change: Change): string[] => {
  const before = change.before ?? {};
  const after = change.after ?? {};
  const keys = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(typeof change.afterUnknown === 'object' && change.afterUnknown !== null ? change.afterUnknown : {})]);
  return [...keys].filter((key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null) || isUnknownAt(change.afterUnknown, key));
};

const isUnknownAt = (mask: Json, key: string): boolean =>
  typeof mask === 'object' && mask !== null && JSON.stringify((mask as { readonly [key: string]: Json })[key] ?? false).includes('true');

const onlyTags = (change: Change): boolean =>
  change.action === 'no-op' ? !change.importing : change.action === 'update' && changedAttributes(change).every((key) => TAGS.has(key));

const grantsByTag = (plan: Plan): boolean =>
  plan.changes.some((change) => GRANTS_BY_TAG.test(JSON.stringify(change.after ?? null))) || GRANTS_BY_TAG.test(JSON.stringify(plan.priorState ?? null));

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
