import { FORMATS } from './format.ts';
import { mayHoldSecret } from './prefilter.ts';

/** What stands in the place of a secret in everything that is printed. */
export const SECRET = '(secret)';

/** `password = "x"`, `--token x`, `Authorization: Bearer x`: what a name in front of it gives away. */
const ASSIGNED =
  /((?<!:)(?:pass(?:word|wd|phrase)|\bpwd|secret|secret[_-]?(?:access[_-]?)?key|(?:auth|access|api|session|refresh|bearer)[_-]?token|api[_-]?key|account[_-]?key|private[_-]?key)["']?\s*(?:=>?|:)\s*["']?|--(?:password|token|secret)[ =]["']?|\bBearer\s+)(?!\(|true\b|false\b|null\b|\d+\b|arn:)[^\s"'`,;&)}\]]{4,}/gi;

/** The name before the value in a match, which may stay: `_authToken=`. */
const LABEL = /^(?:(?:SECRET|ACCESS)_?(?:ACCESS)?_?KEY["']?\s*(?::|=>|=)\s*["']?|_authToken=|AccountKey=|:\/\/)/i;

/** Where the value of a match stands in the text: its label, and the `@` behind a password in an address, may stay. */
function valueRange({ 0: match, index }: RegExpExecArray): Range {
  const label = LABEL.exec(match)?.[0] ?? '';
  return [index + label.length, index + match.length - (label === '://' ? 1 : 0)];
}

type Range = readonly [start: number, end: number];

/**
 * Replaces what any range covers. All ranges are found in the text as it is, because a replacement could tear apart what
 * another format would have found: part of a token may look like a token of another kind.
 */
function replaceRanges(text: string, ranges: readonly Range[]): string {
  let masked = '';
  let done = 0;
  for (const [start, end] of ranges.toSorted(([a], [b]) => a - b)) {
    if (start >= done) masked += text.slice(done, start) + SECRET;
    done = Math.max(done, end);
  }
  return masked + text.slice(done);
}

let formats: readonly RegExp[] | undefined;

const looseFormats = (): readonly RegExp[] =>
  (formats ??= [...new Set(FORMATS.map(({ loose }) => loose))].map((loose) => new RegExp(loose, 'g')));

/**
 * The text with everything that may be a credential of a known format, or is assigned to a name that says so, replaced
 * by {@link SECRET}. It masks too much rather than too little. For every place that prints text out of a plan.
 */
export function mask(text: string): string {
  const ranges = mayHoldSecret(text)
    ? looseFormats().flatMap((loose) => [...text.matchAll(loose)].map(valueRange))
    : [];
  const known = ranges.length === 0 ? text : replaceRanges(text, ranges);
  return known.replace(ASSIGNED, `$1${SECRET}`);
}
