import { dataText } from './access.ts';
import type { Progress } from '../finding/progress.ts';
import type { Review } from '../finding/review.ts';
import { escapeMarkdownText } from '../text/escape.ts';
import { fit, type Fitted, lazily, size, type Part } from './fit.ts';
import { alert, DETAILS, findingDetails, findingRow, TABLE_HEAD } from './markdown-finding.ts';
import { filesSection, planLine, planLines, plansSection } from './markdown-plans.ts';
import { progressLines } from './markdown-progress.ts';
import {
  acceptedSection,
  checklistsSection,
  neutralSection,
  notEvaluatedSection,
  noteLines,
  persistingSection,
  resolvedSection,
  undeterminedSection,
} from './markdown-sections.ts';
import { type Context, folded } from './markdown-text.ts';
import {
  blocking,
  cluster,
  count,
  groupFindings,
  headline,
  otherCounts,
  toAct,
  type Cluster,
  type Groups,
} from './model.ts';

export interface MarkdownOptions {
  /** See {@link Context.blobBase}; null links nothing. */
  readonly blobBase?: string | null;
  /** Bytes that the text may take. */
  readonly maxLength?: number;
  /** See {@link Context.progress}. */
  readonly progress?: Progress | undefined;
}

/** GitHub refuses a comment of more than 65,536 characters; the rest is for the hidden marker line. */
const LONGEST_COMMENT = 65_536 - 200;

/** GitHub drops the summary of a step that is longer than 1 MiB. */
const LONGEST_SUMMARY = 1024 * 1024 - 1024;

/** This much of the text may be the table, so that there is room for details of the worst. */
const TABLE_SHARE = 0.5;

const ALL_DETAILS = `${DETAILS} of each finding`;
const OTHER_DETAILS = `${DETAILS} of each other finding`;

/** What `N more …` lines and the fold around all details take at most. */
const ROOM_FOR_MORE = 300;

/** The table lists the findings already: of those that block, as many stand open below it; the others are folded together. */
const MOST_OPEN = 5;

interface Layout extends Context {
  readonly maxLength: number;
  /** Where a reader finds what did not fit. */
  readonly overflow: string;
  readonly footer: string;
  /** Whether to tell which files were reviewed, see {@link filesSection}. */
  readonly files?: boolean;
}

/** A review that passes may still hold something to look at. */
function sign(review: Review, groups: Groups): string {
  if (review.conclusion === 'fail') return '❌';
  return toAct(review, groups).length > 0 || groups.undetermined.length > 0 ? '🟡' : '✅';
}

/** What is said whatever the room: the verdict, what it is about, how many things there are of each kind. */
function frame(review: Review, groups: Groups, context: Context): string[] {
  const others = otherCounts(review, groups);
  const [worst] = toAct(review, groups);
  return [
    `### ${sign(review, groups)} ${headline(review, groups)}`,
    `${planLine(review.plans)}.${others.length === 0 ? '' : ` Also ${others.join(', ')}.`}`,
    ...planLines(review, groups),
    ...progressLines(context.progress),
    ...(review.conclusion === 'fail' && worst !== undefined ? [alert(worst, context)] : []),
    ...noteLines(review.notes),
  ];
}

const more = (number: number, what: string, { overflow }: Layout): string[] =>
  number === 0 ? [] : [`*${count(number, `more ${what}`)} ${overflow}.*`];

const sum = (clusters: readonly Cluster[]): number => clusters.flat().length;

/** The table of what to act on. A single finding of a failing review stands in the alert already. */
function table({ conclusion }: Review, clusters: readonly Cluster[], layout: Layout, room: number): Fitted {
  if (clusters.length === 0 || (clusters.length === 1 && conclusion === 'fail')) return { texts: [], room };
  const share = Math.floor(room * TABLE_SHARE) - size(TABLE_HEAD);
  const rows = fit(
    lazily(clusters, (findings) => [findingRow(findings, layout)]),
    share,
  );
  const rest = sum(clusters.slice(rows.texts.length));
  const whole = rows.texts.length === 0 ? [] : [[TABLE_HEAD, ...rows.texts].join('\n')];
  return { texts: [...whole, ...more(rest, 'finding', layout)], room: room - share + rows.room - size(TABLE_HEAD) };
}

