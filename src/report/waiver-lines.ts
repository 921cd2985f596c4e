import type { Finding, Waiver } from '../finding/finding.ts';
import { escapeJson } from '../text/escape.ts';

const yaml = (text: string): string => escapeJson(JSON.stringify(text));

/** How to accept a finding, to be copied into the configuration of the base branch. */
export const waiverLines = ({ policy, address }: Finding): string =>
  [
    'waivers:',
    `  - policy: ${yaml(policy)}`,
    `    address: ${yaml(address)}`,
    '    reason: Why this is acceptable here',
    '    owner: Who answers for it',
    '    expires: YYYY-MM-DD',
  ].join('\n');

/** The same as a comment in the code; nothing where the finding stands in no HCL. */
export const acceptLines = ({ policy, location }: Finding): string[] =>
  /^[\w./-]+$/.test(policy) && /\.(?:tf|tofu)$/.test(location?.path ?? '')
    ? [`# planwarden:accept ${policy} until=YYYY-MM-DD owner="Who answers for it" reason="Why this is acceptable here"`]
    : [];

/** Who accepted something, until when, and where that is said when a comment in the code says it; to be escaped. */
export const acceptedBy = ({ owner, expires, comment }: Waiver): string =>
  `${owner} until ${expires}${comment === undefined ? '' : ` at ${comment.path}:${comment.startLine}`}`;
