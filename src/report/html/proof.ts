import type { Access, Evidence, Excerpt, Finding } from '../../finding/finding.ts';
import { escapeHtml } from '../../text/escape.ts';
import { actionsText, becauseText, marks, resourcesText, witnessText } from '../access.ts';
import { place } from '../model.ts';
import { code, prose, withTitle } from './text.ts';

const LONGEST_VALUE = 1_000;
const LONGEST_LINE = 300;

interface Parts {
  readonly same: string;
  readonly changed: string;
  readonly end: string;
}

/** How far two texts are alike, in whole characters. */
function alike(one: readonly string[], other: readonly string[]): number {
  const differs = one.findIndex((character, index) => character !== other[index]);
  return differs === -1 ? one.length : differs;
}

/** Cuts a text into what it shares with the other at both ends and what is its own. */
function partsOf(text: string, other: string): Parts {
  const [mine, theirs] = [Array.from(text), Array.from(other)];
  const from = alike(mine, theirs);
  const end = alike(mine.slice(from).toReversed(), theirs.slice(from).toReversed());
  const to = mine.length - end;
  return { same: mine.slice(0, from).join(''), changed: mine.slice(from, to).join(''), end: mine.slice(to).join('') };
}

const value = (text: string): string => escapeHtml(text, LONGEST_VALUE);

/** A value of which the part that differs is marked, when it is not all of it. */
function marked(text: string, other: string | null): string {
  if (other === null) return value(text);
  const { same, changed, end } = partsOf(text, other);
  // Where little is alike, as in `true` and `false`, the whole of it is what differs.
  if (changed === '' || same.length + end.length < changed.length) return value(text);
  return `${value(same)}<mark>${value(changed)}</mark>${value(end)}`;
}

function evidenceLines({ label, before, after }: Evidence): string {
  if (before === after) return before === null ? '' : `<span>${value(label)} = ${value(before)}</span>`;
  return [
    `<span>${value(label)}</span>`,
    ...(before === null ? [] : [`<del>${marked(before, after)}</del>`]),
    ...(after === null ? [] : [`<ins>${marked(after, before)}</ins>`]),
  ].join('');
}

/** What was before and what is after, as a diff. */
export function evidenceDiff({ evidence }: Finding): string {
  const lines = evidence.map(evidenceLines).join('');
  return withTitle('Before → after', lines === '' ? '' : `<pre class="box diff">${lines}</pre>`);
}

function accessRow(access: Access): string {
  const { principal, effect, conditions, resources, simulated } = access;
  const dangers = marks(access);
  const on = [
    ...(resources.length === 0 ? [] : [code(resourcesText(access))]),
    ...(conditions === null ? [] : [`if ${code(conditions)}`]),
  ].join('<br>');
  return [
    `<tr><td>${prose(principal)} <span class="${effect}">${effect}</span></td>`,
    `<td>${code(actionsText(access))}${dangers === '' ? '' : `<small>${prose(dangers)}</small>`}</td>`,
    `<td>${on}</td>`,
    `<td>${code(becauseText(access))}<small>${prose(witnessText(access))}${simulated === null ? '' : `; ${prose(simulated)}`}</small></td></tr>`,
  ].join('');
}

/** Who gains or loses which access, which statement does it, and a request that shows it. */
export const accessTable = ({ access }: Finding): string =>
  withTitle(
    'Access',
    access.length === 0
      ? ''
      : `<div class="box"><table class="cells"><thead><tr><th>Who</th><th>Actions</th><th>On</th><th>Because of, and one request that shows it</th></tr></thead><tbody>${access.map(accessRow).join('')}</tbody></table></div>`,
  );

function excerptLines({ startLine, lines }: Excerpt, from: number, to: number): string {
  const items = lines.map((text, index) => {
    const number = startLine + index;
    const isHere = number >= from && number <= to;
    return `<li${isHere ? ' class="here"' : ''}><span>${number}</span>${escapeHtml(text.replaceAll('\t', '  '), LONGEST_LINE)}</li>`;
  });
  return `<div class="box code"><ol>${items.join('')}</ol></div>`;
}

/** The lines of the source that cause the finding. */
export function sourceExcerpt(finding: Finding): string {
  const { location, excerpt } = finding;
  const at = place(finding);
  if (location === null || at === null || excerpt === undefined) return '';
  return withTitle(`Source: ${code(at)}`, excerptLines(excerpt, location.startLine, location.endLine));
}
