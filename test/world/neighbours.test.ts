import { expect, test } from 'vitest';
import { buildWorlds } from '../../src/world/build.ts';
import { noExpressions } from '../../src/world/expressions.ts';
import { named, naming } from '../../src/world/neighbours.ts';
import type { World } from '../../src/world/world.ts';
import { changeOf, planOf } from '../support/plan.ts';

const SUBNETS = { path: 'vpc_config.subnet_ids', types: ['aws_subnet'], keys: ['id'] };
const BUCKET = { path: 'bucket', keys: ['id', 'bucket'] };

const block = (type: string, name: string, expressions: object, more: object = {}): object => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  expressions,
  ...more,
});

const worldsOf = (content: object): { before: World; after: World } => buildWorlds(planOf(content), noExpressions);

const addresses = (all: readonly { readonly address: string }[]): string[] => all.map(({ address }) => address);

test('a list in a block names those that are known, and what lives elsewhere', () => {
  const { after } = worldsOf({
    resource_changes: [
      changeOf('aws_eks_cluster.c', ['no-op'], {
        before: { vpc_config: [{ subnet_ids: ['subnet-1', 'subnet-9'] }] },
        after: { vpc_config: [{ subnet_ids: ['subnet-1', 'subnet-9'] }] },
      }),
      changeOf('aws_subnet.a', ['no-op'], { before: { id: 'subnet-1' }, after: { id: 'subnet-1' } }),
    ],
  });
  const [cluster] = after.resources('aws_eks_cluster');
  const { found, elsewhere, unknown } = named(after, cluster!, SUBNETS);
  expect([addresses(found), elsewhere.map(({ because }) => because), unknown]).toEqual([
    ['aws_subnet.a'],
    ['`subnet-9` is not in this plan'],
    [],
  ]);
  expect(elsewhere[0]?.isElsewhere).toBe(true);
});

test('what is created in the same plan is found by its reference, in a module and behind count', () => {
  const { after } = worldsOf({
    resource_changes: [
      changeOf(
        'module.m.aws_s3_bucket.b[0]',
        ['create'],
        { after: { bucket: 'logs' }, after_unknown: { id: true } },
        {
          module_address: 'module.m',
          index: 0,
        },
      ),
      changeOf('aws_s3_bucket_versioning.v', ['create'], { after: {}, after_unknown: { bucket: true } }),
    ],
    configuration: {
      root_module: {
        resources: [block('aws_s3_bucket_versioning', 'v', { bucket: { references: ['module.m.id', 'module.m'] } })],
        module_calls: {
          m: {
            module: {
              outputs: {
                id: { expression: { references: ['aws_s3_bucket.b[0].id', 'aws_s3_bucket.b[0]', 'aws_s3_bucket.b'] } },
              },
              resources: [block('aws_s3_bucket', 'b', {}, { count_expression: { constant_value: 1 } })],
            },
          },
        },
      },
    },
  });
  const [bucket] = after.resources('aws_s3_bucket');
  expect(addresses(naming(after, bucket!, ['aws_s3_bucket_versioning'], BUCKET).found)).toEqual([
    'aws_s3_bucket_versioning.v',
  ]);
});

test('a neighbour of the prior state that the plan leaves alone counts on both sides', () => {
  const { before, after } = worldsOf({
    resource_changes: [
      changeOf('aws_s3_bucket.b', ['update'], {
        before: { id: 'logs', bucket: 'logs' },
        after: { id: 'logs', bucket: 'logs', force_destroy: true },
      }),
    ],
    prior_state: {
      values: {
        root_module: {
          resources: [
            {
              address: 'aws_s3_bucket_versioning.v',
              mode: 'managed',
              type: 'aws_s3_bucket_versioning',
              name: 'v',
              values: { bucket: 'logs' },
            },
          ],
        },
      },
    },
  });
  for (const world of [before, after]) {
    const [bucket] = world.resources('aws_s3_bucket');
    expect(addresses(naming(world, bucket!, ['aws_s3_bucket_versioning'], BUCKET).found)).toEqual([
      'aws_s3_bucket_versioning.v',
    ]);
  }
});

test('one whose target nobody can tell may name anything; one that names another resource does not', () => {
  const { after } = worldsOf({
    resource_changes: [
      changeOf('aws_s3_bucket.b', ['no-op'], { before: { id: 'b', bucket: 'b' }, after: { id: 'b', bucket: 'b' } }),
      changeOf('aws_s3_bucket.other', ['create'], { after: { bucket: 'other' }, after_unknown: { id: true } }),
      changeOf('aws_s3_bucket_versioning.any', ['create'], { after: {}, after_unknown: { bucket: true } }),
      changeOf('aws_s3_bucket_versioning.of_other', ['create'], { after: {}, after_unknown: { bucket: true } }),
    ],
    configuration: {
      root_module: {
        resources: [
          block('aws_s3_bucket_versioning', 'any', { bucket: { references: ['var.name'] } }),
          block('aws_s3_bucket_versioning', 'of_other', {
            bucket: { references: ['aws_s3_bucket.other.id', 'aws_s3_bucket.other'] },
          }),
        ],
      },
    },
  });
  const bucket = after.at('aws_s3_bucket.b');
  const { found, unknown } = naming(after, bucket!, ['aws_s3_bucket_versioning'], BUCKET);
  expect(found).toEqual([]);
  expect(unknown.map(({ because }) => because)).toEqual([
    '`aws_s3_bucket_versioning.any`: it is known only after apply',
  ]);
});
