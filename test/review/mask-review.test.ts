import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/finding/finding.ts';
import { maskReview } from '../../src/secrets/mask-review.ts';
import { finding, review } from '../report/review-builder.ts';

const TOKEN = `ghp_${'a1B2'.repeat(9)}`;

const HOSTILE: Partial<Finding> = {
  address: `aws_s3_bucket.b["${TOKEN}"]`,
  previousAddress: `aws_s3_bucket.a["${TOKEN}"]`,
  attribute: `tags.${TOKEN}`,
  message: `The bucket ${TOKEN} is public`,
  evidence: [{ label: 'bucket', before: TOKEN, after: `x ${TOKEN} y` }],
  access: [
    {
      effect: 'gains',
      principal: `role ${TOKEN}`,
      actions: [TOKEN],
      resources: [`arn:aws:s3:::${TOKEN}`],
      conditions: TOKEN,
      because: TOKEN,
      location: null,
      summary: [TOKEN],
      level: 'write',
      risks: [],
      witness: { principal: TOKEN, action: TOKEN, resource: TOKEN, context: { [TOKEN]: [TOKEN] } },
      simulated: TOKEN,
    },
  ],
};

describe('the last gate before a review is shown', () => {
  const masked = maskReview(
    review({
      findings: [finding(HOSTILE)],
      notEvaluated: [
        {
          address: `random_pet.p["${TOKEN}"]`,
          resourceType: 'random_pet',
          reason: 'no policy looks at this resource type',
        },
      ],
      notes: [`1 resource changed: aws_x.y["${TOKEN}"].`],
    }),
  );

  test('lets no credential through', () => {
    expect(JSON.stringify(masked)).not.toContain(TOKEN);
  });

  test('leaves the rest to be read', () => {
    expect(masked.findings[0]).toMatchObject({
      address: 'aws_s3_bucket.b["(secret)"]',
      message: 'The bucket (secret) is public',
      policy: finding().policy,
      fingerprint: finding().fingerprint,
    });
    expect(masked.notes).toEqual(['1 resource changed: aws_x.y["(secret)"].']);
  });

  test('does not touch an ordinary review', () => {
    const ordinary = review({
      findings: [finding(), finding({ previousAddress: 'aws_security_group.old' })],
      notes: ['plan.json: nothing to judge: the plan has no resources.'],
    });
    expect(maskReview(ordinary)).toEqual(ordinary);
  });
});
