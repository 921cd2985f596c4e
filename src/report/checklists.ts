import type { ChecklistLine, ChecklistResult } from '../finding/review.ts';

/** How an audit stands to one checklist, for any format. */
export interface ChecklistSummary {
  readonly title: string;
  /** `3 broken, 41 met, 8 without evidence in these plans, 6 that no plan shows`. */
  readonly counts: string;
  readonly broken: readonly ChecklistLine[];
}

const COUNTED: readonly (readonly [ChecklistLine['state'], string])[] = [
  ['broken', 'broken'],
  ['met', 'met'],
  ['no-evidence', 'without evidence in these plans'],
  ['not-in-plan', 'that no plan shows'],
];

/** Counts the lines of each checklist and picks those that are broken. */
export const checklistSummaries = (results: readonly ChecklistResult[] = []): ChecklistSummary[] =>
  results.map(({ title, lines }) => ({
    title,
    counts: COUNTED.map(([state, label]) => `${lines.filter((line) => line.state === state).length} ${label}`).join(
      ', ',
    ),
    broken: lines.filter(({ state }) => state === 'broken'),
  }));
