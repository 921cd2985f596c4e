import { join, resolve } from 'node:path';
import { moduleAt, type ModuleConfiguration } from '../plan/configuration.ts';
import { directoryInside, hasConfigurationFiles, isInside } from './files.ts';
import { type InstalledModules, readInstalledModules } from './installed.ts';
import { type Module, readModule } from './module.ts';
import { loadSyntax } from './syntax.ts';

/** The modules of a configuration, read one by one and kept. */
export interface Modules {
  readonly found: boolean;
  problems(): readonly string[];
  /** Undefined for a module that is not in the source directory. @param path Names of the module calls from the root. */
  load(path: readonly string[]): Promise<Module | undefined>;
  /** Like `load`, and what `terraform init` downloaded as well. That is nobody's source here: it has no places. */
  loadInstalled(path: readonly string[]): Promise<Module | undefined>;
  /** A module that was loaded and belongs to the source. */
  at(path: readonly string[]): Module | undefined;
  /** A module that was loaded, downloaded ones included. */
  installedAt(path: readonly string[]): Module | undefined;
  /** The modules that were loaded and belong to the source, each with the calls that lead to it. */
  all(): readonly Called[];
  /** A file of a module that was loaded and belongs to the source. */
  text(file: string): string | undefined;
}

export interface Called {
  readonly module: Module;
  readonly paths: readonly (readonly string[])[];
}

const NO_FILES = 'The source directory holds no Terraform files, so findings have no line.';

interface Root {
  readonly boundary: string;
  readonly directory: string;
  readonly configuration: ModuleConfiguration | undefined;
}

/** Modules of the root module in a directory. Nothing outside the boundary is read. */
export async function createModules(
  directory: string,
  configuration: ModuleConfiguration | undefined,
  boundary: string,
): Promise<Modules> {
  const root = await openRoot(directory, configuration, boundary);
  return root ? modulesOf(root) : NO_MODULES;
}

/** A source that lies beside the boundary was named by the user: it is a boundary of its own. A link is not. */
async function openRoot(
  named: string,
  configuration: ModuleConfiguration | undefined,
  outer: string,
): Promise<Root | undefined> {
  const around = isInside(resolve(outer), resolve(named)) ? outer : named;
  const boundary = await directoryInside(around, around);
  const directory = boundary === null ? null : await directoryInside(boundary, named);
  if (boundary === null || directory === null || !(await hasConfigurationFiles(directory))) return undefined;
  return { boundary, directory, configuration };
}

const nothing = (): undefined => undefined;
const NO_MODULES: Modules = {
  found: false,
  problems: () => [NO_FILES],
  load: async () => undefined,
  loadInstalled: async () => undefined,
  at: nothing,
  installedAt: nothing,
  all: () => [],
  text: nothing,
};

function modulesOf(root: Root): Modules {
  const own = new Map<string, Module>();
  const downloaded = new Map<string, Module>();
  const byDirectory = new Map<string, Promise<Module>>();
  let installed: Promise<InstalledModules> | undefined;

  /** Two calls of one directory share one module. */
  function read(directory: string): Promise<Module> {
    const reading =
      byDirectory.get(directory) ?? loadSyntax().then((syntax) => readModule(syntax, root.boundary, directory));
    byDirectory.set(directory, reading);
    return reading;
  }

  async function load(path: readonly string[]): Promise<Module | undefined> {
    const known = own.get(keyOf(path));
    if (known) return known;
    const directory = path.length === 0 ? root.directory : await calledDirectory(path);
    if (directory === null) return undefined;
    const module = await read(directory);
    own.set(keyOf(path), module);
    return module;
  }

  async function calledDirectory(path: readonly string[]): Promise<string | null> {
    const source = sourceOf(root, path);
    const caller = source !== undefined && isLocal(source) ? await load(path.slice(0, -1)) : undefined;
    return caller && source !== undefined ? directoryInside(root.boundary, join(caller.directory, source)) : null;
  }

  async function loadInstalled(path: readonly string[]): Promise<Module | undefined> {
    const module = await load(path);
    if (module) return module;
    installed ??= readInstalledModules(root.directory);
    const place = (await installed).get(path.join('.'));
    const directory = place === undefined ? null : await directoryInside(root.boundary, join(root.directory, place));
    if (directory === null) return undefined;
    const found = await read(directory);
    downloaded.set(keyOf(path), found);
    return found;
  }

  const at = (path: readonly string[]): Module | undefined => own.get(keyOf(path));
  return {
    found: true,
    problems: () => [...new Set([...own.values()].flatMap((module) => module.problems))],
    load,
    loadInstalled,
    at,
    installedAt: (path) => at(path) ?? downloaded.get(keyOf(path)),
    all: () => calls(own),
    text: (file) => [...own.values()].find(({ texts }) => texts.has(file))?.texts.get(file),
  };
}

function calls(own: ReadonlyMap<string, Module>): Called[] {
  const paths = new Map<Module, (readonly string[])[]>();
  for (const [key, module] of own) {
    const path = JSON.parse(key) as readonly string[];
    paths.set(module, [...(paths.get(module) ?? []), path]);
  }
  return [...paths].map(([module, all]) => ({ module, paths: all }));
}

const keyOf = (path: readonly string[]): string => JSON.stringify(path);

const sourceOf = ({ configuration }: Root, path: readonly string[]): string | undefined =>
  moduleAt(configuration, path.slice(0, -1))?.module_calls?.[path.at(-1) ?? '']?.source;

/** Terraform's own rule; anything else comes from a registry or another repository. */
const isLocal = (source: string): boolean => source.startsWith('./') || source.startsWith('../');
