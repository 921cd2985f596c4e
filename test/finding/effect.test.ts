import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/finding/finding.ts';
import { effectNote } from '../../src/finding/effect.ts';
import type { Review } from '../../src/finding/review.ts';
import { finding, review } from '../report/review-builder.ts';

const WAIVER = { policy: '*', address: '*', reason: 'because', owner: 'us', expires: '2027-01-31' };

const found = (fingerprint: string, change: Partial<Finding> = {}): Finding =>
  finding({ policy: 's3/bucket-public', address: `aws_s3_bucket.${fingerprint}`, fingerprint, ...change });

const judged = (conclusion: Review['conclusion'], ...findings: readonly Finding[]): Review => ({
  ...review({ findings }),
  conclusion,
});

describe('another configuration', () => {
  test('that changes nothing', () => {
    expect(effectNote(judged('fail', found('a')), judged('fail', found('a')))).toBe(
      'With the changed configuration this review would be the same.',
    );
  });

  test('that adds, drops, accepts and weighs findings otherwise', () => {
    const now = judged(
      'fail',
      found('a'),
      found('b'),
      found('c', { waived: WAIVER }),
      found('d', { severity: 'high' }),
    );
    const then = judged(
      'pass',
      found('b', { waived: WAIVER }),
      found('c'),
      found('d', { severity: 'low' }),
      found('e'),
    );
    expect(effectNote(now, then)).toBe(
      'With the changed configuration this review would pass instead of fail; new: s3/bucket-public at aws_s3_bucket.e; gone: s3/bucket-public at aws_s3_bucket.a; accepted: s3/bucket-public at aws_s3_bucket.b; no longer accepted: s3/bucket-public at aws_s3_bucket.c; of another severity: s3/bucket-public at aws_s3_bucket.d.',
    );
  });

  test('names few of many, and nothing that was there before', () => {
    const many = Array.from({ length: 7 }, (_, index) => found(`b${index}`));
    const note = effectNote(judged('pass', found('a', { status: 'persisting' })), judged('pass', ...many));
    expect(note).toMatch(
      /^With the changed configuration this review would differ; new: .*aws_s3_bucket\.b4 and 2 more\.$/,
    );
    expect(note).not.toContain('gone');
  });
});
