import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toAnnotations } from '../../src/report/annotations.ts';
import { hostileReview } from './hostile-review.ts';
import { finding, review } from './review-builder.ts';
import { sampleReview } from './sample.ts';

test('an annotation says what happens, where, why and how to mend it', () => {
  expect(toAnnotations(review({ findings: [finding()] }))).toEqual([
    {
      path: 'network.tf',
      startLine: 12,
      endLine: 12,
      level: 'failure',
      title: 'critical: Security group lets the whole internet reach a remote-administration port',
      message: [
        '22/tcp is reachable from 0.0.0.0/0',
        'In aws_security_group.bastion',
        'cidr_blocks: 10.0.0.0/8 → 0.0.0.0/0',
        'Why: Open administration ports are scanned within minutes; one leaked key or unpatched daemon is then enough.',
        'How to fix: Limit the source to your own networks, or open nothing and use SSM Session Manager.',
        'Policy: security-group/ingress-open-to-world-admin-port',
      ].join('\n'),
    },
  ]);
});

test('only what this plan introduces, with a known line, worst first', () => {
  expect(toAnnotations(sampleReview()).map(({ path, level }) => [path, level])).toEqual([
    ['network.tf', 'failure'],
    ['modules/audit/main.tf', 'failure'],
    ['modules/roles/main.tf', 'failure'],
    ['database.tf', 'warning'],
    ['compute`).tf', 'notice'],
  ]);
});

test('an audit annotates what was there before, too', () => {
  expect(toAnnotations({ ...sampleReview(), mode: 'audit' }).map(({ path }) => path)).toContain('volumes.tf');
});

test('instances that share a line are one annotation', () => {
  const findings = ['a', 'b'].map((key) =>
    finding({ address: `aws_security_group.bastion["${key}"]`, fingerprint: key }),
  );
  expect(toAnnotations(review({ findings })).map(({ message }) => message.split('\n')[1])).toEqual([
    'In aws_security_group.bastion["a"] and 1 more',
  ]);
});

test('keeps to the limits of the Checks API', () => {
  fc.assert(
    fc.property(hostileReview, fc.integer({ min: 1, max: 3_000 }), (hostile, times) => {
      const findings = hostile.findings.map((one) => ({
        ...one,
        title: one.title.repeat(times),
        message: one.message.repeat(times),
      }));
      for (const { title, message, startLine, endLine } of toAnnotations({ ...hostile, findings })) {
        expect(title.length).toBeLessThanOrEqual(255);
        expect(Buffer.byteLength(message)).toBeLessThanOrEqual(64 * 1024);
        expect(startLine).toBeLessThanOrEqual(endLine);
      }
    }),
    { numRuns: 50 },
  );
});
