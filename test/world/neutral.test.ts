import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildWorlds } from '../../src/world/build.ts';
import { noExpressions } from '../../src/world/expressions.ts';
import { type Proof, proveNeutral } from '../../src/world/neutral.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { changeOf, planOf, storyPlan, storySource } from '../support/plan.ts';

const RULES = { requiredTags: ['owner'] };
const isNeutral = (plan: Plan): boolean => proveNeutral(buildWorlds(plan, noExpressions), RULES).obstacles.length === 0;

const neutral = (...changes: object[]): boolean => isNeutral(planOf({ resource_changes: changes }));

const BUCKET = { bucket: 'logs', tags: { team: 'web' }, tags_all: { team: 'web' } };
const RETAGGED = { ...BUCKET, tags: { team: 'net' }, tags_all: { team: 'net' } };
const update = (change: object, more: object = {}): object =>
  changeOf('aws_s3_bucket.logs', ['update'], { before: BUCKET, after: RETAGGED, ...change }, more);
const retag = update({});

describe('a plan is neutral', () => {
  test.each([
    ['without changes', []],
    ['when only tags change', [retag]],
    [
      'when tags are known only after apply',
      [update({ after: { bucket: 'logs' }, after_unknown: { tags_all: { id: true }, tags: { id: true } } })],
    ],
    [
      'when something moves and stays as it is',
      [
        changeOf(
          'aws_s3_bucket.logs',
          ['no-op'],
          { before: BUCKET, after: BUCKET },
          { previous_address: 'aws_s3_bucket.old' },
        ),
      ],
    ],
    ['when data is read', [retag, changeOf('data.aws_ami.a', ['read'], { after: {} }, { mode: 'data' })]],
  ])('%s', (_, changes) => {
    expect(neutral(...changes)).toBe(true);
  });

  test.each(['tags-only', 'no-changes'])('as in the story %s', (story) => {
    expect(isNeutral(storyPlan(story))).toBe(true);
  });
});

describe('a plan is not neutral', () => {
  test('when it denies what it shows, or its configuration was cut out', () => {
    expect(isNeutral(planOf({ applyable: true, resource_changes: [retag] }))).toBe(true);
    expect(isNeutral(planOf({ applyable: false, resource_changes: [retag] }))).toBe(false);
    expect(isNeutral(planOf({ configuration: {}, resource_changes: [retag] }))).toBe(false);
  });

  const document = (condition: string): object =>
    changeOf('aws_iam_policy.p', ['no-op'], {
      after: { policy: JSON.stringify({ Statement: [{ Condition: { StringEquals: { [condition]: 'web' } } }] }) },
    });

  test.each([
    ['when another attribute changes with the tags', [update({ after: { ...RETAGGED, acl: 'public-read' } })]],
    ['when another attribute will be known only after apply', [update({ after_unknown: { policy: true } })]],
    ['when a part of another attribute will', [update({ after_unknown: { rule: [{ id: true }] } })]],
    ['when something is created', [changeOf('aws_s3_bucket.new', ['create'], { after: {} })]],
    ['when something is deleted', [changeOf('aws_s3_bucket.old', ['delete'], { before: {} })]],
    [
      'when something is replaced',
      [changeOf('aws_s3_bucket.logs', ['delete', 'create'], { before: BUCKET, after: RETAGGED })],
    ],
    ['when something is forgotten', [changeOf('aws_s3_bucket.logs', ['forget'], { before: BUCKET })]],
    [
      'when a leftover is deleted',
      [changeOf('aws_s3_bucket.logs', ['delete'], { before: BUCKET }, { deposed: 'ab12' })],
    ],
    [
      'when something is imported',
      [changeOf('aws_s3_bucket.logs', ['no-op'], { before: BUCKET, after: BUCKET, importing: { id: 'logs' } })],
    ],
    ['when something is imported and tagged', [update({ importing: { id: 'logs' } })]],
    [
      'when nobody knows what happens',
      [changeOf('aws_s3_bucket.logs', ['surprise'], { before: BUCKET, after: RETAGGED })],
    ],
    [
      'when the tags are those of another cloud, where firewalls go by them',
      [changeOf('google_compute_instance.vm', ['update'], { before: { tags: [] }, after: { tags: ['ssh'] } })],
    ],
    ['when a policy grants by tag', [retag, document('aws:ResourceTag/team')]],
    ['when a policy grants by tag in other letters', [retag, document('AWS:resourcetag/team')]],
    ['when a policy grants by the tags of an object', [retag, document('s3:ExistingObjectTag/team')]],
    ['when a policy grants by names of tags', [retag, document('aws:TagKeys')]],
  ])('%s', (_, changes) => {
    expect(neutral(...changes)).toBe(false);
  });

  test.each([
    ['it is partial', { complete: false }],
    ['it failed', { errored: true }],
    ['changes are deferred', { deferred_changes: [{ reason: 'unknown', resource_change: retag }] }],
    ['something drifted', { resource_drift: [retag] }],
    [
      'an output changes',
      { output_changes: { url: { actions: ['update'], before: 'a', after: 'b', after_unknown: false } } },
    ],
    [
      'a policy of the prior state grants by tag',
      {
        prior_state: {
          values: {
            root_module: {
              child_modules: [
                {
                  resources: [
                    {
                      address: 'module.m.aws_iam_policy.p',
                      mode: 'managed',
                      type: 'aws_iam_policy',
                      name: 'p',
                      values: { policy: '{"Condition":{"StringLike":{"aws:PrincipalTag/team":"*"}}}' },
                    },
                  ],
                },
              ],
            },
          },
        },
      },
    ],
  ])('when %s', (_, more) => {
    expect(isNeutral(planOf({ resource_changes: [retag], ...more }))).toBe(false);
  });

  test('by whatever changes besides tags', () => {
    const value = fc.jsonValue({ maxDepth: 2 });
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z_]{1,12}$/), value, value, (name, before, after) => {
        const same = JSON.stringify(before) === JSON.stringify(after);
        const isTags = name === 'tags' || name === 'tags_all';
        const change = changeOf('aws_s3_bucket.logs', ['update'], {
          before: { [name]: before },
          after: { [name]: after },
        });
        expect(neutral(change)).toBe(same || isTags);
      }),
    );
  });
});

