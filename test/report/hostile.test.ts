import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Review } from '../../src/finding/review.ts';
import { logAnnotations } from '../../src/github/annotations.ts';
import { toAnnotations } from '../../src/report/annotations.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { renderJson } from '../../src/report/json.ts';
import { DOCUMENTATION } from '../../src/report/policy-url.ts';
import { renderTable } from '../../src/report/table.ts';
import { cases, FUZZ_PATIENCE } from '../support/fuzz.ts';
import { commands } from '../support/github/runner.ts';
import { HIDDEN_CHARACTER } from '../text/hostile.ts';
import { markdownTokens } from '../text/markdown-tokens.ts';
import { hostileReview } from './hostile-review.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { junitErrors } from './junit-shape.ts';
import { pageErrors } from './page-shape.ts';
import { BLOB, RENDERERS } from './renderers.ts';

/** What GitHub's filters make of text after parsing, when it is neither code nor inside a link of ours. */
const REFERENCE = /@\w|#\d|\bGH-\d|GHSA-|https?:\/\/|www\.|\b[0-9a-f]{7,40}\b|:[a-z+-]+:|\$/i;

/** The only tags that our templates write. */
const OUR_TAG = /^<(\/?(details|summary|b|code|sub)|details open|br)>$/;

/** Hostile strings that go through each renderer, and fewer of them than stand in a review of {@link hostileReview}. */
const STRINGS = cases(10_000, 100_000);
const STRINGS_PER_REVIEW = 40;
const MANY = { numRuns: STRINGS / STRINGS_PER_REVIEW };

const isHarmful = (line: string): boolean => /^\s*::|##\[/.test(line) || HIDDEN_CHARACTER.test(line);

const stringsIn = (value: unknown): number => {
  if (typeof value === 'string') return 1;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + stringsIn(inner), 0);
};

/** Markdown in which only our templates made links, tags and headings. */
function expectHarmless(markdown: string, headings: number): void {
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
  const count = (tag: string): number => html.filter((part) => part.includes(tag)).length;
  expect(count('<details')).toBe(count('</details>'));
}

describe.each(RENDERERS)('$name', FUZZ_PATIENCE, ({ render, headings }) => {
  test('no text of a review can command the runner, hide from a reader or become Markdown', () => {
    let strings = 0;
    fc.assert(
      fc.property(hostileReview, fc.integer({ min: 1, max: 180 }), (review: Review, width) => {
        strings += stringsIn(review);
        const text = render(review, width);
        expect(text.split('\n').filter(isHarmful)).toEqual([]);
        if (headings !== undefined) expectHarmless(text, headings(review));
      }),
      MANY,
    );
    expect(strings).toBeGreaterThanOrEqual(STRINGS);
  });
});

describe('the log', FUZZ_PATIENCE, () => {
  let written = '';

  beforeEach(() => {
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written += String(text);
      return true;
    });
  });

  afterEach(() => vi.restoreAllMocks());

  test('has one command for each annotation and none that a text made', () => {
    fc.assert(
      fc.property(hostileReview, (review) => {
        written = '';
        const annotations = toAnnotations(review);
        logAnnotations(annotations);
        const names = { failure: 'error', warning: 'warning', notice: 'notice' };
        expect(commands(written).toSorted()).toEqual(annotations.map(({ level }) => names[level]).toSorted());
        expect(written.split('\n').filter((line) => HIDDEN_CHARACTER.test(line))).toEqual([]);
      }),
      MANY,
    );
  });
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
