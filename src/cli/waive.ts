import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CONFIG_FILES } from '../config/config.ts';
import type { Finding } from '../finding/finding.ts';
import type { Review } from '../finding/review.ts';
import { findConfigFile, run, today } from '../run.ts';
import { visible } from '../text/escape.ts';
import { UserError } from '../text/user-error.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';

type Findings = readonly Pick<Finding, 'policy' | 'address' | 'fingerprint' | 'grant'>[];

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** What a report says of a finding; a report is whatever somebody downloaded. */
function isFinding(value: unknown): value is Findings[number] {
  if (typeof value !== 'object' || value === null) return false;
  return ['policy', 'address', 'fingerprint', 'grant'].every((key) => typeof Reflect.get(value, key) === 'string');
}

function findingsIn(report: string, cwd: string): Findings {
  try {
    const { findings } = JSON.parse(readFileSync(resolve(cwd, report), 'utf8')) as Partial<Review>;
    if (Array.isArray(findings) && findings.every(isFinding)) return findings;
  } catch (error) {
    if (isMissing(error))
      throw new UserError(
        `The report ${report} does not exist: make it with \`planwarden review PLAN --format json --output ${report}\`, or name the plan with --plan.`,
      );
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UserError(`${report} is no report of this planwarden: make it again with --format json.`);
}

async function findingsOf({ plan, report = '', config }: Invocation['options'], cwd: string): Promise<Findings> {
  return plan === undefined
    ? findingsIn(report, cwd)
    : (await run({ plans: [plan], mode: 'audit', config, cwd })).findings;
}

/** The finding that a fingerprint, or the beginning of one, names. */
function findingNamed(fingerprint: string, findings: Findings): Findings[number] {
  const [found, other] = findings.filter((one) => one.fingerprint.startsWith(fingerprint));
  if (found === undefined)
    throw new UserError(`No finding has the fingerprint ${fingerprint}: copy it from the report JSON of the plan.`);
  if (other !== undefined)
    throw new UserError(`Several findings have a fingerprint that begins with ${fingerprint}: write all of it.`);
  return found;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
}

/** Every option that a waiver cannot do without; all that are missing are told at once. */
function required(options: Invocation['options']): { reason: string; owner: string; until: string } {
  const { reason, owner, until } = options;
  if (reason !== undefined && owner !== undefined && until !== undefined) return { reason, owner, until };
  const missing = ['reason', 'owner', 'until'].filter((name) => options[name] === undefined);
  throw new UserError(
    `A waiver says why, who answers for it and until when: add ${missing.map((name) => `--${name}`).join(', ')}.`,
  );
}

/**
 * Writes a waiver of one finding into the configuration, whose other lines stay as they are.
 * @throws UserError for what is missing or wrong; nothing is written then
 */
export async function waiveCommand({ arguments: [fingerprint = ''], options }: Invocation, io: Io): Promise<0> {
  const { reason, owner, until } = required(options);
  const { policy, address, grant } = findingNamed(fingerprint, await findingsOf(options, io.cwd));
  const name = options['config'] ?? findConfigFile(io.cwd) ?? CONFIG_FILES[0];
  const path = resolve(io.cwd, name);
  const { withWaiver } = await import('../config/edit.ts');
  const { parseConfig } = await import('../config/parse.ts');
  const old = textOf(path);
  parseConfig(old, name);
  const waiver = { policy, address, reason, owner, expires: until };
  const text = withWaiver(old, options['bind'] === 'nothing' ? waiver : { ...waiver, grant });
  parseConfig(text, name, today());
  writeFileSync(path, text);
  io.stdout.write(
    visible(
      `${name} now accepts ${policy} for ${address} until ${until}. It takes effect once it is on the base branch.`,
    ) + '\n',
  );
  return 0;
}
