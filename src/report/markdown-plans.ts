import type { Finding } from '../finding/finding.ts';
import type { Review, ReviewedPlan } from '../finding/review.ts';
import { markdownCode } from '../text/escape.ts';
import type { Part } from './fit.ts';
import { bullets, section } from './markdown-sections.ts';
import { addressCode, folded, MOST_ROWS, row, sentence } from './markdown-text.ts';
import { bySeverityCounts, count, digestStart, type Groups, toAct } from './model.ts';

/** As many plans have their line in sight; more are folded. */
const MOST_OPEN = 10;

const planState = ({ errored, complete }: ReviewedPlan): string =>
  `${errored ? ', **errored**' : ''}${complete === false ? ', not complete' : ''}`;

const planText = (plan: ReviewedPlan): string =>
  `${addressCode(plan.path)}: ${count(plan.resourceChanges, 'change')}${planState(plan)}`;

/** What was found in one of several plans: `1 critical, 2 high, 1 undetermined`. */
function foundIn({ path }: ReviewedPlan, acting: readonly Finding[], { undetermined, resolved }: Groups): string {
  const number = (findings: readonly Finding[]): number => findings.filter(({ plan }) => plan === path).length;
  const others = [
    [number(undetermined), 'undetermined'],
    [number(resolved), 'resolved'],
  ] as const;
  const severities = bySeverityCounts(acting.filter(({ plan }) => plan === path));
  const told = others.filter(([found]) => found > 0).map(([found, what]) => `${found} ${what}`);
  return [...(severities === '' ? [] : [severities]), ...told].join(', ');
}

function lines(review: Review, groups: Groups): string {
  const acting = toAct(review, groups);
  return bullets(
    review.plans.map((plan) => {
      const found = foundIn(plan, acting, groups);
      return `- ${planText(plan)}${found === '' ? '' : ` · ${found}`}`;
    }),
  );
}

/** What this is about. */
export function planLine(plans: readonly ReviewedPlan[]): string {
  const changes = plans.reduce((sum, { resourceChanges }) => sum + resourceChanges, 0);
  const [only, ...others] = plans;
  return only !== undefined && others.length === 0
    ? planText(only)
    : `${count(plans.length, 'plan')}, ${count(changes, 'change')}`;
}

/** Several plans: a line of each. */
export const planLines = (review: Review, groups: Groups): string[] =>
  review.plans.length > 1 && review.plans.length <= MOST_OPEN ? [lines(review, groups)] : [];

/** Many plans: the same, folded. */
export const plansSection = (review: Review, groups: Groups): Part[] =>
  section(review.plans.length > MOST_OPEN ? review.plans : [], () =>
    folded(`${count(review.plans.length, 'plan')} reviewed`, [lines(review, groups)]),
  );

/**
 * Which files were reviewed: when each was planned, and how the line of `sha256sum` begins. Not for comments, which must
 * stay when nothing but these changes.
 */
export function filesSection(plans: readonly ReviewedPlan[]): Part[] {
  const known = plans.filter(({ sha256 }) => sha256 !== undefined);
  return section(known, () => {
    const rows = known.map(({ path, timestamp, sha256 = '' }) =>
      row(addressCode(path), sentence(timestamp ?? 'not said'), markdownCode(digestStart(sha256))),
    );
    const left = known.length - MOST_ROWS;
    const table = [row('plan', 'planned', 'SHA-256'), '| --- | --- | --- |', ...rows.slice(0, MOST_ROWS)].join('\n');
    return folded(count(known.length, 'plan file'), [table, ...(left > 0 ? [`and ${left} more`] : [])]);
  });
}
