import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A package of which something stands in a bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly directory: string;
}

/** What is read of webpack's statistics; modules that are joined to one stand inside it. */
interface Stats {
  readonly name?: string;
  readonly nameForCondition?: string;
  readonly modules?: readonly Stats[];
  readonly children?: readonly Stats[];
}

const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

const pathsOf = ({ name, nameForCondition, modules, children }: Stats): string[] => [
  nameForCondition ?? name ?? '',
  ...[...(modules ?? []), ...(children ?? [])].flatMap(pathsOf),
];

function describe(directory: string): BundledPackage {
  const { name, version, license } = JSON.parse(
    readFileSync(join(directory, 'package.json'), 'utf8'),
  ) as BundledPackage;
  if (typeof license !== 'string')
    throw new Error(`${name} does not say its licence: add it to scripts/bundled-packages.ts.`);
  return { name, version, license, directory };
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The packages of a bundle, and those of which files are copied beside it, each version once. */
export function bundledPackages(statsFile: string, copied: readonly string[]): BundledPackage[] {
  const paths = pathsOf(JSON.parse(readFileSync(statsFile, 'utf8')) as Stats).flatMap(
    (path) => PACKAGE.exec(path) ?? [],
  );
  const directories = new Set(
    [...paths, ...copied.map((name) => join('node_modules', name))].map((path) => resolve(path)),
  );
  return unique([...directories].map(describe));
}

/** One entry for each version, in an order that depends on nothing else. */
export function unique(packages: readonly BundledPackage[]): BundledPackage[] {
  const byId = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  return [...byId].toSorted(([a], [b]) => compare(a, b)).map(([, one]) => one);
}

const NOTICES = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/** The texts that the licences ask to be passed on. */
export function licenceNotices(packages: readonly BundledPackage[]): string {
  return packages
    .map(({ name, version, license, directory }) => {
      const texts = readdirSync(directory)
        .filter((file) => NOTICES.test(file))
        .toSorted()
        .map((file) => readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n').trim());
      return [`${name} ${version}`, license, ...texts].join('\n\n');
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`)
    .concat('\n');
}

/** A bill of materials (CycloneDX 1.6) of exactly what is in `dist/`; without a time or a serial, so that it can be built again. */
export function billOfMaterials(version: string, packages: readonly BundledPackage[]): string {
  const purl = (name: string, at: string): string => `pkg:npm/${name.replace('@', '%40')}@${at}`;
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name: 'planwarden', version, 'bom-ref': 'planwarden' } },
    components: packages.map((one) => ({
      type: 'library',
      name: one.name,
      version: one.version,
      'bom-ref': purl(one.name, one.version),
      licenses: [{ expression: one.license }],
      purl: purl(one.name, one.version),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
