import { watchOutput } from './io.ts';
import { main } from './main.ts';

/** Runs the command line of this process and sets its exit code. */
export async function start(): Promise<void> {
  let unwritten = false;
  watchOutput(
    process.stdout,
    () => process.stderr,
    () => {
      unwritten = true;
      process.exitCode = 2;
    },
  );
  const code = await main(process.argv.slice(2));
  process.exitCode = unwritten ? 2 : code;
}
