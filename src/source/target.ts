import { type ModuleStep, parseAddress, parseModuleAddress } from '../plan/address.ts';
import { UserError } from '../text/user-error.ts';

/** The block that an address means: instances of one block all mean the same. */
export interface Target {
  /** Names of the module calls from the root. */
  readonly modulePath: readonly string[];
  readonly type: 'resource' | 'data' | 'ephemeral' | 'module' | 'variable' | 'output' | 'local' | 'provider';
  readonly labels: readonly string[];
  /** Of a provider. */
  readonly alias?: string;
}

const PROVIDER = /^(?:(?<modules>.*)\.)?provider\.(?<name>[\w-]+)(?:\.(?<alias>[\w-]+))?$/s;
const NAMED: Readonly<Record<string, Target['type']>> = { var: 'variable', output: 'output', local: 'local' };
const MODES = { managed: 'resource', data: 'data', ephemeral: 'ephemeral' } as const;

/** Reads an absolute address of a resource, data source, module, variable, output, local value or provider; null if it is none. */
export const parseTarget = (address: string): Target | null =>
  attempt(() => providerTarget(address)) ?? attempt(() => moduleTarget(address)) ?? attempt(() => namedTarget(address));

function attempt(read: () => Target | null): Target | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function providerTarget(address: string): Target | null {
  const { modules, name, alias } = PROVIDER.exec(address)?.groups ?? {};
  if (name === undefined) return null;
  const modulePath = names(parseModuleAddress(modules ?? ''));
  return { modulePath, type: 'provider', labels: [name], ...(alias === undefined ? {} : { alias }) };
}

/** `module.a.module.b["k"]`: the last step is the call, the ones before it lead to the caller. */
function moduleTarget(address: string): Target | null {
  const path = names(parseModuleAddress(address));
  const call = path.at(-1);
  return call === undefined ? null : { modulePath: path.slice(0, -1), type: 'module', labels: [call] };
}

function namedTarget(text: string): Target {
  const { modules, mode, type, name } = parseAddress(text);
  const named = mode === 'managed' ? NAMED[type] : undefined;
  return named
    ? { modulePath: names(modules), type: named, labels: [name] }
    : { modulePath: names(modules), type: MODES[mode], labels: [type, name] };
}

const names = (steps: readonly ModuleStep[]): string[] => steps.map((step) => step.name);
