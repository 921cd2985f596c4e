import { expect, test } from 'vitest';
import { expressionAt } from '../../src/world/expression-at.ts';

/** Two blocks of a set as the configuration has them; the provider sorts the values its own way. */
const TREE = {
  origin: [
    { origin_id: { constant_value: 'api' }, domain_name: { references: ['aws_lb.api.dns_name'] }, custom: [{}] },
    { origin_id: { constant_value: 'assets' }, domain_name: { references: ['aws_s3_bucket.assets.bucket'] } },
  ],
};

const at = (origins: readonly { readonly [key: string]: string | null | readonly object[] }[], index: number) =>
  expressionAt(TREE, ['origin', index, 'domain_name'], { origin: origins } as never);

test('the block whose constants the value has is the one', () => {
  const values = [{ origin_id: 'assets' }, { origin_id: 'api', custom: [{}] }];
  expect([at(values, 0), at(values, 1)]).toEqual([TREE.origin[1]?.domain_name, TREE.origin[0]?.domain_name]);
});

test('a nested block tells which it is, too', () => {
  expect(at([{ origin_id: null, custom: [] }], 0)).toEqual(TREE.origin[1]?.domain_name);
  expect(at([{ origin_id: null }, { origin_id: null, custom: [{}] }], 1)).toEqual(TREE.origin[0]?.domain_name);
});

test('where nothing tells, the place does; one block stands for all that `dynamic` makes of it', () => {
  expect(at([{ origin_id: 'other' }, { origin_id: 'other' }], 1)).toEqual(TREE.origin[1]?.domain_name);
  const one = { origin: TREE.origin.slice(0, 1) };
  expect(expressionAt(one, ['origin', 7, 'domain_name'], undefined)).toEqual(TREE.origin[0]?.domain_name);
});

test('an expression covers what is below it', () => {
  expect(expressionAt({ tags: { references: ['var.tags'] } }, ['tags', 'Owner'], {})).toEqual({
    references: ['var.tags'],
  });
  expect(expressionAt({}, ['tags', 'Owner'], {})).toBeUndefined();
});