/** Details, the worst first and what blocks open: whole while they fit, then short, then only counted. */
function details(review: Review, clusters: readonly Cluster[], layout: Layout, room: number): Fitted {
  const alone = clusters.length === 1;
  const open = Math.min(MOST_OPEN, cluster(blocking(review, clusters.flat())).length);
  const { texts, room: left } = fit(
    lazily(clusters, (findings, index) => findingDetails(findings, layout, index < open, alone)),
    room,
  );
  const rest = [...texts.slice(open), ...more(sum(clusters.slice(texts.length)), 'explanation', layout)];
  const folds = alone || rest.length === 0 ? rest : [folded(open === 0 ? ALL_DETAILS : OTHER_DETAILS, rest)];
  return { texts: [...texts.slice(0, open), ...folds], room: left };
}

/** Sections in the order in which they matter; the ones that tell what could not be judged come before the details. */
function sections(review: Review, groups: Groups, context: Layout): { readonly first: Part[]; readonly last: Part[] } {
  const persisting = review.mode === 'audit' ? [] : cluster(groups.persisting);
  return {
    first: [
      ...undeterminedSection(cluster(groups.undetermined), context),
      ...resolvedSection(cluster(groups.resolved), context),
    ],
    last: [
      ...checklistsSection(review.checklists),
      ...notEvaluatedSection(review.notEvaluated),
      ...persistingSection(persisting, context),
      ...acceptedSection(cluster(groups.waived), context),
      ...neutralSection(review),
      ...plansSection(review, groups),
      ...(context.files === true ? filesSection(review.plans) : []),
    ],
  };
}

/**
 * Parts that do not fit are left out whole and counted, never cut, so that no markup is left open. The text depends on
 * nothing but the review: no time, no random order.
 */
function render(review: Review, options: Omit<Layout, 'manyPlans'>): string {
  const { maxLength, footer } = options;
  const layout = { ...options, manyPlans: review.plans.length > 1 };
  const groups = groupFindings(review);
  const clusters = cluster(toAct(review, groups));
  const head = frame(review, groups, layout);
  const data = review.iamData === null ? '' : ` · ${escapeMarkdownText(dataText(review.iamData))}`;
  const foot = `<sub>${escapeMarkdownText(`planwarden ${review.tool.version}`)}${data}${footer}</sub>`;
  const room = maxLength - size([...head, foot].join('\n\n')) - ROOM_FOR_MORE;
  const { first, last } = sections(review, groups, layout);
  const rows = table(review, clusters, layout, room);
  const before = fit(first, rows.room);
  const after = fit(last, before.room / 2);
  const told = details(review, clusters, layout, before.room / 2 + after.room);
  return `${[...head, ...rows.texts, ...told.texts, ...before.texts, ...after.texts, foot].join('\n\n')}\n`;
}

/** The comment on a pull request, for {@link MarkdownOptions.maxLength} or what GitHub takes beside a hidden marker. */
export const renderComment = (
  review: Review,
  { maxLength = LONGEST_COMMENT, blobBase = null, progress }: MarkdownOptions = {},
): string =>
  render(review, {
    maxLength,
    blobBase,
    progress,
    overflow: 'in the job summary',
    footer: ' · edited in place when the plan changes',
  });

/** The tracking issue of audits: as much room as a comment, edited in place by every audit that finds something else. */
export const renderIssue = (
  review: Review,
  { maxLength = LONGEST_COMMENT, blobBase = null }: MarkdownOptions = {},
): string =>
  render(review, { maxLength, blobBase, overflow: 'in the job summary', footer: ' · edited in place by every audit' });

/** The summary of a job, and the Markdown of the command line: the same with the room of a page. */
export const renderSummary = (
  review: Review,
  { maxLength = LONGEST_SUMMARY, blobBase = null }: MarkdownOptions = {},
): string => render(review, { maxLength, blobBase, overflow: 'in the report JSON', footer: '', files: true });
