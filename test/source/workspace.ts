import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Cause } from '../../src/finding/finding.ts';
import type { ModuleConfiguration } from '../../src/plan/configuration.ts';
import type { Source } from '../../src/source/source.ts';
import { openSource } from '../../src/source/source.ts';

/** Writes files into a new directory that goes away with the test. */
export function workspace(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'planwarden-source-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** A source over one `main.tf`, loaded. */
export async function sourceOf(main: string, root: ModuleConfiguration = {}): Promise<Source> {
  const source = await openSource(workspace({ 'main.tf': main }), root);
  await source.load([]);
  return source;
}

/** The text a cause leads to, so that a test shows what a reviewer would see underlined. */
export function linesOf(text: string, source: Source, cause: Cause): string | null {
  const location = source.locate(cause);
  if (!location) return null;
  return text
    .split('\n')
    .slice(location.startLine - 1, location.endLine)
    .map((line) => line.trim())
    .join('\n');
}
