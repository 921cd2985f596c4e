import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNewer, parseMarker, renderMarker, shortHash, type Marker } from '../../src/github/marker.ts';

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const run = fc.tuple(fc.nat(), fc.nat(99));
const marker: fc.Arbitrary<Marker> = fc.record({ key: hex(12), sha: hex(40), run, hash: hex(12) });

test('what is written is read back, whatever follows it', () => {
  fc.assert(
    fc.property(marker, fc.string(), (given, rest) => {
      expect(parseMarker(`${renderMarker(given)}\n${rest}`)).toEqual(given);
    }),
  );
});

test('a marker that does not stand first is none', () => {
  fc.assert(
    fc.property(marker, fc.string({ minLength: 1 }), (given, before) => {
      expect(parseMarker(before + renderMarker(given))).toBeUndefined();
    }),
  );
});

test('of two different runs exactly one is newer', () => {
  fc.assert(
    fc.property(marker, marker, (a, b) => {
      const isSame = a.run[0] === b.run[0] && a.run[1] === b.run[1];
      expect([isNewer(a, b), isNewer(b, a)].filter(Boolean)).toHaveLength(isSame ? 0 : 1);
    }),
  );
});

test('a hash tells its parts apart', () => {
  expect(shortHash('a', 'b')).not.toBe(shortHash('ab'));
  expect(shortHash('a', 'b')).toBe(shortHash('a', 'b'));
});
