import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Review } from '../finding/review.ts';
import { renderJson } from '../report/json.ts';
import { renderSarif } from '../report/sarif.ts';
import { logAnnotation } from './log.ts';

export interface ReportFiles {
  readonly json: string;
  readonly sarif: string;
}

const NOT_WRITTEN = 'The report files could not be written (`RUNNER_TEMP`), so the steps that follow have none.';

/**
 * Writes the report as JSON and as SARIF to `directory`, for the steps that follow. Returns their absolute paths, which are
 * empty when the disk of the runner refuses them.
 */
export async function writeReports(review: Review, directory: string): Promise<ReportFiles> {
  const json = join(directory, 'report.json');
  const sarif = join(directory, 'report.sarif');
  const texts = { [json]: renderJson(review), [sarif]: renderSarif(review) };
  try {
    await mkdir(directory, { recursive: true });
    await Promise.all(Object.entries(texts).map(([path, text]) => writeFile(path, text)));
    return { json, sarif };
  } catch {
    logAnnotation('warning', NOT_WRITTEN, { title: 'planwarden' });
    return { json: '', sarif: '' };
  }
}
