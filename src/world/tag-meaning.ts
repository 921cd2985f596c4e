import type { Change } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import type { Json } from '../plan/value.ts';
import { ACTING_TAGS } from './meaningless.ts';

type Tree = { readonly [key: string]: Json };

export const TAGS: readonly string[] = ['tags', 'tags_all'];

/** What an organization says about its tags. */
export interface TagRules {
  /** Keys that every resource must have. */
  readonly requiredTags: readonly string[];
}

const treeOf = (value: Json | undefined): Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {};

function changedKeys(before: Tree, after: Tree, unknown: Tree): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)]);
  return [...keys].filter(
    (key) => before[key] !== after[key] || (Object.hasOwn(unknown, key) && unknown[key] !== false),
  );
}

/**
 * Why a change of tags may mean something, or undefined when it does not. Policies that grant by tag are asked for by
 * {@link readsTags}, once for a plan.
 */
export function tagObstacle(change: Change, attribute: string, rules: TagRules): string | undefined {
  const mask = treeOf(change.afterUnknown)[attribute];
  if (change.afterUnknown === true || mask === true) return 'which tags it will have is known only after apply';
  const [before, after] = [treeOf(change.before?.[attribute]), treeOf(change.after?.[attribute])];
  const unknown = treeOf(mask);
  for (const key of changedKeys(before, after, unknown)) {
    const by = ACTING_TAGS.find(([pattern]) => pattern.test(key))?.[1];
    if (by !== undefined) return `${by} acts on a tag that changes`;
    const isGone = !Object.hasOwn(after, key) && !Object.hasOwn(unknown, key);
    if (isGone && rules.requiredTags.includes(key)) return 'a tag that the configuration requires is taken away';
  }
  return undefined;
}

/**
 * Condition keys that read tags (`aws:ResourceTag/x`, `s3:ExistingObjectTag/x`, `aws:TagKeys`) grant by tag, and
 * `tag:x` chooses machines by it: then a tag is no decoration.
 */
const READS_TAGS = /tag(?:keys|\\*\/)|^tag:/i;
const SHORTEST = 'tag:x'.length;

/** Arguments of backup plans, deployments, firewall policies and the like that choose resources by their tags. */
const CHOOSES_BY_TAG =
  /^(?:selection_tag|target_tags|resource_tags?|(?:ec2|on_premises_instance)_tag_(?:filter|set)|tag_filters?|tag_key)$/;

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** Looks into every string, without making a text of the whole: a plan may be 100 MB. */
function mentionsTags(value: unknown): boolean {
  if (typeof value === 'string') return value.length >= SHORTEST && READS_TAGS.test(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(mentionsTags);
  const tree = value as { readonly [key: string]: unknown };
  for (const key in tree) {
    if (TAGS.includes(key)) continue;
    if (mentionsTags(tree[key]) || (CHOOSES_BY_TAG.test(key) && !isEmpty(tree[key]))) return true;
  }
  return false;
}

/** A condition of a policy document that is not made before apply stands only in the configuration. */
const conditionsOf = (plan: Plan): unknown => plan.configuration.root_module;

/** A data source that looks something up by tag grants nothing; what it finds is judged where it is used. */
const READS_TAGS_IN_CONFIGURATION = /tag(?:keys|\\*\/)/i;

function configurationMentionsTags(value: unknown): boolean {
  if (typeof value === 'string') return READS_TAGS_IN_CONFIGURATION.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(configurationMentionsTags);
}

/** True when anything in sight grants access, or chooses what it is for, by tag. */
export const readsTags = (plan: Plan): boolean =>
  plan.changes.some((change) => change.mode === 'managed' && mentionsTags(change.after)) ||
  configurationMentionsTags(plan.priorState) ||
  configurationMentionsTags(conditionsOf(plan));
