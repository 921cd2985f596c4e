import * as fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { renderComment, renderSummary } from '../../src/report/markdown.ts';
import { hostileReview } from './hostile-review.ts';
import { finding, review } from './review-builder.ts';
import { sampleReview } from './sample.ts';

const BLOB = 'https://github.com/acme/infrastructure/blob/0123456789abcdef0123456789abcdef01234567';

const html = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

const many = (number: number) =>
  review({
    findings: Array.from({ length: number }, (_, index) =>
      finding({
        address: `aws_security_group.sg${index}`,
        message: `${index}/tcp is reachable`,
        fingerprint: `${index}`,
        severity: index === number - 1 ? 'critical' : 'high',
      }),
    ),
  });

test('the comment on a pull request', async () => {
  await expect(renderComment(sampleReview(), { blobBase: BLOB })).toMatchFileSnapshot('__snapshots__/comment.md.snap');
});

test('the summary of an audit', async () => {
  await expect(renderSummary({ ...sampleReview(), mode: 'audit' })).toMatchFileSnapshot(
    '__snapshots__/summary-audit.md.snap',
  );
});

test('a comment about nothing is three short lines', () => {
  expect(renderComment(review())).toBe(
    '### ✅ No findings introduced\n\n`plan.json`: 14 changes.\n\n<sub>planwarden 0.1.0 · edited in place when the plan changes</sub>\n',
  );
});

