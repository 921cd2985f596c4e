import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arnCovers } from '../../../src/aws/policy-document/arn-pattern.ts';
import { globCovers, globMatches, globsIntersect } from '../../../src/aws/policy-document/glob.ts';

const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });

/** All texts up to five letters; `c` stands for a letter the patterns do not name. */
const texts = [0, 1, 2, 3, 4, 5].flatMap((length) => words(length));

function words(length: number): string[] {
  return length === 0 ? [''] : words(length - 1).flatMap((word) => ['a', 'b', 'c'].map((letter) => word + letter));
}

const asRegExp = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);

describe('globs', () => {
  it('match what the equivalent regular expression matches', () => {
    fc.assert(
      fc.property(glob, fc.constantFrom(...texts), (pattern, text) => {
        expect(globMatches(pattern, text)).toBe(asRegExp(pattern).test(text));
      }),
    );
  });

  it('contain another glob exactly when no text is matched by the other alone', () => {
    fc.assert(
      fc.property(glob, glob, (outer, inner) => {
        const contained = texts.filter((text) => globMatches(inner, text)).every((text) => globMatches(outer, text));
        // A counterexample of these globs never needs more letters than both have, so only short globs can be refuted.
        const expected = contained && outer.length + inner.length > 5 ? globCovers(outer, inner) : contained;
        expect(globCovers(outer, inner)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('meet exactly when some text is matched by both', () => {
    fc.assert(
      fc.property(glob, glob, (a, b) => {
        const common = texts.some((text) => globMatches(a, text) && globMatches(b, text));
        const expected = !common && a.length + b.length > 5 ? globsIntersect(a, b) : common;
        expect(globsIntersect(a, b)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['*?', '?*', true],
    ['?*', '*a', true],
    ['s3:*', 's3:get*', true],
    ['s3:get*', 's3:*', false],
    ['*a*', 'b*', false],
  ])('%s contains %s: %s', (outer, inner, expected) => {
    expect(globCovers(outer, inner)).toBe(expected);
  });
});

describe('resource patterns', () => {
  it.each([
    ['*', 'arn:aws:s3:::a/*', true],
    ['arn:aws:s3:::*', 'arn:aws:s3:::a/*', true],
    ['arn:aws:s3:::a*', 'arn:aws:s3:::a-other/x', true],
    ['arn:aws:s3:::a/*', 'arn:aws:s3:::a', false],
    ['arn:aws:sqs:*', 'arn:aws:sqs:us-east-1:111122223333:q', true],
    ['arn:aws:sqs:*:q', 'arn:aws:sqs:us-east-1:111122223333:q', false],
    ['arn:aws:sqs:*:111122223333:q', 'arn:aws:sqs:us-east-1:444455556666:111122223333:q', false],
    ['arn:aws:logs:*:*:log-group:/app', 'arn:aws:logs:eu-west-1:111122223333:log-group:/app', true],
    ['arn:*', '*', false],
    ['arn:aws:s3:::A', 'arn:aws:s3:::a', false],
  ])('%s contains %s: %s', (outer, inner, expected) => {
    expect(arnCovers(outer, inner)).toBe(expected);
  });
});
