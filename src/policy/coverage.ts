import type { Policy } from './policy.ts';

/** One line of the checklists that planwarden covers. */
export interface ChecklistItem {
  readonly id: string;
  readonly section: string;
  readonly text: string;
  /** `partly` and `not-in-plan` say in `note` what a plan cannot show. */
  readonly coverage: 'policy' | 'partly' | 'not-in-plan';
  readonly note: string;
}

/** A line with the policies that look at it. */
export interface CoveredItem {
  readonly item: ChecklistItem;
  readonly policies: readonly string[];
}

/** Which policies look at each checklist line, by the `seeds` of the policies. */
export function coverage(items: readonly ChecklistItem[], policies: readonly Policy[]): CoveredItem[] {
  const found = new Map<string, string[]>();
  for (const policy of policies)
    for (const seed of policy.seeds) found.set(seed, [...(found.get(seed) ?? []), policy.id]);
  return items.map((item) => ({ item, policies: (found.get(item.id) ?? []).toSorted() }));
}

/** What stands beside a line: its policies, or why there is none. */
export function explainCoverage({ item, policies }: CoveredItem): string {
  const named = policies.join(', ');
  if (item.coverage === 'not-in-plan') return named || `not visible in a plan: ${item.note}`;
  if (named === '') return 'no policy yet';
  return item.coverage === 'partly' ? `${named} (${item.note})` : named;
}
