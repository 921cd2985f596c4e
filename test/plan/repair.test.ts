import { expect, test } from 'vitest';
import { parsePlanText } from '../../src/plan/parse.ts';
import { repairedPlan } from '../../src/plan/repair.ts';

const plan = (after: object, after_unknown: object = {}) =>
  parsePlanText(
    JSON.stringify({
      format_version: '1.2',
      planned_values: {},
      configuration: {},
      resource_changes: ['a', 'b'].map((name) => ({
        address: `aws_thing.${name}`,
        mode: 'managed',
        type: 'aws_thing',
        name,
        provider_name: 'registry.terraform.io/hashicorp/aws',
        change: {
          actions: ['create'],
          before: null,
          after,
          after_unknown,
          after_sensitive: {},
          before_sensitive: false,
        },
      })),
    }),
    'plan.json',
  );

const repaired = (after: object, path: readonly string[]) =>
  repairedPlan(plan(after), ({ name }) => name === 'a', { path, value: true })?.changes.map((change) => change.after);

test('changes the attribute of what is meant and nothing else', () => {
  expect(repaired({ encrypted: false, size: 8 }, ['encrypted'])).toEqual([
    { encrypted: true, size: 8 },
    { encrypted: false, size: 8 },
  ]);
});

test('goes into a block that stands once', () => {
  expect(repaired({ logs: [{ enabled: false }] }, ['logs', 'enabled'])?.[0]).toEqual({ logs: [{ enabled: true }] });
});

test.each([
  ['several blocks', { logs: [{ enabled: false }, { enabled: false }] }],
  ['no block', { logs: [] }],
  ['no such attribute', {}],
])('says nothing of %s', (_, after) => {
  expect(repaired(after, ['logs', 'enabled'])).toBeUndefined();
});

test('an attribute that is not known yet is known then, and one that the type does not have is no repair', () => {
  const better = repairedPlan(plan({}, { encrypted: true, id: true }), ({ name }) => name === 'a', {
    path: ['encrypted'],
    value: true,
  });
  expect(better?.changes.map(({ after, afterUnknown }) => [after, afterUnknown])).toEqual([
    [{ encrypted: true }, { id: true }],
    [{}, { encrypted: true, id: true }],
  ]);
  expect(repaired({ size: 8 }, ['encrypted'])).toBeUndefined();
});
