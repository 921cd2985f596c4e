import type { Address, InstanceKey, ModuleStep } from '../plan/address.ts';
import type {
  ExpressionSummary,
  ModuleCall,
  ModuleConfiguration,
  ResourceConfiguration,
} from '../plan/configuration.ts';
import { moduleAt } from '../plan/configuration.ts';

/** Where an expression stands: a module instance, and the instance whose `each` and `count` it may use. */
export interface Scope {
  readonly modules: readonly ModuleStep[];
  readonly key: InstanceKey | undefined;
  /** What `each.value` comes from, when the owner has a `for_each` with references. */
  readonly forEach: ExpressionSummary | undefined;
  /** Names the owner, so that its `for_each` can be looked up in the source. */
  readonly owner: { readonly kind: 'resource' | 'data'; readonly type: string; readonly name: string } | undefined;
}

export const callPath = (modules: readonly ModuleStep[]): string[] => modules.map((module) => module.name);

/** One text per module instance, whatever escapes its address uses. */
export const moduleKey = (modules: readonly ModuleStep[]): string =>
  modules.map(({ name, key }) => (key === undefined ? name : `${name}[${JSON.stringify(key)}]`)).join('/');

/** One text for all instances of a resource block in one module instance. */
export const blockKey = (modules: readonly ModuleStep[], mode: string, type: string, name: string): string =>
  `${moduleKey(modules)} ${mode} ${type}.${name}`;

export const resourceScope = (address: Address, configuration: ResourceConfiguration | undefined): Scope => ({
  modules: address.modules,
  key: address.key,
  forEach: configuration?.for_each_expression,
  owner: { kind: address.mode === 'data' ? 'data' : 'resource', type: address.type, name: address.name },
});

/** The module call that a module instance comes from, and the scope in which its arguments stand. */
export function callerOf(
  modules: readonly ModuleStep[],
  root: ModuleConfiguration | undefined,
): { readonly scope: Scope; readonly call: ModuleCall | undefined; readonly name: string } | undefined {
  const last = modules.at(-1);
  if (!last) return undefined;
  const parents = modules.slice(0, -1);
  const call = moduleAt(root, callPath(parents))?.module_calls?.[last.name];
  return {
    scope: { modules: parents, key: last.key, forEach: call?.for_each_expression, owner: undefined },
    call,
    name: last.name,
  };
}
