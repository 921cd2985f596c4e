#!/usr/bin/env node
import { watchOutput } from './cli/io.ts';
import { main } from './cli/main.ts';

let unwritten = false;
process.stderr.on('error', () => {});
watchOutput(process.stdout, process.stderr, () => {
  unwritten = true;
  process.exitCode = 2;
});
const code = await main(process.argv.slice(2));
process.exitCode = unwritten ? 2 : code;
