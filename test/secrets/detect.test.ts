import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectSecrets } from '../../src/secrets/detect.ts';
import { FORMATS } from '../../src/secrets/format.ts';
import { AROUND, SAMPLES, anySample } from './tokens.ts';

const KEY_ID = ['AK', 'IAQ7RZ2KX5WNM4TB6J'].join('');
const SECRET_KEY = ['pX7vRk2Wm9Lq4TzB6nYc1HdGs8FjUe3', 'Ao5Ki0VbN'].join('');
const GITHUB = ['gh', 'p_q7Gm2XvT9bLw4ZkRp8Ns3Yd6Hc1Jf5Ae0Ui2'].join('');

const find = async (text: string): Promise<string[]> =>
  (await detectSecrets([{ id: 'x', text }])).map(({ rule, confidence }) => `${rule} ${confidence}`);

describe('detectSecrets', () => {
  it('has a sample for each format', () => {
    expect(Object.keys(SAMPLES).toSorted()).toEqual(FORMATS.map(({ rule }) => rule).toSorted());
  });

  it.each(Object.keys(SAMPLES))('finds %s and says where', async (rule) => {
    const sample = SAMPLES[rule] ?? fc.constant({ text: '', secret: '' });
    await fc.assert(
      fc.asyncProperty(sample, AROUND, async ({ text, secret }, [before, after]) => {
        const all = before + text + after;
        const detections = await detectSecrets([{ id: 'here', text: all }]);
        const found = detections.find((detection) => detection.rule === rule);
        expect(found).toBeDefined();
        expect(found?.id).toBe('here');
        expect(all.slice(found?.start, found?.end)).toContain(secret);
      }),
      { numRuns: 30 },
    );
  });

  it('gives each detection back to its own text, however many texts there are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anySample(), fc.boolean()), { minLength: 1, maxLength: 60 }),
        async (items) => {
          const texts = items.map(([{ text }, plain], id) => ({
            id: `${id}`,
            text: plain ? 'nothing to see here' : text,
          }));
          const ids = new Set((await detectSecrets(texts)).map(({ id }) => id));
          expect([...ids]).toEqual(items.flatMap(([, plain], id) => (plain ? [] : [`${id}`])));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('finds a credential anywhere in a text that is longer than secretlint is asked about at once', async () => {
    const filler = 'a line of a long start-up script\n'.repeat(2000);
    for (const cut of [0, 51_000, 52_990, 53_000, 60_000, 65_500, 65_536, filler.length]) {
      const text = `${filler.slice(0, cut)} ${GITHUB} ${filler.slice(cut)}`;
      const [found, ...more] = await detectSecrets([{ id: 'x', text }]);
      expect(more).toEqual([]);
      expect(text.slice(found?.start, found?.end)).toBe(GITHUB);
    }
  });

  it('gives equal digests to equal values and never the value', async () => {
    const detections = await detectSecrets([
      { id: 'a', text: `token ${GITHUB}` },
      { id: 'b', text: GITHUB },
      { id: 'c', text: GITHUB.replace('q7', 'w8') },
    ]);
    const [a, b, c] = detections.map(({ digest }) => digest);
    expect(a).toBe(b);
    expect(a).not.toBe(c);
    const printed = JSON.stringify(detections) + inspect(detections, { depth: null, showHidden: true });
    expect(printed).not.toContain(GITHUB.slice(4, 12));
  });

  it('takes a key id for half a credential, unless its secret stands beside it', async () => {
    expect(await find(`id: ${KEY_ID}`)).toEqual(['aws-access-key-id medium']);
    expect(await find(`${KEY_ID}\n${SECRET_KEY}`)).toEqual(['aws-access-key-id high']);
    expect(await find(`${KEY_ID} at ${'9f2c1d7be0a34856c1f0'.repeat(2)}`)).toEqual(['aws-access-key-id medium']);
  });

  it.each([
    ["AWS's documentation keys", 'AKIAIOSFODNN7EXAMPLE aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['a role id', 'AROAQ7RZ2KX5WNM4TB6J'],
    ['a template hole', 'postgres://app:${var.password}@db.internal/shop'],
    ['a shell variable', 'https://deploy:$TOKEN@git.internal/x'],
    ['angle brackets', 'redis://:<password>@cache:6379'],
    ['a secret reference', '{{resolve:secretsmanager:prod/db:SecretString:password}}'],
    ['a secret ARN', 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:checkout-db-AbCdEf'],
    ['a git commit', '9f2c1d7be0a34856c1f0d2b7a4e8935c6d1b0f47'],
    ['a bucket name of 40 characters', 'logs-of-the-shop-eu-central-1-production1'],
    ['an image digest', `123456789012.dkr.ecr.eu-central-1.amazonaws.com:443/shop@sha256:${'0f'.repeat(32)}`],
    ['a public key', `-----BEGIN PUBLIC KEY-----\n${'MIIB'.repeat(60)}\n-----END PUBLIC KEY-----`],
    ['dotted base64url that is no JWT', `eyJ${'x'.repeat(20)}.eyJ${'y'.repeat(20)}.${'z'.repeat(20)}`],
    ['a task definition', 'task-definition-of-the-orders-service-eu-central-1'],
    ['the same user and password', 'amqp://guest:guest@queue:5672'],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([]);
  });

  it.each([
    ['a word for a password', 'postgres://app:password@db.internal/shop'],
    ['changeme', 'redis://:changeme@cache:6379'],
    ['filling', ['gh', 'p_'].join('') + 'x'.repeat(36)],
    ['an example', ['AK', 'IAQ7RZ2KX5WEXAMPLE'].join('')],
  ])('takes %s for a placeholder', async (_, text) => {
    expect((await find(text)).map((found) => found.split(' ')[1])).toEqual(['low']);
  });

  it('does not obey the text when it tells secretlint to look away', async () => {
    expect(await find(`# secretlint-disable\n${GITHUB} # secretlint-disable-line`)).toEqual(['github-token high']);
  });

  it('names the token in a URL, not the URL', async () => {
    expect(await find(`https://oauth2:${GITHUB}@github.com/shop/x`)).toEqual(['github-token high']);
  });

  it('still finds what stands behind a placeholder', async () => {
    expect(await find('https://app:${pw}@git.internal/?token=' + GITHUB)).toEqual(['github-token high']);
  });
});
