import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Review } from '../finding/review.ts';
import { renderJson } from '../report/json.ts';
import { renderSarif } from '../report/sarif.ts';

export interface ReportFiles {
  readonly json: string;
  readonly sarif: string;
}

/** Writes the report as JSON and as SARIF to `directory`, for the steps that follow. Returns their absolute paths. */
export async function writeReports(review: Review, directory: string): Promise<ReportFiles> {
  const json = join(directory, 'report.json');
  const sarif = join(directory, 'report.sarif');
  await mkdir(directory, { recursive: true });
  await Promise.all([writeFile(json, renderJson(review)), writeFile(sarif, renderSarif(review))]);
  return { json, sarif };
}
