import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { UserError } from '../src/text/user-error.ts';

/** Runs a generator; what a user can mend is told as one sentence and not as a stack. */
export async function generate(work: () => Promise<ReadonlyMap<string, string>>): Promise<void> {
  try {
    await emit(await work(), process.argv.includes('--check'));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

const current = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

/**
 * Writes generated files, path → content; with `check` writes nothing, names every file that differs and sets the exit
 * code to 1.
 */
async function emit(files: ReadonlyMap<string, string>, check: boolean): Promise<void> {
  for (const [path, content] of files) {
    if ((await current(path)) === content) continue;
    if (check) {
      process.exitCode = 1;
      console.error(`${path} is not up to date: run the generator again.`);
      continue;
    }
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
