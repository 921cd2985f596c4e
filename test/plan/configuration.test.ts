import { expect, test } from 'vitest';
import { callsOfSameCode, type ModuleConfiguration } from '../../src/plan/configuration.ts';

const ROOT: ModuleConfiguration = {
  module_calls: {
    a: { source: './modules/bucket' },
    b: { source: './modules/../modules/bucket/' },
    c: { source: './modules/site', module: { module_calls: { inner: { source: '../bucket' } } } },
    d: { source: 'terraform-aws-modules/s3-bucket/aws' },
    e: { source: 'terraform-aws-modules/s3-bucket/aws' },
  },
};

test.each([
  [[], [[]]],
  [['a'], [['a'], ['b'], ['c', 'inner']]],
  [
    ['c', 'inner'],
    [['a'], ['b'], ['c', 'inner']],
  ],
  [['c'], [['c']]],
  [['d'], [['d'], ['e']]],
])('the code of %j is that of %j', (path, calls) => {
  expect(callsOfSameCode(ROOT, path).map((one) => one.join('.'))).toEqual(calls.map((one) => one.join('.')));
});

test('without a configuration there is the root alone', () => {
  expect(callsOfSameCode(undefined, [])).toEqual([[]]);
});
