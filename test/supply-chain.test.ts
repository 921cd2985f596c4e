import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { billOfMaterials, bundledPackages, licenceNotices } from '../scripts/bundled-packages.ts';

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

test('a package of a bundle is told with its licence, and the bill of materials is the same whenever it is made', () => {
  const stats = join(mkdtempSync(join(tmpdir(), 'planwarden-stats-')), 'stats.json');
  const inner = { name: './node_modules/undici/index.js' };
  writeFileSync(stats, JSON.stringify({ modules: [{ name: './lib/a.js', modules: [inner, inner] }] }));
  const packages = bundledPackages(stats, ['zod']);
  expect(packages.map(({ name, license }) => `${name} ${license}`)).toEqual(['undici MIT', 'zod MIT']);
  expect(licenceNotices(packages)).toMatch(/^undici \d[\s\S]*Permission is hereby granted[\s\S]*\nzod \d/);
  const bill = billOfMaterials('1.0.0', packages);
  expect(bill).toBe(billOfMaterials('1.0.0', bundledPackages(stats, ['zod'])));
  expect(bill).not.toMatch(/timestamp|serialNumber|node_modules/);
});
