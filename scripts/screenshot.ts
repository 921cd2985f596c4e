/**
 * Makes `docs/comment.png`, the picture of the README: the comment on a pull request that changes four stacks, which are
 * fixture stories. Needs Chromium.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { renderComment } from '../src/report/markdown.ts';
import { run } from '../src/run.ts';
import { canTakePictures, writePage } from './github-page.ts';

/** Stack → the story that it tells. */
const STACKS = {
  network: 'opens-ssh-to-world',
  audit: 'trail-deleted',
  exports: 'bucket-policy-public',
  bastion: 'ssh-narrowed',
} as const;

const BLOB = 'https://github.com/acme/infrastructure/blob/0123456789abcdef0123456789abcdef01234567';
const WIDTH = 900;

if (!canTakePictures()) throw new Error('Chromium is missing: install it (apt-get install chromium).');
const checkout = mkdtempSync(join(tmpdir(), 'planwarden-screenshot-'));
try {
  for (const [stack, story] of Object.entries(STACKS)) {
    cpSync(join('__fixtures__', story, 'after'), join(checkout, stack), { recursive: true });
    cpSync(join('__fixtures__', story, 'plan.json'), join(checkout, stack, 'plan.json'));
  }
  const plans = Object.keys(STACKS).map((stack) => `${stack}/plan.json`);
  const review = await run({ plans, mode: 'review', config: null, cwd: checkout, root: checkout });
  const page = join(checkout, 'comment.html');
  writePage(renderComment(review, { blobBase: BLOB }), page, WIDTH);
  cpSync(page.replace('.html', '.png'), resolve('docs/comment.png'));
} finally {
  rmSync(checkout, { recursive: true });
}
