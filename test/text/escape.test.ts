import * as fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import {
  cutMiddle,
  escapeAnnotationMessage,
  escapeHtml,
  escapeHtmlText,
  escapeLog,
  escapeLogLine,
  escapeMarkdownText,
  markdownBlock,
  markdownCode,
  tableCell,
  visible,
} from '../../src/text/escape.ts';
import { HIDDEN_CHARACTER, hostile } from './hostile.ts';
import { markdownTokens, tokensOf } from './markdown-tokens.ts';

const html = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

/** What GitHub makes of text that is neither code nor markup, after the parser is done. */
const REFERENCE = /@\w|#\d|\bGH-\d|GHSA-|https?:\/\/|www\.|\b[0-9a-f]{7,40}\b|:[a-z+-]+:|\$/i;

describe('visible', () => {
  test.each([
    ['a\u202eb', 'a\\u202eb'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['one\ntwo\r\n\tthree', 'one\\ntwo\\r\\n\\tthree'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['lone\ud800', 'lone\\ud800'],
    ['inter\ufff9linear', 'inter\\ufff9linear'],
    ['no\u00a0break', 'no\\u00a0break'],
    ['Größe 漢字 😀 naïve', 'Größe 漢字 😀 naïve'],
  ])('shows what %j hides', (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  test('keeps both ends of a long text', () => {
    expect(visible('a'.repeat(50) + 'z'.repeat(50), 11)).toBe('aaaaa…zzzzz');
  });

  test('shows everything, on one line, within its length', () => {
    fc.assert(
      fc.property(hostile(40), fc.integer({ min: 1, max: 60 }), (text, max) => {
        const shown = visible(text, max);
        expect(shown.length).toBeLessThanOrEqual(max);
        expect(shown).not.toMatch(HIDDEN_CHARACTER);
        expect(shown).not.toContain('\n');
        expect(visible(shown, max)).toBe(shown);
      }),
    );
  });

  test('never cuts through a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-composite' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        expect(cutMiddle(text, max)).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});

describe('a log line', () => {
  test.each([
    ['::error::forged', '\\::error::forged'],
    ['  ::set-output name=conclusion::pass', '  \\::set-output name=conclusion::pass'],
    ['all good ##[error]forged', 'all good ##\\[error]forged'],
    ['one\n::error::two', 'one\\n::error::two'],
    ['::/0', '\\::/0'],
    ['from ::/0', 'from ::/0'],
  ])('%j is written as %j', (text, expected) => {
    expect(escapeLogLine(text)).toBe(expected);
  });

  test('never gives the runner a command', () => {
    fc.assert(
      fc.property(hostile(), (text) => {
        for (const line of [
          escapeLogLine(text),
          ...escapeLog(text).split('\n'),
          ...escapeAnnotationMessage(text).split('\n'),
        ]) {
          expect(line.trim()).not.toMatch(/^::/);
          expect(line).not.toContain('##[');
          expect(line).not.toMatch(HIDDEN_CHARACTER);
        }
      }),
    );
  });

  test('a log of several lines keeps its lines', () => {
    expect(escapeLog('a\r\n::b\nc')).toBe('a\n\\::b\nc');
  });
});

describe('Markdown text', () => {
  test.each([
    ['22/tcp is reachable from 0.0.0.0/0.', '22/tcp is reachable from `0.0.0.0/0`.'],
    ['Ask @octocat (see #12 or https://evil.example).', 'Ask `@octocat` (see `#12` or `https://evil.example`).'],
    ['Use `aws_s3_bucket_public_access_block` instead', 'Use `aws_s3_bucket_public_access_block` instead'],
    ['arn:aws:iam::123456789012:root may now call "s3:*"', '`arn:aws:iam::123456789012:root` may now call "`s3:*`"'],
    ['AT&T <b>', 'AT&amp;T &lt;b&gt;'],
    ['1. - # *', '1\\. - `#` `*`'],
    ['one\n\ntwo', 'one two'],
    ['`a`@x`@octocat', '`a` ``@x`@octocat``'],
  ])('%j is written as %j', (text, expected) => {
    expect(escapeMarkdownText(text)).toBe(expected);
  });

  test('is words and code to a GFM parser, and nothing to GitHub’s filters', () => {
    fc.assert(
      fc.property(hostile(), fc.constantFrom('', 'Because ', '- ', '> '), (text, prefix) => {
        const tokens = markdownTokens(`${prefix}${escapeMarkdownText(text)}`);
        const kinds = new Set(tokens.map((token) => token.type));
        for (const kind of [
          'link',
          'image',
          'autolink',
          'literalAutolink',
          'htmlText',
          'htmlFlow',
          'emphasis',
          'strong',
          'strikethrough',
          'table',
          'definition',
          'codeIndented',
          'codeFenced',
          'thematicBreak',
          'atxHeading',
          'setextHeading',
          'gfmFootnoteCall',
          'taskListCheck',
        ]) {
          expect(kinds).not.toContain(kind);
        }
        expect(kinds.has('listUnordered')).toBe(prefix === '- ');
        const prose = tokens
          .filter((token) => token.type === 'data')
          .map((token) => token.text)
          .join('\n');
        expect(prose).not.toMatch(REFERENCE);
      }),
      { numRuns: 500 },
    );
  });

  test('shows as the same sentence in HTML', () => {
    fc.assert(
      fc.property(hostile(), (text) => {
        const shown = escapeHtmlText(text);
        expect(shown.replaceAll(/<\/?code>/g, '')).not.toMatch(/[<>\n]/);
        expect(shown.replaceAll(/<code>[^<]*<\/code>/g, '')).not.toMatch(REFERENCE);
      }),
    );
  });
});

describe('Markdown code', () => {
  test.each([
    ['aws_s3_bucket.b["a|b"]', '`aws_s3_bucket.b["a|b"]`'],
    ['a`b', '``a`b``'],
    ['`a`', '`` `a` ``'],
    ['', '`""`'],
    ['line\nline', '`line\\nline`'],
  ])('%j is written as %j', (text, expected) => {
    expect(markdownCode(text)).toBe(expected);
  });

  test('shows exactly the visible text, in prose', () => {
    fc.assert(
      fc.property(hostile(), (text) => {
        const shown = visible(text).replaceAll('##[', '##\\[') || '""';
        expect(html(`x ${markdownCode(text)} y`)).toBe(`<p>x <code>${micromarkEncode(shown)}</code> y</p>`);
      }),
      { numRuns: 500 },
    );
  });

  test('stays in its table cell', () => {
    fc.assert(
      fc.property(hostile(), hostile(), (text, other) => {
        const table = `| a | b |\n|---|---|\n| ${tableCell(markdownCode(text))} | ${tableCell(escapeMarkdownText(other))} |\n`;
        expect(tokensOf(table, 'tableData')).toHaveLength(2);
        expect(tokensOf(table, 'link', 'literalAutolink', 'autolink', 'htmlText', 'image')).toEqual([]);
        expect(html(table).match(/<td>/g)).toHaveLength(2);
      }),
      { numRuns: 500 },
    );
  });

  test('a block ends only where it should', () => {
    fc.assert(
      fc.property(fc.array(hostile(5), { maxLength: 4 }), (lines) => {
        const tokens = markdownTokens(`${markdownBlock(lines.join('\n'), 'diff')}\n\nafter`);
        expect(tokens.filter((token) => token.type === 'codeFenced')).toHaveLength(1);
        expect(tokens.filter((token) => token.type === 'paragraph').map((token) => token.text)).toEqual(['after']);
      }),
    );
  });
});

test('HTML shows the text and nothing else', () => {
  expect(escapeHtml('<img src="x" onerror=\'y\'> & more')).toBe(
    '&lt;img src=&quot;x&quot; onerror=&#39;y&#39;&gt; &amp; more',
  );
});

const micromarkEncode = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? character,
  );
