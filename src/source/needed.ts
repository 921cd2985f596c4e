import { parseAddress } from '../plan/address.ts';
import type { Change } from '../plan/change.ts';
import { allReferences, blockIn, moduleAt, type ModuleConfiguration } from '../plan/configuration.ts';
import type { Plan } from '../plan/plan.ts';
import type { Json } from '../plan/value.ts';

/** Attributes whose unknown text is worth rebuilding from HCL: policy documents and other JSON. */
const DOCUMENT = /policy|document|definition|secret_string|rule_json|content|user_data/;

/** AWS provider 5 shows a hash of user data; only the source has the text. */
const isHashed = ({ before, after }: Change): boolean => {
  const text = field(after, 'user_data');
  return typeof text === 'string' && /^[0-9a-f]{40}$/.test(text) && text !== field(before, 'user_data');
};

const field = (values: Json, name: string): Json | undefined =>
  typeof values === 'object' && values !== null ? (values as { readonly [key: string]: Json })[name] : undefined;

const unknownAttributes = (change: Change): string[] =>
  typeof change.afterUnknown === 'object' && change.afterUnknown !== null
    ? Object.entries(change.afterUnknown).flatMap(([name, mask]) =>
        mask === true || typeof mask === 'object' ? [name] : [],
      )
    : [];

/** True when only the source can say what an attribute will be: a document, or a value that goes through a local. */
function needsSource(change: Change, root: ModuleConfiguration | undefined): boolean {
  if (isHashed(change)) return true;
  const unknown = unknownAttributes(change);
  if (unknown.length === 0) return false;
  const address = parseAddress(change.address);
  const module = moduleAt(
    root,
    address.modules.map(({ name }) => name),
  );
  const block = blockIn(module, address.mode, address.type, address.name);
  return unknown.some((name) => {
    const expression = block?.expressions?.[name];
    if (expression === undefined) return false;
    return (
      DOCUMENT.test(name) ||
      allReferences(expression).some((reference) => reference.startsWith('local.') || reference.startsWith('each.'))
    );
  });
}

/** Call paths of the modules whose expressions this plan needs, callers included; empty for most plans. */
export function modulesNeeded(plan: Plan): string[][] {
  const paths = new Map<string, string[]>();
  for (const change of plan.changes) {
    if (change.action === 'no-op' || change.after === null) continue;
    if (!needsSource(change, plan.configuration.root_module)) continue;
    const calls = parseAddress(change.address).modules.map(({ name }) => name);
    for (let depth = 0; depth <= calls.length; depth++)
      paths.set(calls.slice(0, depth).join('/'), calls.slice(0, depth));
  }
  return [...paths.values()];
}
