/**
 * One escaping function per sink. Everything from a plan, a path or a configuration is hostile: use the one for the
 * place where the text goes, once, as late as possible.
 */
import { cutMiddle, MAX_LENGTH, visible, visibleProse } from './visible.ts';

export { cutMiddle, escapeJson, visible, visibleProse } from './visible.ts';

/**
 * What GitHub links or replaces after Markdown is parsed, so that neither backslashes nor entities stop it, only code
 * does, as far as it is made of plain characters: GH-1, GHSA ids, URLs, commit ids, :emoji:. (@, # and $ are not plain.)
 */
const AUTOLINK = /GH-\d|GHSA-|:\/\/|www\.|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])|:[\w+-]+:/iu;

/** ARNs, actions, CIDRs: they read better as code. */
const TECHNICAL = /\w:\w|::|\d\/\d/u;

/** Words made of these characters alone mean nothing to Markdown (the first character of a line is seen to elsewhere). */
const PLAIN = /^[\p{L}\p{M}\p{N}'’‘"“”.,;:?!()%/+=–—…→<>&-]*$/u;

const WORD = /^(["'“‘(]*)(.*?)([)"'”’.,;:!?]*)$/u;
const CODE_SPAN = /(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/u;

/** The runner obeys `##[command]` anywhere in a line and `::command` at its start (ActionCommand.cs). */
const breakBracket = (text: string): string => text.replaceAll('##[', '##\\[');
const breakCommand = (line: string): string => breakBracket(line).replace(/^(\s*)::/u, '$1\\::');

/** The same for text of several lines that is finished, colours included. */
export const breakCommands = (text: string): string =>
  // A colour may stand before the command.
  breakBracket(text).replace(/^((?:[^\S\n]|\p{Cc}\[\d+m)*)::/gmu, '$1\\::');

/** One line for a terminal, without what the runner obeys anywhere in a line; {@link breakCommands} does the rest. */
export const escapeTerminal = (text: string, max = MAX_LENGTH): string => breakBracket(visible(text, max));

/** One line for a log: nothing hidden, no second line, and no workflow command. */
export const escapeLogLine = (text: string, max = MAX_LENGTH): string =>
  cutMiddle(breakCommand(visible(text, max)), max);

/** Several lines for a log, each of them made harmless as by {@link escapeLogLine}. */
export const escapeLog = (text: string): string =>
  text
    .split(/\r\n|[\n\r]/)
    .map((line) => escapeLogLine(line))
    .join('\n');

/** Plain text for a check-run annotation: line breaks stay, everything hidden is shown; `max` is in characters. */
export const escapeAnnotationMessage = (text: string, max = MAX_LENGTH): string =>
  text
    .split(/\r\n|[\n\r]/)
    .map((line) => escapeLogLine(line, max))
    .join('\n');

/** Plain text for a SARIF message, where `[text](target)` would be a link. */
export const escapeSarifMessage = (text: string, max = MAX_LENGTH): string =>
  visibleProse(text, max).replaceAll('](', '] (');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML content or a quoted attribute. It does not stop GitHub's own links: see {@link escapeHtmlText}. */
export const escapeHtml = (text: string, max = MAX_LENGTH): string =>
  breakBracket(visible(text, max)).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const longestRun = (text: string): number => Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));

/** A code span that shows the text and nothing else. In a table put the row's cells through {@link tableCell} as well. */
export function markdownCode(text: string, max = MAX_LENGTH): string {
  const shown = breakBracket(visible(text, max)) || '""';
  const fence = '`'.repeat(longestRun(shown) + 1);
  // A parser strips one space from each end, but leaves blanks alone.
  const pad = /^[` ]|[` ]$/.test(shown) && shown.trim() !== '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A fenced code block of several lines with a fence that no line can close. `language` is ours, never a plan's. */
export function markdownBlock(text: string, language = ''): string {
  const lines = escapeLog(text);
  const fence = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return `${fence}${language}\n${lines}\n${fence}`;
}

/** Makes finished Markdown fit into a table cell. Only code spans of this module can hold a pipe. */
export const tableCell = (markdown: string): string =>
  // A backslash before a pipe is read differently by GitHub's parser and others, so that pipe is spelt out.
  markdown.replace(/\\\|/g, '\\\\u007c').replaceAll('|', '\\|');

interface Piece {
  readonly code: boolean;
  readonly text: string;
}

const plain = (text: string): Piece => ({ code: false, text });
const code = (text: string): Piece => ({ code: true, text });

function wordPieces(word: string): Piece[] {
  const [, before = '', core = '', after = ''] = WORD.exec(word) ?? [];
  if (core.trim() === '' || (PLAIN.test(word) && !AUTOLINK.test(word) && !TECHNICAL.test(core))) return [plain(word)];
  return [plain(before), code(core), plain(after)];
}

const textPieces = (text: string): Piece[] => text.split(/( )/).flatMap(wordPieces);

/** Cuts prose into plain words and what must be (or was written as) code. */
function pieces(text: string): Piece[] {
  const [match, , inner = ''] = CODE_SPAN.exec(text) ?? [];
  if (match === undefined) return textPieces(text);
  const at = text.indexOf(match);
  return [...textPieces(text.slice(0, at)), code(inner.trim()), ...pieces(text.slice(at + match.length))];
}

/** Two code spans that touch would be read as one, so they get a space between them. */
const join = (list: readonly Piece[], show: (piece: Piece) => string): string =>
  list
    .filter((piece) => piece.code || piece.text !== '')
    .map((piece, index, all) => (piece.code && all[index - 1]?.code === true ? ' ' : '') + show(piece))
    .join('');

const escapeLineStart = (line: string): string => line.replace(/^(\d+)([.)])/u, '$1\\$2').replace(/^[-+=:]/u, '\\$&');

const escapeAngles = (text: string): string => text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);

/**
 * A sentence for Markdown on one line: words stay words, and whatever Markdown or GitHub would read as markup, link,
 * mention or reference becomes a code span. Code spans the author of a policy wrote stay code spans.
 */
export const escapeMarkdownText = (text: string, max = MAX_LENGTH): string =>
  escapeLineStart(
    join(pieces(visibleProse(text, max)), (piece) =>
      piece.code ? markdownCode(piece.text) : escapeAngles(piece.text),
    ),
  );

/** The same sentence for a place that is HTML already, such as `<summary>`. */
export const escapeHtmlText = (text: string, max = MAX_LENGTH): string =>
  join(pieces(visibleProse(text, max)), (piece) =>
    piece.code ? `<code>${escapeHtml(piece.text)}</code>` : escapeAngles(piece.text),
  );
