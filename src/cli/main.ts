import { mask } from '../secrets/mask.ts';
import { escapeTerminal, visibleProse } from '../text/escape.ts';
import { framesOf } from '../text/stack.ts';
import { UserError } from '../text/user-error.ts';
import { VERSION } from '../version.ts';
import type { Command, ExitCode } from './command.ts';
import { COMMANDS, GROUPS } from './commands.ts';
import { commandHelp, programHelp } from './help.ts';
import { type Io, processIo } from './io.ts';
import { parseInvocation, suggestion, UsageError } from './parse.ts';

const HELP = new Set(['--help', '-h', 'help']);

async function runCommand(command: Command, given: readonly string[], io: Io): Promise<ExitCode> {
  const invocation = await parseInvocation(command, given);
  if (invocation !== 'help') return command.run(invocation, io);
  io.stdout.write(commandHelp(command, io.stdout.columns));
  return 0;
}

/** The command that the first words name, longest name first. */
const findCommand = (words: readonly string[]): Command | undefined =>
  COMMANDS.find(({ name }) => name === words.slice(0, 2).join(' ')) ?? COMMANDS.find(({ name }) => name === words[0]);

/** Help, when it is asked for, and as a mistake where a command is missing or not known. */
async function explainUsage([first, second]: readonly string[], io: Io): Promise<ExitCode> {
  const group = GROUPS.find(({ name }) => name === first);
  const word = group ? second : first;
  const help = programHelp(COMMANDS, GROUPS, group, io.stdout.columns);
  if (word === undefined) {
    io.stderr.write(help);
    return 2;
  }
  if (HELP.has(word)) {
    io.stdout.write(help);
    return 0;
  }
  const prefix = group ? `${group.name} ` : '';
  const known = [...COMMANDS, ...(group ? [] : GROUPS)]
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name }) => name.slice(prefix.length));
  const kind = word.startsWith('-') ? 'option' : 'command';
  throw new UsageError(`unknown ${kind} '${word}'${await suggestion(word, known)}`);
}

async function dispatch(given: readonly string[], io: Io): Promise<ExitCode> {
  const [first] = given;
  if (first === '--version' || first === '-V') {
    io.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const command = findCommand(given);
  return command ? runCommand(command, given.slice(command.name.split(' ').length), io) : explainUsage(given, io);
}

/** Messages quote addresses and lines of files, which may hold a credential. */
function sentence(text: string): string {
  return escapeTerminal(mask(visibleProse(text)));
}

const isTooDeep = (error: unknown): boolean => error instanceof RangeError && error.message.includes('call stack');

/** What a failure looks like: one sentence for what the user can mend, the frames for what only we can. */
function explain(error: unknown): string {
  if (error instanceof UserError) return `planwarden: ${sentence(error.message)}`;
  if (error instanceof UsageError) {
    return `planwarden: ${sentence(error.message)}\nTry planwarden --help.`;
  }
  if (isTooDeep(error))
    return 'planwarden: a value is nested too deeply to be judged, as Terraform itself never writes it: make the file again.';
  const name = error instanceof Error ? error.constructor.name : typeof error;
  const frames = error instanceof Error ? framesOf(error).map((line) => escapeTerminal(mask(line))) : [];
  return [
    `planwarden: an unexpected ${name} stopped the review. This is a mistake in planwarden: please report it with these lines.`,
    ...frames,
  ].join('\n');
}

/**
 * Runs one command line.
 * @returns the exit code: 0 clean, 1 findings, 2 the review could not be made
 */
export async function main(given: readonly string[], io: Io = processIo()): Promise<ExitCode> {
  try {
    return await dispatch(given, io);
  } catch (error) {
    io.stderr.write(`${explain(error)}\n`);
    return 2;
  }
}
