import { describe, expect, test } from 'vitest';
import { Unknown } from '../../src/plan/value.ts';
import { buildWorlds } from '../../src/world/build.ts';
import { noExpressions } from '../../src/world/expressions.ts';
import { changeOf, planOf, storyPlan, storySource } from '../support/plan.ts';

const worldsOf = (content: object) => buildWorlds(planOf(content), noExpressions);
const block = (type: string, name: string, expressions: object) => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  expressions,
});

async function worldsOfStory(story: string) {
  const source = await storySource(story);
  return buildWorlds(storyPlan(story), source.expression);
}

describe('values', () => {
  const world = (after: object, unknown: object, expressions: object) =>
    worldsOf({
      resource_changes: [changeOf('aws_kms_key.k', ['create'], { after, after_unknown: unknown })],
      configuration: { root_module: { resources: [block('aws_kms_key', 'k', expressions)] } },
    }).after.at('aws_kms_key.k');

  test('known', () => {
    expect(world({ is_enabled: false }, {}, {})?.get('is_enabled')).toBe(false);
  });

  test('unset: nobody wrote it, so its effective default holds and not "unknown"', () => {
    expect(world({}, { policy: true, is_enabled: true }, {})?.get('is_enabled')).toBe(true);
    expect(world({}, { policy: true }, {})?.get('policy')).toBeNull();
    expect(world({ enable_key_rotation: null }, {}, {})?.get('enable_key_rotation')).toBe(false);
  });

  test('undetermined: an expression stands there whose value comes later', () => {
    const value = world({}, { policy: true }, { policy: { references: ['var.policy'] } })?.get('policy');
    expect(value).toBeInstanceOf(Unknown);
  });

  test('a computed attribute identifies itself', () => {
    expect(world({}, { arn: true }, {})?.get('arn')).toMatchObject({
      references: [{ address: 'aws_kms_key.k', attribute: 'arn' }],
    });
  });

  test('a partly known list keeps what is known', () => {
    const resource = world({ tags: ['a', null] }, { tags: [false, true] }, { tags: { references: ['aws_vpc.v.id'] } });
    expect(resource?.get('tags')).toEqual(['a', expect.any(Unknown)]);
  });

  test('sensitive parts are told, also below a masked container', () => {
    const { after } = worldsOf({
      resource_changes: [
        changeOf('aws_db_instance.d', ['create'], {
          after: { password: 'x', block: [{ a: 1 }] },
          after_sensitive: { password: true, block: true },
        }),
      ],
    });
    const database = after.at('aws_db_instance.d');
    expect(database?.isSensitive('password')).toBe(true);
    expect(database?.isSensitive('block', 0, 'a')).toBe(true);
    expect(database?.isSensitive('engine')).toBe(false);
  });
});

describe('references', () => {
  const modules = {
    root_module: {
      module_calls: {
        net: {
          module: {
            resources: [block('aws_vpc', 'v', {})],
            outputs: { vpc_id: { expression: { references: ['aws_vpc.v.id', 'aws_vpc.v'] } } },
          },
        },
        app: {
          for_each_expression: { references: ['var.apps'] },
          expressions: { vpc: { references: ['module.net.vpc_id', 'module.net'] } },
          module: {
            resources: [block('aws_security_group', 'g', { vpc_id: { references: ['var.vpc'] } })],
            variables: { vpc: {} },
          },
        },
      },
    },
  };
  const worlds = worldsOf({
    configuration: modules,
    resource_changes: [
      changeOf(
        'module.net.aws_vpc.v',
        ['create'],
        { after: {}, after_unknown: { id: true } },
        { module_address: 'module.net' },
      ),
      changeOf(
        'module.app["a.b"].aws_security_group.g',
        ['create'],
        { after: {}, after_unknown: { vpc_id: true } },
        { module_address: 'module.app["a.b"]', type: 'aws_security_group', name: 'g' },
      ),
    ],
  });
  const group = worlds.after.at('module.app["a.b"].aws_security_group.g');

  test('go through module inputs and outputs', () => {
    expect(group?.references('vpc_id')).toEqual([{ address: 'module.net.aws_vpc.v', attribute: 'id' }]);
  });

  test('identify the same thing as a known id does', () => {
    expect(group && worlds.after.identify(group, 'vpc_id', ['aws_vpc'])).toBe('module.net.aws_vpc.v');
  });

  test('choose the instance with the same key', () => {
    const { after } = worldsOf({
      configuration: {
        root_module: {
          resources: [
            block('aws_eip', 'e', {}),
            block('aws_nat_gateway', 'n', { allocation_id: { references: ['aws_eip.e', 'each.key'] } }),
          ],
        },
      },
      resource_changes: ['a', 'b'].flatMap((key) => [
        changeOf(
          `aws_eip.e["${key}"]`,
          ['create'],
          { after: {}, after_unknown: { id: true } },
          { type: 'aws_eip', name: 'e', index: key },
        ),
        changeOf(
          `aws_nat_gateway.n["${key}"]`,
          ['create'],
          { after: {}, after_unknown: { allocation_id: true } },
          { type: 'aws_nat_gateway', name: 'n', index: key },
        ),
      ]),
    });
    expect(after.at('aws_nat_gateway.n["b"]')?.references('allocation_id')).toEqual([
      { address: 'aws_eip.e["b"]', attribute: '' },
    ]);
  });
});

