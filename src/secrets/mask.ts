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

const secretRanges = (text: string): Range[] =>
  mayHoldSecret(text) ? looseFormats().flatMap((loose) => [...text.matchAll(loose)].map(valueRange)) : [];

/** Turns a range of characters into the lines that it touches; a file may hold very many of both. */
function linesOf(text: string): (range: Range) => Range {
  const breaks = Array.from(text.matchAll(/\n/g), ({ index }) => index);
  const lineOf = (at: number): number => {
    let [low, high] = [0, breaks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? at) < at) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
  return ([start, end]) => [lineOf(start), lineOf(end)];
}

/** The lines that hold a part of what `mask` would replace, as first and last line of each, from 1. */
export function hiddenLines(text: string): readonly Range[] {
  const assigned = Array.from(text.matchAll(ASSIGNED), ({ 0: match, index }): Range => [index, index + match.length]);
  const ranges = [...secretRanges(text), ...assigned];
  return ranges.length === 0 ? [] : ranges.map(linesOf(text));
}

/**
 * The text with everything that may be a credential of a known format, or is assigned to a name that says so, replaced
 * by {@link SECRET}. It masks too much rather than too little. For every place that prints text out of a plan.
 */
export function mask(text: string): string {
  const ranges = secretRanges(text);
  const known = ranges.length === 0 ? text : replaceRanges(text, ranges);
  return known.replace(ASSIGNED, `$1${SECRET}`);
}
