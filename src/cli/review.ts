import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OnUnknown, Profile, SimulatorChoice } from '../config/config.ts';
import type { Mode } from '../finding/review.ts';
import type { FailOn } from '../finding/severity.ts';
import { FORMATS, type Format } from '../report/index.ts';
import { run, type RunOptions } from '../run.ts';
import { visible } from '../text/escape.ts';
import { UserError } from '../text/user-error.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';
import { startProgress } from './progress.ts';

const FALLBACK_WIDTH = 100;

const UNWRITABLE: Readonly<Record<string, string>> = {
  ENOENT: 'its directory does not exist',
  ENOTDIR: 'its directory does not exist',
  EISDIR: 'it is a directory',
  EACCES: 'its permissions forbid it',
  EPERM: 'its permissions forbid it',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

function writeReport(path: string, text: string, cwd: string): void {
  try {
    writeFileSync(resolve(cwd, path), text);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? UNWRITABLE[String(error.code)] : undefined;
    throw reason === undefined
      ? error
      : new UserError(`The review cannot be written to ${path}, because ${reason}: correct --output.`);
  }
}

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
  const { format = 'table', output } = invocation.options;
  const progress = startProgress(() => io.stderr, io.now);
  try {
    const review = await run({
      ...toRunOptions(invocation),
      cwd: io.cwd,
      onProgress: (text) => progress.say(visible(text)),
    });
    const render = await FORMATS[format as Format]();
    const text = render(review, {
      width: (output === undefined ? io.stdout.columns : undefined) ?? FALLBACK_WIDTH,
      color: output === undefined && io.color,
    });
    progress.stop();
    if (output === undefined) io.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    else writeReport(output, text, io.cwd);
    return review.conclusion === 'pass' ? 0 : 1;
  } finally {
    progress.stop();
  }
}
