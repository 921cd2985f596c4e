#!/usr/bin/env node
import { join } from 'node:path';

/**
 * Half of a small review is compiling our own code, so Node keeps what it compiled in the user's own cache directory
 * (never in a shared one, where somebody else could put code). Node 20 has no such cache; NODE_DISABLE_COMPILE_CACHE=1
 * switches it off. https://nodejs.org/api/module.html#module-compile-cache
 */
function keepCompiledCode(): void {
  const { homedir } = process.getBuiltinModule('node:os');
  const caches = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  process.getBuiltinModule('node:module').enableCompileCache?.(join(caches, 'planwarden'));
}

keepCompiledCode();
const { start } = await import('./cli/start.ts');
await start();
