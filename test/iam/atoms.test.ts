import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atomsOf } from '../../src/iam/difference/atoms.ts';
import { Budget, TooMuchWork } from '../../src/iam/difference/budget.ts';
import { arnPattern, matchesSurely, matchText, textPattern } from '../../src/iam/match/text-pattern.ts';
import type { TextPattern } from '../../src/iam/match/text-pattern.ts';

/** All texts over an alphabet up to a length. */
function texts(letters: readonly string[], length: number): readonly string[] {
  const longer =
    length === 0 ? [] : texts(letters, length - 1).flatMap((text) => letters.map((letter) => text + letter));
  return [...new Set(['', ...longer])];
}

/** Which unions a text belongs to, letter by letter of a word. */
const combination = (text: string, unions: readonly (readonly TextPattern[])[]): string =>
  unions.map((union) => (union.some((pattern) => matchesSurely(pattern, text)) ? '1' : '0')).join('');

const glob = (letters: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 5 }).map((units) => units.join(''));

function missed(
  universe: TextPattern,
  unions: readonly (readonly TextPattern[])[],
  all: readonly string[],
): readonly string[] {
  const found = new Set(atomsOf(universe, unions).map((text) => combination(text, unions)));
  return all.filter((text) => matchesSurely(universe, text) && !found.has(combination(text, unions)));
}

describe('the atoms of some patterns', () => {
  it('leave out no combination that a text has', () => {
    const pattern = fc
      .tuple(glob(['a', 'b', '*', '?', 'A']), fc.boolean())
      .map(([units, fold]) => textPattern(units, fold));
    const plain = glob(['a', 'b', '*', '?']).map((units) => textPattern(units));
    const all = texts(['a', 'b', 'A', 'x'], 5);
    fc.assert(
      fc.property(plain, fc.array(fc.array(pattern, { maxLength: 3 }), { maxLength: 4 }), (universe, unions) => {
        // The empty text names nothing: it may be left out where another text is of its kind.
        expect(missed(universe, unions, all)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('leave out none of ARNs, whose stars keep to their part', () => {
    const part = fc.constantFrom('*', 'a', '?', 'a*', '', '*a');
    const arn = fc.array(part, { minLength: 1, maxLength: 7 }).map((parts) => arnPattern(['arn', ...parts].join(':')));
    const parts = texts(['a', ':', 'b'], 4).flatMap((text) => [`arn:${text}`, `arn:a:a:a:${text}`]);
    fc.assert(
      fc.property(arn, fc.array(fc.array(arn, { maxLength: 2 }), { maxLength: 3 }), (universe, unions) => {
        expect(missed(universe, unions, parts)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('are all in the universe, one at most of every combination but for what is listed', () => {
    const pattern = glob(['a', 'b', '*', '?']).map((units) => textPattern(units));
    fc.assert(
      fc.property(pattern, fc.array(fc.array(pattern, { maxLength: 3 }), { maxLength: 4 }), (universe, unions) => {
        const atoms = atomsOf(universe, unions);
        expect(atoms.filter((text) => !matchesSurely(universe, text))).toEqual([]);
        expect(new Set(atoms).size).toBe(atoms.length);
      }),
    );
  });

  it('have a letter that no pattern names, and texts as people write them', () => {
    const along = (universe: string, ...unions: readonly string[]) =>
      atomsOf(
        arnPattern(universe),
        unions.map((units) => [arnPattern(units)]),
      );
    expect(along('*', '~', '?')).toEqual(expect.arrayContaining(['~', expect.stringMatching(/^[^~]$/)]));
    expect(along('*', 'a', 'b')).toEqual(['example', 'a', 'b']);
    expect(along('a*', 'b*')).toEqual(['aexample']);
    expect(along('arn:aws:s3:::a/*', 'arn:aws:s3:::b/*')).toEqual(['arn:aws:s3:::a/example']);
  });

  it('have a case of their own where case does not matter', () => {
    const unions = [[textPattern('prod')], [textPattern('prod', true)]];
    expect(
      atomsOf(textPattern('*'), unions)
        .map((text) => combination(text, unions))
        .toSorted(),
    ).toEqual(['00', '01', '11']);
  });

  it('cost what they are allowed to, and no more', () => {
    const hard = Array.from({ length: 12 }, (_, n) => [textPattern(`*${'a?b*'.repeat(n + 1)}`)]);
    expect(() => atomsOf(textPattern('*'), hard, new Budget(1_000))).toThrow(TooMuchWork);
  });
});

describe('a text matched by a pattern', () => {
  it('is told as the textbook says', () => {
    const matches = (pattern: string, text: string): boolean => {
      if (pattern === '') return text === '';
      const [first, rest] = [pattern[0], pattern.slice(1)];
      if (first === '*') return matches(rest, text) || (text !== '' && matches(pattern, text.slice(1)));
      return text !== '' && (first === '?' || first === text[0]) && matches(rest, text.slice(1));
    };
    const text = fc.array(fc.constantFrom('a', 'b'), { maxLength: 7 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(glob(['a', 'b', '*', '?']), text, (pattern, each) => {
        expect(matchText(textPattern(pattern), each)).toBe(matches(pattern, each) ? 'yes' : 'no');
      }),
      { numRuns: 2_000 },
    );
  });
});
