import { escapeHtml } from '../../text/escape.ts';
import { capitalised, type Cluster, consequence, place } from '../model.ts';
import { acceptedBy, acceptLines, waiverLines } from '../waiver-lines.ts';
import { accessTable, evidenceDiff, sourceExcerpt } from './proof.ts';
import { code, listAttribute, moduleOf, policyLink, prose, reference, withTitle } from './text.ts';

/** What a page knows about its findings together. */
export interface Index {
  /** The `id` of the element that tells a finding. */
  readonly idOf: (findings: Cluster) => string;
  /** Ids of checklist lines that a policy breaks, each checklist by its own id too. */
  readonly linesOf: (policy: string) => readonly string[];
  readonly manyPlans: boolean;
  /** Whether the page has one finding only: it stands open. */
  readonly isAlone: boolean;
}

/** Accepted findings have a status of their own for readers. */
export const statusOf = ([{ status, waived }]: Cluster): string => (waived === null ? status : 'accepted');

function fields(findings: Cluster, index: Index): string {
  const [{ severity, policy, plan }] = findings;
  return [
    listAttribute('severity', [severity]),
    listAttribute('status', [statusOf(findings)]),
    listAttribute('policy', [policy]),
    listAttribute('module', [...new Set(findings.map(moduleOf))]),
    listAttribute('checklist', index.linesOf(policy)),
    ...(index.manyPlans ? [listAttribute('plan', [plan])] : []),
  ].join('');
}

function summary(findings: Cluster): string {
  const [finding, ...others] = findings;
  const { severity, status, address } = finding;
  const at = place(finding);
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  // The sentence is about how it was, so it must not read as if it still were.
  const what = `${status === 'resolved' ? 'No longer: ' : ''}${prose(consequence(finding))}`;
  return [
    `<span class="level">${capitalised(severity)}</span>`,
    `<span class="what">${what}</span>`,
    `<span class="mark">${statusOf(findings)}</span>`,
    `<span class="where">${code(address)}${more}${at === null ? '' : ` · ${code(at)}`}</span>`,
  ].join('');
}

function acceptance([{ waived }]: Cluster): string {
  if (waived === null) return '';
  return withTitle('Accepted', `<p>${prose(waived.reason)} (${prose(acceptedBy(waived))})</p>`);
}

function advice([{ why, fix }]: Cluster): string {
  const parts = [
    withTitle('Why', why.trim() === '' ? '' : `<p>${prose(why)}</p>`),
    withTitle('How to fix', fix.trim() === '' ? '' : `<p>${prose(fix)}</p>`),
  ].join('');
  return parts === '' ? '' : `<div class="advice">${parts}</div>`;
}

const fact = (name: string, content: string): string => `<dt>${name}</dt><dd>${content}</dd>`;

function facts(findings: Cluster, { manyPlans }: Index): string {
  const [{ policy, previousAddress, attribute, references, plan }] = findings;
  const resources = findings.map(
    ({ address, fingerprint }) => `<li>${code(address)} · fingerprint ${code(fingerprint)}</li>`,
  );
  return [
    '<dl class="facts">',
    fact('Policy', policyLink(policy)),
    fact(findings.length === 1 ? 'Resource' : `${findings.length} resources`, `<ul>${resources.join('')}</ul>`),
    ...(attribute === null ? [] : [fact('Attribute', code(attribute))]),
    ...(previousAddress === null ? [] : [fact('Moved from', code(previousAddress))]),
    ...(manyPlans ? [fact('Plan', code(plan))] : []),
    ...(references.length === 0 ? [] : [fact('References', references.map(reference).join(' · '))]),
    '</dl>',
  ].join('');
}

const lines = (text: string): string =>
  `<pre class="box">${text
    .split('\n')
    .map((line) => escapeHtml(line))
    .join('\n')}</pre>`;

const howToAccept = ([finding]: Cluster): string =>
  finding.waived !== null || finding.status === 'resolved'
    ? ''
    : [
        '<details class="more"><summary>Accept it until a date</summary>',
        lines(waiverLines(finding)),
        ...acceptLines(finding).map((line) => `<p>Or in the code, directly above the block:</p>${lines(line)}`),
        '</details>',
      ].join('');

/** All about findings that say the same at the same place, folded; readable and searchable without a script. */
export function findingDetails(findings: Cluster, index: Index, isOpen = false): string {
  const [finding] = findings;
  return [
    `<details class="finding ${finding.severity}" id="${index.idOf(findings)}" data-count="${findings.length}"${fields(findings, index)}${isOpen ? ' open' : ''}>`,
    `<summary>${summary(findings)}</summary><div class="body">`,
    acceptance(findings),
    evidenceDiff(finding),
    accessTable(finding),
    sourceExcerpt(finding),
    advice(findings),
    facts(findings, index),
    howToAccept(findings),
    '</div></details>',
  ].join('');
}
