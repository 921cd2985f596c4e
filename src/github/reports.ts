import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Review } from '../finding/review.ts';
import { renderJson } from '../report/json.ts';
import { renderSarif } from '../report/sarif.ts';
import { logAnnotation } from './log.ts';

export interface ReportFiles {
  readonly json: string;
  readonly sarif: string;
  /** Null for a review, whose comment says it all. */
  readonly html: string | null;
  /** JUnit XML; null for a review, as above. */
  readonly junit: string | null;
}

/** The files that only an audit has; what writes them is loaded for audits only. */
async function writeAudit(review: Review, directory: string): Promise<Pick<ReportFiles, 'html' | 'junit'>> {
  if (review.mode !== 'audit') return { html: null, junit: null };
  const [{ renderHtml }, { renderJunit }] = await Promise.all([
    import('../report/html/page.ts'),
    import('../report/junit.ts'),
  ]);
  const [html, junit] = [join(directory, 'report.html'), join(directory, 'report.junit.xml')];
  await Promise.all([writeFile(html, renderHtml(review)), writeFile(junit, renderJunit(review))]);
  return { html, junit };
}

const NOT_WRITTEN = 'The report files could not be written (`RUNNER_TEMP`), so the steps that follow have none.';

/**
 * Writes the report as JSON and as SARIF to `directory`, and that of an audit as HTML and JUnit XML too, for the steps that follow.
 * Returns their absolute paths, which are empty when the disk of the runner refuses them.
 */
export async function writeReports(review: Review, directory: string): Promise<ReportFiles> {
  const json = join(directory, 'report.json');
  const sarif = join(directory, 'report.sarif');
  try {
    await mkdir(directory, { recursive: true });
    const [audit] = await Promise.all([
      writeAudit(review, directory),
      writeFile(json, renderJson(review)),
      writeFile(sarif, renderSarif(review)),
    ]);
    return { json, sarif, ...audit };
  } catch (error) {
    // Only the disk may refuse: what a renderer throws is a mistake of ours.
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    logAnnotation('warning', NOT_WRITTEN, { title: 'planwarden' });
    return { json: '', sarif: '', html: null, junit: null };
  }
}
