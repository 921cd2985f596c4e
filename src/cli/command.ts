import type { Io } from './io.ts';

/** 0 clean, 1 findings, 2 the review could not be made. */
export type ExitCode = 0 | 1 | 2;

export interface OptionSpec {
  /** How its value is called in the help: `<file>`. */
  readonly value: string;
  readonly help: string;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** May be given several times. */
  readonly repeats?: true;
}

export interface ArgumentSpec {
  readonly name: string;
  readonly help: string;
  readonly count: 'one' | 'optional' | 'many';
}

/** What the user gave: every value is checked against its specification. */
export interface Invocation {
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  /** Values of options that repeat. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

/** One command of the program as data; the words of its name are a path: `policies list`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly argument?: ArgumentSpec;
  readonly options?: Readonly<Record<string, OptionSpec>>;
  /** Stands below the help. */
  readonly epilogue?: string;
  readonly run: (invocation: Invocation, io: Io) => ExitCode | Promise<ExitCode>;
}

/** Commands that share their first word. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
}
