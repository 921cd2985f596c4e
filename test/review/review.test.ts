import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG, type Config } from '../../src/config/config.ts';
import type { Review } from '../../src/finding/review.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { builtinPolicies } from '../../src/policy/builtin.ts';
import { review } from '../../src/review.ts';
import { changeOf, planOf, storyPlan } from '../support/plan.ts';

interface Setting {
  readonly config?: Partial<Config>;
  readonly mode?: 'review' | 'audit';
  readonly today?: string;
  readonly notes?: readonly string[];
}

const reviewOf = (
  plans: readonly Plan[],
  { config = {}, mode = 'review', today = '2026-11-22', notes = [] }: Setting = {},
): Promise<Review> =>
  review({
    plans: plans.map((plan) => ({ plan, source: undefined })),
    policies: builtinPolicies(),
    config: { ...DEFAULT_CONFIG, ...config },
    mode,
    today,
    notes,
  });

const OPENS_SSH = storyPlan('opens-ssh-to-world');

describe('a review', () => {
  test('is the same in every run', async () => {
    const [one, other] = await Promise.all([reviewOf([OPENS_SSH]), reviewOf([OPENS_SSH])]);
    expect(one).toEqual(other);
  });

  test('of several plans has the findings of each, and fails when one does', async () => {
    const [bad, good, both] = await Promise.all([
      reviewOf([OPENS_SSH]),
      reviewOf([storyPlan('ssh-narrowed')]),
      reviewOf([storyPlan('ssh-narrowed'), OPENS_SSH]),
    ]);
    expect([bad.conclusion, good.conclusion, both.conclusion]).toEqual(['fail', 'pass', 'fail']);
    expect(both.findings).toEqual([...bad.findings, ...good.findings]);
  });

  test('tells the same weakness of two plans as two findings', async () => {
    const { findings } = await reviewOf([OPENS_SSH, { ...OPENS_SSH, path: 'other.json' }]);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
    expect(new Set(findings.map(({ plan }) => plan)).size).toBe(2);
  });

  test('carries the notes of whoever gathered the input first', async () => {
    expect((await reviewOf([planOf({})], { notes: ['The pull request edits the configuration.'] })).notes).toEqual([
      'The pull request edits the configuration.',
      'plan.json: nothing to judge: the plan has no resources.',
    ]);
  });

  test('names what no policy looks at', async () => {
    const plan = planOf({
      resource_changes: [
        changeOf('aws_no_such_thing.x', ['create'], { after: {} }),
        changeOf('aws_s3_bucket.odd', ['surprise'], {}),
      ],
    });
    expect((await reviewOf([plan])).notEvaluated).toEqual([
      {
        address: 'aws_no_such_thing.x',
        resourceType: 'aws_no_such_thing',
        reason: 'no policy looks at this resource type',
      },
      {
        address: 'aws_s3_bucket.odd',
        resourceType: 'aws_s3_bucket',
        reason: 'this version of planwarden does not know what the plan does to it',
      },
    ]);
  });
});

describe('neutral', () => {
  test.each([
    ['tags-only', true],
    ['no-changes', true],
    ['outputs-only', false],
    ['opens-ssh-to-world', false],
    ['targeted-plan', false],
  ])('%s: %s', async (story, neutral) => {
    expect((await reviewOf([storyPlan(story)])).neutral).toBe(neutral);
  });

  test('only when every plan is', async () => {
    expect((await reviewOf([storyPlan('tags-only'), OPENS_SSH])).neutral).toBe(false);
  });
});

describe('a plan whose parts are not what they should be', () => {
  const JUNK: readonly unknown[] = [null, true, 7, 'text', [], {}, [null], [[]], { a: null }, [{}]];

  /** Every part of a raw plan, so that each can be replaced by junk. */
  function* places(value: unknown, path: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
    if (path.length > 0) yield path;
    if (path.length < 7 && typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value))
        yield* places(item, [...path, Array.isArray(value) ? Number(key) : key]);
    }
  }

  function replaced(value: unknown, [step, ...rest]: readonly (string | number)[], junk: unknown): unknown {
    if (step === undefined) return junk;
    if (Array.isArray(value))
      return value.map((item: unknown, index) => (index === step ? replaced(item, rest, junk) : item));
    const object = value as Record<string, unknown>;
    return { ...object, [step]: replaced(object[step], rest, junk) };
  }

  const RAW = {
    resource_changes: [
      changeOf('aws_security_group.g', ['update'], {
        before: { id: 'sg-1', name: 'g', ingress: [] },
        after: {
          id: 'sg-1',
          name: 'g',
          ingress: [{ from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] }],
        },
      }),
      changeOf(
        'module.m["k"].aws_vpc_security_group_ingress_rule.r',
        ['create'],
        {
          after: { from_port: 22, to_port: 22, ip_protocol: 'tcp', cidr_ipv4: '0.0.0.0/0' },
          after_unknown: { security_group_id: true },
        },
        { module_address: 'module.m["k"]' },
      ),
    ],
    configuration: {
      root_module: {
        resources: [
          {
            mode: 'managed',
            type: 'aws_security_group',
            name: 'g',
            expressions: { ingress: [{ cidr_blocks: { references: ['var.open'] } }] },
          },
        ],
        module_calls: {
          m: {
            expressions: { group: { references: ['aws_security_group.g.id', 'aws_security_group.g'] } },
            module: {
              resources: [
                {
                  mode: 'managed',
                  type: 'aws_vpc_security_group_ingress_rule',
                  name: 'r',
                  expressions: { security_group_id: { references: ['var.group'] } },
                },
              ],
              variables: { group: {} },
            },
          },
        },
        variables: { open: { default: ['0.0.0.0/0'] } },
      },
    },
    prior_state: {
      values: {
        root_module: {
          resources: [
            {
              address: 'aws_vpc.v',
              mode: 'managed',
              type: 'aws_vpc',
              name: 'v',
              values: { id: 'vpc-1' },
              sensitive_values: {},
            },
          ],
          child_modules: [{ address: 'module.m', resources: [] }],
        },
      },
    },
    variables: { open: { value: ['0.0.0.0/0'] } },
    output_changes: { url: { actions: ['create'], before: null, after: 'x' } },
    resource_drift: [],
  };

  test('is reviewed or refused in one sentence, but never breaks the review', async () => {
    const broken: string[] = [];
    for (const path of places(RAW)) {
      for (const junk of JUNK) {
        try {
          await reviewOf([planOf(replaced(RAW, path, junk) as object)], { mode: 'audit' });
        } catch (error) {
          if (!(error instanceof Error && error.name === 'UserError'))
            broken.push(`${path.join('.')} = ${JSON.stringify(junk)}: ${String(error)}`);
        }
      }
    }
    expect(broken).toEqual([]);
  });
});
