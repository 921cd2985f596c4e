import { parseArgs } from 'node:util';
import type { ArgumentSpec, Command, Invocation, OptionSpec } from './command.ts';

/** A command line that cannot be understood. The message is a clause in small letters, as programs write them. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** "(Did you mean --format?)" when one of the known words is near enough. */
export async function suggestion(word: string, known: readonly string[]): Promise<string> {
  const { nearest } = await import('../text/nearest.ts');
  const found = nearest(word, known);
  return found === undefined ? '' : ` (Did you mean ${found}?)`;
}

function checkValue(name: string, value: string, { choices }: OptionSpec): string {
  if (value === '') throw new UsageError(`option '--${name}' must not be empty`);
  if (choices && !choices.includes(value)) {
    throw new UsageError(
      `option '--${name}': argument '${value}' is invalid. Allowed choices are ${choices.join(', ')}.`,
    );
  }
  return value;
}

function checkArguments(given: readonly string[], spec: ArgumentSpec | undefined): void {
  if (given.length === 0 && spec && spec.count !== 'optional')
    throw new UsageError(`missing required argument '${spec.name}'`);
  const most = !spec ? 0 : spec.count === 'many' ? Number.POSITIVE_INFINITY : 1;
  if (given.length > most)
    throw new UsageError(`too many arguments: expected ${most === 0 ? 'none' : 'one'}, got ${given.length}`);
}

const isOption = (text: string): boolean => text.startsWith('--');

/**
 * Parses what stands behind a command's name.
 * @returns the invocation, or `help` when it is asked for
 * @throws UsageError for what the command does not know
 */
export async function parseInvocation(command: Command, given: readonly string[]): Promise<Invocation | 'help'> {
  const specs = command.options ?? {};
  const known = Object.fromEntries(
    Object.keys(specs).map((name) => [name, { type: 'string', multiple: true } as const]),
  );
  const { tokens, positionals } = parseArgs({
    args: [...given],
    options: { ...known, help: { type: 'boolean', short: 'h' } },
    strict: false,
    tokens: true,
  });
  const options: Record<string, string> = {};
  const lists: Record<string, string[]> = {};
  for (const [name, spec] of Object.entries(specs)) if (spec.default !== undefined) options[name] = spec.default;
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (name === 'help') return 'help';
    const spec = specs[name];
    if (!spec)
      throw new UsageError(
        `unknown option '${rawName}'${await suggestion(
          rawName,
          Object.keys(specs).map((one) => `--${one}`),
        )}`,
      );
    if (value === undefined || (!token.inlineValue && isOption(value)))
      throw new UsageError(`option '--${name} ${spec.value}' argument missing`);
    const checked = checkValue(name, value, spec);
    if (spec.repeats) (lists[name] ??= []).push(checked);
    else options[name] = checked;
  }
  checkArguments(positionals, command.argument);
  return { arguments: positionals, options, lists };
}
