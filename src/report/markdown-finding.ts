import type { Access, Evidence, Finding, Repair } from '../finding/finding.ts';
import {
  escapeHtml,
  escapeHtmlText,
  escapeLog,
  escapeMarkdownText,
  markdownBlock,
  markdownCode,
  visible,
} from '../text/escape.ts';
import type { Part } from './fit.ts';
import { AWS_PAGE } from './aws-page.ts';
import { actionsText, becauseText, marks, resourcesText, witnessText } from './access.ts';
import { newWord } from './markdown-progress.ts';
import { flowchart } from './mermaid.ts';
import { capitalised, consequence, repairOf, type Cluster } from './model.ts';
import {
  addressCode,
  andMore,
  type Context,
  folded,
  inPlan,
  LONGEST_ADDRESS,
  LONGEST_SENTENCE,
  LONGEST_VALUE,
  MOST_ROWS,
  placeLink,
  policyLink,
  row,
  sentence,
  SEVERITY_WORDS,
} from './markdown-text.ts';
import { acceptLines, waiverLines } from './waiver-lines.ts';

/** A comment has room for the most dangerous rows. */
const MOST_ACCESS = 12;

export const TABLE_HEAD = `${row('Severity', 'What happens', 'Where')}\n|:--|:--|:--|`;

/** Address and source share a cell, one below the other: beside each other they are wider than a comment. */
export function findingRow(findings: Cluster, context: Context): string {
  const [finding, ...others] = findings;
  const at = placeLink(finding, context);
  const where = [
    addressCode(finding.address) + andMore(others.length),
    ...(at === null ? [] : [at]),
    // Two stacks may share a module: then only the plan tells them apart.
    ...(context.manyPlans ? [inPlan(finding, context).trim()] : []),
  ];
  const severity = `${SEVERITY_WORDS[finding.severity]}${newWord(findings, context.progress)}`;
  return row(severity, sentence(consequence(finding)), where.join('<br>'));
}

/** The one alert: what is worst, where, and what to do. Alerts stay rare, so that they are read. */
export function alert(worst: Finding, context: Context): string {
  const at = placeLink(worst, context);
  const where = `${addressCode(worst.address)}${at === null ? '' : ` at ${at}`}${inPlan(worst, context)}`;
  const lines = [`**${sentence(consequence(worst))}**`, where];
  if (worst.fix.trim() !== '') lines.push(`**Fix:** ${sentence(worst.fix)}`);
  return ['> [!CAUTION]', `> ${lines.join('<br>')}`].join('\n');
}

const line = (text: string): string => visible(text, LONGEST_VALUE);

const diffLine = (sign: '-' | '+', value: string | null): string[] =>
  value === null ? [] : [`${sign} ${line(value)}`];

function evidenceLines({ label, before, after }: Evidence): string[] {
  if (before === after) return before === null ? [] : [`  ${line(label)} = ${line(before)}`];
  return [`  ${line(label)}`, ...diffLine('-', before), ...diffLine('+', after)];
}

const code = (text: string): string => markdownCode(text, LONGEST_VALUE);

/** Who gains or loses what, on what. */
function accessRow(access: Access): string {
  const { principal, effect, conditions } = access;
  const dangers = marks(access);
  return row(
    `${sentence(principal)} **${effect}**`,
    `${code(actionsText(access))}${dangers === '' ? '' : `<br><sub>${sentence(dangers)}</sub>`}`,
    [
      ...(access.resources.length === 0 ? [] : [code(resourcesText(access))]),
      ...(conditions === null ? [] : [`if ${code(conditions)}`]),
    ].join('<br>'),
  );
}

const ACCESS_HEAD = `${row('Who', 'Actions', 'On')}\n|:--|:--|:--|`;

/** Which statement does it, and one request that shows it. Not a column: it would be wider than a comment. */
const because = (access: Access): string =>
  `${code(becauseText(access))}: ${sentence(witnessText(access))}${access.simulated === null ? '' : `; ${sentence(access.simulated)}`}`;

/** A list that counts the rows, where there is more than one. */
const reasons = (access: readonly Access[]): string =>
  access.length === 1
    ? `Because of ${access.map(because).join('')}`
    : access.map((one, index) => `${index + 1}. ${because(one)}`).join('\n');

function accessTable(access: readonly Access[]): string[] {
  if (access.length === 0) return [];
  const told = access.slice(0, MOST_ACCESS);
  const left = access.length - told.length;
  return [
    [ACCESS_HEAD, ...told.map(accessRow)].join('\n'),
    reasons(told),
    ...(left === 0 ? [] : [`and ${left} more in the report.`]),
  ];
}

function proof({ evidence, access }: Finding): string[] {
  const lines = evidence.flatMap(evidenceLines);
  return [
    ...(lines.length === 0 ? [] : [markdownBlock(lines.slice(0, MOST_ROWS).join('\n'), 'diff')]),
    ...accessTable(access),
  ];
}

