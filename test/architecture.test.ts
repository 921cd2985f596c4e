import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VERSION } from '../src/version.ts';

const SRC = join(import.meta.dirname, '..', 'src');

/** Everything from a plan to a review. */
const PIPELINE = [
  'aws/',
  'config/',
  'finding/',
  'iam/',
  'plan/',
  'policy/',
  'secrets/',
  'source/',
  'subjects/',
  'text/',
  'world/',
];

/**
 * The table of ARCHITECTURE.md. A layer is a folder of `src/` or a file that stands in it alone; it may import itself and
 * what is named here: another layer, or one file of it.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'text/': [],
  'version.ts': [],
  'plan/': ['text/'],
  'aws/': ['plan/value.ts'],
  'secrets/': ['plan/', 'text/', 'finding/'],
  'finding/': ['text/'],
  'config/': ['finding/', 'text/'],
  'world/': ['plan/', 'aws/'],
  'iam/': ['aws/', 'plan/value.ts', 'text/'],
  'subjects/': ['world/', 'iam/', 'aws/', 'secrets/', 'plan/', 'finding/'],
  'policy/': ['subjects/', 'world/', 'config/', 'finding/', 'plan/', 'aws/', 'text/'],
  'source/': ['plan/', 'finding/', 'text/'],
  'report/': ['finding/', 'text/'],
  'github/': ['report/', 'finding/', 'text/'],
  'review-accept.ts': PIPELINE,
  'review-access.ts': PIPELINE,
  'review-plan.ts': [...PIPELINE, 'review-accept.ts', 'review-access.ts', 'review-repair.ts', 'review-guard.ts'],
  'review-guard.ts': PIPELINE,
  'review-repair.ts': PIPELINE,
  'review.ts': [...PIPELINE, 'review-accept.ts', 'review-plan.ts', 'version.ts'],
  'run-simulator.ts': ['config/', 'iam/', 'secrets/'],
  'run.ts': [...PIPELINE, 'review.ts', 'review-accept.ts', 'review-plan.ts', 'run-simulator.ts'],
  'run-apart.ts': ['run.ts', 'finding/', 'text/'],
  'merge/': ['finding/', 'text/'],
  'run-merge.ts': ['run.ts', 'merge/', 'plan/', 'secrets/', 'finding/', 'version.ts'],
  'cli/': [
    'run.ts',
    'run-merge.ts',
    'config/',
    'finding/',
    'iam/',
    'policy/',
    'report/',
    'secrets/',
    'text/',
    'version.ts',
  ],
  'cli.ts': ['cli/'],
  'action.ts': ['run.ts', 'run-apart.ts', 'run-merge.ts', 'config/', 'github/', 'report/', 'finding/', 'text/'],
};

/** Packages that only some files may know, as prefixes of paths below `src/`. */
const ONLY_IN: readonly { readonly packages: RegExp; readonly files: readonly string[] }[] = [
  { packages: /^@marcbachmann\/cel-js$/, files: ['policy/cel.ts'] },
  { packages: /^@(actions|octokit)\//, files: ['github/', 'action.ts'] },
  { packages: /^@aws-sdk\//, files: ['iam/aws-simulator.ts'] },
  { packages: /^commander$/, files: ['cli/'] },
];

/** What the command line must not load before it is needed: its start is measured. */
const HEAVY =
  /^(yaml|zod|@cdktf\/hcl2json|web-tree-sitter|@secretlint\/.*|@octokit\/.*|@actions\/.*|@aws-sdk\/.*|@streamparser\/json)$/;

interface Import {
  readonly from: string;
  /** A path below `src/`, or the name of a package. */
  readonly to: string;
  readonly isLocal: boolean;
  readonly isType: boolean;
  readonly isDynamic: boolean;
}

/** `import … from 'x'`, `export … from 'x'` and `import 'x'`, each from the start of a line; formatted code has no others. */
const STATIC = /^(?:import|export)(?:(\s+type\b)?[^'";=()]*?\bfrom)?\s*'([^']+)'/gmu;
const DYNAMIC = /(?<![.\w])import\(\s*'([^']+)'/gu;

/** True for `import { type A, type B }`, which leaves nothing to load either. */
const namesOnlyTypes = (statement: string): boolean => {
  const names =
    /\{([^}]*)\}/
      .exec(statement)?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean) ?? [];
  return names.length > 0 && names.every((name) => name.startsWith('type ')) && !/^import\s+\w/.test(statement);
};

const withoutComments = (code: string): string => code.replaceAll(/^\s*(?:\/\*\*?|\*|\/\/).*$/gmu, '');

function importsOf(file: string): Import[] {
  const code = withoutComments(readFileSync(join(SRC, file), 'utf8'));
  const toImport = (specifier: string, isType: boolean, isDynamic: boolean): Import => {
    const isLocal = specifier.startsWith('.');
    const to = isLocal ? relative(SRC, join(SRC, dirname(file), specifier)) : specifier;
    return { from: file, to, isLocal, isType, isDynamic };
  };
  return [
    ...Array.from(code.matchAll(STATIC), ([statement, type, specifier = '']) =>
      toImport(specifier, type !== undefined || namesOnlyTypes(statement), false),
    ),
    ...Array.from(code.matchAll(DYNAMIC), ([, specifier = '']) => toImport(specifier, false, true)),
  ];
}

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));
const IMPORTS = FILES.flatMap(importsOf);

const layerOf = (file: string): string => (file.includes('/') ? `${file.split('/')[0] ?? ''}/` : file);
const stands = (file: string, places: readonly string[]): boolean =>
  places.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place));
