import { describe, expect, test } from 'vitest';
import { isPartial, planNotes } from '../../src/plan/notes.ts';
import { changeOf, planOf } from '../support/plan.ts';

const bucket = changeOf('aws_s3_bucket.logs', ['create'], { after: {} });
const notesOf = (content: object, allowPartial = false): string => planNotes(planOf(content), allowPartial).join('\n');

describe('notes about a plan', () => {
  test('an ordinary plan needs none', () => {
    expect(notesOf({ resource_changes: [bucket] })).toBe('');
  });

  test.each([
    ['no resources', { resource_changes: [] }, 'nothing to judge: the plan has no resources'],
    ['no list of changes at all', {}, 'nothing to judge: the plan has no resources'],
    [
      'only data sources',
      { resource_changes: [changeOf('data.aws_ami.a', ['read'], {}, { mode: 'data' })] },
      'the plan has no resources',
    ],
    [
      'no changes',
      { resource_changes: [changeOf('aws_s3_bucket.b', ['no-op'], {})] },
      'nothing to judge: the plan changes no resources',
    ],
    [
      'nothing of AWS',
      {
        resource_changes: [
          changeOf('random_pet.p', ['create'], {}, { provider_name: 'registry.terraform.io/hashicorp/random' }),
        ],
      },
      'nothing to judge: the plan has no AWS resources',
    ],
  ])('%s', (_, content, note) => {
    expect(notesOf(content)).toContain(note);
  });

  test('one that denies what it shows was altered', () => {
    const note = 'applying it would do nothing, and yet it shows changes, so it was altered';
    expect(notesOf({ applyable: false, resource_changes: [bucket] })).toContain(note);
    expect(notesOf({ applyable: true, resource_changes: [bucket] })).toBe('');
    expect(notesOf({ applyable: false, errored: true, resource_changes: [bucket] })).not.toContain(note);
    expect(notesOf({ applyable: false, resource_changes: [changeOf('aws_s3_bucket.b', ['no-op'], {})] })).not.toContain(
      note,
    );
  });

  test.each([[{}], [null], [{ provider_config: {} }]])('one whose configuration is %j was cut', (configuration) => {
    expect(notesOf({ configuration, resource_changes: [bucket] })).toContain('this plan has no `configuration`');
    expect(notesOf({ configuration, resource_changes: [] })).not.toContain('configuration');
  });

  test.each([
    ['an import', changeOf('aws_s3_bucket.b', ['no-op'], { importing: { id: 'b' } })],
    ['a move', changeOf('aws_s3_bucket.b', ['no-op'], {}, { previous_address: 'aws_s3_bucket.a' })],
  ])('%s alone is something to judge', (_, change) => {
    expect(notesOf({ resource_changes: [change] })).not.toContain('nothing to judge');
  });

  test('a provider of a private registry is AWS too', () => {
    const change = changeOf(
      'awscc_s3_bucket.b',
      ['create'],
      {},
      { provider_name: 'registry.example.com/hashicorp/awscc' },
    );
    expect(notesOf({ resource_changes: [change] })).toBe('');
  });

  test('a failed plan cannot pass, and nothing makes it', () => {
    expect(notesOf({ resource_changes: [bucket], errored: true, complete: false }, true)).toBe(
      'plan.json: planning failed midway, so this review is partial and cannot pass. Mend the error that `terraform plan` printed and plan again.',
    );
  });

  test('a targeted plan cannot pass unless the configuration accepts it', () => {
    const plan = { resource_changes: [bucket], complete: false };
    expect(notesOf(plan)).toContain('cannot pass. Plan without `-target`');
    expect(notesOf(plan, true)).toBe(
      'plan.json: this is a partial plan (made with `-target`, or with changes deferred), so this review is partial.',
    );
  });

  test('deferred changes, leftovers and drift are named, a few of them', () => {
    const many = Array.from({ length: 7 }, (_, index) => `aws_s3_bucket.b${index}`);
    const text = notesOf({
      resource_changes: [bucket, changeOf('aws_vpc.v', ['delete'], {}, { deposed: 'ab12' })],
      deferred_changes: many.map((address) => ({
        reason: 'unknown',
        resource_change: changeOf(address, ['create'], {}),
      })),
      resource_drift: [changeOf('aws_iam_role.r', ['update'], {})],
    });
    expect(text).toContain(
      '7 changes are deferred to a later plan and cannot be judged: aws_s3_bucket.b0, aws_s3_bucket.b1, aws_s3_bucket.b2, aws_s3_bucket.b3, aws_s3_bucket.b4',
    );
    expect(text).not.toContain('aws_s3_bucket.b5');
    expect(text).toContain('1 leftover object of an earlier failed replacement will be deleted: aws_vpc.v');
    expect(text).toContain('1 resource changed outside of Terraform since the last run: aws_iam_role.r');
  });

  test('one deferred change is one change', () => {
    const text = notesOf({
      resource_changes: [bucket],
      deferred_changes: [{ reason: 'unknown', resource_change: bucket }],
    });
    expect(text).toContain(
      '1 change is deferred to a later plan and cannot be judged: aws_s3_bucket.logs. The review cannot pass; set `allow-partial: true`',
    );
  });
});

test.each([
  [{}, false],
  [{ complete: true }, false],
  [{ complete: false }, true],
  [{ errored: true }, true],
  [{ deferred_changes: [{ reason: 'unknown', resource_change: bucket }] }, true],
])('a plan with %j is partial: %s', (content, partial) => {
  expect(isPartial(planOf(content))).toBe(partial);
});
