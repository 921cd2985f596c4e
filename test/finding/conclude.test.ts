import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conclude, countFindings, ON_UNKNOWN, sortFindings, type Thresholds } from '../../src/finding/conclude.ts';
import type { Finding, Waiver } from '../../src/finding/finding.ts';
import { fingerprint } from '../../src/finding/fingerprint.ts';
import { bySeverity, type FailOn, isWorse, reaches, SEVERITIES } from '../../src/finding/severity.ts';
import { finding } from '../report/review-builder.ts';

const WAIVER: Waiver = { policy: '*', address: '*', reason: 'because', owner: 'us', expires: '2027-01-31' };
/** From what fails on least to what fails on most. */
const FAIL_ON: readonly FailOn[] = ['never', ...SEVERITIES];

const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    severity: fc.constantFrom(...SEVERITIES),
    status: fc.constantFrom('introduced', 'persisting', 'resolved', 'undetermined'),
    waived: fc.constantFrom(null, WAIVER),
    plan: fc.constantFrom('a.json', 'B.json', 'b.json'),
    address: fc.constantFrom('aws_x.é', 'aws_x.e\u0301', 'aws_x.b', 'aws_x.B', 'aws_x.b\u00AD', 'aws_x_y.a'),
    policy: fc.constantFrom('iam/a', 'iam/b', 's3-x/a', 's3/a'),
    fingerprint: fc.constantFrom('00', '01', '02'),
  })
  .map((change) => finding(change));
const findings = fc.array(anyFinding, { maxLength: 12 });
const thresholds: fc.Arbitrary<Thresholds> = fc.record({
  failOn: fc.constantFrom(...FAIL_ON),
  onUnknown: fc.constantFrom(...ON_UNKNOWN),
  mode: fc.constantFrom('review', 'audit'),
});

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
const failed = (...given: Parameters<typeof conclude>): boolean => conclude(...given) === 'fail';

describe('counts', () => {
  test('sum up to the findings, each counted once', () => {
    fc.assert(
      fc.property(findings, (all) => {
        const counts = countFindings(all);
        expect(
          Object.values(counts)
            .map(total)
            .reduce((sum, count) => sum + count, 0),
        ).toBe(all.length);
        expect(total(counts.waived)).toBe(all.filter(({ waived }) => waived !== null).length);
      }),
    );
  });

  test('name every severity, also those without findings', () => {
    expect(countFindings([finding({ severity: 'low', status: 'resolved' })])).toEqual({
      introduced: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
      persisting: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
      undetermined: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
      resolved: { critical: 0, high: 0, medium: 0, low: 1, info: 0 },
      waived: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    });
  });
});

describe('the verdict', () => {
  test.each([
    [{}, 'high', 'fail'],
    [{ severity: 'high' }, 'high', 'fail'],
    [{ severity: 'medium' }, 'high', 'pass'],
    [{ status: 'resolved' }, 'info', 'pass'],
    [{ status: 'persisting' }, 'info', 'pass'],
    [{ status: 'undetermined' }, 'info', 'pass'],
    [{ waived: WAIVER }, 'info', 'pass'],
    [{}, 'never', 'pass'],
  ] as const)('%j with --fail-on %s: %s', (change, failOn, conclusion) => {
    expect(conclude([finding(change)], { failOn, onUnknown: 'warn', mode: 'review' }, false)).toBe(conclusion);
  });

  test('a threshold that is milder fails at least as much', () => {
    fc.assert(
      fc.property(
        findings,
        thresholds,
        fc.nat({ max: FAIL_ON.length - 2 }),
        fc.boolean(),
        (all, given, index, isPartial) => {
          const [strict = 'never', mild = 'never'] = FAIL_ON.slice(index);
          return (
            !failed(all, { ...given, failOn: strict }, isPartial) || failed(all, { ...given, failOn: mild }, isPartial)
          );
        },
      ),
    );
  });

  test('one more finding, a stricter treatment of the undetermined or an audit never makes it pass', () => {
    fc.assert(
      fc.property(findings, anyFinding, thresholds, (all, another, given) => {
        const before = failed(all, given, false);
        expect(before && !failed([...all, another], given, false)).toBe(false);
        expect(before && !failed(all, { ...given, onUnknown: 'fail' }, false)).toBe(false);
        expect(before && !failed(all, { ...given, mode: 'audit' }, false)).toBe(false);
      }),
    );
  });

  test('does not depend on order', () => {
    fc.assert(
      fc.property(
        findings,
        thresholds,
        (all, given) => failed(all, given, false) === failed(all.toReversed(), given, false),
      ),
    );
  });

  test('of a partial plan is never a pass', () => {
    fc.assert(fc.property(findings, thresholds, (all, given) => failed(all, given, true)));
  });
});

describe('the order of findings', () => {
  test('is the same whatever order they come in', () => {
    fc.assert(
      fc.property(
        findings.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(sortFindings(shuffled)).toEqual(sortFindings(all));
        },
      ),
    );
  });

  test('puts what is new first, and the worst of it', () => {
    const all = [
      finding({ status: 'resolved', severity: 'critical' }),
      finding({ status: 'persisting', severity: 'critical' }),
      finding({ status: 'introduced', severity: 'low' }),
      finding({ status: 'undetermined', severity: 'critical' }),
      finding({ status: 'introduced', severity: 'high' }),
    ];
    expect(sortFindings(all).map(({ status, severity }) => `${status} ${severity}`)).toEqual([
      'introduced high',
      'introduced low',
      'undetermined critical',
      'persisting critical',
      'resolved critical',
    ]);
  });
});

describe('severities', () => {
  test('are ranked as they are listed', () => {
    expect(SEVERITIES.toReversed().toSorted(bySeverity)).toEqual(SEVERITIES);
    expect(isWorse('critical', 'high')).toBe(true);
    expect(isWorse('high', 'high')).toBe(false);
    expect(SEVERITIES.filter((severity) => reaches(severity, 'medium'))).toEqual(['critical', 'high', 'medium']);
    expect(SEVERITIES.filter((severity) => reaches(severity, 'never'))).toEqual([]);
  });
});

describe('a fingerprint', () => {
  test('stays what it was when this version came out, since others have stored it', () => {
    expect(fingerprint('plan.json', 'iam/admin-policy', 'aws_iam_policy.admin')).toBe('4d91d0bb5f9529d1675f');
  });

  test('is the same however the path of the plan is written', () => {
    expect(fingerprint('./stacks//prod/plan.json', 'a', 'b')).toBe(fingerprint('stacks/prod/plan.json', 'a', 'b'));
  });

  test('differs when anything differs, wherever the border between the parts is', () => {
    const part = fc.stringMatching(/^[a-z]{1,4}$/);
    fc.assert(
      fc.property(fc.tuple(part, part, part), fc.tuple(part, part, part), (one, other) => {
        expect(fingerprint(...one)).toMatch(/^[0-9a-f]{20}$/);
        expect(fingerprint(...one) === fingerprint(...other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });
});
