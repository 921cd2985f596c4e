import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

import type { AccessRow } from '../iam/access/row.ts';
import {
  diffJson,
  diffLine,
  diffPolicies,
  LineError,
  parseLine,
  policyProblem,
  simulateLine,
  statementName,
} from '../iam/lines.ts';
import type { DiffResult, Json, Line } from '../iam/lines.ts';

import { requestText } from '../report/access.ts';
import { visible } from '../text/escape.ts';
import { UserError } from '../text/user-error.ts';
import { indented, table } from './columns.ts';
import type { ExitCode, Invocation } from './command.ts';
import type { Io } from './io.ts';

/** `planwarden iam diff OLD NEW`, or `-` for JSON Lines. @returns 1 when something is gained, or may be */
export async function diffCommand({ arguments: files, options }: Invocation, io: Io): Promise<ExitCode> {
  if (files.length === 1 && files[0] === '-') return answerLines(process.stdin, io, diffLine);
  const [old, current, ...more] = files;
  if (old === undefined || current === undefined || more.length > 0)
    throw new UserError('Name two policy files, the old one and the new one, or - for JSON Lines on standard input.');
  const result = diffPolicies({ old: readPolicy(old, io.cwd), new: readPolicy(current, io.cwd) });
  io.stdout.write(
    options['format'] === 'json'
      ? `${JSON.stringify(diffJson(null, result), null, 2)}\n`
      : `${differenceText(result, io.stdout.columns).join('\n')}\n`,
  );
  return result.gains === false ? 0 : 1;
}

/** `planwarden iam simulate FILE`: a file of JSON Lines, or `-`. */
export async function simulateCommand({ arguments: [file = '-'] }: Invocation, io: Io): Promise<ExitCode> {
  return answerLines(file === '-' ? process.stdin : await linesOf(file, io.cwd), io, simulateLine);
}

const CANNOT_READ: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a directory',
  EACCES: 'cannot be read, because its permissions forbid it',
};

function unreadable(path: string, error: unknown): unknown {
  const reason = error instanceof Error && 'code' in error ? CANNOT_READ[String(error.code)] : undefined;
  return reason === undefined ? error : new UserError(`The file ${path} ${reason}: name another one.`);
}

/** One object that is written over several lines counts as one line. */
async function linesOf(path: string, cwd: string): Promise<Iterable<string>> {
  const text = await readFile(resolve(cwd, path), 'utf8').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    return [JSON.stringify(JSON.parse(text)) === '' ? '' : text.replaceAll('\n', ' ')];
  } catch {
    return text.split('\n');
  }
}

/** A policy file; `null` and an empty file are a policy that is not there. @throws UserError for any other content */
function readPolicy(path: string, cwd: string): Json {
  const text = readText(path, cwd);
  const problem = policyProblem(text);
  if (problem === undefined) return text;
  throw new UserError(
    `The file ${path} is not an IAM policy document, because it ${problem}: correct it, or name another one.`,
  );
}

function readText(path: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8').trim();
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * Answers every line with one line, in order, as they come: thousands run in one process.
 * @returns 2 when a line could not be answered; its answer says why
 */
async function answerLines(
  input: NodeJS.ReadableStream | Iterable<string>,
  io: Io,
  answer: (line: Line) => unknown,
): Promise<ExitCode> {
  let failed = false;
  const lines = Symbol.iterator in input ? input : createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const text of lines) {
    if (text.trim() === '') continue;
    const result = answered(text, answer);
    failed ||= 'error' in result;
    io.stdout.write(`${JSON.stringify(result)}\n`);
  }
  return failed ? 2 : 0;
}

function answered(text: string, answer: (line: Line) => unknown): object {
  let id: Json = null;
  try {
    const line = parseLine(text);
    id = line.fields['id'] ?? null;
    return Object(answer(line));
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    return { id, error: `This line cannot be answered: ${error.message}.` };
  }
}

/** A difference as people read it. */
function differenceText({ gained, lost, gains, loses, undetermined }: DiffResult, width: number | undefined): string[] {
  return [
    ...section('Gained', gained, 'denied by the old policy, allowed by the new one', width),
    ...section('Lost', lost, 'allowed by the old policy, denied by the new one', width),
    ...(undetermined.length === 0
      ? []
      : ['Undetermined', '', ...undetermined.flatMap((one) => indented(visible(one), 2, width)), '']),
    verdict(gains, loses),
  ];
}

function verdict(gains: DiffResult['gains'], loses: DiffResult['loses']): string {
  const said = { true: 'grants more', false: 'grants nothing more', undetermined: 'may grant more' }[String(gains)];
  const less = { true: 'takes something away', false: 'takes nothing away', undetermined: 'may take something away' }[
    String(loses)
  ];
  return `The new policy ${said ?? ''} and ${less ?? ''}.`;
}

function section(title: string, rows: readonly AccessRow[], meaning: string, width: number | undefined): string[] {
  return rows.length === 0 ? [] : [title, '', ...rows.flatMap((row) => [...rowText(row, meaning, width), ''])];
}

function rowText(row: AccessRow, meaning: string, width: number | undefined): string[] {
  const marks = [row.level?.toLowerCase() ?? 'not in the catalogue', ...row.risks];
  const facts = [
    ...(row.principals.length === 0 ? [] : [['to', row.principals.join(', ')] as const]),
    ...(row.condition === null ? [] : [['if', row.condition] as const]),
    ['level', [...new Set(marks)].join(', ')] as const,
    ['because', statementName(row)] as const,
    ['witness', `${requestText(row.witness)}: ${meaning}`] as const,
    ...(row.isUsable ? [] : [['note', 'no action of these takes such a resource, so no request can use it'] as const]),
  ];
  const head = `${row.summary.join(', ')}${row.resources.length === 0 ? '' : ` on ${row.resources.join(', ')}`}`;
  return [
    ...indented(visible(head), 2, width),
    ...table(
      facts.map(([label, text]) => [label, visible(text)]),
      width === undefined ? undefined : width - 4,
    ).map((line) => `    ${line}`),
  ];
}
