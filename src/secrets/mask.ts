import { FORMATS } from './format.ts';
import { mayHoldSecret } from './prefilter.ts';

/** What stands in the place of a secret in everything that is printed. */
export const SECRET = '(secret)';

/** `password = "x"`, `--token x`, `Authorization: Bearer x`: what a name in front of it gives away. */
const ASSIGNED =
  /((?<!:)(?:pass(?:word|wd|phrase)|\bpwd|secret|secret[_-]?(?:access[_-]?)?key|(?:auth|access|api|session|refresh|bearer)[_-]?token|api[_-]?key|account[_-]?key|private[_-]?key)["']?\s*(?:=>?|:)\s*["']?|--(?:password|token|secret)[ =]["']?|\bBearer\s+)(?!\(|true\b|false\b|null\b|\d+\b|arn:)[^\s"'`,;&)}\]]{4,}/gi;

/** The name before the value in a match, which may stay: `_authToken=`. */
const LABEL = /^(?:(?:SECRET|ACCESS)_?(?:ACCESS)?_?KEY["']?\s*(?::|=>|=)\s*["']?|_authToken=|AccountKey=|:\/\/)/i;

const maskMatch = (match: string): string => {
  const label = LABEL.exec(match)?.[0] ?? '';
  return `${label}${SECRET}${label === '://' ? '@' : ''}`;
};

let formats: readonly RegExp[] | undefined;

const looseFormats = (): readonly RegExp[] =>
  (formats ??= [...new Set(FORMATS.map(({ loose }) => loose))].map((loose) => new RegExp(loose, 'g')));

/**
 * The text with everything that may be a credential of a known format, or is assigned to a name that says so, replaced
 * by {@link SECRET}. It masks too much rather than too little. For every place that prints text out of a plan.
 */
export function mask(text: string): string {
  const known = mayHoldSecret(text)
    ? looseFormats().reduce((masked, loose) => masked.replace(loose, maskMatch), text)
    : text;
  return known.replace(ASSIGNED, `$1${SECRET}`);
}
