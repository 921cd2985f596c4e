import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Known, Snapshot } from '../finding/progress.ts';

/** What the snapshot may take of the 65,536 characters of a comment: 2,000 findings without their names. */
const LONGEST = 16_000;

/** Names are worth less than room for the review itself. */
const LONGEST_WITH_NAMES = 6_000;
const MOST_NAMED = 50;

/** A comment of ours was written by us, but a maintainer can edit it: no text may unfold without end. */
const MOST_BYTES = 1024 * 1024;

const FORM = /^<!-- planwarden:v1 [^\n]*-->\n<!-- planwarden:findings sha=([0-9a-f]+) ([A-Za-z0-9+/=]+) -->/;

const KEY = /^[0-9a-f]{10}$/;

/** Ten hexadecimal digits each, then the names of the first ones: `policy`, `address`, one a line, in pairs. */
const encode = (findings: readonly Known[], named: number): string => {
  const names = findings.slice(0, named).flatMap(({ policy = '', address = '' }) => [policy, address]);
  const keys = Buffer.from(findings.map(({ key }) => key).join(''), 'hex').toString('base64');
  return deflateRawSync(JSON.stringify([keys, ...names]), { level: 9 }).toString('base64');
};

/**
 * The line that hides what stands in a review, to be compared with by the next one; with the names of the worst as far as
 * there is room. Empty when there are too many findings. Base64 has no hyphen, so nothing can end the HTML comment.
 */
export function renderSnapshot({ sha, findings }: Snapshot): string {
  const rich = encode(findings, MOST_NAMED);
  const text = rich.length <= LONGEST_WITH_NAMES ? rich : encode(findings, 0);
  return text.length <= LONGEST ? `<!-- planwarden:findings sha=${sha} ${text} -->` : '';
}

function decode(text: string): Known[] | undefined {
  try {
    const bytes = inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: MOST_BYTES });
    const content: unknown = JSON.parse(bytes.toString('utf8'));
    if (!Array.isArray(content) || !content.every((item) => typeof item === 'string')) return undefined;
    const [packed = '', ...names] = content;
    const keys = Buffer.from(packed, 'base64').toString('hex').match(/.{10}/g) ?? [];
    return keys.map((key, index): Known => {
      const [policy, address] = names.slice(2 * index, 2 * index + 2);
      return policy === undefined || address === undefined ? { key } : { key, policy, address };
    });
  } catch {
    return undefined;
  }
}

/** What a comment of ours says that stood in the review before; undefined when it does not say. */
export function parseSnapshot(body: string): Snapshot | undefined {
  const [, sha, text] = FORM.exec(body) ?? [];
  const findings = text === undefined ? undefined : decode(text);
  if (sha === undefined || findings === undefined || findings.some(({ key }) => !KEY.test(key))) return undefined;
  return { sha, findings };
}
