import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Review } from '../finding/review.ts';
import { renderJson } from '../report/json.ts';
import { renderSarif } from '../report/sarif.ts';

export interface ReportFiles {
  readonly json: string;
  readonly sarif: string;
  /** Null for a review, whose comment says it all. */
  readonly html: string | null;
}

/** Writes the page that people read; it is loaded for audits only. */
async function writePage(review: Review, directory: string): Promise<string | null> {
  if (review.mode !== 'audit') return null;
  const { renderHtml } = await import('../report/html/page.ts');
  const html = join(directory, 'report.html');
  await writeFile(html, renderHtml(review));
  return html;
}

/**
 * Writes the report as JSON and as SARIF to `directory`, and that of an audit as HTML too, for the steps that follow.
 * Returns their absolute paths.
 */
export async function writeReports(review: Review, directory: string): Promise<ReportFiles> {
  const json = join(directory, 'report.json');
  const sarif = join(directory, 'report.sarif');
  await mkdir(directory, { recursive: true });
  const [html] = await Promise.all([
    writePage(review, directory),
    writeFile(json, renderJson(review)),
    writeFile(sarif, renderSarif(review)),
  ]);
  return { json, sarif, html };
}
