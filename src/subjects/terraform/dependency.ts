import type { Configuration, ModuleConfiguration } from '../../plan/configuration.ts';
import type { Value } from '../../plan/value.ts';
import type { Change } from '../../plan/change.ts';
import type { StateModule } from '../../plan/plan.ts';
import type { Worlds } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import type { Facts, Subject, SubjectKind } from '../subject.ts';

/** What a configuration takes from somewhere else and runs with the rights of the pipeline. */
export const dependency: SubjectKind = {
  name: 'dependency',
  description: 'A module or a provider that the configuration takes from somewhere else.',
  attributes: {
    what: '`module` or `provider`',
    source: 'where it comes from, as written; for a provider its full name',
    version: 'its version constraint; null when there is none',
    isLocal: 'it is part of the repository, or of Terraform itself',
    isPinned: 'every run gets the same: an exact version, or a commit or version tag as `ref`',
  },
  attributeTypes: { what: 'string', source: 'string', isLocal: 'bool', isPinned: 'bool' },
  types: ['*'],
  build,
  fromExample: (example): Facts => {
    const { what = 'module', source = '', version = null } = example;
    return exampleFacts(
      factsOf(what === 'provider' ? 'provider' : 'module', textOf(source) ?? '', textOf(version)),
      example,
    );
  },
};

const textOf = (value: Value): string | null => (typeof value === 'string' ? value : null);

type What = 'module' | 'provider';

interface Dependency {
  readonly what: What;
  /** `module.vpc`, `module.app.module.db`, `provider.aws`. */
  readonly address: string;
  readonly source: string;
  readonly version: string | null;
}

const EXACT = /^\s*=?\s*v?\d+\.\d+\.\d+(?:[-+][\w.]+)?\s*$/;
const REF = /[?&]ref=(?:[0-9a-f]{7,40}|v?\d+(?:\.\d+)+[\w.+-]*)(?:&|$)/;

/** A provider is pinned by any constraint: the lock file beside it holds its hashes. */
const isPinned = (what: What, source: string, version: string | null): boolean =>
  what === 'provider' ? version !== null : REF.test(source) || EXACT.test(version ?? '');

const isLocal = (what: What, source: string): boolean =>
  what === 'provider' ? source.startsWith('terraform.io/builtin/') : /^\.{1,2}\//.test(source);

const factsOf = (what: What, source: string, version: string | null): Facts => ({
  what,
  source,
  version,
  isLocal: isLocal(what, source),
  isPinned: isPinned(what, source, version),
});

function* modulesIn(module: ModuleConfiguration | undefined, within: string): Generator<Dependency> {
  for (const [name, call] of Object.entries(module?.module_calls ?? {})) {
    const address = within === '' ? `module.${name}` : `${within}.module.${name}`;
    const { source = '', version_constraint: version = null } = call;
    yield { what: 'module', address, source, version };
    yield* modulesIn(call.module, address);
  }
}

function* providersIn({ provider_config: providers = {} }: Configuration): Generator<Dependency> {
  for (const {
    name,
    full_name: source = name,
    version_constraint: version = null,
    alias,
    module_address,
  } of Object.values(providers))
    if (alias === undefined && module_address === undefined)
      yield { what: 'provider', address: `provider.${name}`, source, version };
}

/** `module.a["x"].module.b` → `module.a.module.b`. */
const withoutKeys = (module: string): string => module.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');

/** The plan shows dependencies as they are now; one that brought resources before was there before. */
function build({ plan }: Worlds): { before: Subject[]; after: Subject[] } {
  const all = [...modulesIn(plan.configuration.root_module, ''), ...providersIn(plan.configuration)];
  const moduleOf = ({ moduleAddress = '' }: Change): string => moduleAddress;
  const had = modulesOf([
    ...plan.changes.filter(({ before }) => before !== null).map(moduleOf),
    ...stateModules(plan.priorState),
  ]);
  const has = modulesOf(plan.changes.filter(({ action }) => action !== 'no-op' && action !== 'read').map(moduleOf));
  const subjects = all.map((one) => toSubject(one, one.what === 'provider' ? has.size > 0 : has.has(one.address)));
  const stood = all.filter(({ what, address }) => (what === 'provider' ? had.size > 0 : had.has(address)));
  return { before: stood.map((one) => toSubject(one, false)), after: subjects };
}

/** The modules of the prior state that hold something. */
function* stateModules(module: StateModule | undefined): Generator<string> {
  if (module?.resources?.length) yield module.address ?? '';
  for (const child of module?.child_modules ?? []) yield* stateModules(child);
}

/** The modules, and the modules that they stand in; the root is the empty text. */
function modulesOf(addresses: Iterable<string>): Set<string> {
  const found = new Set<string>();
  for (const address of addresses) {
    let here = withoutKeys(address);
    while (!found.has(here)) {
      found.add(here);
      here = here.replace(/(?:^|\.)module\.[^.]+$/, '');
    }
  }
  return found;
}

const toSubject = ({ what, address, source, version }: Dependency, touched: boolean): Subject => ({
  id: address,
  object: factsOf(what, source, version),
  address,
  resourceType: what,
  attribute: what === 'module' && isPinned(what, source, version) ? 'source' : 'version',
  causes: [{ address, path: [] }],
  touched,
});
