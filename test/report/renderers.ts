import type { Review } from '../../src/finding/review.ts';
import { toAnnotations } from '../../src/report/annotations.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { toLineComments } from '../../src/report/line-comments.ts';
import { renderComment, renderSummary } from '../../src/report/markdown.ts';
import { renderSarif } from '../../src/report/sarif.ts';
import { renderTable } from '../../src/report/table.ts';

export const BLOB = 'https://github.com/acme/infrastructure/blob/0123456';

/** Who reads what a renderer writes, and so what it must not contain. */
export interface TestedRenderer {
  readonly name: string;
  readonly render: (review: Review, width: number) => string;
  /** How many headings there are, where GitHub reads it as Markdown. */
  readonly headings?: (review: Review) => number;
}

/** Every renderer, so that a new one is held to the same as all others by one line here. */
export const RENDERERS: readonly TestedRenderer[] = [
  { name: 'table', render: (review, width) => renderTable(review, { width, color: false }) },
  { name: 'json', render: (review) => renderJson(review) },
  { name: 'sarif', render: (review) => renderSarif(review) },
  { name: 'summary', render: (review) => renderSummary(review), headings: () => 1 },
  { name: 'junit', render: (review) => renderJunit(review) },
  { name: 'html', render: (review) => renderHtml(review) },
  {
    name: 'comments at lines',
    render: (review) =>
      toLineComments(review)
        .map((comment) => comment.text(true))
        .join('\n\n'),
    headings: () => 0,
  },
  { name: 'comment', render: (review) => renderComment(review, { blobBase: BLOB }), headings: () => 1 },
  {
    name: 'annotations',
    render: (review) =>
      toAnnotations(review)
        .flatMap(({ title, message }) => [title, message])
        .join('\n'),
  },
];
