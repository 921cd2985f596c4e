import * as fc from 'fast-check';
import type { Finding } from '../../src/finding/finding.ts';
import type { Review } from '../../src/finding/review.ts';
import { SEVERITIES } from '../../src/finding/severity.ts';
import { hostile } from '../text/hostile.ts';
import { review } from './review-builder.ts';

const text = hostile(6);
const texts = fc.array(text, { maxLength: 2 });
const maybe = fc.option(text);

const finding = fc.record<Finding>({
  policy: text,
  title: text,
  severity: fc.constantFrom(...SEVERITIES),
  status: fc.constantFrom('introduced', 'persisting', 'resolved', 'undetermined'),
  waived: fc.option(
    fc.record({ policy: text, address: text, reason: text, owner: text, expires: fc.constant('2027-01-31') }),
    { freq: 3 },
  ),
  plan: text,
  address: text,
  previousAddress: maybe,
  resourceType: text,
  attribute: maybe,
  message: text,
  evidence: fc.array(fc.record({ label: text, before: maybe, after: maybe }), { maxLength: 3 }),
  access: fc.array(
    fc.record({
      effect: fc.constantFrom('gains' as const, 'loses' as const),
      principal: text,
      actions: texts,
      resources: texts,
      conditions: maybe,
      because: text,
      location: fc.option(
        fc.record({ path: text, startLine: fc.integer({ min: 1, max: 9 }), endLine: fc.integer({ min: 9, max: 12 }) }),
      ),
      summary: texts,
      level: maybe,
      risks: texts,
      witness: fc.record({
        principal: text,
        action: text,
        resource: text,
        context: fc.dictionary(text, texts, { maxKeys: 2 }),
      }),
      simulated: maybe,
    }),
    { maxLength: 1 },
  ),
  location: fc.option(
    fc.record({ path: text, startLine: fc.integer({ min: 1, max: 9 }), endLine: fc.integer({ min: 9, max: 12 }) }),
  ),
  excerpt: fc.option(fc.record({ startLine: fc.integer({ min: 1, max: 9 }), lines: texts }), { nil: undefined }),
  fails: fc.option(fc.boolean(), { nil: undefined }),
  fingerprint: fc.oneof(
    fc.uuid(),
    fc.constantFrom('1', 'q'),
    text.map((one) => `x${one}`),
  ),
  grant: fc.uuid(),
  why: text,
  fix: text,
  references: texts,
  way: fc.array(text, { maxLength: 4 }),
  repair: fc.record({
    location: fc.record({ path: text, startLine: fc.constant(3), endLine: fc.constant(3) }),
    before: text,
    after: text,
  }),
});

/** A review in which every text that can come from outside is hostile. */
export const hostileReview: fc.Arbitrary<Review> = fc
  .record({
    findings: fc.array(finding, { maxLength: 5 }),
    path: text,
    terraformVersion: maybe,
    version: text,
    mode: fc.constantFrom('review' as const, 'audit' as const),
    conclusion: fc.constantFrom('pass' as const, 'fail' as const),
    notEvaluated: fc.array(fc.record({ address: text, resourceType: text, reason: text }), { maxLength: 2 }),
    notes: texts,
  })
  .map(({ path, terraformVersion, version, ...rest }) =>
    review({
      ...rest,
      tool: { name: 'planwarden', version },
      plans: [{ path, formatVersion: '1.2', terraformVersion, complete: true, errored: false, resourceChanges: 3 }],
    }),
  );
