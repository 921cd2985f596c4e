import type { Review } from '../finding/review.ts';
import type { TableOptions } from './table-page.ts';

export type { TableOptions } from './table-page.ts';

/** A renderer knows nothing but the review and, for a terminal, its width and colours. */
export type Renderer = (review: Review, options: TableOptions) => string;

/** Every `--format`, in the order of the help. A renderer is loaded when it is asked for, because start-up counts. */
export const FORMATS = {
  table: async (): Promise<Renderer> => (await import('./table.ts')).renderTable,
  json: async (): Promise<Renderer> => (await import('./json.ts')).renderJson,
  markdown: async (): Promise<Renderer> => {
    const { renderSummary } = await import('./markdown.ts');
    return (review) => renderSummary(review);
  },
  sarif: async (): Promise<Renderer> => (await import('./sarif.ts')).renderSarif,
} as const;

export type Format = keyof typeof FORMATS;
