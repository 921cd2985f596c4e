import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Review } from '../../src/finding/review.ts';
import { mergeReports, type MergeRules } from '../../src/merge/merge.ts';
import { renderSummary } from '../../src/report/markdown.ts';
import { finding, review } from '../report/review-builder.ts';
import { validateReport } from '../report/schema.ts';

const RULES: MergeRules = {
  failOn: 'high',
  onUnknown: 'warn',
  allowPartial: false,
  expected: null,
  waivers: [],
  today: '2026-11-27',
  notes: [],
  version: '0.1.0',
};

const merge = (reviews: Readonly<Record<string, Review>>, rules: Partial<MergeRules> = {}): Review =>
  mergeReports(
    Object.entries(reviews).map(([name, one]) => ({ path: `reports/${name}/report.json`, review: one })),
    { ...RULES, ...rules },
  );

const plan = (path: string, change: Partial<Review['plans'][number]> = {}) => ({
  ...review().plans[0]!,
  path,
  ...change,
});
const of = (path: string, change: Partial<Review> = {}): Review =>
  review({
    plans: [plan(path)],
    ...change,
    findings: (change.findings ?? []).map((one) => ({ ...one, plan: path })),
  });

describe('the conclusion', () => {
  test('is made from the findings, whatever the reports say', () => {
    const lie = of('a.json', { findings: [finding()], conclusion: 'pass', counts: review().counts });
    expect(merge({ a: lie })).toMatchObject({ conclusion: 'fail', counts: { introduced: { critical: 1 } } });
    expect(merge({ a: { ...of('a.json'), conclusion: 'fail' } }).conclusion).toBe('pass');
  });

  test.each([
    ['an errored plan', { errored: true }, {}, 'fail'],
    ['a partial plan', { complete: false }, {}, 'fail'],
    ['a partial plan that is allowed', { complete: false }, { allowPartial: true }, 'pass'],
    ['an errored plan although partial ones are allowed', { errored: true }, { allowPartial: true }, 'fail'],
  ] as const)('with %s', (_, state, rules, conclusion) => {
    const reports = { a: of('a.json'), b: of('b.json', { plans: [plan('b.json', state)] }) };
    expect(merge(reports, { failOn: 'never', ...rules }).conclusion).toBe(conclusion);
  });

  test.each([
    ['warn', 'pass', 1],
    ['fail', 'fail', 1],
    ['ignore', 'pass', 0],
  ] as const)('on-unknown: %s', (onUnknown, conclusion, number) => {
    const merged = merge({ a: of('a.json', { findings: [finding({ status: 'undetermined' })] }) }, { onUnknown });
    expect({ conclusion: merged.conclusion, number: merged.findings.length }).toEqual({ conclusion, number });
  });

  test('lets waivers of the reports hold, and shows them', () => {
    const waived = { policy: 'p', address: 'a', reason: 'bastion', owner: 'ops', expires: '2027-01-31' };
    const merged = merge({ a: of('a.json', { findings: [finding({ waived })] }) });
    expect(merged.conclusion).toBe('pass');
    expect(renderSummary(merged)).toContain('bastion (ops until 2027-01-31)');
  });
});

describe('waivers of the configuration', () => {
  const waiver = {
    policy: 's3/*',
    address: 'aws_s3_bucket.site',
    reason: 'A website',
    owner: 'web',
    expires: '2027-01-31',
  };
  const site = finding({ policy: 's3/bucket-public', address: 'aws_s3_bucket.site', severity: 'high' });

  test('hold for merged findings too, whatever job found them', () => {
    const merged = merge({ a: of('a.json', { findings: [site] }) }, { waivers: [waiver] });
    expect(merged).toMatchObject({ conclusion: 'pass', findings: [{ waived: waiver, fails: false }], notes: [] });
  });

  test('are told when they are over, and a report does not prolong them', () => {
    const over = { ...waiver, expires: '2026-11-26' };
    const merged = merge({ a: of('a.json', { findings: [{ ...site, waived: over }] }) }, { waivers: [over] });
    expect(merged).toMatchObject({ conclusion: 'fail', findings: [{ waived: null, fails: true }] });
    expect(merged.notes).toEqual([
      'The waiver of s3/* for aws_s3_bucket.site (web) expired on 2026-11-26 and no longer holds.',
    ]);
  });
});

describe('reports that are missing', () => {
  test.each([
    [3, '❌ 2 of 3 expected reports are there', 'Only 2 of 3 reports are there'],
    [1, '❌ 2 reports are there, and 1 expected', 'There are 2 reports where 1 are expected'],
  ])('where %i are expected fail the review and are told in its first line', (expected, headline, note) => {
    const merged = merge({ a: of('a.json'), b: of('b.json') }, { expected, failOn: 'never' });
    expect(merged).toMatchObject({ conclusion: 'fail', neutral: false, merged: { reports: 2, expected } });
    expect(renderSummary(merged).split('\n')[0]).toContain(headline);
    expect(merged.notes[0]).toContain(note);
  });

  test('do not exist where as many are there as expected', () => {
    expect(merge({ a: of('a.json'), b: of('b.json') }, { expected: 2 }).conclusion).toBe('pass');
  });
});

