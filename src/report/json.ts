import type { Review } from '../finding/review.ts';
import { escapeJson } from '../text/escape.ts';

/**
 * The report JSON (`schemas/report.schema.json`), schemaVersion 1. The data is untouched; hidden characters in it are
 * spelt as `\uXXXX`, so that printing the file to a log or a terminal does no harm.
 */
export const renderJson = (review: Review): string => `${escapeJson(JSON.stringify(review, null, 2))}\n`;
