import type { ChecklistLine, ChecklistResult, Review } from '../finding/review.ts';

/** What one plan shows holds for all: broken somewhere is broken, and seen somewhere is seen. */
const STATES: readonly ChecklistLine['state'][] = ['broken', 'met', 'no-evidence', 'not-in-plan'];

function uniteLines(lines: readonly [ChecklistLine, ...ChecklistLine[]]): ChecklistLine {
  const state = STATES.find((one) => lines.some((line) => line.state === one)) ?? lines[0].state;
  const policies = lines.filter((line) => line.state === state).flatMap((line) => line.policies);
  return { ...lines[0], state, policies: [...new Set(policies)] };
}

function groupById<T extends { readonly id: string }>(items: readonly T[]): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(item.id);
    if (group === undefined) groups.set(item.id, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** Checklists by id and their lines by id, in order of first appearance; nothing when no review has any. */
export function uniteChecklists(reviews: readonly Review[]): Pick<Review, 'checklists'> {
  const all: ChecklistResult[] = reviews.flatMap(({ checklists }) => checklists ?? []);
  if (all.length === 0) return {};
  const checklists = groupById(all).map((same) => ({
    id: same[0].id,
    title: same[0].title,
    lines: groupById(same.flatMap(({ lines }) => lines)).map(uniteLines),
  }));
  return { checklists };
}
