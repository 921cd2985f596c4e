/**
 * Characters that change how text around them is read without being seen themselves: controls (ANSI begins with one),
 * bidi and zero-width marks, tags, variation selectors, lone surrogates, blanks that are not a space, and marks stacked
 * so high that they cover other lines.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\uFFFC]|(?! )\p{Zs}|(?<=\p{M}{4})\p{M}/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const ELLIPSIS = '…';

/** No text of a finding that people read needs to be longer, and a hostile one must not bury the rest. */
export const MAX_LENGTH = 2_000;

/** The `\u202e` (or `\u{e0041}`) notation of one character. */
export function unicodeEscape(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

/** Keeps at most `max` UTF-16 units by taking the middle out, never through the middle of a character. */
export function cutMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = Math.max(0, max - ELLIPSIS.length);
  const head = text.slice(0, Math.ceil(kept / 2)).replace(/[\uD800-\uDBFF]$/, '');
  const tail = kept < 2 ? '' : text.slice(-Math.floor(kept / 2)).replace(/^[\uDC00-\uDFFF]/, '');
  return `${head}${ELLIPSIS}${tail}`;
}

/** Text on one line in which everything can be seen: hidden characters become `\u202e`, newlines `\n`; cut to `max`. */
export function visible(text: string, max = MAX_LENGTH): string {
  const shown = cutMiddle(text, max).replace(HIDDEN, (character) => SHORT[character] ?? unicodeEscape(character));
  return cutMiddle(shown, max);
}

/** Like {@link visible}, but whitespace of any kind, newlines included, becomes one space: for prose. */
export const visibleProse = (text: string, max = MAX_LENGTH): string =>
  visible(
    cutMiddle(text, 2 * max)
      .replace(/\s+/g, ' ')
      .trim(),
    max,
  );

/** Spells out hidden characters in finished JSON: the same data, but nothing in it acts on a reader or on the runner. */
export const escapeJson = (json: string): string =>
  json
    .replace(HIDDEN, (character) => (character === '\n' ? character : character.split('').map(unicodeEscape).join('')))
    .replaceAll('##[', '\\u0023#[');
