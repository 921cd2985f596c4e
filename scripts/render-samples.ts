/**
 * Renders a review that has a bit of everything, hostile names included, to look at:
 * `node scripts/render-samples.ts DIR` writes the terminal output at three widths, the HTML page, JUnit XML, the Markdown of
 * the comment, the job summary and the comments at lines, and HTML as GitHub shows it; with Chromium installed, pictures of
 * that HTML too.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderHtml } from '../src/report/html/page.ts';
import { renderJunit } from '../src/report/junit.ts';
import { toLineComments } from '../src/report/line-comments.ts';
import { renderComment, renderSummary } from '../src/report/markdown.ts';
import { renderTable } from '../src/report/table.ts';
import { markdownCode } from '../src/text/escape.ts';
import { sampleReview } from '../test/report/sample.ts';
import { writePage } from './github-page.ts';

const WIDTHS = [60, 100, 160];
const PAGE_WIDTH = 900;
const BLOB = 'https://github.com/acme/infrastructure/blob/0123456789abcdef0123456789abcdef01234567';

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error('Name the directory to write to: node scripts/render-samples.ts DIR');
mkdirSync(directory, { recursive: true });
const review = sampleReview();

for (const width of WIDTHS) {
  writeFileSync(join(directory, `table-${width}.txt`), renderTable(review, { width, color: false }));
  writeFileSync(join(directory, `table-${width}.ansi`), renderTable(review, { width, color: true }));
}

writeFileSync(join(directory, 'audit.html'), renderHtml(review));
writeFileSync(join(directory, 'junit.xml'), renderJunit(review));

const documents = {
  comment: renderComment(review, { blobBase: BLOB }),
  summary: renderSummary(review, { blobBase: BLOB }),
  lines: toLineComments(review)
    .map(({ place, text }) => {
      const where = place.kind === 'lines' ? `${place.path}:${place.startLine}` : `${place.type}.${place.name}`;
      return `${markdownCode(where)}\n\n${text(true)}`;
    })
    .join('\n\n---\n\n'),
};
for (const [name, markdown] of Object.entries(documents)) {
  writeFileSync(join(directory, `${name}.md`), markdown);
  writePage(markdown, join(directory, `${name}.html`), PAGE_WIDTH);
}
