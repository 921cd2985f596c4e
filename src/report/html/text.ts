import type { Finding } from '../../finding/finding.ts';
import { escapeHtml, escapeHtmlText, visible } from '../../text/escape.ts';
import { AWS_PAGE } from '../aws-page.ts';
import { policyUrl } from '../policy-url.ts';

/** Longer texts are cut in the middle: nobody reads them, and a hostile one must not bury the rest. */
const LONGEST_SENTENCE = 1_000;
const LONGEST_FIELD = 300;

/** Prose with its code spans; words and numbers that look technical become code too. */
export const prose = (text: string): string => escapeHtmlText(text, LONGEST_SENTENCE);

export const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

/** A value as the form and the findings have it, so that both are equal: nothing hidden, and not endless. */
export const fieldValue = (text: string): string => visible(text, LONGEST_FIELD).replaceAll('##[', '##\\[');

/** A list of values for a `data-` attribute that the script reads as JSON. */
export const listAttribute = (name: string, values: readonly string[]): string =>
  ` data-${name}="${escapeHtml(JSON.stringify(values.map(fieldValue)), Infinity)}"`;

const link = (content: string, url: string): string =>
  `<a href="${escapeHtml(url)}" rel="noreferrer noopener" target="_blank">${content}</a>`;

/** A link to the page of a policy; a team's own has none. */
export function policyLink(policy: string): string {
  const url = policyUrl(policy);
  return url === null ? code(policy) : link(code(policy), url);
}

/** Only pages of AWS are links: other references are words. */
export const reference = (text: string): string =>
  AWS_PAGE.test(text) ? link(escapeHtml(text.replace('https://docs.aws.amazon.com/', 'AWS: ')), text) : prose(text);

export const withTitle = (title: string, content: string): string =>
  content === '' ? '' : `<div><h3>${title}</h3>${content}</div>`;

/** Calls of modules without their instances: `module.deploy.module.roles`. */
export const moduleOf = ({ address }: Finding): string =>
  (/^(?:module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\.)+/.exec(address)?.[0] ?? 'root module')
    .replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '')
    .replace(/\.$/, '');
