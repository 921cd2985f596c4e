import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { fromHash, matches, toHash } from '../../src/report/html/client/view.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { finding, review } from './review-builder.ts';
import { sampleReview } from './sample.ts';

/** The page without what is the same in every page, one element a line. */
const outline = (html: string): string =>
  html
    .replace(/<style>[^]*?<\/style>/, '<style>…</style>')
    .replace(/<script>[^]*?<\/script>/, '<script>…</script>')
    .replaceAll(/sha256-[\w+/=]+/g, 'sha256-…')
    .replaceAll(
      /(?<!\n)<(?=\/?(?:div|section|details|summary|h\d|dl|dt|table|tr|td|label|select|option|button|li|ol|ul|span|fieldset)\b)/g,
      '\n<',
    );

test('a small page as a whole', async () => {
  const small = review({
    mode: 'audit',
    findings: [
      finding({
        address: 'module.edge["eu"].aws_security_group.bastion',
        excerpt: { startLine: 11, lines: ['  ingress {', '    cidr_blocks = ["0.0.0.0/0"]', '  }'] },
        references: [
          'FSBP EC2.13',
          'https://docs.aws.amazon.com/vpc/latest/userguide/security.html',
          'https://evil.example',
        ],
      }),
      finding({ status: 'undetermined', severity: 'high', address: 'aws_security_group.new', fingerprint: '00' }),
    ],
    notes: ['The plan is partial.'],
    notEvaluated: [{ address: 'random_pet.x', resourceType: 'random_pet', reason: 'not an AWS resource' }],
    checklists: [
      {
        id: 's0',
        title: 'A checklist',
        lines: [
          {
            id: 's0-001',
            text: 'Nothing is open',
            state: 'broken',
            policies: ['security-group/ingress-open-to-world-admin-port'],
          },
          { id: 's0-002', text: 'Root has MFA', state: 'not-in-plan', policies: [] },
        ],
      },
    ],
  });
  await expect(outline(renderHtml(small))).toMatchFileSnapshot('__snapshots__/audit.html.txt');
});

test('the content security policy allows the one style and the one script of the page, and nothing else', () => {
  const html = renderHtml(sampleReview());
  const digest = (name: string): string => {
    const texts = Array.from(html.matchAll(new RegExp(`<${name}>([^]*?)</${name}>`, 'g')), ([, text = '']) => text);
    expect(texts).toHaveLength(1);
    return createHash('sha256').update(texts.join('')).digest('base64');
  };
  expect(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.split('; ')).toEqual([
    "default-src 'none'",
    `style-src 'sha256-${digest('style')}'`,
    `script-src 'sha256-${digest('script')}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('every finding is on the page, also those that say the same', () => {
  const html = renderHtml(sampleReview());
  for (const { address, fingerprint } of sampleReview().findings.filter((one) => /^[\w.]+$/.test(one.address))) {
    expect(html).toContain(address);
    expect(html).toContain(fingerprint);
  }
});

test('a plan without findings has a page without filters', () => {
  const html = renderHtml(review());
  expect(html).toContain('No findings introduced');
  expect(html).not.toMatch(/<search|class="tile/);
});

test('what is looked for survives the address', () => {
  const view = new Map([
    ['q', ['a, b & c=d %']],
    ['severity', ['critical', 'high']],
    ['policy', []],
  ]);
  expect(toHash(view)).toBe('q=a%2C%20b%20%26%20c%3Dd%20%25&severity=critical,high');
  expect(fromHash(`#${toHash(view)}`)).toEqual(new Map([...view].filter(([, values]) => values.length > 0)));
  expect(fromHash('#f-123')).toEqual(new Map());
  expect(fromHash('#q=%')).toEqual(new Map([['q', ['%']]]));
});

test('every field must agree, with any of its values, and all words must be there', () => {
  const item = { fields: { severity: ['high'], module: ['a', 'b'] }, text: () => 'ssh is open in network.tf' };
  const view = (fields: Record<string, string[]>): boolean => matches(item, new Map(Object.entries(fields)));
  expect(view({})).toBe(true);
  expect(view({ severity: ['critical', 'high'], module: ['b'] })).toBe(true);
  expect(view({ severity: ['high'], module: ['c'] })).toBe(false);
  expect(view({ checklist: ['s0'] })).toBe(false);
  expect(view({ q: [' NETWORK  ssh '] })).toBe(true);
  expect(view({ q: ['ssh database'] })).toBe(false);
});
