import { blocks, isList, isObject, isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource } from '../../world/world.ts';

/** The values below nested blocks: `network_interfaces.security_groups` is the groups of all interfaces together. */
export function valueAt(resource: Resource, [attribute = '', ...below]: readonly string[]): Value {
  return below.reduce<Value>(inside, resource.get(attribute));
}

function inside(value: Value, step: string): Value {
  if (isUnknown(value)) return value;
  const found = (isList(value) ? blocks(value) : isObject(value) ? [value] : []).map((block) => block[step] ?? null);
  return found.flat();
}
