import type { Finding } from '../finding/finding.ts';
import type { Progress } from '../finding/progress.ts';
import { escapeMarkdownText, markdownCode, tableCell } from '../text/escape.ts';
import { place, urlPath } from './model.ts';
import { policyUrl } from './policy-url.ts';

/** What a finding cannot know about the text it stands in. */
export interface Context {
  /** Where the files of the reviewed commit can be read: `https://github.com/OWNER/REPO/blob/SHA`. */
  readonly blobBase: string | null;
  /** True when findings must say which plan they belong to. */
  readonly manyPlans: boolean;
  /** How the review differs from the one before, where that is known. */
  readonly progress?: Progress | undefined;
}

/** What a table cell or a line of proof can hold and still be read. */
export const LONGEST_ADDRESS = 56;
export const LONGEST_VALUE = 500;
export const LONGEST_SENTENCE = 400;
export const MOST_ROWS = 30;

export const sentence = (text: string): string => escapeMarkdownText(text, LONGEST_SENTENCE);
export const addressCode = (address: string): string => markdownCode(address, LONGEST_ADDRESS);

export const SEVERITY_WORDS = {
  critical: '**Critical**',
  high: '**High**',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
} as const;

const link = (text: string, url: string | null): string => (url === null ? text : `[${text}](${url})`);

/** `network.tf:12` as code, linked to the commit when there is one to link to. */
export function placeLink(finding: Finding, { blobBase }: Context): string | null {
  const text = place(finding);
  if (text === null || finding.location === null) return null;
  const { path, startLine, endLine } = finding.location;
  const file = urlPath(path);
  const lines = endLine > startLine ? `#L${startLine}-L${endLine}` : `#L${startLine}`;
  return link(addressCode(text), blobBase === null || file === null ? null : `${blobBase}/${file}${lines}`);
}

export const inPlan = ({ plan }: Finding, { manyPlans }: Context): string =>
  manyPlans ? ` in plan ${addressCode(plan)}` : '';

export const policyLink = (policy: string): string => link(markdownCode(policy, LONGEST_VALUE), policyUrl(policy));

export const row = (...cells: readonly string[]): string => `| ${cells.map(tableCell).join(' | ')} |`;

export const andMore = (others: number): string => (others === 0 ? '' : ` and ${others} more`);

export const folded = (summary: string, content: readonly string[], open = false): string =>
  // GitHub puts no space below a summary that is open.
  [`<details${open ? ' open' : ''}>\n<summary>${summary}</summary><br>`, ...content, '</details>'].join('\n\n');
