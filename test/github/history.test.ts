import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Known } from '../../src/finding/progress.ts';
import { parseSnapshot, renderSnapshot } from '../../src/github/history.ts';
import { hostile } from '../text/hostile.ts';

const MARKER = '<!-- planwarden:v1 key=abc sha=a1 run=1.1 hash=ff -->';
const key = fc.stringMatching(/^[0-9a-f]{10}$/);
const known = fc.record<Known>({ key, policy: hostile(6), address: hostile(6) });

const again = (findings: readonly Known[]) =>
  parseSnapshot(`${MARKER}\n${renderSnapshot({ sha: 'a1', findings })}\nText`);

test('what stands in a review is read back from the hidden line, whatever it is called', () => {
  fc.assert(
    fc.property(fc.array(known, { maxLength: 20 }), (findings) => {
      expect(again(findings)).toEqual({ sha: 'a1', findings });
      expect(renderSnapshot({ sha: 'a1', findings })).toMatch(/^<!-- [^-\n]+ -->$/);
    }),
  );
});

const many = (count: number): Known[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `${index * 7_919}`.padStart(10, '0'),
    policy: 'security-group/ingress-open-to-world-admin-port',
    address: `module.stack["${index}"].aws_security_group.bastion_${index * 31}`,
  }));

test('the first 50 are kept by name, 2,000 by key, and far more not at all', () => {
  expect(again(many(60))?.findings.filter(({ policy }) => policy !== undefined)).toHaveLength(50);
  expect(again(many(2_000))?.findings).toHaveLength(2_000);
  expect(renderSnapshot({ sha: 'a1', findings: many(2_000) }).length).toBeLessThan(16_100);
  const random = fc.sample(key, { numRuns: 5_000, seed: 1 }).map((one) => ({ key: one }));
  expect(renderSnapshot({ sha: 'a1', findings: random })).toBe('');
});

const packed = (content: unknown): string => deflateRawSync(JSON.stringify(content)).toString('base64');

test.each([
  ['nothing', ''],
  ['a hidden line that is not the second', `Text\n<!-- planwarden:findings sha=a1 ${packed(['AAAAAAA='])} -->`],
  ['no commit', `<!-- planwarden:findings sha= ${packed([''])} -->`],
  ['what is not compressed', '<!-- planwarden:findings sha=a1 AAAA -->'],
  ['what is no list', `<!-- planwarden:findings sha=a1 ${packed({})} -->`],
  ['what is no list of texts', `<!-- planwarden:findings sha=a1 ${packed([1])} -->`],
  ['what unfolds without end', `<!-- planwarden:findings sha=a1 ${packed(['A'.repeat(5_000_000)])} -->`],
])('%s is no earlier review', (_, line) => {
  expect(parseSnapshot(`${MARKER}\n${line}`)).toBeUndefined();
});
