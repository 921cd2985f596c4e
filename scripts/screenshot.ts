/**
 * Makes the pictures of the documentation from stacks that are fixture stories: `docs/comment.png`, the comment on a pull
 * request, `docs/line-comment.png`, a comment at a line of it, and `docs/audit.png`, the page of an audit. Needs Chromium.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { renderHtml } from '../src/report/html/page.ts';
import { toLineComments } from '../src/report/line-comments.ts';
import { renderComment } from '../src/report/markdown.ts';
import { canTakePictures, takePicture, writePage } from './github-page.ts';
import { BLOB, reviewOfStacks } from './sample-stacks.ts';

const STACKS = {
  network: 'opens-ssh-to-world',
  audit: 'trail-deleted',
  exports: 'bucket-policy-public',
  bastion: 'ssh-narrowed',
};

const WIDTH = 900;
const AUDIT_WIDTH = 1100;

/** The page with its first finding open that shows source. */
function withOpenExcerpt(html: string): string {
  const finding = html.lastIndexOf('<details class="finding', html.indexOf('class="box code"'));
  return `${html.slice(0, finding)}<details open${html.slice(finding + '<details'.length)}`;
}

if (!canTakePictures()) throw new Error('Chromium is missing: install it (apt-get install chromium).');
const pages = mkdtempSync(join(tmpdir(), 'planwarden-screenshot-'));

/** A picture of Markdown as GitHub shows it. */
function picture(markdown: string, name: string): void {
  const page = join(pages, `${name}.html`);
  writePage(markdown, page, WIDTH);
  cpSync(page.replace('.html', '.png'), resolve(`docs/${name}.png`));
}

try {
  picture(renderComment(await reviewOfStacks(STACKS, 'review'), { blobBase: BLOB }), 'comment');
  const lines = toLineComments(await reviewOfStacks({ database: 'rds-public-access-enabled' }, 'review'));
  picture(lines.map(({ text }) => text(true)).join('\n'), 'line-comment');
  const audit = join(pages, 'audit.html');
  writeFileSync(audit, withOpenExcerpt(renderHtml(await reviewOfStacks(STACKS, 'audit'))));
  takePicture(audit, resolve('docs/audit.png'), AUDIT_WIDTH);
} finally {
  rmSync(pages, { recursive: true });
}
