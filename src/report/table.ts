import { dataText } from './access.ts';
import { checklistSummaries } from './checklists.ts';
import type { Finding } from '../finding/finding.ts';
import type { NotEvaluated, Review, ReviewedPlan } from '../finding/review.ts';
import { breakCommands } from '../text/escape.ts';
import { wrap } from '../text/wrap.ts';
import {
  bySeverityCounts,
  cluster,
  consequence,
  count,
  groupBy,
  groupFindings,
  headline,
  otherCounts,
  place,
  toAct,
  type Cluster,
  type Groups,
} from './model.ts';
import { briefLines, findingLines, resolvedLines } from './table-finding.ts';
import { body, type Page, prose, row, type TableOptions, toPage, value } from './table-page.ts';
import { acceptedBy } from './waiver-lines.ts';

export type { TableOptions } from './table-page.ts';

function section(page: Page, title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [page.paint(title, 'bold'), '', ...lines, ...(lines.at(-1) === '' ? [] : [''])];
}

function fullSection(page: Page, title: string, findings: readonly Finding[]): string[] {
  const clusters = cluster(findings);
  const firsts = new Set(groupBy(clusters, ([{ policy }]) => policy).map(([first]) => first));
  return section(
    page,
    title,
    clusters.flatMap((same) => findingLines(page, same, firsts.has(same))),
  );
}

const acceptedLines = (page: Page, findings: Cluster): string[] => {
  const [{ waived }] = findings;
  return [
    ...briefLines(page, findings),
    ...body(page, prose(waived === null ? '' : `accepted by ${acceptedBy(waived)}: ${waived.reason}`), 'dim'),
    '',
  ];
};

function persistingLines(page: Page, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const were = findings.length === 1 ? 'was' : 'were';
  const text = `${count(findings.length, 'finding')} ${were} there before this plan (${bySeverityCounts(findings)}); --mode audit lists all.`;
  return [...wrap(text, page.width).map((line) => page.paint(line, 'dim')), ''];
}

function notEvaluatedLines(page: Page, items: readonly NotEvaluated[]): string[] {
  return groupBy(items, ({ resourceType, reason }) => JSON.stringify([resourceType, reason])).flatMap((same) => {
    const [{ address, resourceType, reason }] = same;
    const what = same.length === 1 ? address : `${resourceType} (${same.length})`;
    return row(page, 2, '-', prose(`${what}: ${reason}`), ['dim']);
  });
}

const planLine = ({ path, resourceChanges, errored, complete }: ReviewedPlan): string =>
  [
    value(path),
    count(resourceChanges, 'change'),
    ...(errored ? ['errored'] : []),
    ...(complete === false ? ['not complete'] : []),
  ].join(' · ');

/** Each reason once, with the number of changes that it holds for. */
function neutralLines(page: Page, { neutral, neutralProof }: Review): string[] {
  if (!neutral || !neutralProof) return [];
  const reasons = neutralProof.changes.flatMap(({ attributes }) => [
    ...new Set(attributes.map(({ because }) => because)),
  ]);
  const told = groupBy(reasons, (reason) => reason).map((same) => `${same[0]} (${count(same.length, 'change')})`);
  return told.length === 0 ? [] : row(page, 7, 'proof', prose(told.join('; ')), ['dim']);
}

function verdictLines(page: Page, review: Review, groups: Groups): string[] {
  const failed = review.conclusion === 'fail';
  const [label, style] = failed ? (['FAIL', 'red'] as const) : (['PASS', 'green'] as const);
  const findings = toAct(review, groups);
  const [worst] = findings;
  const others = otherCounts(review, groups);
  return [
    ...row(page, 7, label, headline(review, groups), ['bold', style, 'inverse'], 'bold'),
    ...(worst === undefined || findings.length < 2
      ? []
      : row(
          page,
          7,
          'worst',
          prose(`${consequence(worst)}: ${worst.address}${place(worst) === null ? '' : ` at ${place(worst)}`}`),
          ['dim'],
        )),
    ...(others.length === 0 ? [] : row(page, 7, 'also', others.join(', '), ['dim'])),
    ...neutralLines(page, review),
    ...(review.iamData === null ? [] : row(page, 7, 'data', prose(dataText(review.iamData)), ['dim'], 'dim')),
  ];
}

/** Each checklist in one line, and below it the lines that are broken, with the policies that say so. */
const checklistLines = (page: Page, { checklists }: Review): string[] =>
  checklistSummaries(checklists).flatMap(({ title, counts, broken }) => [
    ...row(page, 2, '-', prose(`${title}: ${counts}`), []),
    ...broken.flatMap(({ id, text, policies }) => row(page, 10, id, prose(`${text} (${policies.join(', ')})`), [])),
  ]);

/**
 * A review for a person at a terminal: what is worst first, the verdict last, where the cursor stands when it is done.
 * Every line keeps to the width; nothing in a review can colour, hide, or command anything.
 */
export function renderTable(review: Review, options: TableOptions): string {
  const page = toPage(review, options);
  const groups = groupFindings(review);
  const audit = review.mode === 'audit';
  const lines = [
    ...review.plans
      .flatMap((plan) => wrap(`planwarden ${review.mode} · ${planLine(plan)}`, page.width))
      .map((line) => page.paint(line, 'dim')),
    '',
    ...fullSection(page, 'Introduced by this plan', groups.introduced),
    ...(audit ? fullSection(page, 'There before this plan', groups.persisting) : []),
    ...fullSection(page, 'Not known before apply', groups.undetermined),
    ...section(
      page,
      'Resolved, with thanks',
      cluster(groups.resolved).flatMap((same) => [...resolvedLines(page, same), '']),
    ),
    ...section(
      page,
      'Accepted',
      cluster(groups.waived).flatMap((same) => acceptedLines(page, same)),
    ),
    ...(audit ? [] : persistingLines(page, groups.persisting)),
    ...section(page, 'Checklists', checklistLines(page, review)),
    ...section(page, 'Not evaluated', notEvaluatedLines(page, review.notEvaluated)),
    ...section(
      page,
      'Please note',
      review.notes.flatMap((note) => row(page, 2, '-', prose(note), ['yellow'])),
    ),
    ...verdictLines(page, review, groups),
  ];
  return `${breakCommands(lines.map((line) => line.trimEnd()).join('\n'))}\n`;
}
