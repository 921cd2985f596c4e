import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { visible } from '../../src/text/visible.ts';
import { textWidth, wrap } from '../../src/text/wrap.ts';
import { hostile } from './hostile.ts';

test.each([
  ['abc', 3],
  ['漢字', 4],
  ['e\u0301', 1],
  ['😀', 2],
  ['→ … ✗', 5],
])('%j takes %i columns', (text, columns) => {
  expect(textWidth(text)).toBe(columns);
  expect(textWidth(text)).toBe(stringWidth(text));
});

test('breaks between words, and inside a word that is wider than the line', () => {
  expect(wrap('one two three abcdefghijk', 8)).toEqual(['one two', 'three', 'abcdefgh', 'ijk']);
});

test('keeps to the width and loses nothing', () => {
  fc.assert(
    fc.property(hostile(), fc.integer({ min: 2, max: 40 }), (text, width) => {
      const shown = visible(text);
      const lines = wrap(shown, width);
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toBe(shown.replaceAll(' ', ''));
    }),
  );
});
