import type { OnUnknown, Profile, SimulatorChoice } from '../config/config.ts';
import type { Mode } from '../finding/review.ts';
import type { FailOn } from '../finding/severity.ts';
import { run, type RunOptions } from '../run.ts';
import { visible } from '../text/escape.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';
import { writeReview } from './output.ts';
import { startProgress } from './progress.ts';

/** The parser has checked every value against the choices of its option. */
const toRunOptions = ({ arguments: plans, options, lists }: Invocation): Omit<RunOptions, 'cwd'> => ({
  plans,
  source: options['source'],
  config: options['config'],
  policies: lists['policies'],
  mode: options['mode'] as Mode,
  profile: options['profile'] as Profile | undefined,
  failOn: options['fail-on'] as FailOn | undefined,
  onUnknown: options['on-unknown'] as OnUnknown | undefined,
  simulator: options['simulator'] as SimulatorChoice | undefined,
});

/** Reviews plans and writes the report. @returns 0 when clean, 1 when the review fails */
export async function reviewCommand(invocation: Invocation, io: Io): Promise<0 | 1> {
  const progress = startProgress(() => io.stderr, io.now);
  try {
    const review = await run({
      ...toRunOptions(invocation),
      cwd: io.cwd,
      // The terminal does not show it.
      digest: invocation.options['format'] !== 'table',
      onProgress: (text) => progress.say(visible(text)),
    });
    await writeReview(review, invocation, io, () => progress.stop());
    return review.conclusion === 'pass' ? 0 : 1;
  } finally {
    progress.stop();
  }
}
