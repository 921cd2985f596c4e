/** Markdown as GitHub shows it, as a page and as a picture of that page. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

const CHROMIUM = '/usr/bin/chromium';

/** Whether pictures can be taken here. */
export const canTakePictures = (): boolean => existsSync(CHROMIUM);

const stylesheet = (): string =>
  readFileSync(createRequire(import.meta.url).resolve('github-markdown-css/github-markdown-light.css'), 'utf8');

/** Alerts are GitHub's own and no part of GFM, so the parser leaves them as quotes. */
const showAlerts = (html: string): string =>
  html.replace(
    /<blockquote>\s*<p>\[!CAUTION\]\s*/g,
    '<blockquote class="markdown-alert markdown-alert-caution"><p class="markdown-alert-title">Caution</p><p>',
  );

/** GitHub colours added and removed lines of `diff` blocks. */
const showDiffs = (html: string): string =>
  html.replace(/<code class="language-diff">([^]*?)<\/code>/g, (_, code: string) => {
    const lines = code.split('\n').map((line) => {
      const kind = line.startsWith('+') ? 'pl-mi1' : line.startsWith('-') ? 'pl-md' : '';
      return kind === '' ? line : `<span class="${kind}">${line}</span>`;
    });
    return `<code>${lines.join('\n')}</code>`;
  });

/** GitHub shows a suggestion as a change that can be committed. */
const showSuggestions = (html: string): string =>
  html.replace(
    /<pre><code class="language-suggestion">/g,
    '<p class="suggestion">Suggested change <i>Commit suggestion</i></p><pre><code><span class="pl-mi1">',
  );

const FRAME = `
body { margin: 0; background: #fff; }
.comment { margin: 16px; border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
.comment header { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; color: #59636e;
  font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
.comment header b { color: #1f2328; }
.comment header i { font-style: normal; font-size: 12px; border: 1px solid #d1d9e0; border-radius: 2em; padding: 0 7px; }
.suggestion { display: flex; justify-content: space-between; font-size: 12px; font-weight: 600; margin-bottom: 0 !important; }
.suggestion i { font-style: normal; border: 1px solid #d1d9e0; border-radius: 6px; padding: 0 8px; }
.markdown-body { padding: 16px; }`;

/** A page with one comment as it stands in a pull request. */
export function toPage(markdown: string): string {
  const options = { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true };
  const body = showSuggestions(showDiffs(showAlerts(micromark(markdown, options))));
  return `<!doctype html><meta charset="utf-8"><title>planwarden</title><style>${stylesheet()}${FRAME}</style>
<div class="comment"><header><b>github-actions</b> <i>bot</i> commented</header><article class="markdown-body">${body}</article></div>
<script>document.documentElement.dataset.height = document.querySelector('.comment').getBoundingClientRect().bottom + 16;</script>\n`;
}

const chromium = (page: string, ...flags: string[]): string =>
  spawnSync(
    CHROMIUM,
    ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', ...flags, `file://${resolve(page)}`],
    {
      encoding: 'utf8',
    },
  ).stdout;

/** Writes a picture of a page, as wide as `width` CSS pixels and as high as the page. */
export function takePicture(page: string, target: string, width: number): void {
  const [, height = '1000'] =
    /data-height="(\d+)/.exec(chromium(page, `--window-size=${width},1000`, '--dump-dom')) ?? [];
  chromium(page, `--window-size=${width},${height}`, `--screenshot=${resolve(target)}`);
}

/** Writes Markdown as a page, and a picture of it where Chromium is installed. */
export function writePage(markdown: string, page: string, width: number): void {
  writeFileSync(page, toPage(markdown));
  if (canTakePictures()) takePicture(page, page.replace(/\.html$/, '.png'), width);
}
