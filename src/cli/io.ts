/** What a command may touch of the process: passed in, so that commands can be called from tests. */
export interface Io {
  readonly stdout: { readonly columns?: number; write(text: string): unknown };
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly color: boolean;
  readonly cwd: string;
  readonly now: () => number;
}

/** Colours when standard output is a terminal; NO_COLOR and FORCE_COLOR decide first (no-color.org, force-color.org). */
function wantsColor({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return isTerminal && TERM !== 'dumb';
}

/**
 * `… | head -1` closes the pipe early: what is left is not wanted, and the verdict stands. Any other failure to write
 * (a full disk) is told, and a review that nobody can read is not a review.
 */
export function watchOutput(stdout: NodeJS.EventEmitter, stderr: () => Io['stderr'], onFailure: () => void): void {
  stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    stderr().write(`planwarden: the review could not be written to standard output (${code ?? 'unknown error'}).\n`);
    onFailure();
  });
}

/** Standard error that nobody reads must not end the program. */
function openStandardError(): Io['stderr'] {
  const stream = process.stderr;
  if (stream.listenerCount('error') === 0) stream.on('error', () => {});
  return stream;
}

export const processIo = (): Io => ({
  stdout: process.stdout,
  // Opened when it is first used: most reviews have nothing to say there.
  get stderr() {
    return openStandardError();
  },
  color: wantsColor(process.env, process.stdout.isTTY),
  cwd: process.cwd(),
  // `performance` is loaded when it is first named, which takes a millisecond of every start.
  now: () => Date.now(),
});
