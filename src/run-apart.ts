import { spawn } from 'node:child_process';
import { json } from 'node:stream/consumers';
import type { Review } from './finding/review.ts';
import { run, type RunOptions } from './run.ts';
import { UserError } from './text/user-error.ts';

/** The argument that makes the Action answer {@link runApart} instead of reviewing. */
export const APART = 'run-apart';

/** Longer than any review of an honest configuration takes on a plan that was reviewed already. */
const LONGEST_MS = 20_000;

/** What comments at the deciding branch said; a function cannot be handed over. */
type Decided = Readonly<Record<string, string | null>>;

/** A review to be made, as text can carry it. */
export type ApartTask = Omit<RunOptions, 'decides' | 'onProgress'> & { readonly decided: Decided };

type Answer = { readonly review: Review } | { readonly refused: string };

/** Reads each file once, and remembers what it was, so that {@link runApart} decides by the same. */
export interface Recorder {
  readonly decides: RunOptions['decides'];
  readonly decided: () => Decided;
}

export function recorder(decides: RunOptions['decides']): Recorder {
  const reading = new Map<string, Promise<string | undefined>>();
  const read = new Map<string, string | null>();
  const recording = async (path: string): Promise<string | undefined> => {
    const asked = reading.get(path) ?? decides?.(path) ?? Promise.resolve(undefined);
    reading.set(path, asked);
    const text = await asked;
    read.set(path, text ?? null);
    return text;
  };
  return { decides: decides && recording, decided: () => Object.fromEntries(read) };
}

/**
 * Reviews in a process of its own with an empty environment, which is ended after 20 seconds: whoever wrote the policies and
 * the waivers of a pull request may have meant them to run for ever.
 * @throws UserError as `run` does, and when it takes too long
 */
export async function runApart(task: ApartTask): Promise<Review> {
  const child = spawn(process.execPath, [process.argv[1] ?? '', APART], {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
  });
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(task));
  const answer = await json(child.stdout).catch(() => undefined);
  if (!isAnswer(answer)) throw new UserError('judging with it fails, or does not end.');
  if ('refused' in answer) throw new UserError(answer.refused);
  return answer.review;
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && ('review' in value || 'refused' in value);

/** The other side of {@link runApart}: reads the task from standard input and writes the answer. */
export async function answerApart(): Promise<void> {
  const { decided, ...options } = (await json(process.stdin)) as ApartTask;
  const decides = async (path: string): Promise<string | undefined> => decided[path] ?? undefined;
  const answer = await run({ ...options, decides }).then(
    (review): Answer => ({ review }),
    (error: unknown): Answer => {
      if (error instanceof UserError) return { refused: error.message };
      throw error;
    },
  );
  process.stdout.write(JSON.stringify(answer));
}
