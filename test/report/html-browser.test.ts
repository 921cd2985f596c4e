import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html/page.ts';
import { CHROMIUM, NO_CHROMIUM, openTab, type Tab } from '../support/chromium.ts';
import { hostileReview } from './hostile-review.ts';
import { finding, review } from './review-builder.ts';
import { sampleReview } from './sample.ts';

const CHECKLISTS = [
  {
    id: 's0',
    title: 'AWS Security Checklist',
    lines: [
      { id: 's0-001', text: 'Keep trails', state: 'broken' as const, policies: ['cloudtrail/trail-deleted'] },
      { id: 's0-002', text: 'Encrypt', state: 'met' as const, policies: ['ebs/volume-unencrypted'] },
    ],
  },
];

/** What can be chosen and yet shows nothing. */
const EMPTY_CHOICES = `[...document.querySelectorAll('option:not([value=""])')].filter((option) => {
  const select = option.closest('select');
  select.value = option.value;
  select.dispatchEvent(new Event('input', { bubbles: true }));
  const isEmpty = !document.querySelector('#empty').hidden;
  select.value = '';
  return isEmpty;
}).map((option) => option.value)`;

const thousands = review({
  mode: 'audit',
  findings: Array.from({ length: 2000 }, (_, number) =>
    finding({
      address: `module.m${number % 20}.aws_security_group.g${number}`,
      location: { path: 'network.tf', startLine: number + 1, endLine: number + 1 },
      fingerprint: `f${number}`,
    }),
  ),
});

