import { wrap } from '../text/wrap.ts';
import { table } from './columns.ts';
import type { ArgumentSpec, Command, CommandGroup, OptionSpec } from './command.ts';

const HELP_WIDTH = 80;

/** What the program itself understands beside its commands. */
const PROGRAM_OPTIONS: readonly (readonly [string, string])[] = [
  ['-V, --version', 'tell the version'],
  ['-h, --help', 'tell how a command is used'],
];

const argumentText = ({ name, count }: ArgumentSpec): string =>
  count === 'optional' ? `[${name}]` : count === 'many' ? `<${name}...>` : `<${name}>`;

const optionHelp = ({ help, choices, default: fallback }: OptionSpec): string => {
  const facts = [...(choices ? [choices.join(', ')] : []), ...(fallback === undefined ? [] : [`default: ${fallback}`])];
  return facts.length === 0 ? help : `${help} (${facts.join('; ')})`;
};

const section = (title: string, rows: readonly (readonly [string, string])[], width: number): string[] =>
  rows.length === 0 ? [] : ['', `${title}:`, ...table(rows, width - 2).map((line) => `  ${line}`)];

/** How one command is used. */
export function commandHelp(command: Command, width = HELP_WIDTH): string {
  const { name, summary, argument, options = {}, epilogue } = command;
  const optionRows = Object.entries(options).map(
    ([option, spec]) => [`--${option} ${spec.value}`, optionHelp(spec)] as const,
  );
  return [
    [
      'Usage: planwarden',
      name,
      ...(optionRows.length > 0 ? ['[options]'] : []),
      ...(argument ? [argumentText(argument)] : []),
    ].join(' '),
    '',
    ...wrap(summary, width),
    ...section('Arguments', argument ? [[argument.name, argument.help]] : [], width),
    ...section('Options', optionRows, width),
    ...(epilogue === undefined ? [] : ['', epilogue]),
    '',
  ].join('\n');
}

/** The commands of the program, or of one group of it. */
export function programHelp(
  commands: readonly Command[],
  groups: readonly CommandGroup[],
  group: CommandGroup | undefined,
  width = HELP_WIDTH,
): string {
  const prefix = group ? `${group.name} ` : '';
  const listed = commands.filter(({ name }) => (group ? name.startsWith(prefix) : !name.includes(' ')));
  const rows = listed.map(
    ({ name, argument, summary }) =>
      [[name.slice(prefix.length), ...(argument ? [argumentText(argument)] : [])].join(' '), summary] as const,
  );
  const groupRows = group ? [] : groups.map(({ name, summary }) => [`${name} …`, summary] as const);
  return [
    `Usage: planwarden ${prefix}<command>`,
    '',
    ...wrap(group?.summary ?? 'Reviews what a Terraform plan changes about the security of AWS.', width),
    ...section('Commands', [...rows, ...groupRows], width),
    ...section('Options', group ? [] : PROGRAM_OPTIONS, width),
    '',
  ].join('\n');
}