describe('policy documents that are not known yet', () => {
  test('are rebuilt from a deferred data source', async () => {
    const [policy] = (await worldsOfStory('admin-policy-deferred-document')).after.resources('aws_iam_role_policy');
    expect(policy?.document('policy')).toMatchObject({
      Statement: [{ Sid: 'SendOrders' }, { Sid: 'Everything', Action: ['*'], Resource: ['*'] }],
    });
  });

  test('are rebuilt from jsonencode in the HCL', async () => {
    const [policy] = (await worldsOfStory('admin-policy-jsonencode-unknown')).after.resources('aws_iam_role_policy');
    expect(policy?.document('policy')).toMatchObject({
      Statement: [
        { Resource: { references: [{ address: 'aws_sqs_queue.orders', attribute: 'arn' }] } },
        { Action: '*', Resource: '*' },
      ],
    });
  });

  test('tell an ARN from what only begins with it, which references alone cannot', async () => {
    const [policy] = (await worldsOfStory('bucket-created-private')).after.resources('aws_s3_bucket_policy');
    expect(policy?.document('policy')).toMatchObject({
      Statement: [
        { Resource: [{ references: [{ attribute: 'arn' }] }, '⟨ref:module.reports.aws_s3_bucket.this.arn⟩/*'] },
      ],
    });
  });

  test('without source a jsonencode with an unknown part stays unknown', () => {
    const [policy] = buildWorlds(storyPlan('admin-policy-jsonencode-unknown'), noExpressions).after.resources(
      'aws_iam_role_policy',
    );
    expect(policy?.document('policy')).toBeInstanceOf(Unknown);
  });
});

describe('identity', () => {
  const recreate = (type: string, before: object, after: object) =>
    worldsOf({
      resource_changes: [
        changeOf(`${type}.old`, ['delete'], { before }),
        changeOf(`${type}.new`, ['create'], { after }),
      ],
    });

  test('a delete and a create of one name are one re-creation', () => {
    const { before, after } = recreate('aws_cloudtrail', { name: 'main' }, { name: 'main' });
    expect(before.at('aws_cloudtrail.old')).toMatchObject({ identity: 'aws_cloudtrail.new', fate: 'recreated' });
    expect(after.at('aws_cloudtrail.new')?.identity).toBe('aws_cloudtrail.new');
  });

  test('another name is another thing', () => {
    const { before } = recreate('aws_cloudtrail', { name: 'main' }, { name: 'other' });
    expect(before.at('aws_cloudtrail.old')).toMatchObject({ identity: 'aws_cloudtrail.old', fate: 'destroyed' });
  });

  test('a sub-resource is named by its bucket, by name or by reference', () => {
    const { before } = worldsOf({
      configuration: {
        root_module: {
          resources: [
            block('aws_s3_bucket_versioning', 'new', {
              bucket: { references: ['aws_s3_bucket.b.id', 'aws_s3_bucket.b'] },
            }),
          ],
        },
      },
      resource_changes: [
        changeOf('aws_s3_bucket.b', ['no-op'], {
          before: { id: 'logs', bucket: 'logs' },
          after: { id: 'logs', bucket: 'logs' },
        }),
        changeOf('aws_s3_bucket_versioning.old', ['delete'], { before: { bucket: 'logs' } }),
        changeOf('aws_s3_bucket_versioning.new', ['create'], { after: {}, after_unknown: { bucket: true } }),
      ],
    });
    expect(before.at('aws_s3_bucket_versioning.old')?.identity).toBe('aws_s3_bucket_versioning.new');
  });

  test.each([
    ['delete', ['delete'], 'destroyed'],
    ['replace', ['delete', 'create'], 'replaced'],
    ['replace, new one first', ['create', 'delete'], 'replaced'],
    ['forget', ['forget'], 'forgotten'],
    ['update', ['update'], 'kept'],
  ])('%s: the old object is %s', (_, actions, fate) => {
    const { before } = worldsOf({
      resource_changes: [changeOf('aws_kms_key.k', actions, { before: { id: 'k' }, after: { id: 'k' } })],
    });
    expect(before.at('aws_kms_key.k')?.fate).toBe(fate);
  });
});

describe('what stands in a world', () => {
  test('neighbours of the prior state stand in both', () => {
    const { before, after } = worldsOf({
      prior_state: {
        values: {
          root_module: {
            child_modules: [
              {
                resources: [
                  {
                    address: 'module.m.aws_vpc.v',
                    mode: 'managed',
                    type: 'aws_vpc',
                    name: 'v',
                    values: { id: 'vpc-1' },
                  },
                ],
              },
            ],
          },
        },
      },
    });
    for (const world of [before, after])
      expect(world.find(['aws_vpc'], 'id', 'vpc-1')).toMatchObject({
        address: 'module.m.aws_vpc.v',
        module: 'module.m',
        touched: false,
      });
  });

  test('a leftover of a failed replacement does not', () => {
    const { before } = worldsOf({
      resource_changes: [changeOf('aws_vpc.v', ['delete'], { before: { id: 'old' } }, { deposed: 'abc' })],
    });
    expect(before.resources('aws_vpc')).toEqual([]);
  });

  test('the own account is read from ARNs', () => {
    const { after } = worldsOf({
      resource_changes: [
        changeOf('aws_iam_role.r', ['no-op'], {
          before: { arn: 'arn:aws:iam::123456789012:role/r' },
          after: { arn: 'arn:aws:iam::123456789012:role/r' },
        }),
      ],
    });
    expect(after.account).toBe('123456789012');
  });

  test('a plan that deletes everything is a destroy plan', () => {
    expect(buildWorlds(storyPlan('destroy-everything'), noExpressions).destroysEverything).toBe(true);
    expect(buildWorlds(storyPlan('trail-deleted'), noExpressions).destroysEverything).toBe(false);
  });
});
