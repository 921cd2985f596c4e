import type { Access, Evidence, Finding } from '../finding/finding.ts';
import {
  escapeHtml,
  escapeHtmlText,
  escapeJson,
  escapeMarkdownText,
  markdownBlock,
  markdownCode,
  visible,
} from '../text/escape.ts';
import type { Part } from './fit.ts';
import { consequence, type Cluster } from './model.ts';
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

export const TABLE_HEAD = `${row('Severity', 'What happens', 'Where')}\n|:--|:--|:--|`;

/** Address and source share a cell, one below the other: beside each other they are wider than a comment. */
export function findingRow([finding, ...others]: Cluster, context: Context): string {
  const where = addressCode(finding.address) + andMore(others.length) + inPlan(finding, context);
  const at = placeLink(finding, context);
  return row(
    SEVERITY_WORDS[finding.severity],
    sentence(consequence(finding)),
    at === null ? where : `${where}<br>${at}`,
  );
}

/** The one alert: what is worst, and where. Alerts stay rare, so that they are read. */
export const alert = (worst: Finding, context: Context): string => {
  const at = placeLink(worst, context);
  return `> [!CAUTION]\n> **${sentence(consequence(worst))}** in ${addressCode(worst.address)}${at === null ? '' : ` at ${at}`}`;
};

const line = (text: string): string => visible(text, LONGEST_VALUE);

const diffLine = (sign: '-' | '+', value: string | null): string[] =>
  value === null ? [] : [`${sign} ${line(value)}`];

function evidenceLines({ label, before, after }: Evidence): string[] {
  if (before === after) return before === null ? [] : [`  ${line(label)} = ${line(before)}`];
  return [`  ${line(label)}`, ...diffLine('-', before), ...diffLine('+', after)];
}

function accessLine({ effect, principal, actions, resources, conditions, because, simulated }: Access): string {
  const when = conditions === null ? '' : ` when ${conditions}`;
  const said = simulated === null ? '' : `; ${simulated}`;
  const text = `${principal} ${effect} ${actions.join(', ')} on ${resources.join(', ')}${when} (${because}${said})`;
  return `${effect === 'gains' ? '+' : '-'} ${line(text)}`;
}

function proof({ evidence, access }: Finding): string[] {
  const lines = [...evidence.flatMap(evidenceLines), ...access.map(accessLine)];
  return lines.length === 0 ? [] : [markdownBlock(lines.slice(0, MOST_ROWS).join('\n'), 'diff')];
}

const yaml = (text: string): string => escapeJson(JSON.stringify(text));

/** How to accept the finding, to be copied into the configuration of the base branch. */
function waiver({ policy, address }: Finding): string {
  const lines = [
    'waivers:',
    `  - policy: ${yaml(policy)}`,
    `    address: ${yaml(address)}`,
    '    reason: Why this is acceptable here',
    '    owner: Who answers for it',
    '    expires: YYYY-MM-DD',
  ];
  return folded('Accept it until a date', [markdownBlock(lines.join('\n'), 'yaml')]);
}

function whereAll(findings: Cluster, context: Context): string {
  const [{ previousAddress }] = findings;
  const shown = findings.slice(0, MOST_ROWS).map(({ address }) => markdownCode(address, LONGEST_VALUE));
  const at = placeLink(findings[0], context);
  const was = previousAddress === null ? '' : `, moved from ${markdownCode(previousAddress, LONGEST_VALUE)}`;
  return `**Where:** ${shown.join(', ')}${andMore(findings.length - shown.length)}${at === null ? '' : ` at ${at}`}${inPlan(findings[0], context)}${was}`;
}

function references({ policy, references: list }: Finding): string {
  const also = list.slice(0, MOST_ROWS).map((reference) => ` · ${sentence(reference)}`);
  return `<sub>${policyLink(policy)}${also.join('')}</sub>`;
}

function summaryLine([finding, ...others]: Cluster): string {
  const what = escapeHtmlText(consequence(finding), LONGEST_SENTENCE);
  const where = escapeHtml(finding.address, LONGEST_ADDRESS);
  return `<b>${finding.severity}</b>: ${what} · <code>${where}</code>${andMore(others.length)}`;
}

const advice = ({ why, fix }: Finding): string[] => [
  ...(why.trim() === '' ? [] : [`**Why:** ${escapeMarkdownText(why)}`]),
  ...(fix.trim() === '' ? [] : [`**How to fix:** ${escapeMarkdownText(fix)}`]),
];

/** All about one finding, folded: whole, and without its proof for when there is little room. */
export function findingDetails(findings: Cluster, context: Context, open: boolean): Part {
  const [finding] = findings;
  const summary = summaryLine(findings);
  const brief = [...advice(finding), references(finding)];
  const whole = [
    whereAll(findings, context),
    ...proof(finding),
    ...advice(finding),
    waiver(finding),
    references(finding),
  ];
  return [folded(summary, whole, open), folded(summary, brief, open)];
}
