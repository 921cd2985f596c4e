import { z } from 'zod';
import { didYouMean } from '../text/nearest.ts';
import { latestExpiry } from './expiry.ts';
import type { Waiver } from './finding.ts';

/** What a waiver in a comment says; the place of the comment says the rest. */
export type Accepting = Omit<Waiver, 'address' | 'comment'>;

export type AcceptComment =
  | { readonly kind: 'accepting'; readonly accepting: Accepting }
  /** A clause that says what to mend. */
  | { readonly kind: 'broken'; readonly because: string };

export interface AcceptRules {
  /** Ids of the policies there are. */
  readonly policies: readonly string[];
  /** ISO date. */
  readonly today: string;
  /** So many days ahead a waiver may reach. */
  readonly waiverDays: number;
}

export const ACCEPT_FORM = 'planwarden:accept POLICY until=YYYY-MM-DD owner=NAME reason="WHY"';

const FORM = /^planwarden:accept\s+(?<policy>[\w./-]+)(?<rest>(?:\s+[\w-]+=(?:"[^"]*"|[^\s"]+))*)$/;
const WORD = /([\w-]+)=(?:"([^"]*)"|([^\s"]+))/g;

/** Longer texts belong into a ticket. */
const MOST_CHARACTERS = 300;

const text = z.string().trim().min(1).max(MOST_CHARACTERS);

/** What each key of the comment must be; the descriptions end the sentence of a comment that is wrong. */
const said = z.strictObject({
  until: z.iso.date().describe('a date such as 2027-01-31'),
  owner: text.describe(`who answers for it, in up to ${MOST_CHARACTERS} characters`),
  reason: text.describe(`why this is acceptable, in up to ${MOST_CHARACTERS} characters`),
  grant: z
    .string()
    .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{8})?$/)
    .optional()
    .describe('the grant of a finding, as the report JSON has it'),
});

const KEYS = said.keyof().options;

function faultOf({ code, path: [key = ''], ...issue }: z.core.$ZodIssue): string {
  if (code === 'unrecognized_keys' && 'keys' in issue)
    return `\`${issue.keys[0] ?? ''}\` is no word of it${didYouMean(issue.keys[0] ?? '', KEYS)}`;
  const expected = KEYS.find((known) => known === key);
  return `\`${String(key)}=\` must say ${expected === undefined ? 'something else' : (said.shape[expected].description ?? '')}`;
}

/**
 * Reads a comment of the form {@link ACCEPT_FORM}, optionally with `grant=…`.
 * @param comment what stands behind the sign of the comment
 */
export function parseAcceptComment(comment: string, { policies, today, waiverDays }: AcceptRules): AcceptComment {
  const broken = (because: string): AcceptComment => ({ kind: 'broken', because });
  const { policy, rest = '' } = FORM.exec(comment)?.groups ?? {};
  if (policy === undefined) return broken(`it must read \`${ACCEPT_FORM}\``);
  if (!policies.includes(policy)) return broken(`there is no policy \`${policy}\`${didYouMean(policy, policies)}`);
  const words = [...rest.matchAll(WORD)].map(([, key = '', quoted, bare]) => [key, quoted ?? bare] as const);
  const values = new Map(words);
  if (values.size < words.length) return broken('it says one thing twice');
  const { data, error } = said.safeParse(Object.fromEntries(values));
  // A misspelt word is also a missing one; the spelling is what the author can mend.
  const issue = error?.issues.find(({ code }) => code === 'unrecognized_keys') ?? error?.issues[0];
  if (data === undefined) return broken(issue === undefined ? `it must read \`${ACCEPT_FORM}\`` : faultOf(issue));
  const { until, ...accepting } = data;
  if (until > latestExpiry(today, waiverDays))
    return broken(`\`until\` may be at most ${waiverDays} days ahead (\`waiver-days\`)`);
  return { kind: 'accepting', accepting: { policy, expires: until, ...accepting } };
}
