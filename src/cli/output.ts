import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Review } from '../finding/review.ts';
import { FORMATS, type Format } from '../report/index.ts';
import { UserError } from '../text/user-error.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';

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

/**
 * Writes a review as `--format` and `--output` say.
 * @param onReady called when the text is made, before anything is written
 * @throws UserError when the file cannot be written
 */
export async function writeReview(
  review: Review,
  { options: { format = 'table', output } }: Invocation,
  io: Io,
  onReady: () => void = () => {},
): Promise<void> {
  const render = await FORMATS[format as Format]();
  const text = render(review, {
    width: (output === undefined ? io.stdout.columns : undefined) ?? FALLBACK_WIDTH,
    color: output === undefined && io.color,
  });
  onReady();
  if (output === undefined) io.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  else writeReport(output, text, io.cwd);
}
