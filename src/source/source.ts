import type { Cause, Location, Repair } from '../finding/finding.ts';
import type { ModuleConfiguration } from '../plan/configuration.ts';
import type { Expression, Place } from '../plan/expression.ts';
import type { Setting } from '../plan/repair.ts';
import { createExpressions } from './expressions.ts';
import { insert } from './insert.ts';
import { locate } from './locate.ts';
import type { TextFile } from './files.ts';
import { createModules } from './modules.ts';
import { type Remark, remarksIn } from './remarks.ts';
import { rewrite } from './rewrite.ts';
import { loadSyntax } from './syntax.ts';
import { parseTarget } from './target.ts';

/** A remark with the calls that lead to its module. */
export interface ModuleRemark extends Remark {
  readonly modulePaths: readonly (readonly string[])[];
}

export interface SourceOptions {
  /**
   * Nothing outside this directory is read, and paths of locations are relative to it. Left out, or when the root module
   * does not lie in it, it is the root module's own directory.
   */
  readonly boundary?: string;
}

/** The HCL a plan was made from. Modules are read by `load`; after that everything answers at once. */
export interface Source {
  /** False when the directory has no Terraform files: every location is then null, every expression undefined. */
  readonly found: boolean;
  /** One sentence per file that could not be read whole. Grows while modules are loaded. */
  readonly problems: readonly string[];
  /** Reads what is needed to locate these addresses (any absolute address, of instances, variables, outputs …). */
  prepare(addresses: Iterable<string>): Promise<void>;
  /**
   * Reads one module, named by its call path (`[]` is the root), with its expressions; one that `terraform init`
   * downloaded too. False when it has no files here.
   */
  load(modulePath: readonly string[]): Promise<boolean>;
  /** The smallest place that causes something, or null. */
  locate(cause: Cause): Location | null;
  /** The file in which a place is, as it is written. */
  textOf(location: Location): string | undefined;
  /** What the comments of loaded modules say to planwarden. Downloaded modules have no say. */
  remarks(): Promise<readonly ModuleRemark[]>;
  /** The same of a file that is not in the source, such as an older state of one that is. */
  remarksIn(file: TextFile): Promise<readonly Remark[]>;
  /**
   * One line of a loaded module that says an attribute of a resource, with another value, or the first line of a resource that
   * does not say it, with it; null where neither can be told.
   */
  rewrite(address: string, setting: Setting): Repair | null;
  /** An expression of a loaded module, else undefined. */
  readonly expression: (modulePath: readonly string[], place: Place) => Expression | undefined;
}

/**
 * Opens the source of a plan. Reads only directory names; the files of a module are read when it is loaded.
 * @param directory Where the root module is.
 * @param root The plan's `configuration.root_module`, which says where modules come from.
 */
export async function openSource(
  directory: string,
  root: ModuleConfiguration | undefined,
  options: SourceOptions = {},
): Promise<Source> {
  const modules = await createModules(directory, root, options.boundary ?? directory);
  const expressions = createExpressions(modules);
  return {
    found: modules.found,
    get problems() {
      return modules.problems();
    },
    prepare: async (addresses) => {
      for (const path of pathsOf(addresses)) await modules.load(path);
    },
    load: async (path) => {
      const module = await modules.loadInstalled(path);
      if (module) await expressions.load();
      return module !== undefined;
    },
    locate: (cause) => locate(modules, cause),
    textOf: ({ path }) => modules.text(path),
    remarks: async () => {
      const syntax = await loadSyntax();
      return modules
        .all()
        .flatMap(({ module, paths }) =>
          [...module.texts]
            .flatMap(([path, text]) => remarksIn(syntax, { path, text }))
            .map((remark) => ({ ...remark, modulePaths: paths })),
        );
    },
    remarksIn: async (file) => remarksIn(await loadSyntax(), file),
    rewrite: (address, setting) => rewrite(modules, address, setting) ?? insert(modules, address, setting),
    expression: expressions.at,
  };
}

/** Each module on the way to an address, once: a place falls back to the caller. */
function pathsOf(addresses: Iterable<string>): string[][] {
  const paths = new Map<string, string[]>();
  for (const address of addresses) {
    const path = parseTarget(address)?.modulePath ?? [];
    for (let length = 0; length <= path.length; length += 1)
      paths.set(JSON.stringify(path.slice(0, length)), path.slice(0, length));
  }
  return [...paths.values()];
}
