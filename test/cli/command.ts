import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

/** What a user sees of one command line. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Terminal {
  readonly cwd?: string;
  readonly columns?: number;
  readonly color?: boolean;
  /** Whether standard error is a terminal. */
  readonly isTTY?: boolean;
  readonly now?: () => number;
}

/** Runs a command line in this process. */
export async function planwarden(arguments_: readonly string[], terminal: Terminal = {}): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const io: Io = {
    stdout: { columns: terminal.columns ?? 100, write: (text) => (written.stdout += text) },
    stderr: { isTTY: terminal.isTTY ?? false, write: (text) => (written.stderr += text) },
    color: terminal.color ?? false,
    cwd: terminal.cwd ?? process.cwd(),
    now: terminal.now ?? (() => 0),
  };
  return { code: await main(arguments_, io), ...written };
}

/** Calls back with a directory of its own, which is gone afterwards. */
export async function inDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'planwarden-test-'));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

export const storyFile = (story: string): string =>
  join(import.meta.dirname, '..', '..', '__fixtures__', story, 'plan.json');
export const inputFile = (name: string): string =>
  join(import.meta.dirname, '..', '..', '__fixtures__', 'inputs', name);
