import type { OnUnknown } from '../config/config.ts';
import type { FailOn } from '../finding/severity.ts';
import { runMerge } from '../run-merge.ts';
import { UserError } from '../text/user-error.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';
import { writeReview } from './output.ts';

function toNumber(text: string | undefined): number | undefined {
  if (text === undefined || /^[1-9]\d{0,3}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new UserError('Set --expect to the number of reports that there must be, such as 5.');
}

/** Merges reports and writes the one review. @returns 0 when clean, 1 when the review fails */
export async function mergeCommand(invocation: Invocation, io: Io): Promise<0 | 1> {
  const { arguments: reports, options } = invocation;
  const review = await runMerge({
    reports,
    config: options['config'],
    failOn: options['fail-on'] as FailOn | undefined,
    onUnknown: options['on-unknown'] as OnUnknown | undefined,
    expected: toNumber(options['expect']),
    cwd: io.cwd,
  });
  await writeReview(review, invocation, io);
  return review.conclusion === 'pass' ? 0 : 1;
}
