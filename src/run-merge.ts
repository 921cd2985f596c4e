import type { Review } from './finding/review.ts';
import { mergeReports } from './merge/merge.ts';
import { readReports } from './merge/read.ts';
import { expandPaths } from './plan/files.ts';
import { readConfig, type RunOptions, today } from './run.ts';
import { maskReview } from './secrets/mask-review.ts';
import { VERSION } from './version.ts';

/** The words of the command line and of the Action's inputs. */
export interface MergeOptions extends Pick<RunOptions, 'config' | 'failOn' | 'onUnknown' | 'cwd' | 'notes' | 'today'> {
  /** Paths or globs of reports in JSON. */
  readonly reports: readonly string[];
  /** Number of reports that there must be. */
  readonly expected?: number | undefined;
}

const ADVICE = 'look at the jobs that should have written the reports';

/**
 * Reads reports and makes one review of them. Both the command line and the Action call this.
 * @throws UserError when an input cannot be used; the message says what to do
 */
export async function runMerge(options: MergeOptions): Promise<Review> {
  const config = await readConfig(options);
  const paths = await expandPaths(options.reports, options.cwd, ADVICE);
  const merged = mergeReports(readReports(paths, options.cwd), {
    failOn: options.failOn ?? config.failOn,
    onUnknown: options.onUnknown ?? config.onUnknown,
    allowPartial: config.allowPartial,
    waivers: config.waivers,
    today: options.today ?? today(),
    expected: options.expected ?? null,
    notes: options.notes ?? [],
    version: VERSION,
  });
  return maskReview(merged);
}
