import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderJson } from '../../src/report/json.ts';
import { hostileReview } from './hostile-review.ts';
import { finding, review } from './review-builder.ts';
import { sampleReview } from './sample.ts';
import { reportSchema, validateReport } from './schema.ts';

const errors = (report: unknown) => (validateReport(report) ? [] : validateReport.errors);

test('a report is valid against the published schema, and the schema names every field', () => {
  expect(errors(JSON.parse(renderJson(sampleReview())))).toEqual([]);
});

test('so is any report', () => {
  fc.assert(
    fc.property(hostileReview, (hostile) => {
      expect(errors(JSON.parse(renderJson(hostile)))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test.each([
  ['another version', { schemaVersion: 2 }],
  ['an unknown conclusion', { conclusion: 'neutral' }],
  ['a finding without a fingerprint', { findings: [finding({ fingerprint: '' })] }],
  ['a line that is no line', { findings: [finding({ location: { path: 'a.tf', startLine: 0, endLine: 0 } })] }],
])('%s is not', (_, change) => {
  expect(errors({ ...review(), ...change })).not.toEqual([]);
});

test('every field of the schema says what it is', () => {
  const undescribed: string[] = [];
  const walk = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    if ('properties' in schema && typeof schema.properties === 'object' && schema.properties !== null) {
      for (const [name, property] of Object.entries<object>(schema.properties as Record<string, object>)) {
        if (!('description' in property) && !('$ref' in property)) undescribed.push(`${path}.${name}`);
      }
    }
    for (const [name, inner] of Object.entries(schema)) walk(inner, `${path}.${name}`);
  };
  walk(reportSchema, '');
  expect(undescribed).toEqual([]);
});

test('what would harm a terminal or a log is spelt out', () => {
  const text = renderJson(review({ notes: ['\u001b[31m \u202e ##[error] \u{e0041}'] }));
  expect(text).toContain(String.raw`\u001b[31m \u202e \u0023#[error] \udb40\udc41`);
});
