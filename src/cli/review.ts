import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { OnUnknown, SimulatorChoice } from '../config/config.ts';
import type { Mode } from '../finding/review.ts';
import type { FailOn } from '../finding/severity.ts';
import { FORMATS, type Format } from '../report/index.ts';
import { run } from '../run.ts';
import { visible } from '../text/escape.ts';
import { UserError } from '../text/user-error.ts';
import type { Io } from './io.ts';
import { startProgress } from './progress.ts';

/** The options of `planwarden review` as commander gives them. */
export interface ReviewFlags {
  readonly format: Format;
  readonly output?: string;
  readonly source?: string;
  readonly config?: string;
  readonly policies?: readonly string[];
  readonly mode: Mode;
  readonly failOn?: FailOn;
  readonly onUnknown?: OnUnknown;
  readonly simulator: SimulatorChoice;
}

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

async function writeReport(path: string, text: string, cwd: string): Promise<void> {
  try {
    await writeFile(resolve(cwd, path), text);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? UNWRITABLE[String(error.code)] : undefined;
    throw reason === undefined ? error : new UserError(`The review cannot be written to ${path}, because ${reason}: correct --output.`);
  }
}

/** Reviews plans and writes the report. @returns 0 when clean, 1 when the review fails */
export async function reviewCommand(plans: readonly string[], flags: ReviewFlags, io: Io): Promise<0 | 1> {
  const progress = startProgress(io.stderr, io.now);
  try {
    const review = await run({ ...flags, plans, cwd: io.cwd, onProgress: (text) => progress.say(visible(text)) });
    const toTerminal = flags.output === undefined;
    const render = await FORMATS[flags.format]();
    const text = render(review, {
      width: (toTerminal ? io.stdout.columns : undefined) ?? FALLBACK_WIDTH,
      color: toTerminal && io.color,
    });
    progress.stop();
    if (flags.output === undefined) io.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    else await writeReport(flags.output, text, io.cwd);
    return review.conclusion === 'pass' ? 0 : 1;
  } finally {
    progress.stop();
  }
}
