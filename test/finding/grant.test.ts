import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Access, Evidence } from '../../src/finding/finding.ts';
import { grantOf, isSameGrant } from '../../src/finding/grant.ts';

const gain = (change: Partial<Access> = {}): Access => ({
  effect: 'gains',
  principal: 'role ci',
  actions: ['s3:GetObject', 's3:PutObject'],
  summary: [],
  resources: ['*'],
  conditions: null,
  because: 'statement 1',
  location: null,
  level: 'write',
  risks: [],
  witness: { action: 's3:GetObject', resource: '*', context: {} },
  simulated: null,
  ...change,
});
const row = (label: string, before: string | null, after: string | null): Evidence => ({ label, before, after });
const PORTS = row('ports', null, '22');
const grant = (evidence: readonly Evidence[], access: readonly Access[] = [], message = 'it is open'): string =>
  grantOf({ message, evidence, access });

describe('the grant of a finding', () => {
  test('is short, and longer where access is gained', () => {
    expect(grant([PORTS])).toMatch(/^[0-9a-f]{8}$/);
    expect(grant([PORTS], [gain()])).toMatch(/^[0-9a-f]{8}-[0-9a-f]{8}$/);
  });

  test('is the same in any order, from wherever it came, and however it is told', () => {
    const access = fc.shuffledSubarray([gain(), gain({ principal: 'role cd' })], { minLength: 2 });
    const evidence = fc.shuffledSubarray([PORTS, row('source', '10.0.0.0/8', '0.0.0.0/0')], { minLength: 2 });
    const [rows, gains] = [
      [PORTS, row('source', null, '0.0.0.0/0')],
      [gain({ simulated: 'confirmed by AWS', because: 'statement 2' }), gain({ principal: 'role cd' })],
    ];
    fc.assert(fc.property(evidence, access, (some, who) => grant(some, who) === grant(rows, gains)));
    expect(grant([PORTS], [gain({ actions: ['s3:PutObject', 's3:GetObject'] })])).toBe(grant([PORTS], [gain()]));
  });

  test.each([
    ['another value', [row('ports', null, '0-65535')], [gain()]],
    ['one more row', [PORTS, row('source', null, '::/0')], [gain()]],
    ['something that is gone', [row('ports', '22', null)], [gain()]],
    ['one more action', [PORTS], [gain({ actions: ['s3:*'] })]],
    ['another resource', [PORTS], [gain({ resources: ['arn:aws:s3:::logs'] })]],
    ['a lost condition', [PORTS], [gain({ conditions: 'with MFA' })]],
    ['one more principal', [PORTS], [gain(), gain({ principal: 'everyone' })]],
  ])('is another with %s', (_, evidence, access) => {
    expect(isSameGrant(grant([PORTS], [gain()]), grant(evidence, access))).toBe(false);
  });

  test('is told by the message where there is no evidence', () => {
    expect(grant([], [], 'a')).not.toBe(grant([], [], 'b'));
    expect(grant([PORTS], [], 'a')).toBe(grant([PORTS], [], 'b'));
  });

  test('still holds after the merge, when nothing is gained any more', () => {
    expect(isSameGrant(grant([PORTS], [gain()]), grant([PORTS]))).toBe(true);
    expect(isSameGrant(grant([PORTS]), grant([PORTS], [gain()]))).toBe(false);
  });
});
