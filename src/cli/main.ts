import { Command, CommanderError } from 'commander';
import { escapeTerminal, visibleProse } from '../text/escape.ts';
import { UserError } from '../text/user-error.ts';
import { VERSION } from '../version.ts';
import { type Io, processIo } from './io.ts';
import { reviewOptions } from './options.ts';
import type { ReviewFlags } from './review.ts';

type ExitCode = 0 | 1 | 2;

const EXAMPLES = `
Examples:
  $ terraform show -json tfplan > plan.json
  $ planwarden review plan.json --source .
  $ terraform show -json tfplan | planwarden review - --format markdown

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 the review could not be made.`;

function buildProgram(io: Io, setCode: (code: ExitCode) => void): Command {
  const program = new Command('planwarden')
    .description('Reviews what a Terraform plan changes about the security of AWS.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => {},
    });
  const review = program
    .command('review')
    .description('review plans made with `terraform show -json`')
    .argument('<plan...>', 'plan files or globs; - is standard input')
    .addHelpText('after', EXAMPLES)
    .action(async (plans: string[], flags: ReviewFlags) => {
      const { reviewCommand } = await import('./review.ts');
      setCode(await reviewCommand(plans, flags, io));
    });
  for (const option of reviewOptions()) review.addOption(option);
  addPolicies(program, io, setCode);
  addConfig(program, io);
  return program;
}

/** `planwarden policies …`; what it does stands in policies.ts, which is loaded only then. */
function addPolicies(program: Command, io: Io, setCode: (code: ExitCode) => void): void {
  const print = (text: string): void => void io.stdout.write(`${text}\n`);
  const load = () => import('./policies.ts');
  const policies = program.command('policies').description('look at, test and write policies');
  policies.command('list').description('all policies').action(async () => (await load()).listPolicies({ print, cwd: io.cwd }));
  policies.command('show').argument('<id>').description('one policy with its reasons, fix and examples').action(async (id: string) => (await load()).showPolicy(id, { print, cwd: io.cwd }));
  policies.command('test').argument('<dir>').description('run the examples of your own policies').action(async (directory: string) => setCode((await (await load()).testPolicies(directory, { print, cwd: io.cwd })) ? 0 : 1));
  policies.command('new').argument('<id>').description('write a policy file to start from').action(async (id: string) => (await load()).newPolicy(id, { print, cwd: io.cwd }));
  policies.command('coverage').description('checklist line → policies').action(async () => (await load()).printCoverage({ print, cwd: io.cwd }));
}

function addConfig(program: Command, io: Io): void {
  const config = program.command('config').description('the configuration file');
  config
    .command('check')
    .argument('[file]')
    .description('say whether the configuration can be read')
    .action(async (file: string | undefined) => {
      const { checkConfig } = await import('./config.ts');
      io.stdout.write(`${await checkConfig(file, io.cwd)}\n`);
    });
}

/** Messages quote addresses and lines of files, which may hold a credential. */
async function sentence(text: string): Promise<string> {
  const { mask } = await import('../secrets/mask.ts');
  return escapeTerminal(mask(visibleProse(text)));
}

/** Where in our code it happened. The message before the frames may hold anything out of a plan, so it is cut off. */
function framesOf({ name, message, stack = '' }: Error): string[] {
  const header = [`${name}: ${message}`, message === '' ? name : message].find((text) => stack.startsWith(text));
  const frames = header === undefined ? [] : stack.slice(header.length).split('\n');
  return frames.filter((line) => /^\s+at /.test(line)).map((line) => escapeTerminal(line));
}

const isTooDeep = (error: unknown): boolean => error instanceof RangeError && error.message.includes('call stack');

/** What a failure looks like: one sentence for what the user can mend, the frames for what only we can. */
async function explain(error: unknown): Promise<string> {
  if (error instanceof UserError) return `planwarden: ${await sentence(error.message)}`;
  if (error instanceof CommanderError) {
    return `planwarden: ${await sentence(error.message.replace(/^error: /, ''))}\nTry planwarden --help.`;
  }
  if (isTooDeep(error)) return 'planwarden: a value is nested too deeply to be judged, as Terraform itself never writes it: make the file again.';
  const name = error instanceof Error ? error.constructor.name : typeof error;
  const frames = error instanceof Error ? framesOf(error) : [];
  return [
    `planwarden: an unexpected ${name} stopped the review. This is a mistake in planwarden: please report it with these lines.`,
    ...frames,
  ].join('\n');
}

/**
 * Runs one command line.
 * @returns the exit code: 0 clean, 1 findings, 2 the review could not be made
 */
export async function main(arguments_: readonly string[], io: Io = processIo()): Promise<ExitCode> {
  let code: ExitCode = 0;
  try {
    await buildProgram(io, (decided) => (code = decided)).parseAsync(arguments_, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Commander has written the help of a command that needs a subcommand.
    if (!(error instanceof CommanderError && error.code === 'commander.help')) io.stderr.write(`${await explain(error)}\n`);
    return 2;
  }
}
