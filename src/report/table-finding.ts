import type { Access, Evidence, Finding } from '../finding/finding.ts';
import { textWidth } from '../text/wrap.ts';
import { accessSentence, becauseText, marks, witnessText } from './access.ts';
import { consequence, place, type Cluster } from './model.ts';
import { SEVERITY_STYLES, type Style } from './paint.ts';
import { body, labelled, type Page, prose, row, value } from './table-page.ts';

/** As many addresses of instances that say the same are named, and as many values shown. */
const MOST_NAMED = 10;

/** A value that is new, or as it was: there is nothing to compare it with. */
const oneSided = (page: Page, name: string, text: string, ...styles: Style[]): string[] =>
  textWidth(`${name}: ${text}`) <= page.width - page.gutter
    ? [`${' '.repeat(page.gutter)}${page.paint(`${name}:`, 'dim')} ${page.paint(text, ...styles)}`]
    : [...body(page, `${name}:`, 'dim'), ...row(page, page.gutter + 2, '', text, [], ...styles)];

function changeLines(page: Page, name: string, old: string, now: string): string[] {
  const margin = ' '.repeat(page.gutter);
  const { paint } = page;
  if (textWidth(`${name}: ${old} → ${now}`) <= page.width - page.gutter) {
    return [`${margin}${paint(`${name}:`, 'dim')} ${paint(`${old} →`, 'dim')} ${paint(now, 'yellow')}`];
  }
  return [
    ...body(page, `${name}:`, 'dim'),
    ...row(page, page.gutter + 2, `${margin}-`, old, ['dim'], 'dim'),
    ...row(page, page.gutter + 2, `${margin}+`, now, ['yellow'], 'yellow'),
  ];
}

function evidenceLines(page: Page, { label, before, after }: Evidence): string[] {
  const name = value(label);
  const [old, now] = [before, after].map((side) => (side === null ? null : value(side)));
  if (old == null) return now == null ? [] : oneSided(page, name, now, 'yellow');
  if (now == null) return changeLines(page, name, old, 'gone');
  return old === now ? oneSided(page, name, now) : changeLines(page, name, old, now);
}

/** One row of access: what, why it is dangerous, which statement, one request that shows it, and who confirms it. */
function accessLines(page: Page, access: Access): string[] {
  const { effect, simulated } = access;
  const margin = ' '.repeat(page.gutter);
  const style = effect === 'gains' ? 'red' : 'green';
  const detail = (label: string, text: string): string[] =>
    row(page, page.gutter + 11, `${margin}  ${label}`, prose(text), ['dim'], 'dim');
  return [
    ...row(page, page.gutter + 2, `${margin}${effect === 'gains' ? '+' : '-'}`, prose(accessSentence(access)), [style]),
    ...(marks(access) === '' ? [] : detail('level', marks(access))),
    ...detail('because', becauseText(access)),
    ...detail('proof', witnessText(access)),
    ...(simulated === null ? [] : detail('checked', simulated)),
  ];
}

/** The other instances that say the same at the same place. */
function othersLines(page: Page, others: readonly Finding[]): string[] {
  if (others.length === 0) return [];
  const named = others
    .slice(0, MOST_NAMED)
    .map(({ address }) => value(address))
    .join(', ');
  return body(page, `and ${others.length} more: ${named}${others.length > MOST_NAMED ? ', …' : ''}`, 'dim');
}

/** Address and place on one line when they fit, else the place below. */
function whereLines(page: Page, [finding, ...others]: Cluster): string[] {
  const address = value(finding.address);
  const at = value(place(finding) ?? 'source line not known');
  const styles: Style[] = finding.location === null ? ['dim'] : ['cyan'];
  const fits = textWidth(address) + textWidth(at) + 2 <= page.width - page.gutter;
  const lines = fits
    ? [`${' '.repeat(page.gutter)}${address}  ${page.paint(at, ...styles)}`]
    : [...body(page, address), ...body(page, at, ...styles)];
  return [...lines, ...othersLines(page, others)];
}

const titleLines = (page: Page, finding: Finding, styles = SEVERITY_STYLES[finding.severity]): string[] =>
  row(page, page.gutter, finding.severity.toUpperCase(), prose(consequence(finding)), styles, 'bold');

/** A policy of a team may show a whole document as proof; its beginning is enough here. */
function proofLines(page: Page, { evidence, access }: Finding): string[] {
  const left = Math.max(0, evidence.length - MOST_NAMED) + Math.max(0, access.length - MOST_NAMED);
  return [
    ...evidence.slice(0, MOST_NAMED).flatMap((one) => evidenceLines(page, one)),
    ...access.slice(0, MOST_NAMED).flatMap((one) => accessLines(page, one)),
    ...(left === 0 ? [] : body(page, `and ${left} more in the report JSON`, 'dim')),
  ];
}

/** A finding with all that helps to mend it; `advise` is false when the same advice stands above. */
export function findingLines(page: Page, findings: Cluster, advise: boolean): string[] {
  const [finding] = findings;
  return [
    ...titleLines(page, finding),
    ...whereLines(page, findings),
    ...(page.manyPlans ? labelled(page, 'plan', value(finding.plan)) : []),
    ...(finding.previousAddress === null ? [] : labelled(page, 'was', value(finding.previousAddress))),
    ...proofLines(page, finding),
    ...(advise ? [...labelled(page, 'why', prose(finding.why)), ...labelled(page, 'fix', prose(finding.fix))] : []),
    ...body(page, value(finding.policy), 'dim'),
    '',
  ];
}

/** What is gone: the sentence is about how it was, so it must not read as if it still were. */
export const resolvedLines = (page: Page, findings: Cluster): string[] => [
  ...row(page, page.gutter, 'gone', prose(consequence(findings[0])), ['green']),
  ...body(page, `was ${findings[0].severity}`, 'dim'),
  ...whereLines(page, findings),
];

/** A finding that needs no action: what and where. */
export const briefLines = (page: Page, findings: Cluster): string[] => [
  ...titleLines(page, findings[0], ['dim']),
  ...whereLines(page, findings),
];
