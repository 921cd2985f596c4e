import { isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';

/** The customer-managed policy that a name, or a reference to it, stands for, when the plan has it. */
export function policyByName(name: Value, world: World): Resource | undefined {
  if (typeof name === 'string') return world.find(['aws_iam_policy'], 'name', name);
  const [reference, another] = isUnknown(name) ? name.references : [];
  const found = reference && !another ? world.at(reference.address) : undefined;
  return found?.type === 'aws_iam_policy' ? found : undefined;
}
