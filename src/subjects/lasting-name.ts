import { isList, isObject, isUnknown } from '../plan/value.ts';
import type { Reference, Unknown, Value } from '../plan/value.ts';
import type { Resource, Worlds } from '../world/world.ts';

/**
 * What an attribute names, in texts that are the same before and after the plan for the same thing: the known value; for
 * what is known after apply, what the same thing is called today, else what the expression refers to. Unknown elements
 * stand for what nobody can tell.
 * @param path dotted path below the resource; lists on the way are walked through
 */
export function lastingNames(resource: Resource, path: string, worlds: Worlds): readonly (string | Unknown)[] {
  const [attribute = '', ...below] = path.split('.');
  return leaves(resource.get(attribute), below).flatMap((value) => nameOf(value, worlds));
}

/** The values at the end of a path. Nested blocks carry empty texts where nothing is set. */
function leaves(value: Value, steps: readonly string[]): Value[] {
  if (isList(value)) return value.flatMap((item) => leaves(item, steps));
  const [step, ...rest] = steps;
  if (isUnknown(value) || step === undefined) return value === null || value === '' ? [] : [value];
  return isObject(value) ? leaves(value[step] ?? null, rest) : [];
}

function nameOf(value: Value, worlds: Worlds): (string | Unknown)[] {
  if (typeof value === 'string') return [value];
  if (!isUnknown(value)) return [];
  return value.references.length === 0 ? [value] : value.references.map((one) => lastingName(one, worlds));
}

function lastingName({ address, attribute }: Reference, { before, after }: Worlds): string {
  const identity = after.at(address)?.identity;
  const type = after.at(address)?.type;
  const today =
    type === undefined ? undefined : before.resources(type).find((resource) => resource.identity === identity);
  const name = attribute === '' ? null : (today?.get(...attribute.split('.')) ?? null);
  return typeof name === 'string' ? name : [address, attribute].filter((part) => part !== '').join('.');
}