describe.skipIf(CHROMIUM === undefined)(
  `the page in Chromium${CHROMIUM === undefined ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'planwarden-page-'));
    const pageOf = (name: string, html: string): string => {
      const path = join(folder, `${name}.html`);
      writeFileSync(path, html);
      return pathToFileURL(path).href;
    };
    const sample = pageOf('sample', renderHtml({ ...sampleReview(), checklists: CHECKLISTS }));
    let tab: Tab;

    const shown = (): Promise<unknown> => tab.evaluate("document.querySelector('#shown').textContent");
    const addresses = (): Promise<unknown> =>
      tab.evaluate(
        "[...document.querySelectorAll('details.finding:not([hidden]) .where code:first-child')].map((one) => one.textContent)",
      );
    const focused = (): Promise<unknown> =>
      tab.evaluate('document.activeElement.id || document.activeElement.value || document.activeElement.textContent');
    const hash = (): Promise<unknown> => tab.evaluate('location.hash');
    const type = async (text: string): Promise<void> => {
      for (const character of text) await tab.press(character);
    };
    /** Goes on with Tab until something is reached, as somebody without a mouse would. */
    const tabTo = async (what: string): Promise<void> => {
      for (let steps = 0; steps < 60 && (await focused()) !== what; steps += 1) await tab.press('Tab');
      expect(await focused()).toBe(what);
    };

    beforeAll(async () => {
      tab = await openTab();
    });
    afterAll(async () => {
      await tab?.close();
      rmSync(folder, { recursive: true });
    });

    test('loads nothing but itself, and nothing in it offends its content security policy', async () => {
      await tab.open(sample);
      expect(tab.requests).toEqual([sample]);
      expect(await tab.evaluate('window.violations')).toEqual([]);
      expect(await shown()).toBe('All 12 shown');
      expect(
        await tab.evaluate("document.querySelectorAll('img, iframe, link, object, [style], [onclick]').length"),
      ).toBe(0);
    });

    test('stops a script that somebody smuggled in', async () => {
      const smuggled = renderHtml(sampleReview()).replace(
        '</main>',
        '<script>window.pwned = true</script><img src="https://evil.example/p.png"></main>',
      );
      await tab.open(pageOf('smuggled', smuggled));
      expect(await tab.evaluate('window.pwned')).toBeUndefined();
      expect(await tab.evaluate('window.violations')).toEqual(
        expect.arrayContaining(['script-src-elem inline', 'img-src https://evil.example/p.png']),
      );
    });

    test('nothing in hostile reviews keeps the page from working', async () => {
      const reviews = fc
        .sample(hostileReview, { numRuns: 40, seed: 20261127 })
        .filter(({ findings }) => findings.length > 0);
      for (const [number, hostile] of reviews.entries()) {
        const page = pageOf(`hostile-${number}`, renderHtml(hostile));
        const before = tab.requests.length;
        await tab.open(page);
        expect(tab.requests.slice(before)).toEqual([page]);
        expect(await tab.evaluate('window.violations')).toEqual([]);
        expect(await shown()).toBe(`All ${hostile.findings.length} shown`);
        expect(await tab.evaluate(EMPTY_CHOICES)).toEqual([]);
      }
    });

    test('can be searched by keyboard, and the address keeps what is looked for', async () => {
      await tab.open(sample);
      await tab.press('/');
      expect(await focused()).toBe('q');
      await type('Trail organisation');
      expect(await addresses()).toEqual(['module.audit["eu-west-1"].aws_cloudtrail.organisation']);
      expect(await shown()).toBe('1 of 12 shown');
      expect(await hash()).toBe('#q=Trail%20organisation');
      await type(' nowhere');
      expect(await addresses()).toEqual([]);
      expect(await tab.evaluate("document.querySelector('#empty').hidden")).toBe(false);
      await tabTo('clear');
      await tab.press(' ', ' ');
      expect(await shown()).toBe('All 12 shown');
      expect(await focused()).toBe('q');
      expect(await hash()).toBe('');
    });

    test('filters by severity and status with Tab and the space bar', async () => {
      await tab.open(sample);
      await tabTo('critical');
      await tab.press(' ', ' ');
      expect(await shown()).toBe('2 of 12 shown');
      await tabTo('high');
      await tab.press(' ', ' ');
      expect(await shown()).toBe('7 of 12 shown');
      await tabTo('resolved');
      await tab.press(' ', ' ');
      expect(await addresses()).toEqual(['aws_db_instance.reporting']);
      expect(await hash()).toBe('#severity=critical,high&status=resolved');
    });

    test('a choice of policy or module is one key away', async () => {
      await tab.open(sample);
      await tab.evaluate("document.querySelector('select[name=module]').focus()");
      await type('module.d');
      expect(await addresses()).toEqual(['module.deploy.module.roles["ci.github"].aws_iam_role.this[0]']);
      expect(await hash()).toBe('#module=module.deploy.module.roles');
    });

    test('an address that was shared shows the same view, one of a finding opens it', async () => {
      await tab.open('about:blank');
      await tab.open(`${sample}#policy=ebs%2Fvolume-unencrypted`);
      expect(await shown()).toBe('3 of 12 shown');
      await tab.open('about:blank');
      await tab.open(`${sample}#f-9a4410fe7cbb1d25e3f7`);
      expect(await shown()).toBe('All 12 shown');
      expect(await tab.evaluate("document.querySelector('details.finding[open] .where').textContent")).toContain(
        'invoices',
      );
    });

    test('a line of a checklist leads to the findings that break it', async () => {
      await tab.open('about:blank');
      await tab.open(sample);
      await tab.evaluate(
        "document.querySelector('details.list').open = true; document.querySelector('a[data-view]').focus()",
      );
      await tab.press('Enter', '\r');
      expect(await addresses()).toEqual(['module.audit["eu-west-1"].aws_cloudtrail.organisation']);
      expect(await hash()).toBe('#checklist=s0-001');
    });

    test('without its script everything can be read, and nothing is offered that does not work', async () => {
      await tab.send('Emulation.setScriptExecutionDisabled', { value: true });
      await tab.open(sample);
      const html =
        (await tab.send('DOM.getDocument', { depth: -1 })) && (await tab.evaluate('document.body.innerText'));
      await tab.send('Emulation.setScriptExecutionDisabled', { value: false });
      expect(html).toContain('22/tcp is reachable from');
      expect(html).toContain('Not evaluated');
      expect(html).not.toMatch(/Open all|Colours/);
    });

    test.each([
      ['light', 'rgb(246, 247, 249)', 'rgb(14, 17, 22)'],
      ['dark', 'rgb(14, 17, 22)', 'rgb(246, 247, 249)'],
    ])('is %s where the reader wants that, and the other at a press of the button', async (scheme, own, other) => {
      await tab.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
      await tab.open('about:blank');
      await tab.open(sample);
      await tab.evaluate('localStorage.clear()');
      await tab.open('about:blank');
      await tab.open(sample);
      const background = (): Promise<unknown> => tab.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(await background()).toBe(own);
      await tabTo('theme');
      for (let presses = 0; presses < 2 && (await background()) === own; presses += 1) await tab.press(' ', ' ');
      expect(await background()).toBe(other);
    });

    test('on paper every finding is open, and nothing is there to be pressed', async () => {
      await tab.open('about:blank');
      await tab.open(sample);
      await tab.send('Emulation.setEmulatedMedia', { media: 'print' });
      const heights =
        "[...document.querySelectorAll('.finding .advice')].map((one) => one.getBoundingClientRect().height)";
      expect(await tab.evaluate(`${heights}.filter((height) => height < 10)`)).toEqual([]);
      expect(
        await tab.evaluate("[...document.querySelectorAll('button')].filter((one) => one.checkVisibility()).length"),
      ).toBe(0);
      await tab.send('Emulation.setEmulatedMedia', { media: '' });
    });

    test('stays usable with 2,000 findings', async () => {
      await tab.open(pageOf('thousands', renderHtml(thousands)));
      expect(await shown()).toBe('All 2000 shown');
      await tab.press('/');
      await type('g1999');
      expect(await addresses()).toEqual(['module.m19.aws_security_group.g1999']);
      expect(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    });
  },
);
