import { constants } from 'node:buffer';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../text/user-error.ts';
import { parsePlan, parsePlanText } from './parse.ts';
import type { Plan } from './plan.ts';
import { beginsObject } from './recognise.ts';

/** Longer files cannot become one JavaScript string (about 512 MiB) and are parsed as a stream. */
const LONGEST_TEXT = constants.MAX_STRING_LENGTH;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist: make it with `terraform show -json tfplan > plan.json`, or correct the path',
  ENOTDIR: 'does not exist: correct the path',
  ENAMETOOLONG: 'does not exist: correct the path',
  EISDIR: 'is a directory: name the plan file in it',
  EACCES: 'cannot be read: its permissions forbid it',
};

const explain = (error: unknown, path: string): unknown => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ? new UserError(`${path} ${REASONS[code]}.`) : error;
};

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** Size and first two bytes of a file. */
function lookAt(file: string): { readonly size: number; readonly start: Uint8Array } {
  const descriptor = openSync(file, 'r');
  try {
    const start = new Uint8Array(2);
    readSync(descriptor, start, 0, start.length, 0);
    return { size: fstatSync(descriptor).size, start };
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Reads one plan file.
 * @param path as the user named it, relative to `cwd`; `-` is standard input
 * @param digest false when nobody looks at the digest of the file: it takes a twentieth of the time
 * @throws UserError with one sentence that says what to do
 */
export async function readPlan(
  path: string,
  cwd: string,
  longestText: number = LONGEST_TEXT,
  digest: boolean = true,
): Promise<Plan> {
  if (path === '-') return parsePlan(await readStandardInput(), 'standard input');
  const file = resolve(cwd, path);
  try {
    const { size, start } = lookAt(file);
    if (size > longestText) {
      const { streamPlan } = await import('./stream.ts');
      return await streamPlan(file, path);
    }
    // Read straight into a string, a large plan is never in memory as bytes and text at once.
    if (!beginsObject(start)) return parsePlan(readFileSync(file), path);
    return parsePlanText(readFileSync(file, 'utf8'), path, digest ? undefined : () => undefined);
  } catch (error) {
    throw explain(error, path);
  }
}
