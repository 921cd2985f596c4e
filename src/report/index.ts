import type { Review } from '../finding/review.ts';
import type { TableOptions } from './table-page.ts';
import { renderTable } from './table.ts';

export type { TableOptions } from './table-page.ts';

/** A renderer knows nothing but the review and, for a terminal, its width and colours. */
export type Renderer = (review: Review, options: TableOptions) => string;

/** Every `--format`, in the order of the help. All but the usual one load when they are asked for, because start-up counts. */
export const FORMATS = {
  table: async (): Promise<Renderer> => renderTable,
  json: async (): Promise<Renderer> => (await import('./json.ts')).renderJson,
  markdown: async (): Promise<Renderer> => {
    const { renderSummary } = await import('./markdown.ts');
    return (review) => renderSummary(review);
  },
  sarif: async (): Promise<Renderer> => (await import('./sarif.ts')).renderSarif,
  junit: async (): Promise<Renderer> => (await import('./junit.ts')).renderJunit,
  html: async (): Promise<Renderer> => (await import('./html/page.ts')).renderHtml,
} as const;

export type Format = keyof typeof FORMATS;
