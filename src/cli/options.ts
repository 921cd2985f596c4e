import { InvalidArgumentError, Option } from 'commander';
import { ON_UNKNOWN, SIMULATORS } from '../config/config.ts';
import { SEVERITIES } from '../finding/severity.ts';
import { FORMATS } from '../report/index.ts';

const collect = (value: string, previous: readonly string[] | undefined): string[] => [...(previous ?? []), value];

const notEmpty = (value: string): string => {
  if (value === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
};

/** Options of `planwarden review`, exactly those of the design's contract. */
export const reviewOptions = (): Option[] => [
  new Option('--format <format>', 'how the review is written').choices(Object.keys(FORMATS)).default('table'),
  new Option('--output <file>', 'write it to a file instead of standard output').argParser(notEmpty),
  new Option('--source <dir>', 'the Terraform code the plan was made from, for files and lines').argParser(notEmpty),
  new Option('--config <file>', 'configuration (default: .planwarden.yaml when it is there)').argParser(notEmpty),
  new Option('--policies <dir>', 'directory of your own policies (may be repeated)').argParser(collect),
  new Option('--mode <mode>', 'judge what the plan changes, or all that will be there').choices(['review', 'audit']).default('review'),
  new Option('--fail-on <severity>', 'mildest severity that fails (default: high)').choices([...SEVERITIES, 'never']),
  new Option('--on-unknown <what>', 'what undetermined findings do (default: warn)').choices(ON_UNKNOWN),
  new Option('--simulator <which>', 'IAM policy simulator to ask').choices(SIMULATORS).default('auto'),
];
