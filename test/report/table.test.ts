import { expect, test } from 'vitest';
import { renderTable } from '../../src/report/table.ts';
import { finding, review } from './review-builder.ts';
import { sampleReview } from './sample.ts';

const plain = { width: 100, color: false };

test.each([60, 100])('a review at %i columns', async (width) => {
  await expect(renderTable(sampleReview(), { width, color: false })).toMatchFileSnapshot(
    `__snapshots__/table-${width}.txt`,
  );
});

test('a review in colour', async () => {
  await expect(renderTable(review({ findings: [finding()] }), { width: 80, color: true })).toMatchFileSnapshot(
    '__snapshots__/table-colour.txt',
  );
});

test('an audit lists what was there before', async () => {
  await expect(renderTable({ ...sampleReview(), mode: 'audit' }, plain)).toMatchFileSnapshot(
    '__snapshots__/table-audit.txt',
  );
});

test('nothing found is said in two lines', () => {
  expect(renderTable(review(), plain)).toBe(
    'planwarden review · plan.json · 14 changes\n\nPASS   No findings introduced\n',
  );
});

test('a pass with findings below the threshold says both', () => {
  const text = renderTable(review({ conclusion: 'pass', findings: [finding({ severity: 'low' })] }), plain);
  expect(text).toMatch(/PASS {3}1 finding introduced: low\n$/);
});

test.each([
  [
    'a plan without changes',
    {
      plans: [
        {
          path: 'plan.json',
          formatVersion: '1.2',
          terraformVersion: null,
          complete: null,
          errored: false,
          resourceChanges: 0,
        },
      ],
    },
    'PASS   Nothing changes',
  ],
  ['changes without security meaning', { neutral: true }, 'PASS   No change has a meaning for security'],
  [
    'an errored plan',
    {
      conclusion: 'fail',
      plans: [
        {
          path: 'plan.json',
          formatVersion: '1.2',
          terraformVersion: null,
          complete: null,
          errored: true,
          resourceChanges: 2,
        },
      ],
    },
    'FAIL   The plan ended with an error and cannot be judged to the end',
  ],
  [
    'unknowns that count',
    { conclusion: 'fail', findings: [finding({ status: 'undetermined' })] },
    'FAIL   1 question cannot be answered before apply',
  ],
] as const)('%s has a plain verdict', (_, change, verdict) => {
  expect(renderTable(review(change), plain)).toContain(`\n${verdict}\n`);
});

test('the verdict names what is worst and where, when there is more than one finding', () => {
  const findings = [
    finding({ severity: 'low', message: 'A small thing' }),
    finding({ severity: 'high', message: 'A bad thing', address: 'aws_instance.web' }),
  ];
  expect(renderTable(review({ findings }), plain)).toContain('worst  A bad thing: aws_instance.web at network.tf:12\n');
});

test('the same advice is given once', () => {
  const text = renderTable(
    review({
      findings: [
        finding({ address: 'aws_security_group.a' }),
        finding({ address: 'aws_security_group.b', message: 'other' }),
      ],
    }),
    plain,
  );
  expect(text.match(/why {2}Open administration/g)).toHaveLength(1);
});

test('instances that share a line are told once', () => {
  const findings = ['a', 'b', 'c'].map((key) =>
    finding({ address: `aws_security_group.bastion["${key}"]`, fingerprint: key }),
  );
  const text = renderTable(review({ findings }), plain);
  expect(text.match(/22\/tcp is reachable/g)).toHaveLength(2);
  expect(text).toContain(
    'aws_security_group.bastion["a"]  network.tf:12\n          and 2 more: aws_security_group.bastion["b"], aws_security_group.bastion["c"]\n',
  );
});

test('with several plans a finding names its own', () => {
  const plans = ['prod.json', 'dev.json'].map((path) => ({
    path,
    formatVersion: '1.2',
    terraformVersion: null,
    complete: null,
    errored: false,
    resourceChanges: 1,
  }));
  const text = renderTable(review({ plans, findings: [finding({ plan: 'prod.json' })] }), plain);
  expect(text).toContain('          plan prod.json\n');
});
