import { expect, test } from 'vitest';
import { addedTexts, removedTexts } from '../../src/github/added.ts';

test('added lines that follow each other are one text, with the number of the first', () => {
  const patch = [
    '@@ -1,3 +1,4 @@',
    ' a',
    '-b',
    '+c',
    '+d',
    ' e',
    '@@ -10,0 +12,1 @@ resource',
    '+f',
    '\\ No newline at end of file',
  ].join('\n');
  expect(addedTexts('main.tf', patch)).toEqual([
    { path: 'main.tf', line: 2, text: 'c\nd' },
    { path: 'main.tf', line: 12, text: 'f' },
  ]);
});

test('a patch that only removes adds nothing', () => {
  expect(addedTexts('main.tf', '@@ -1,2 +1,1 @@\n a\n-b')).toEqual([]);
});

test('removed lines stand where the file goes on without them', () => {
  const patch = '@@ -1,4 +1,3 @@\n a\n-b\n-c\n+d\n e\n@@ -9,2 +8,1 @@\n f\n-g';
  expect(removedTexts('main.tf', patch)).toEqual([
    { path: 'main.tf', line: 2, text: 'b\nc' },
    { path: 'main.tf', line: 9, text: 'g' },
  ]);
});
