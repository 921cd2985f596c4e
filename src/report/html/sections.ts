import type { ChecklistLine, ChecklistResult, Review, ReviewedPlan } from '../../finding/review.ts';
import { checklistSummaries } from '../checklists.ts';
import { type Cluster, count, digestStart, groupBy } from '../model.ts';
import { shareBar } from './filters.ts';
import { findingDetails, type Index } from './finding.ts';
import { code, fieldValue, policyLink, prose } from './text.ts';

const section = (id: string, title: string, small: string, content: string): string =>
  content === ''
    ? ''
    : `<section aria-labelledby="${id}"><h2 id="${id}">${title}${small === '' ? '' : ` <small>${small}</small>`}</h2>${content}</section>`;

/** Findings of one kind, worst first; a group in which nothing is left to show goes away whole. */
export function findingsSection(id: string, title: string, clusters: readonly Cluster[], index: Index): string {
  if (clusters.length === 0) return '';
  const number = clusters.flat().length;
  return `<section data-group aria-labelledby="${id}"><h2 id="${id}">${title} <small>${number}</small></h2>${clusters.map((findings) => findingDetails(findings, index, index.isAlone)).join('\n')}</section>`;
}

const STATES: Readonly<Record<ChecklistLine['state'], string>> = {
  broken: 'broken',
  met: 'met',
  'no-evidence': 'no evidence in these plans',
  'not-in-plan': 'no plan shows it',
};

/** The findings that break a line: the script shows them all, without it the first of each policy is one click away. */
function brokenBy(
  { id, state, policies }: ChecklistLine,
  firstOf: (policy: string) => Cluster | undefined,
  index: Index,
): string {
  if (state !== 'broken') return '';
  const links = policies.flatMap((policy) => {
    const first = firstOf(policy);
    return first === undefined ? [policyLink(policy)] : [`<a href="#${index.idOf(first)}">${code(policy)}</a>`];
  });
  return `<br><small>${links.join(', ')} <a data-live hidden href="#findings" data-view="checklist=${encodeURIComponent(fieldValue(id))}">Show the findings</a></small>`;
}

const ORDER = Object.keys(STATES);

function checklist(result: ChecklistResult, firstOf: (policy: string) => Cluster | undefined, index: Index): string {
  const lines = result.lines.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  const rows = lines.map(
    (line) =>
      `<tr><td class="mono">${prose(line.id)}</td><td>${prose(line.text)}${brokenBy(line, firstOf, index)}</td><td class="state ${line.state}">${STATES[line.state]}</td></tr>`,
  );
  const [summary] = checklistSummaries([result]);
  const parts = ORDER.map((state) => [state, result.lines.filter((line) => line.state === state).length] as const);
  return `<details class="list"><summary><b>${prose(result.title)}</b> <small>${prose(summary?.counts ?? '')}</small>${shareBar(parts)}</summary><table><thead class="unseen"><tr><th>Line</th><th>What it asks for</th><th>State</th></tr></thead><tbody>${rows.join('')}</tbody></table></details>`;
}

/** Every line of every checklist, the broken ones first and linked to their findings. */
export function checklistsSection({ checklists = [] }: Review, clusters: readonly Cluster[], index: Index): string {
  const firsts = new Map(clusters.toReversed().map((findings) => [findings[0].policy, findings]));
  return section(
    'checklists',
    'Checklists',
    '',
    checklists.map((result) => checklist(result, (policy) => firsts.get(policy), index)).join(''),
  );
}

/** Changed resources that nothing understands, by type: named, never passed over. */
export function notEvaluatedSection({ notEvaluated }: Review): string {
  const groups = groupBy(notEvaluated, ({ resourceType, reason }) => JSON.stringify([resourceType, reason]));
  const rows = groups.map((same) => {
    const [{ resourceType, reason }] = same;
    const addresses = same.map(({ address }) => code(address)).join(', ');
    return `<tr><td>${code(resourceType)}</td><td>${addresses}</td><td>${prose(reason)}</td></tr>`;
  });
  return section(
    'not-evaluated',
    'Not evaluated',
    count(notEvaluated.length, 'change'),
    rows.length === 0
      ? ''
      : `<div class="box"><table class="cells"><thead><tr><th>Type</th><th>Resources</th><th>Why</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`,
  );
}

const planState = ({ errored, complete }: ReviewedPlan): string =>
  [
    ...(errored ? ['<span class="bad">ended with an error</span>'] : []),
    ...(complete === false ? ['<span class="bad">not complete</span>'] : []),
  ].join(', ');

/** When it was planned, and how the line of `sha256sum` begins, so that a reader knows which file this was. */
const fileOf = ({ timestamp, sha256 }: ReviewedPlan): string =>
  [
    ...(timestamp ? [`planned ${prose(timestamp)}`] : []),
    ...(sha256 === undefined ? [] : [`SHA-256 ${code(digestStart(sha256))}`]),
  ].join(', ');

/** What was looked at. */
export function plansSection({ plans }: Review): string {
  const rows = plans.map(
    (plan) =>
      `<tr><td>${prose(plan.path)}</td><td>${count(plan.resourceChanges, 'change')}</td><td>${plan.terraformVersion === null ? '' : `Terraform ${prose(plan.terraformVersion)}`}</td><td>${planState(plan)}</td><td>${fileOf(plan)}</td></tr>`,
  );
  return section(
    'plans',
    'Plans',
    '',
    rows.length === 0
      ? ''
      : `<div class="box"><table class="plans cells"><thead class="unseen"><tr><th>Plan</th><th>Changes</th><th>Made by</th><th>State</th><th>File</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`,
  );
}

/** Sentences that a reader must know before the findings. */
export const notesBox = ({ notes }: Review): string =>
  notes.length === 0
    ? ''
    : `<section class="notes" aria-labelledby="notes"><h2 id="notes">Please note</h2><ul>${notes.map((note) => `<li>${prose(note)}</li>`).join('')}</ul></section>`;
