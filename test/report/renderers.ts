import type { Review } from '../../src/finding/review.ts';
import { toAnnotations } from '../../src/report/annotations.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderComment, renderSummary } from '../../src/report/markdown.ts';
import { renderSarif } from '../../src/report/sarif.ts';
import { renderTable } from '../../src/report/table.ts';

export const BLOB = 'https://github.com/acme/infrastructure/blob/0123456';

/** Who reads what a renderer writes, and so what it must not contain. */
export interface TestedRenderer {
  readonly name: string;
  readonly render: (review: Review, width: number) => string;
  /** True when GitHub reads it as Markdown. */
  readonly isMarkdown?: true;
}

/** Every renderer, so that a new one is held to the same as all others by one line here. */
export const RENDERERS: readonly TestedRenderer[] = [
  { name: 'table', render: (review, width) => renderTable(review, { width, color: false }) },
  { name: 'json', render: (review) => renderJson(review) },
  { name: 'sarif', render: (review) => renderSarif(review) },
  { name: 'summary', render: (review) => renderSummary(review), isMarkdown: true },
  { name: 'comment', render: (review) => renderComment(review, { blobBase: BLOB }), isMarkdown: true },
  {
    name: 'annotations',
    render: (review) =>
      toAnnotations(review)
        .flatMap(({ title, message }) => [title, message])
        .join('\n'),
  },
];