function picture({ way = [] }: Finding): string[] {
  const chart = flowchart(way);
  return chart === null ? [] : [markdownBlock(chart, 'mermaid')];
}

/** Fingerprints of a report that somebody hands over are hostile too. */
const waiveCommand = (fingerprint: string): string => markdownCode(`planwarden waive ${fingerprint}`, LONGEST_ADDRESS);

/** How to accept the finding, to be copied into the configuration of the base branch. */
const waiver = (finding: Finding): string =>
  folded('Accept it until a date', [
    `Write this into the configuration, or let ${waiveCommand(finding.fingerprint)} write it:`,
    markdownBlock(waiverLines(finding), 'yaml'),
    ...acceptLines(finding).flatMap((line) => [
      'Or this into the code, directly above the block:',
      markdownBlock(line, 'hcl'),
    ]),
  ]);

function whereAll(findings: Cluster, context: Context): string {
  const [{ previousAddress }] = findings;
  const shown = findings.slice(0, MOST_ROWS).map(({ address }) => markdownCode(address, LONGEST_VALUE));
  const at = placeLink(findings[0], context);
  const was = previousAddress === null ? '' : `, moved from ${markdownCode(previousAddress, LONGEST_VALUE)}`;
  return `**Where:** ${shown.join(', ')}${andMore(findings.length - shown.length)}${at === null ? '' : ` at ${at}`}${inPlan(findings[0], context)}${was}`;
}

const reference = (text: string): string => (AWS_PAGE.test(text) ? `[AWS documentation](${text})` : sentence(text));

function references({ policy, references: list }: Finding): string {
  const also = list.slice(0, MOST_ROWS).map((one) => ` · ${reference(one)}`);
  return `<sub>${policyLink(policy)}${also.join('')}</sub>`;
}

function summaryLine([finding, ...others]: Cluster): string {
  const what = escapeHtmlText(consequence(finding), LONGEST_SENTENCE);
  const where = escapeHtml(finding.address, LONGEST_ADDRESS);
  return `<b>${capitalised(finding.severity)}</b>: ${what} · <code>${where}</code>${andMore(others.length)}`;
}

/** A line can be offered only as it is: nothing in it may have to be spelt out. */
const isExact = ({ before, after }: Repair): boolean =>
  visible(before) === before && after.split('\n').every((text) => escapeLog(text) === text);

/** The corrected line, which GitHub offers to commit. */
function suggestion(findings: Cluster): string[] {
  const repair = repairOf(findings);
  return repair !== undefined && isExact(repair) ? [markdownBlock(repair.after, 'suggestion')] : [];
}

/** The corrected line where it cannot be committed from. */
function correction(findings: Cluster): string[] {
  const repair = repairOf(findings);
  if (repair === undefined) return [];
  const [first = '', ...more] = repair.after.split('\n');
  const changed = first === repair.before ? [` ${line(first)}`] : [`-${line(repair.before)}`, `+${line(first)}`];
  return [markdownBlock([...changed, ...more.map((text) => `+${line(text)}`)].join('\n'), 'diff')];
}

/**
 * What a comment at the line itself says: no table and no fold, because its place says where.
 * @param whole false when the comment stands on a part of the lines only
 */
export function lineText(findings: Cluster, whole: boolean): string {
  const [finding, ...others] = findings;
  const lines = finding.evidence.flatMap(evidenceLines).slice(0, MOST_ROWS);
  return [
    `**${capitalised(finding.severity)}: ${sentence(consequence(finding))}**`,
    `${addressCode(finding.address)}${andMore(others.length)}`,
    ...(lines.length === 0 ? [] : [markdownBlock(lines.join('\n'), 'diff')]),
    ...accessTable(finding.access),
    ...advice(finding),
    ...(whole ? suggestion(findings) : []),
    `${references(finding)}<br><sub>Accept it with ${waiveCommand(finding.fingerprint)}</sub>`,
  ].join('\n\n');
}

/** What a fold around details says. */
export const DETAILS = 'Proof, reason and fix';

const advice = ({ why, fix }: Finding): string[] => [
  ...(why.trim() === '' ? [] : [`**Why:** ${escapeMarkdownText(why)}`]),
  ...(fix.trim() === '' ? [] : [`**How to fix:** ${escapeMarkdownText(fix)}`]),
];

/**
 * All about one finding, folded: whole, and without its proof for when there is little room.
 * @param alone true when the finding is the only one, so that the lines above have said which it is
 */
export function findingDetails(findings: Cluster, context: Context, open: boolean, alone: boolean): Part {
  const [finding] = findings;
  const summary = alone ? DETAILS : summaryLine(findings);
  const brief = [...advice(finding), references(finding)];
  const whole = [
    whereAll(findings, context),
    ...proof(finding),
    ...picture(finding),
    ...advice(finding),
    ...correction(findings),
    waiver(finding),
    references(finding),
  ];
  return [folded(summary, whole, open), folded(summary, brief, open)];
}
