import type { Review } from '../../finding/review.ts';
import { SEVERITIES } from '../../finding/severity.ts';
import { escapeHtml } from '../../text/escape.ts';
import { capitalised, type Cluster } from '../model.ts';
import { statusOf } from './finding.ts';
import { fieldValue, moduleOf } from './text.ts';

const STATUSES = ['introduced', 'persisting', 'undetermined', 'resolved', 'accepted'] as const;

/** How many findings there are of each kind, by its name. */
function counted(clusters: readonly Cluster[], nameOf: (findings: Cluster) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const findings of clusters) {
    const name = nameOf(findings);
    counts.set(name, (counts.get(name) ?? 0) + findings.length);
  }
  return counts;
}

// Until the script runs they can only be read.
const box = (name: string, value: string): string =>
  `<input class="unseen" type="checkbox" name="${name}" value="${value}" disabled>`;

/** How many findings count at each severity, as the verdict has it; each number also asks for all findings of its severity. */
export function severityTiles(acting: readonly Cluster[], all: readonly Cluster[]): string {
  const severityOf = ([{ severity }]: Cluster): string => severity;
  const [counts, shown] = [counted(acting, severityOf), counted(all, severityOf)];
  const tiles = SEVERITIES.map((severity) => {
    const number = counts.get(severity) ?? 0;
    return `<label class="tile ${severity}${shown.has(severity) ? '' : ' none'}">${box('severity', severity)}<b>${number}</b> <span>${capitalised(severity)}</span></label>`;
  });
  return `<fieldset class="tiles"><legend class="unseen">Severity</legend>${tiles.join('')}</fieldset>`;
}

/** A bar whose parts are as wide as their share. Widths are attributes of SVG, since the page forbids inline styles. */
export function shareBar(parts: readonly (readonly [name: string, number: number])[]): string {
  const total = parts.reduce((sum, [, number]) => sum + number, 0);
  if (total === 0) return '';
  let x = 0;
  const rects = parts.map(([name, number]) => {
    const width = (100 * number) / total;
    const rect =
      number === 0 ? '' : `<rect class="${name}" x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="1"/>`;
    x += width;
    return rect;
  });
  return `<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${rects.join('')}</svg>`;
}

export const severityBar = (clusters: readonly Cluster[]): string => {
  const counts = counted(clusters, ([{ severity }]) => severity);
  return shareBar(SEVERITIES.map((severity) => [severity, counts.get(severity) ?? 0]));
};

function statusChips(clusters: readonly Cluster[]): string {
  const counts = counted(clusters, statusOf);
  const chips = STATUSES.filter((status) => counts.has(status)).map(
    (status) =>
      `<label class="chip">${box('status', status)}${capitalised(status)} <b>${counts.get(status) ?? 0}</b></label>`,
  );
  return chips.join('');
}

const option = (value: string, label: string): string =>
  `<option value="${escapeHtml(fieldValue(value))}">${escapeHtml(label, 160)}</option>`;

const select = (name: string, label: string, every: string, options: string): string =>
  `<select name="${name}" aria-label="${label}" disabled><option value="">${every}</option>${options}</select>`;

const byText = ([a]: readonly [string, number], [b]: readonly [string, number]): number => (a < b ? -1 : Number(a > b));

/** One choice for each name, unless there is nothing to choose from. */
function choices(name: string, label: string, every: string, counts: ReadonlyMap<string, number>): string {
  if (counts.size < 2) return '';
  const options = [...counts].toSorted(byText).map(([value, number]) => option(value, `${value} (${number})`));
  return select(name, label, every, options.join(''));
}

function checklistChoice({ checklists = [] }: Review): string {
  const groups = checklists.flatMap(({ id, title, lines }) => {
    const broken = lines.filter(({ state }) => state === 'broken');
    if (broken.length === 0) return [];
    const options = [
      option(id, `Any line of ${title}`),
      ...broken.map((line) => option(line.id, `${line.id} ${line.text}`)),
    ];
    return [`<optgroup label="${escapeHtml(title)}">${options.join('')}</optgroup>`];
  });
  return groups.length === 0 ? '' : select('checklist', 'Checklist', 'Any checklist', groups.join(''));
}

/** Search and filters; hidden until the script that makes them work runs. */
export function filterForm(review: Review, clusters: readonly Cluster[]): string {
  const plans = review.plans.length > 1 ? counted(clusters, ([{ plan }]) => plan) : new Map<string, number>();
  return [
    '<search class="tools" data-live hidden><h2 class="unseen">Search and filters</h2><div>',
    '<input id="q" type="search" name="q" aria-label="Search in findings" placeholder="Search in findings, or press /" autocomplete="off" spellcheck="false" disabled>',
    choices(
      'policy',
      'Policy',
      'Any policy',
      counted(clusters, ([{ policy }]) => policy),
    ),
    choices(
      'module',
      'Module',
      'Any module',
      counted(clusters, ([finding]) => moduleOf(finding)),
    ),
    checklistChoice(review),
    choices('plan', 'Plan', 'Any plan', plans),
    `</div><div><fieldset><legend class="unseen">Status</legend>${statusChips(clusters)}</fieldset>`,
    '<button class="plain" type="button" id="clear">Clear</button>',
    '<button class="plain" type="button" id="open">Open all</button>',
    '<button class="plain" type="button" id="close">Close all</button>',
    '<output class="shown" id="shown" for="q" aria-live="polite"></output></div></search>',
  ].join('');
}
