import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { toAnnotations } from '../../src/report/annotations.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { toLineComments } from '../../src/report/line-comments.ts';
import { renderComment, renderSummary } from '../../src/report/markdown.ts';
import { DOCUMENTATION } from '../../src/report/policy-url.ts';
import { renderSarif } from '../../src/report/sarif.ts';
import { renderTable } from '../../src/report/table.ts';
import { HIDDEN_CHARACTER } from '../text/hostile.ts';
import { markdownTokens } from '../text/markdown-tokens.ts';
import { hostileReview } from './hostile-review.ts';
import { junitErrors } from './junit-shape.ts';
import { pageErrors } from './page-shape.ts';

const BLOB = 'https://github.com/acme/infrastructure/blob/0123456';

/** What GitHub's filters make of text after parsing, when it is neither code nor inside a link of ours. */
const REFERENCE = /@\w|#\d|\bGH-\d|GHSA-|https?:\/\/|www\.|\b[0-9a-f]{7,40}\b|:[a-z+-]+:|\$/i;

/** The only tags that our templates write. */
const OUR_TAG = /^<(\/?(details|summary|b|code|sub)|details open|br)>$/;

const isHarmful = (line: string): boolean => /^\s*::|##\[/.test(line) || HIDDEN_CHARACTER.test(line);

test('no text of a review can command the runner or hide from a reader, in any format', () => {
  fc.assert(
    fc.property(hostileReview, fc.integer({ min: 1, max: 180 }), (review, width) => {
      const texts = [
        renderTable(review, { width, color: false }),
        renderJson(review),
        renderSarif(review),
        renderJunit(review),
        renderHtml(review),
        renderSummary(review),
        renderComment(review, { blobBase: BLOB }),
        ...toLineComments(review).map((comment) => comment.text(true)),
        ...toAnnotations(review).flatMap(({ title, message }) => [title, message]),
      ];
      expect(texts.flatMap((text) => text.split('\n')).filter(isHarmful)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

/** Fails when a text holds anything of Markdown or GitHub that is not ours. */
function expectOurs(markdown: string, headings: number): void {
  const tokens = markdownTokens(markdown);
  const of = (...types: readonly string[]): string[] =>
    tokens.filter(({ type }) => types.includes(type)).map(({ text }) => text);
  expect(
    of(
      'image',
      'autolink',
      'literalAutolink',
      'definition',
      'reference',
      'gfmFootnoteCall',
      'strikethrough',
      'taskListCheck',
      'codeIndented',
    ),
  ).toEqual([]);
  const urls = of('resourceDestinationString');
  for (const url of urls)
    expect([BLOB, DOCUMENTATION]).toContain(url.match(/^.*?\/(?:blob\/0123456|docs\/policies)(?=\/)/)?.[0]);
  expect(of('atxHeading')).toHaveLength(headings);
  const html = of('htmlFlow', 'htmlText');
  for (const tag of html.join('\n').match(/<[^>]*>?/g) ?? []) expect(tag).toMatch(OUR_TAG);
  expect(html.join('\n').replaceAll(/<code>[^<]*<\/code>/g, '')).not.toMatch(REFERENCE);
  expect(
    of('data')
      .filter((text) => !urls.includes(text))
      .join('\n'),
  ).not.toMatch(REFERENCE);
  expect(html.filter((part) => part.includes('<details')).length).toBe(
    html.filter((part) => part.includes('</details>')).length,
  );
}

test('no text of a review becomes a link, an image, HTML, a mention or a reference in a comment', () => {
  fc.assert(
    fc.property(hostileReview, (review) => {
      expectOurs(renderComment(review, { blobBase: BLOB }), 1);
      for (const comment of toLineComments(review)) expectOurs(comment.text(true), 0);
    }),
    { numRuns: 300 },
  );
});

test('every line of the table keeps to the width of the terminal', () => {
  fc.assert(
    fc.property(hostileReview, fc.integer({ min: 30, max: 180 }), (review, width) => {
      for (const line of renderTable(review, { width, color: true }).split('\n'))
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }),
    { numRuns: 200 },
  );
});

test('colours in the table are only ours, and are closed on their line', () => {
  fc.assert(
    fc.property(hostileReview, (review) => {
      const colored = renderTable(review, { width: 80, color: true });
      // oxlint-disable-next-line no-control-regex -- colours are what this is about
      expect(colored.replaceAll(/\u001b\[(?:[1-7]|2[1-9]|3\d)m/g, '')).toBe(
        renderTable(review, { width: 80, color: false }),
      );
    }),
    { numRuns: 100 },
  );
});

test('JSON carries the same data that it was given', () => {
  fc.assert(
    fc.property(hostileReview, (review) => {
      expect(JSON.parse(renderJson(review))).toEqual(review);
    }),
  );
});

test('no text of a review becomes markup, a link or a script in the page', () => {
  fc.assert(
    fc.property(hostileReview, (review) => {
      expect(pageErrors(renderHtml(review))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('JUnit is XML with one line for each of its elements, whatever stands in a review', () => {
  fc.assert(
    fc.property(hostileReview, (review) => {
      expect(junitErrors(renderJunit(review))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
