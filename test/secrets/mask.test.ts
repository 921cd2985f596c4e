import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectSecrets } from '../../src/secrets/detect.ts';
import { mask } from '../../src/secrets/mask.ts';
import { AROUND, anySample } from './tokens.ts';

describe('mask', () => {
  it('leaves no credential of any format, in any place', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anySample(), AROUND), { minLength: 1, maxLength: 4 }), (items) => {
        const masked = mask(items.map(([{ text }, [before, after]]) => before + text + after).join('\n'));
        for (const [{ secret }] of items) expect(masked).not.toContain(secret.slice(0, 12));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves nothing for the detection to find', async () => {
    await fc.assert(
      fc.asyncProperty(anySample(), AROUND, async ({ text }, [before, after]) => {
        expect(await detectSecrets([{ id: 'x', text: mask(before + text + after) }])).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('masks the whole of a token of which a part looks like another one', () => {
    const token = `${'a'.repeat(12)}S${'G.'}atlas${'v1.'}q7${'a'.repeat(58)}`;
    expect(mask(`token is ${token} here`)).not.toContain('aaaa');
  });

  it('masks the rest of a key that was cut off', () => {
    const key = `-----BEGIN ${'PRIVATE'} KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw`;
    expect(mask(`tls ${key}`)).toBe('tls (secret)');
  });

  it.each([
    ['password = "Ahvoo7-rieTh4"', 'password = "(secret)"'],
    ['mysql --password=Ahvoo7-rieTh4 -h db', 'mysql --password=(secret) -h db'],
    ['{"client_secret":"Ahvoo7rieTh4"}', '{"client_secret":"(secret)"}'],
    ['Authorization: Bearer Ahvoo7rieTh4', 'Authorization: Bearer (secret)'],
    ['redis://:Ahvoo7rieTh4@cache:6379', 'redis://(secret)@cache:6379'],
  ])('masks what a name gives away in %s', (text, masked) => {
    expect(mask(text)).toBe(masked);
  });

  it.each([
    'tcp/22 is reachable from 0.0.0.0/0',
    'arn:aws:secretsmanager:eu-central-1:123456789012:secret:checkout-db-AbCdEf',
    'module.shop["eu.central"].aws_secretsmanager_secret.token[0]',
    'manage_master_user_password = true',
    'password: (sensitive)',
    'secret = arn:aws:secretsmanager:eu-central-1:123456789012:secret:x',
    'the bucket policy of task-definition-of-the-orders-service-eu-central-1',
    'secretsmanager:GetSecretValue',
    'commit 9f2c1d7be0a34856c1f0d2b7a4e8935c6d1b0f47',
  ])('leaves %s as it is', (text) => {
    expect(mask(text)).toBe(text);
  });

  it('masks twice as once', () => {
    fc.assert(
      fc.property(anySample(), AROUND, ({ text }, [before, after]) => {
        const once = mask(before + text + after);
        expect(mask(once)).toBe(once);
      }),
    );
  });
});
