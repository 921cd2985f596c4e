/**
 * Widths and line breaks of visible text in a terminal. string-width and wrap-ansi do more, but start `Intl.Segmenter`,
 * which takes a third of the command's whole start-up; visible text has no joiners or colours in it to need that.
 */
import { eastAsianWidth } from 'get-east-asian-width';

const ASCII = /^[ -~]*$/;
const MARK = /^\p{M}$/u;

const characterWidth = (character: string): number =>
  MARK.test(character) ? 0 : eastAsianWidth(character.codePointAt(0) ?? 0);

/** Columns that visible text takes. */
export const textWidth = (text: string): number =>
  ASCII.test(text) ? text.length : Array.from(text).reduce((sum, character) => sum + characterWidth(character), 0);

/** Cuts a word that is wider than the line into parts that are not; one character at least. */
function breakWord(word: string, width: number): string[] {
  if (textWidth(word) <= width) return [word];
  const parts = [''];
  for (const character of word) {
    const last = parts.at(-1) ?? '';
    if (last !== '' && textWidth(last) + characterWidth(character) > width) parts.push(character);
    else parts[parts.length - 1] = last + character;
  }
  return parts;
}

/** Breaks visible text between words, and words only when they are wider than the line; no line ends with a blank. */
export function wrap(text: string, width: number): string[] {
  const columns = Math.max(1, width);
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((part) => breakWord(part, columns))) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || textWidth(joined) > columns) lines.push(word);
    else lines[lines.length - 1] = joined;
  }
  return lines.map((line) => line.trimEnd());
}