describe('plans', () => {
  test('of one name are called by their reports, with findings and notes; others keep their name', () => {
    const merged = merge({
      'planwarden-dns': of('plan.json', { findings: [finding()], notes: ['plan.json: nothing to judge.'] }),
      'planwarden-shop': of('plan.json', { findings: [finding()] }),
      'planwarden-web': of('web.json'),
    });
    expect(merged.plans.map(({ path }) => path)).toEqual([
      'planwarden-dns/plan.json',
      'planwarden-shop/plan.json',
      'web.json',
    ]);
    expect(merged.findings.map((one) => one.plan)).toEqual(['planwarden-dns/plan.json', 'planwarden-shop/plan.json']);
    expect(merged.notes).toEqual(['planwarden-dns/plan.json: nothing to judge.']);
  });

  test('that even so have one name are an error, so that none replaces another', () => {
    const reports = { a: of('plan.json'), b: of('plan.json'), c: of('a/plan.json') };
    expect(() => merge(reports)).toThrow('Two reports are about a plan named a/plan.json');
  });

  test('of a review and of an audit are not merged', () => {
    expect(() => merge({ a: of('a.json'), b: of('b.json', { mode: 'audit' }) })).toThrow(
      'reports/a/report.json is of mode review and reports/b/report.json of mode audit',
    );
  });
});

test('neutral is true only when all are', () => {
  const neutral = of('a.json', { neutral: true });
  expect(merge({ a: neutral, b: of('b.json', { neutral: true }) }).neutral).toBe(true);
  expect(merge({ a: neutral, b: of('b.json') }).neutral).toBe(false);
  expect(merge({ a: of('a.json', { neutral: true, findings: [finding()] }) }, { failOn: 'never' }).neutral).toBe(false);
});

test('checklists are united line by line: broken somewhere is broken, seen somewhere is seen', () => {
  const audit = (path: string, states: readonly ('broken' | 'met' | 'no-evidence')[]): Review =>
    of(path, {
      mode: 'audit',
      checklists: [
        {
          id: 'cis',
          title: 'CIS',
          lines: states.map((state, index) => ({
            id: `cis-${index}`,
            text: 'x',
            state,
            policies: [`${path}/${state}`],
          })),
        },
      ],
    });
  const { checklists } = merge({
    a: audit('a', ['met', 'no-evidence', 'broken']),
    b: audit('b', ['broken', 'met', 'broken']),
  });
  expect(checklists?.[0]?.lines.map(({ state, policies }) => [state, policies])).toEqual([
    ['broken', ['b/broken']],
    ['met', ['b/met']],
    ['broken', ['a/broken', 'b/broken']],
  ]);
});

test('notes are told once, what was not evaluated is kept, and the older data counts', () => {
  const item = { address: 'aws_x.y', resourceType: 'aws_x', reason: 'no policy' };
  const merged = merge({
    a: of('a.json', {
      notes: ['Same.'],
      notEvaluated: [item],
      iamData: { actions: '2026-10-01', managedPolicies: '2026-09-01' },
    }),
    b: of('b.json', { notes: ['Same.', 'Other.'], iamData: { actions: '2026-09-15', managedPolicies: '2026-09-20' } }),
  });
  expect(merged).toMatchObject({
    notes: ['Same.', 'Other.'],
    notEvaluated: [item],
    iamData: { actions: '2026-09-15', managedPolicies: '2026-09-01' },
  });
});

const severities = fc.constantFrom('critical', 'high', 'medium', 'low', 'info');
const statuses = fc.constantFrom('introduced', 'persisting', 'resolved', 'undetermined');
const findings = fc.array(
  fc.record({ severity: severities, status: statuses, address: fc.stringMatching(/^[a-z]{1,3}$/) }),
  { maxLength: 4 },
);

test('merging fails exactly when merging one of the reports fails; no finding is lost; the report is valid', () => {
  fc.assert(
    fc.property(fc.array(findings, { minLength: 1, maxLength: 4 }), severities, (lists, failOn) => {
      const reports = lists.map((list, index) => of(`${index}.json`, { findings: list.map((one) => finding(one)) }));
      const merged = merge(Object.fromEntries(reports.map((one, index) => [`${index}`, one])), { failOn });
      const single = reports.map((one) => merge({ a: one }, { failOn }).conclusion);
      expect(merged.conclusion).toBe(single.includes('fail') ? 'fail' : 'pass');
      expect(merged.findings).toHaveLength(lists.flat().length);
      expect(validateReport(JSON.parse(JSON.stringify(merged)))).toBe(true);
    }),
  );
});
