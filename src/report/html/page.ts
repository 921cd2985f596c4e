import { createHash } from 'node:crypto';
import type { Review } from '../../finding/review.ts';
import { escapeHtml } from '../../text/escape.ts';
import { dataText } from '../access.ts';
import { type Cluster, cluster, count, groupFindings, type Groups, headline, otherCounts, toAct } from '../model.ts';
import { SCRIPT, STYLE } from './assets.ts';
import { filterForm, severityBar, severityTiles } from './filters.ts';
import type { Index } from './finding.ts';
import { checklistsSection, findingsSection, notesBox, notEvaluatedSection, plansSection } from './sections.ts';
import { prose } from './text.ts';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is loaded, sent or run but the style and the script of this very page. */
const contentSecurityPolicy = (): string =>
  [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    `script-src ${hashOf(SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const SIGNS = {
  fail: ['Fails', '<path d="M6 6l12 12M18 6L6 18"/>'],
  look: ['Passes, with something to look at', '<path d="M12 5v9M12 18.5v.5"/>'],
  pass: ['Passes', '<path d="M5 12.5l4.5 4.5L19 7.5"/>'],
} as const;

/** A review that passes may still hold something to look at. */
function signOf(review: Review, groups: Groups): keyof typeof SIGNS {
  if (review.conclusion === 'fail') return 'fail';
  return toAct(review, groups).length > 0 || groups.undetermined.length > 0 ? 'look' : 'pass';
}

function verdict(review: Review, groups: Groups): string {
  const kind = signOf(review, groups);
  const [label, path] = SIGNS[kind];
  const changes = review.plans.reduce((sum, { resourceChanges }) => sum + resourceChanges, 0);
  const others = otherCounts(review, groups);
  const about = `${count(review.plans.length, 'plan')}, ${count(changes, 'change')}${others.length === 0 ? '' : `; also ${others.join(', ')}`}.`;
  return `<div class="verdict ${kind}"><div class="sign"><svg viewBox="0 0 24 24" role="img" aria-label="${label}">${path}</svg></div><h1>${prose(headline(review, groups))}</h1><p>${about}</p></div>`;
}

/** A fingerprint is the address of its finding on the page; whatever could not be one, or is there twice, gets a number. */
function idsOf(clusters: readonly Cluster[]): Index['idOf'] {
  const ids = new Map<Cluster, string>();
  const taken = new Set<string>();
  for (const [number, findings] of clusters.entries()) {
    const named = `f-${findings[0].fingerprint}`;
    const id = /^f-[\w-]{1,80}$/.test(named) && !taken.has(named) ? named : `n-${number}`;
    taken.add(id);
    ids.set(findings, id);
  }
  return (findings) => ids.get(findings) ?? '';
}

function linesByPolicy({ checklists = [] }: Review): Index['linesOf'] {
  const lines = new Map<string, Set<string>>();
  for (const { id, lines: all } of checklists) {
    for (const line of all.filter(({ state }) => state === 'broken')) {
      for (const policy of line.policies) lines.set(policy, (lines.get(policy) ?? new Set()).add(id).add(line.id));
    }
  }
  return (policy) => [...(lines.get(policy) ?? [])];
}

/** Findings in the order of all reports, each kind under its heading. */
const findingGroups = (groups: Groups): readonly (readonly [string, string, readonly Cluster[]])[] => [
  ['introduced', 'Introduced by this plan', cluster(groups.introduced)],
  ['persisting', 'There before this plan', cluster(groups.persisting)],
  ['undetermined', 'Not known before apply', cluster(groups.undetermined)],
  ['accepted', 'Accepted', cluster(groups.waived)],
  ['resolved', 'Resolved, with thanks', cluster(groups.resolved)],
];

function main(review: Review, groups: Groups): string {
  const parts = findingGroups(groups);
  const clusters = parts.flatMap(([, , some]) => some);
  const acting = cluster(toAct(review, groups));
  const index: Index = {
    idOf: idsOf(clusters),
    linesOf: linesByPolicy(review),
    manyPlans: review.plans.length > 1,
    isAlone: clusters.length === 1,
  };
  return [
    ...(clusters.length === 0 ? [] : [severityBar(acting), severityTiles(acting, clusters)]),
    notesBox(review),
    ...(clusters.length === 0 ? [] : [filterForm(review, clusters)]),
    '<div id="findings" tabindex="-1">',
    '<p class="empty" id="empty" hidden>No finding is like that: clear the search, or ask for less.</p>',
    ...parts.map(([id, title, some]) => findingsSection(id, title, some, index)),
    '</div>',
    checklistsSection(review, clusters, index),
    notEvaluatedSection(review),
    plansSection(review),
  ].join('\n');
}

const footer = ({ tool, iamData }: Review): string =>
  `planwarden ${escapeHtml(tool.version)}${iamData === null ? '' : ` · ${prose(dataText(iamData))}`}`;

/**
 * A page of its own for browsers: style and script are inside, nothing is loaded, and all of it can be read without the
 * script. It depends on nothing but the review.
 */
export function renderHtml(review: Review): string {
  const groups = groupFindings(review);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(headline(review, groups))} · planwarden</title>
<style>${STYLE}</style>
<script>${SCRIPT}</script>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header>
<div class="brand"><span><b>planwarden</b> · ${review.mode}</span><button type="button" id="theme" data-live hidden>Colours: <span>auto</span></button></div>
${verdict(review, groups)}
</header>
<main>
${main(review, groups)}
</main>
<footer>${footer(review)}</footer>
</body>
</html>
`;
}
