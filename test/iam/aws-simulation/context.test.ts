import { expect, test } from 'vitest';
import { contextEntries, contextType, typeOfGlobalKey } from '../../../src/iam/aws-simulation/context.ts';

test.each([
  ['String', ['a'], 'string'],
  ['ARN', ['arn:aws:iam::1:role/a'], 'string'],
  ['Bool', ['true'], 'boolean'],
  ['Numeric', ['1'], 'numeric'],
  ['Date', ['2026-01-01T00:00:00Z'], 'date'],
  ['IPAddress', ['10.0.0.1'], 'ip'],
  ['Binary', ['QQ=='], 'binary'],
  ['ArrayOfString', ['a'], 'stringList'],
  ['ArrayOfARN', ['a', 'b'], 'stringList'],
  ['ArrayOfBool', ['true'], 'booleanList'],
  ['IPAddress', ['10.0.0.1', '10.0.0.2'], 'ipList'],
  ['SomethingNew', ['a'], 'string'],
  [undefined, ['a'], 'string'],
  [undefined, ['a', 'b'], 'stringList'],
])('%s with %j is a %s', (type, values, expected) => {
  expect(contextType(type, values)).toBe(expected);
});

test('names of keys have no case', () => {
  expect(typeOfGlobalKey('AWS:sourceip')).toBe('IPAddress');
  expect(typeOfGlobalKey('aws:RequestedRegion')).toBeUndefined();
});

test('the order of keys makes no other question', () => {
  const entries = (context: Record<string, string[]>) =>
    contextEntries(
      context,
      () => undefined,
      (text) => text,
    );
  expect(entries({ 'aws:b': ['1'], 'aws:a': ['2'] })).toEqual(entries({ 'aws:a': ['2'], 'aws:b': ['1'] }));
});