const show = ({ from, to }: Import): string => `${from} imports ${to}`;
const packageOf = (specifier: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

/** Everything that is loaded with a file, before anything is called. */
function reachable(entry: string): Set<string> {
  const seen = new Set<string>([entry]);
  for (const file of seen) {
    for (const { from, to, isType, isDynamic } of IMPORTS) if (from === file && !isType && !isDynamic) seen.add(to);
  }
  return seen;
}

/** The first circle of imports that a search meets, as a path. Types are left out: nothing of them is there to load. */
function circle(): string[] {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { to, isDynamic, isType } of IMPORTS.filter(({ from, isLocal }) => from === file && isLocal)) {
      const found = isDynamic || isType ? [] : visit(to, [...path, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  };
  return FILES.map((file) => visit(file, [])).find((found) => found.length > 0) ?? [];
}

describe('imports', () => {
  test('are seen', () => {
    expect(importsOf('cli/commands.ts')).toEqual(
      expect.arrayContaining([
        { from: 'cli/commands.ts', to: 'cli/review.ts', isLocal: true, isType: false, isDynamic: false },
        { from: 'cli/commands.ts', to: 'cli/policies.ts', isLocal: true, isType: true, isDynamic: false },
        { from: 'cli/commands.ts', to: 'cli/policies.ts', isLocal: true, isType: false, isDynamic: true },
      ]),
    );
    expect(importsOf('policy/cel.ts')).toContainEqual({
      from: 'policy/cel.ts',
      to: '@marcbachmann/cel-js',
      isLocal: false,
      isType: false,
      isDynamic: false,
    });
    expect(IMPORTS.filter(({ to, isLocal }) => isLocal && !FILES.includes(to)).map(show)).toEqual([]);
  });

  test('go only where ARCHITECTURE.md allows', () => {
    const wrong = IMPORTS.filter(({ from, to, isLocal }) => {
      const layer = layerOf(from);
      return isLocal && layer !== layerOf(to) && !stands(to, ALLOWED[layer] ?? []);
    });
    expect(wrong.map(show)).toEqual([]);
  });

  test('every folder and file of src has its place in the table', () => {
    expect([...new Set(FILES.map(layerOf))].filter((layer) => !(layer in ALLOWED))).toEqual([]);
  });

  test('have no circles', () => {
    expect(circle()).toEqual([]);
  });

  test.each(ONLY_IN)('of $packages stand in $files only', ({ packages, files }) => {
    const wrong = IMPORTS.filter(({ from, to, isLocal }) => !isLocal && packages.test(to) && !stands(from, files));
    expect(wrong.map(show)).toEqual([]);
  });

  test('of the command line bring nothing heavy', () => {
    const loaded = reachable('cli/start.ts');
    expect(loaded).toContain('cli/main.ts');
    expect([...loaded].filter((name) => HEAVY.test(packageOf(name)))).toEqual([]);
  });

  test('of a whole review bring nothing heavy before it is asked for', () => {
    const loaded = reachable('cli/review.ts');
    expect(loaded).toContain('world/build.ts');
    expect([...loaded].filter((name) => HEAVY.test(packageOf(name)))).toEqual([]);
  });
});

test('package.json has the version that the program tells', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(SRC, '..', 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({ version: VERSION });
});
