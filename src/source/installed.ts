import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Where `terraform init` put each module: path of calls joined by dots → directory relative to the root module. */
export type InstalledModules = ReadonlyMap<string, string>;

const MAX_BYTES = 5_000_000;

/** Reads Terraform's own list of downloaded modules; empty when there is none or it cannot be understood. */
export async function readInstalledModules(root: string): Promise<InstalledModules> {
  const path = join(root, '.terraform', 'modules', 'modules.json');
  try {
    if ((await stat(path)).size > MAX_BYTES) return new Map();
    const manifest: { readonly Modules?: unknown } = JSON.parse(await readFile(path, 'utf8'));
    return new Map(Array.isArray(manifest.Modules) ? manifest.Modules.flatMap(entryOf) : []);
  } catch {
    return new Map();
  }
}

function entryOf(module: unknown): [string, string][] {
  if (typeof module !== 'object' || module === null || !('Key' in module) || !('Dir' in module)) return [];
  return typeof module.Key === 'string' && typeof module.Dir === 'string' ? [[module.Key, module.Dir]] : [];
}
