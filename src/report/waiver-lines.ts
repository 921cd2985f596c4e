import type { Finding } from '../finding/finding.ts';
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
