import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS, formatOf } from '../../src/secrets/format.ts';
import { mayHoldSecret } from '../../src/secrets/prefilter.ts';
import { loadSecretlint } from '../../src/secrets/secretlint.ts';
import { AROUND, anySample } from './tokens.ts';

/** Text that is nearly a credential: cut, doubled, with other characters in it. */
const nearly = anySample().chain(({ text }) =>
  fc
    .tuple(fc.nat(text.length), fc.nat(text.length), fc.constantFrom('', '-', '_', '.', 'A', '0', '\n', '=', 'é', text))
    .map(([from, at, insert]) => text.slice(Math.min(from, 8) % 3) + insert + text.slice(0, at)),
);

describe('mayHoldSecret', () => {
  it('never drops a text in which the rules find something', async () => {
    const lint = await loadSecretlint();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          anySample().map(({ text }) => text),
          nearly,
        ),
        AROUND,
        async (middle, [before, after]) => {
          const text = before + middle + after;
          const reports = (await lint(`\n${text}`)).filter(({ rule, message, start, end }) => {
            const format = formatOf(rule, message);
            const isKeyId = message !== 'AWSAccessKeyID' || /^A[KS]IA/.test(text.slice(start - 1));
            return format !== undefined && isKeyId && end - start >= (format.least ?? 0);
          });
          const own = FORMATS.filter(({ own: form, least = 0 }) =>
            form ? [...text.matchAll(form.exact)].some(([match]) => match.length >= least) : false,
          );
          const found = [...reports.map(({ rule }) => rule), ...own.map(({ rule }) => rule)];
          expect(mayHoldSecret(text) ? [] : found).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('knows every rule of the preset, so that none is dropped when secretlint gets new ones', () => {
    const known = new Set(FORMATS.flatMap(({ secretlint = [] }) => secretlint.map((name) => name.split('/')[0])));
    const ids = rules.map((rule) => rule.meta.id.replace('@secretlint/secretlint-rule-', ''));
    expect(ids.filter((id) => !known.has(id))).toEqual(['filter-comments']);
  });

  it.each([
    'arn:aws:iam::123456789012:role/service-role/my-application-1f2e3d4c',
    'https://sqs.eu-central-1.amazonaws.com/123456789012/orders',
    'Managed by Terraform; ask team-payments@shop.example',
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::shop/*"}]}',
    'sg-0123456789abcdef0',
  ])('lets go of %s', (text) => {
    expect(mayHoldSecret(text)).toBe(false);
  });
});
