import * as fc from 'fast-check';
import type { Log, Result } from 'sarif';
import { expect, test } from 'vitest';
import { renderSarif } from '../../src/report/sarif.ts';
import { hostileReview } from './hostile-review.ts';
import { finding, review } from './review-builder.ts';
import { sampleReview } from './sample.ts';
import { validateSarif } from './schema.ts';

const errors = (log: unknown) => (validateSarif(log) ? [] : validateSarif.errors);

const toLog = (...parameters: Parameters<typeof renderSarif>): Log => JSON.parse(renderSarif(...parameters));
const results = (...parameters: Parameters<typeof renderSarif>): Result[] =>
  toLog(...parameters).runs.flatMap((run) => run.results ?? []);

test('the sample as SARIF', async () => {
  await expect(renderSarif(sampleReview())).toMatchFileSnapshot('__snapshots__/review.sarif.snap');
});

test('is valid against the official schema, whatever the review holds', () => {
  expect(errors(toLog(sampleReview()))).toEqual([]);
  fc.assert(
    fc.property(hostileReview, (hostile) => {
      expect(errors(toLog(hostile))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test('the official schema does refuse what is not SARIF', () => {
  expect(errors({ version: '2.1.0', runs: [{ results: [{ level: 'critical' }] }] })).not.toEqual([]);
});

test('a rule has help, a page and the severity that GitHub ranks by', () => {
  const [rule] =
    toLog(review({ findings: [finding({ severity: 'low' }), finding({ severity: 'high', fingerprint: 'other' })] }))
      .runs[0]?.tool.driver.rules ?? [];
  expect(rule).toMatchObject({
    id: 'security-group/ingress-open-to-world-admin-port',
    helpUri:
      'https://github.com/planwarden/planwarden/blob/main/docs/policies/security-group/ingress-open-to-world-admin-port.md',
    help: { markdown: expect.stringContaining('**How to fix:** Limit the source') },
    properties: { 'security-severity': '8.0' },
  });
});

test("a team's own policy has no page to link to", () => {
  const [rule] = toLog(review({ findings: [finding({ policy: 'database/ours' })] })).runs[0]?.tool.driver.rules ?? [];
  expect(rule).toMatchObject({ id: 'database/ours' });
  expect(rule).not.toHaveProperty('helpUri');
});

test('a result stands at its lines, with a path relative to the repository', () => {
  const at = finding({ location: { path: 'a dir/net#1.tf', startLine: 3, endLine: 9 } });
  expect(results(review({ findings: [at] }))[0]?.locations?.[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: 'a%20dir/net%231.tf' },
    region: { startLine: 3, endLine: 9 },
  });
});

test.each([
  ['./envs/prod/tfplan.json', 'envs/prod/tfplan.json'],
  ['/tmp/tfplan.json', 'plan.json'],
  ['../tfplan.json', 'plan.json'],
])('a finding without a source stands in the plan %s as %s, and keeps its address', (plan, uri) => {
  const [result] = results(
    review({ findings: [finding({ plan, location: null })], plans: [{ ...review().plans[0]!, path: plan }] }),
  );
  expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(uri);
  expect(result?.locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName).toBe('aws_security_group.bastion');
});

test('the fingerprint does not change when lines move', () => {
  const moved = finding({ location: { path: 'other.tf', startLine: 99, endLine: 99 } });
  const [a, b] = [finding(), moved].map((one) => results(review({ findings: [one] }))[0]?.partialFingerprints);
  expect(a).toEqual(b);
  expect(a).toMatchObject({ 'planwarden/v1': 'b7a1c9d04e52f3886f1d' });
});

test('a review reports what is introduced, an audit what is there; an accepted finding is suppressed with its reason', () => {
  const sample = sampleReview();
  const statuses = (list: readonly Result[]) => [...new Set(list.map(({ baselineState }) => baselineState))];
  expect(results(sample)).toHaveLength(7);
  expect(statuses(results(sample))).toEqual(['new']);
  expect(statuses(results({ ...sample, mode: 'audit' }))).toEqual(['new', 'unchanged']);
  const suppressed = results(sample).filter(({ suppressions }) => suppressions !== undefined);
  expect(suppressed.map(({ suppressions }) => suppressions?.[0]?.justification)).toEqual([
    'It is the egress proxy, see SEC-214 (@acme/network until 2027-03-31)',
  ]);
});

test('each plan is a run with its own name, and more than code scanning takes become one', () => {
  const plans = (number: number) =>
    Array.from({ length: number }, (_, index) => ({ ...review().plans[0]!, path: `p${index}.json` }));
  const of = (number: number) => toLog(review({ plans: plans(number), findings: [finding({ plan: 'p1.json' })] })).runs;
  expect(of(2).map(({ automationDetails, results: list }) => [automationDetails?.id, list?.length])).toEqual([
    ['planwarden/p0.json/', 0],
    ['planwarden/p1.json/', 1],
  ]);
  expect(of(21).map(({ automationDetails, results: list }) => [automationDetails?.id, list?.length])).toEqual([
    ['planwarden/all plans/', 1],
  ]);
});

test('a message cannot hold a link', () => {
  const [result] = results(review({ findings: [finding({ message: '[approved](https://evil.example)' })] }));
  expect(result?.message.text).not.toContain('](');
});
