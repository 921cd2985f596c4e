/**
 * Makes the pictures of the README from four stacks, which are fixture stories: `docs/comment.png`, the comment on a pull
 * request that changes them, and `docs/audit.png`, the page of their audit. Needs Chromium.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { renderHtml } from '../src/report/html/page.ts';
import { renderComment } from '../src/report/markdown.ts';
import { run } from '../src/run.ts';
import { canTakePictures, takePicture, writePage } from './github-page.ts';

/** Stack → the story that it tells. */
const STACKS = {
  network: 'opens-ssh-to-world',
  audit: 'trail-deleted',
  exports: 'bucket-policy-public',
  bastion: 'ssh-narrowed',
} as const;

const BLOB = 'https://github.com/acme/infrastructure/blob/0123456789abcdef0123456789abcdef01234567';
const WIDTH = 900;
const AUDIT_WIDTH = 1100;

/** The page with its first finding open that shows source. */
function withOpenExcerpt(html: string): string {
  const finding = html.lastIndexOf('<details class="finding', html.indexOf('class="box code"'));
  return `${html.slice(0, finding)}<details open${html.slice(finding + '<details'.length)}`;
}

if (!canTakePictures()) throw new Error('Chromium is missing: install it (apt-get install chromium).');
const checkout = mkdtempSync(join(tmpdir(), 'planwarden-screenshot-'));
try {
  for (const [stack, story] of Object.entries(STACKS)) {
    cpSync(join('__fixtures__', story, 'after'), join(checkout, stack), { recursive: true });
    cpSync(join('__fixtures__', story, 'plan.json'), join(checkout, stack, 'plan.json'));
  }
  const plans = Object.keys(STACKS).map((stack) => `${stack}/plan.json`);
  const options = { plans, config: null, cwd: checkout, root: checkout, simulator: 'local' } as const;
  const review = await run({ ...options, mode: 'review' });
  const page = join(checkout, 'comment.html');
  writePage(renderComment(review, { blobBase: BLOB }), page, WIDTH);
  cpSync(page.replace('.html', '.png'), resolve('docs/comment.png'));

  const audit = join(checkout, 'audit.html');
  writeFileSync(audit, withOpenExcerpt(renderHtml(await run({ ...options, mode: 'audit' }))));
  takePicture(audit, resolve('docs/audit.png'), AUDIT_WIDTH);
} finally {
  rmSync(checkout, { recursive: true });
}