test('only a failing review has an alert, and only one', () => {
  expect(
    renderComment(review({ findings: [finding(), finding({ address: 'aws_security_group.other' })] })).match(/> \[!/g),
  ).toHaveLength(1);
  expect(renderComment(review({ conclusion: 'pass', findings: [finding()] }))).not.toContain('> [!');
});

test('the alert says what is worst, where, and what to do; a single finding needs no table', () => {
  const text = renderComment(review({ findings: [finding()] }));
  expect(text).toContain(
    '> [!CAUTION]\n> **22/tcp is reachable from `0.0.0.0/0`**<br>`aws_security_group.bastion` at `network.tf:12`<br>**Fix:** Limit the source',
  );
  expect(text).not.toContain('|:--|');
});

test('what is resolved does not read as if it still were', () => {
  const gone = finding({ status: 'resolved', message: '22/tcp is reachable' });
  expect(renderComment(review({ findings: [gone] }))).toContain('- No longer: 22/tcp is reachable · was critical · ');
});

test('a review that passes says when it holds something to look at', () => {
  const open = finding({ status: 'undetermined', message: '`source` is known only after apply' });
  expect(renderComment(review({ findings: [open] }))).toMatch(
    /^### 🟡 No findings introduced, but 1 question cannot be answered before apply\n/,
  );
  expect(renderComment(review({ conclusion: 'pass', findings: [finding({ severity: 'low' })] }))).toMatch(/^### 🟡 1 /);
});

test('many plans are counted at the top and listed below', () => {
  const plans = ['a', 'b', 'c', 'd'].map((path) => ({
    path,
    formatVersion: '1.2',
    terraformVersion: null,
    complete: null,
    errored: path === 'd',
    resourceChanges: 2,
  }));
  const text = renderComment(review({ plans }));
  expect(text).toContain('\n\n4 plans, 8 changes.\n\n');
  expect(text).toContain('- `d`: 2 changes, **errored**');
});

test('only policies that come with planwarden are linked to their page', () => {
  const of = (policy: string): string => renderComment(review({ findings: [finding({ policy })] }));
  expect(of('cloudtrail/trail-deleted')).toContain('/docs/policies/cloudtrail/trail-deleted.md)');
  expect(of('database/ours')).toContain('<sub>`database/ours` · ');
});

test('a source line is a link to the reviewed commit', () => {
  const at = finding({ location: { path: 'a dir/näme(1).tf', startLine: 3, endLine: 9 } });
  expect(renderComment(review({ findings: [at] }), { blobBase: BLOB })).toContain(
    `[\`a dir/näme(1).tf:3-9\`](${BLOB}/a%20dir/n%C3%A4me%281%29.tf#L3-L9)`,
  );
});

test.each(['../../../evil/repo', 'a//b', './x'])('a path that walks (%s) is not linked', (path) => {
  expect(
    renderComment(review({ findings: [finding({ location: { path, startLine: 1, endLine: 1 } })] }), {
      blobBase: BLOB,
    }),
  ).not.toContain(BLOB);
});

test('without a commit to link to, the line is only named', () => {
  const text = renderComment(review({ findings: [finding()] }));
  expect(text).toContain('`network.tf:12`');
  expect(text).not.toContain('[`network.tf:12`]');
});

test('says how to accept a finding, ready to paste', () => {
  const text = renderComment(review({ findings: [finding({ address: 'aws_instance.web["a.b"]' })] }));
  expect(text).toContain(
    'waivers:\n  - policy: "security-group/ingress-open-to-world-admin-port"\n    address: "aws_instance.web[\\"a.b\\"]"\n',
  );
});

test('instances of one block are told once, with their number', () => {
  const findings = ['a', 'b', 'c'].map((key) => finding({ address: `aws_instance.web["${key}"]`, fingerprint: key }));
  const other = finding({ address: 'aws_instance.other', severity: 'low' });
  const text = renderComment(review({ findings: [...findings, other] }));
  expect(text).toContain('| `aws_instance.web["a"]` and 2 more<br>`network.tf:12` |');
  expect(text).toContain('**Where:** `aws_instance.web["a"]`, `aws_instance.web["b"]`, `aws_instance.web["c"]`');
  expect(text.match(/<details/g)).toHaveLength(5);
});

test('the order of findings does not matter', () => {
  const { findings, ...rest } = sampleReview();
  expect(renderComment({ ...rest, findings: findings.toReversed() })).toBe(renderComment({ ...rest, findings }));
});

describe('a review that is too large for a comment', () => {
  const text = renderComment(many(2_000));

  test('fits what GitHub takes beside our marker', () => {
    expect(text.length).toBeLessThanOrEqual(65_536 - 200);
    expect(text.length).toBeGreaterThan(50_000);
  });

  test('counts what is left out, and keeps the worst', () => {
    const rows = text.split('\n').filter((line) => /^\| (\*\*)?(Critical|High)/.test(line));
    expect(rows[0]).toContain('1999/tcp is reachable');
    expect(text).toContain(`*${2_000 - rows.length} more findings in the job summary.*`);
    const blocks = text.match(/<summary><b>/g)?.length ?? 0;
    expect(text).toContain(`*${2_000 - blocks} more explanations in the job summary.*`);
  });

  test('is whole Markdown: every block is closed', () => {
    expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    expect(html(text)).toContain('edited in place');
  });

  test('is told in full in the summary', () => {
    expect(renderSummary(many(300))).not.toMatch(/\d more finding/);
  });
});

describe('a review that is too large for a job summary', () => {
  const text = renderSummary(many(2_000));

  test('fits the 1 MiB that the runner takes, and says where the rest is', () => {
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(1_000_000);
    const rows = text.split('\n').filter((line) => /^\| (\*\*)?(Critical|High)/.test(line));
    expect(rows).toHaveLength(2_000);
    const blocks = text.match(/<summary><b>/g)?.length ?? 0;
    expect(text).toContain(`*${2_000 - blocks} more explanations in the report JSON.*`);
  });

  test('is whole Markdown', () => {
    expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });
});

test('any review fits any room that holds its head, and stays well-formed', () => {
  fc.assert(
    fc.property(hostileReview, fc.integer({ min: 12_000, max: 40_000 }), (hostile, maxLength) => {
      const text = renderComment(hostile, { maxLength });
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxLength);
      expect(text.match(/^<details/gm)?.length).toBe(text.match(/^<\/details>/gm)?.length);
    }),
    { numRuns: 100 },
  );
});

test('when room is short, proof goes first and the advice stays', () => {
  const text = renderComment(many(3), { maxLength: 4_200 });
  expect(text.match(/\*\*How to fix:\*\*/g)).toHaveLength(3);
  expect(text.match(/```diff/g)).toHaveLength(2);
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
  const text = renderComment(review({ plans, findings: ['prod.json', 'dev.json'].map((plan) => finding({ plan })) }));
  expect(text).toContain(
    '2 plans, 2 changes.\n\n- `prod.json`: 1 change · 1 critical\n- `dev.json`: 1 change · 1 critical\n',
  );
  expect(text).toContain('| `aws_security_group.bastion`<br>`network.tf:12`<br>in plan `prod.json` |');
});

test('a way of several steps is a picture in the details, and two steps are none', () => {
  const way = ['the internet', 'security group db', 'aws_db_instance.orders'];
  const shown = (steps: readonly string[]): string => renderComment(review({ findings: [finding({ way: steps })] }));
  expect(shown(way)).toContain('\n```mermaid\nflowchart LR\n  n0["the internet"]\n');
  expect(shown(way.slice(1))).not.toContain('mermaid');
});
