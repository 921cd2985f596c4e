import { expect, test } from 'vitest';
import { renderJunit } from '../../src/report/junit.ts';
import { junitErrors, parseXml } from './junit-shape.ts';
import { finding, review } from './review-builder.ts';
import { sampleReview } from './sample.ts';

const plan = (path: string, change = {}) => ({
  path,
  formatVersion: '1.2',
  terraformVersion: '1.14.0',
  complete: true,
  errored: false,
  resourceChanges: 1,
  ...change,
});

/** Each case as `outcome name`, below its suite. */
const outline = (xml: string): Record<string, string[]> =>
  Object.fromEntries(
    parseXml(xml).children.map(({ attributes, children }) => [
      attributes['name'],
      children.map(
        (one) => `${one.children[0]?.name ?? 'passed'} ${one.attributes['name']?.replace(' (b7a1c9d0)', '')}`,
      ),
    ]),
  );

test('a review as a whole', async () => {
  const xml = renderJunit(sampleReview());
  expect(junitErrors(xml)).toEqual([]);
  await expect(xml).toMatchFileSnapshot('__snapshots__/junit.xml');
});

test('only what fails the review is a failure', () => {
  const waived = { policy: 'p', address: 'a', reason: 'known', owner: 'me', expires: '2027-01-31' };
  const xml = renderJunit(
    review({
      findings: [
        finding({ address: 'a', fails: true }),
        finding({ address: 'b', severity: 'medium', fails: false }),
        finding({ address: 'c', waived, fails: false }),
        finding({ address: 'd', status: 'undetermined', fails: false }),
        finding({ address: 'e', status: 'undetermined', fails: true }),
        finding({ address: 'f', status: 'persisting', fails: false }),
        finding({ address: 'g', status: 'resolved', fails: false }),
      ].map((one) => ({ ...one, title: 'Bad' })),
    }),
  );
  expect(outline(xml)).toEqual({
    'plan.json': [
      'failure Bad: a',
      'skipped Bad: c',
      'skipped Bad: d',
      'failure Bad: e',
      'skipped Bad: f',
      'system-out Bad: g',
      'skipped Bad: b',
    ],
  });
});

test('each plan is a suite, and one without findings has passed', () => {
  const xml = renderJunit(
    review({
      plans: [plan('a/plan.json'), plan('b/plan.json')],
      findings: [finding({ plan: 'b/plan.json', title: 'Bad' })],
    }),
  );
  expect(outline(xml)).toEqual({
    'a/plan.json': ['passed No findings'],
    'b/plan.json': ['failure Bad: aws_security_group.bastion'],
  });
});

test('a plan that cannot be judged to the end is a failure', () => {
  const errored = review({ conclusion: 'fail', plans: [plan('plan.json', { errored: true })] });
  const partial = review({ conclusion: 'fail', plans: [plan('plan.json', { complete: false })] });
  for (const one of [errored, partial])
    expect(outline(renderJunit(one))).toEqual({ 'plan.json': ['failure The plan can be judged to the end'] });
});

test('a plan that is partial and may be so is none', () => {
  const xml = renderJunit(review({ conclusion: 'pass', plans: [plan('plan.json', { complete: false })] }));
  expect(outline(xml)).toEqual({ 'plan.json': ['passed No findings'] });
});

test('characters that XML forbids are spelt out', () => {
  const xml = renderJunit(review({ findings: [finding({ message: '\u0000\u0008\uFFFE\ud800<]]>&' })] }));
  expect(junitErrors(xml)).toEqual([]);
  expect(xml).toContain(String.raw`\u0000\u0008` + '\uFFFD' + String.raw`\ud800&lt;]]&gt;&amp;`);
});

test('two findings of one policy at one address are two tests', () => {
  const findings = [finding({ fingerprint: 'aaaaaaaa11' }), finding({ fingerprint: 'bbbbbbbb11' })];
  const names = parseXml(renderJunit(review({ findings }))).children.flatMap(({ children }) =>
    children.map(({ attributes }) => attributes['name']),
  );
  expect(new Set(names).size).toBe(2);
});
