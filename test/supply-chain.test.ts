import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Package {
  readonly license?: string;
  readonly hasInstallScript?: boolean;
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const lock = (read('package-lock.json') as { packages: Record<string, Package> }).packages;
const manifest = read('package.json') as { scripts: Record<string, string>; dependencies?: object };

test('what ships installs nothing and runs nothing on install', () => {
  const onInstall = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish', 'preprepare', 'postprepare'];
  expect(Object.keys(manifest.scripts).filter((name) => onInstall.includes(name))).toEqual([]);
  expect(manifest.dependencies ?? {}).toEqual({});
});

test('no package is under a licence that asks the same of what it is built into', () => {
  const strict = Object.entries(lock).filter(([, { license = '' }]) => /\b(?:A|L)?GPL|SSPL|BUSL/.test(license));
  expect(strict.map(([path]) => path)).toEqual([]);
});

test('install scripts are run only of packages that are named', () => {
  const allowed = (read('package.json') as { allowScripts: Record<string, boolean> }).allowScripts;
  const scripted = Object.entries(lock).flatMap(([path, { hasInstallScript }]) =>
    hasInstallScript === true ? [path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)] : [],
  );
  expect(scripted.filter((name) => !Object.hasOwn(allowed, name) && name !== 'fsevents')).toEqual([]);
});
