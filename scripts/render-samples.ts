/**
 * Renders a review that has a bit of everything, hostile names included, to look at:
 * `node scripts/render-samples.ts DIR` writes the terminal output at three widths, the Markdown, and HTML as GitHub shows
 * it; with Chromium installed, pictures of that HTML too.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { renderComment, renderSummary } from '../src/report/markdown.ts';
import { renderTable } from '../src/report/table.ts';
import { sampleReview } from '../test/report/sample.ts';

const CHROMIUM = '/usr/bin/chromium';
const WIDTHS = [60, 100, 160];
const BLOB = 'https://github.com/acme/infrastructure/blob/0123456789abcdef0123456789abcdef01234567';

const stylesheet = readFileSync(
  createRequire(import.meta.url).resolve('github-markdown-css/github-markdown-light.css'),
  'utf8',
);

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

const toPage = (markdown: string): string => {
  const options = { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true };
  const body = showDiffs(showAlerts(micromark(markdown, options)));
  return `<!doctype html><meta charset="utf-8"><title>planwarden</title><style>${stylesheet}
.markdown-body { max-width: 860px; margin: 24px auto; padding: 16px; border: 1px solid #d1d9e0; border-radius: 6px; }</style>
<article class="markdown-body">${body}</article>\n`;
};

function picture(page: string, height: number): void {
  if (!existsSync(CHROMIUM)) return;
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', `--window-size=940,${height}`];
  spawnSync(CHROMIUM, [...flags, `--screenshot=${page}.png`, `file://${page}`], { stdio: 'ignore' });
}

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error('Name the directory to write to: node scripts/render-samples.ts DIR');
mkdirSync(directory, { recursive: true });
const review = sampleReview();

for (const width of WIDTHS) {
  writeFileSync(join(directory, `table-${width}.txt`), renderTable(review, { width, color: false }));
  writeFileSync(join(directory, `table-${width}.ansi`), renderTable(review, { width, color: true }));
}

const documents = {
  comment: renderComment(review, { blobBase: BLOB }),
  summary: renderSummary(review, { blobBase: BLOB }),
};
for (const [name, markdown] of Object.entries(documents)) {
  const page = join(directory, `${name}.html`);
  writeFileSync(join(directory, `${name}.md`), markdown);
  writeFileSync(page, toPage(markdown));
  picture(page, 2600);
}
