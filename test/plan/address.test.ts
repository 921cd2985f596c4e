import { describe, expect, test } from 'vitest';
import { parseAddress, parseModuleAddress } from '../../src/plan/address.ts';

const text = (key: string) => `aws_x.y["${key}"]`;

describe('parseAddress', () => {
  test.each([
    ['aws_s3_bucket.logs', { modules: [], mode: 'managed', type: 'aws_s3_bucket', name: 'logs', key: undefined }],
    [
      'data.aws_iam_policy_document.x[0]',
      { modules: [], mode: 'data', type: 'aws_iam_policy_document', name: 'x', key: 0 },
    ],
    ['ephemeral.aws_secret.x', { modules: [], mode: 'ephemeral', type: 'aws_secret', name: 'x', key: undefined }],
    [
      'module.m["k.1"].module.inner[2].aws_x.y["a"]',
      {
        modules: [
          { name: 'm', key: 'k.1' },
          { name: 'inner', key: 2 },
        ],
        mode: 'managed',
        type: 'aws_x',
        name: 'y',
        key: 'a',
      },
    ],
    ['aws_x.y[*]', { modules: [], mode: 'managed', type: 'aws_x', name: 'y', key: '*' }],
    [
      'module.größe.aws_x.straße-1',
      {
        modules: [{ name: 'größe', key: undefined }],
        mode: 'managed',
        type: 'aws_x',
        name: 'straße-1',
        key: undefined,
      },
    ],
  ])('reads %s', (address, expected) => {
    expect(parseAddress(address)).toEqual(expected);
  });

  test.each([
    ['a.b', 'a.b'],
    ['br[0]acket', 'br[0]acket'],
    [String.raw`quote\"d`, 'quote"d'],
    [String.raw`back\\slash`, 'back\\slash'],
    ['', ''],
    ['dollar$${x}', 'dollar${x}'],
    ['percent%%{x}', 'percent%{x}'],
    ['lone $ and %%', 'lone $ and %%'],
    [String.raw`line\nbreak`, 'line\nbreak'],
    [String.raw`\u202e`, '\u202E'],
    [String.raw`\U0001f600`, '😀'],
    ['emoji 😀 | `', 'emoji 😀 | `'],
  ])('decodes the key %j', (written, key) => {
    expect(parseAddress(text(written)).key).toBe(key);
  });

  test.each(['', 'aws_x', 'aws_x.', 'aws_x.y[', 'aws_x.y["a]', 'module.m', '1x.y', 'aws_x.y.z'])(
    'refuses %j',
    (address) => {
      expect(() => parseAddress(address)).toThrow(/cannot be read \(expected .+ at character \d+\)/);
    },
  );

  test('reads module addresses', () => {
    expect(parseModuleAddress('')).toEqual([]);
    expect(parseModuleAddress('module.a["b.c"].module.d')).toEqual([
      { name: 'a', key: 'b.c' },
      { name: 'd', key: undefined },
    ]);
  });
});
