import { expect, test } from 'vitest';
import { hunksOf, shownPart } from '../../src/github/hunks.ts';
import { linesOf } from '../../src/github/patch.ts';

const PATCH = `@@ -1,3 +1,4 @@ resource
 one
-two
+two, changed
+new
 three
@@ -20,2 +21,2 @@
 twenty
-old
+last
\\ No newline at end of file`;

test('each hunk has the lines of the new file that it shows', () => {
  expect(hunksOf(PATCH)).toEqual([
    { first: 1, last: 4, added: new Set([2, 3]) },
    { first: 21, last: 22, added: new Set([22]) },
  ]);
});

test('a hunk that only removes shows nothing to stand on', () => {
  expect(hunksOf('@@ -3,1 +2,0 @@\n-gone')).toEqual([]);
  expect(hunksOf('')).toEqual([]);
});

const removed = (patch: string): object[] =>
  linesOf(patch)
    .filter(({ kind }) => kind === 'removed')
    .map(({ oldLine: line, text }) => ({ line, text }));

test('removed lines have their numbers in the old file', () => {
  expect(removed(PATCH)).toEqual([
    { line: 2, text: 'two' },
    { line: 21, text: 'old' },
  ]);
  expect(removed('@@ -3,2 +2,0 @@\n-gone\n-- dash')).toEqual([
    { line: 3, text: 'gone' },
    { line: 4, text: '- dash' },
  ]);
});

test.each([
  ['a line that was added', { startLine: 3, endLine: 3 }, { startLine: 3, endLine: 3 }],
  ['a line that only stands near a change', { startLine: 21, endLine: 21 }, { startLine: 21, endLine: 21 }],
  [
    'a block that reaches out of a hunk: what the hunk shows of it',
    { startLine: 3, endLine: 9 },
    { startLine: 3, endLine: 4 },
  ],
  [
    'a block over two hunks: the one with a changed line in it',
    { startLine: 4, endLine: 30 },
    { startLine: 21, endLine: 22 },
  ],
  ['a line that is not in the diff', { startLine: 10, endLine: 12 }, undefined],
])('%s', (_, lines, expected) => {
  expect(shownPart(hunksOf(PATCH), lines)).toEqual(expected);
});
