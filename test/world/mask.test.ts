import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isKnown, type Json, Unknown } from '../../src/plan/value.ts';
import { covers, jsonAt, maskAt, withUnknown } from '../../src/world/mask.ts';

const later = (path: readonly (string | number)[]): Unknown => new Unknown(path.join('.'));
const merged = (value: Json | undefined, mask: Json) => withUnknown(value, mask, later);

describe('a mask', () => {
  test.each<[Json | undefined, (string | number)[], Json]>([
    [undefined, ['a'], false],
    [false, ['a'], false],
    [true, ['a', 0], true],
    [{ a: true }, ['a', 'b', 0], true],
    [{ a: [false, { b: true }] }, ['a', 1, 'b'], true],
    [{ a: [false, { b: true }] }, ['a', 0, 'b'], false],
    [{ a: { b: true } }, ['a'], { b: true }],
    [{ a: true }, [], { a: true }],
  ])('%j at %j', (mask, path, expected) => {
    expect(maskAt(mask, path)).toEqual(expected);
  });

  test.each<[Json, boolean]>([
    [true, true],
    [false, false],
    [{}, false],
    [{ a: [{ b: false }, { c: true }] }, true],
    [[[], {}], false],
  ])('%j covers something: %s', (mask, expected) => {
    expect(covers(mask)).toBe(expected);
  });
});

describe('a value with what is not known yet', () => {
  test.each<[Json | undefined, Json, unknown]>([
    ['x', false, 'x'],
    [undefined, false, null],
    [undefined, true, later([])],
    [{ a: 1 }, { b: true }, { a: 1, b: later(['b']) }],
    [
      ['x', null],
      [false, true],
      ['x', later([1])],
    ],
    [[], [true], [later([0])]],
    [[{ a: 1 }], [{ b: [true] }], [{ a: 1, b: [later([0, 'b', 0])] }]],
    [null, { a: { b: true } }, { a: { b: later(['a', 'b']) } }],
  ])('%j with %j', (value, mask, expected) => {
    expect(merged(value, mask)).toEqual(expected);
  });

  test('is the value itself where the mask covers nothing', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => merged(value as Json, false) === (value ?? null)));
  });

  test('is known exactly when the mask covers nothing', () => {
    const mask = fc.letrec<{ mask: Json }>((tie) => ({
      mask: fc.oneof(
        { maxDepth: 3 },
        fc.boolean(),
        fc.array(tie('mask'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b'), tie('mask')),
      ),
    })).mask;
    fc.assert(fc.property(mask, (one) => isKnown(merged(null, one)) === !covers(one)));
  });
});

test('what a path leads to', () => {
  expect(jsonAt({ a: [{ b: 1 }] }, ['a', 0, 'b'])).toBe(1);
  expect(jsonAt({ a: null }, ['a', 'b'])).toBeUndefined();
  expect(jsonAt('text', ['length'])).toBeUndefined();
});
