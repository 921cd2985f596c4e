import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseReport } from '../../src/merge/parse.ts';
import { renderJson } from '../../src/report/json.ts';
import { UserError } from '../../src/text/user-error.ts';
import { hostileReview } from '../report/hostile-review.ts';
import { finding, review } from '../report/review-builder.ts';
import { sampleReview } from '../report/sample.ts';

const refusal = (text: string): string => {
  try {
    parseReport(text, 'dns.json');
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'accepted';
};

const json = (change: object): string => JSON.stringify({ ...review(), ...change });

test('what review writes is read as it is', () => {
  expect(parseReport(renderJson(sampleReview()), 'dns.json')).toEqual(sampleReview());
});

test('fields of a later version are left out', () => {
  expect(parseReport(json({ weather: 'fine' }), 'dns.json')).toEqual(review());
});

test.each([
  ['nothing', ''],
  ['half a report', renderJson(sampleReview()).slice(0, 3_000)],
  ['a log', 'planwarden: exit code 2'],
])('%s is told as cut off or no JSON', (_, text) => {
  expect(refusal(text)).toBe(
    'dns.json is cut off or is not JSON: make it again with `planwarden review PLAN --format json`.',
  );
});

test.each([
  ['a plan', '{"format_version":"1.2"}', 'dns.json is a plan and not a report'],
  ['another JSON file', '[1]', 'dns.json is not a report of planwarden'],
  ['another version', json({ schemaVersion: 2 }), 'dns.json has another schemaVersion than 1'],
  ['a severity of its own', json({ findings: [{ ...finding(), severity: 'harmless' }] }), 'see `findings.0.severity`'],
  ['a status of its own', json({ findings: [{ ...finding(), status: 'fine' }] }), 'see `findings.0.status`'],
  [
    'a line that is none',
    json({ findings: [finding({ location: { path: 'a', startLine: -1, endLine: 1 } })] }),
    '.startLine',
  ],
  ['no findings', json({ findings: undefined }), 'see `findings`'],
  ['no plan', json({ plans: [] }), 'see `plans`'],
  ['a plan twice', json({ plans: [...review().plans, ...review().plans] }), 'names a plan twice'],
  ['a finding of another plan', json({ findings: [finding({ plan: 'shop.json' })] }), 'a plan that it does not name'],
])('%s is refused', (_, text, sentence) => {
  expect(refusal(text)).toContain(sentence);
});

test('whatever somebody puts into one field, the report is read whole or refused in a sentence', () => {
  const fields = fc.constantFrom(...Object.keys(sampleReview()));
  fc.assert(
    fc.property(fields, fc.jsonValue(), (field, value) => {
      const text = JSON.stringify({ ...sampleReview(), [field]: value });
      expect(refusal(text)).toMatch(/^(accepted|dns\.json [^\n]+\.)$/);
    }),
    { numRuns: 300 },
  );
});

test('hostile texts are data like any other', () => {
  fc.assert(
    fc.property(hostileReview, (hostile) => {
      const [plan] = review().plans;
      const findings = hostile.findings.map((one) => ({ ...one, plan: 'plan.json' }));
      const report = { ...hostile, plans: [plan], findings };
      expect(parseReport(JSON.stringify(report), 'dns.json').findings).toEqual(findings);
    }),
    { numRuns: 100 },
  );
});