async function proofOf(story: string): Promise<Proof> {
  const source = await storySource(story);
  return proveNeutral(buildWorlds(storyPlan(story), source.expression.bind(source)), RULES);
}

/** One line for each attribute of the proof, or for each obstacle. */
const told = ({ changes, obstacles }: Proof): string[] => [
  ...changes.flatMap(({ address, attributes }) =>
    attributes.map(({ attribute, because }) => `${address} ${attribute}: ${because}`),
  ),
  ...obstacles.map(({ address, attribute, because }) => `NOT ${address} ${attribute}: ${because}`),
];

test.each([
  'tags-only',
  'tags-by-default',
  'image-of-task',
  'image-of-function',
  'policy-reordered-and-reformatted',
  'image-of-task-with-role',
  'image-of-task-from-elsewhere',
  'tags-that-grant',
  'tags-with-parameter',
])('the proof of the story %s', async (story) => {
  expect(told(await proofOf(story))).toMatchSnapshot();
});

describe('a change of tags is not neutral', () => {
  test.each([
    ['when it takes a required tag away', { owner: 'web' }, {}, {}],
    ['when Session Manager acts on it', {}, { SSMSessionRunAs: 'root' }, {}],
    ['when Kubernetes finds subnets by it', {}, { 'kubernetes.io/role/elb': '1' }, {}],
    ['when nobody knows which tags it will have', {}, {}, { tags: true }],
  ])('%s', (_, before, after, unknown) => {
    expect(neutral(update({ before: { tags: before }, after: { tags: after }, after_unknown: unknown }))).toBe(false);
  });

  test('when the type is of another provider', () => {
    expect(neutral(update({}, { provider_name: 'registry.terraform.io/evil/aws' }))).toBe(false);
  });
});

describe('a plan is not neutral when the apply', () => {
  test.each([
    ['invokes an action', { action_invocations: [{ address: 'action.aws_lambda_invoke.x' }] }],
    ['makes an output known', { output_changes: { url: { actions: ['create'], before: null, after_unknown: true } } }],
  ])('%s', (_, more) => {
    expect(isNeutral(planOf({ resource_changes: [retag], ...more }))).toBe(false);
  });

  test.each(['aws_lambda_invocation', 'external'])('reads %s', (type) => {
    const provider_name = `registry.terraform.io/hashicorp/${type === 'external' ? type : 'aws'}`;
    expect(neutral(changeOf(`data.${type}.x`, ['read'], {}, { mode: 'data', type, provider_name }))).toBe(false);
  });
});
