import type { Change } from './change.ts';
import type { Plan } from './plan.ts';
import { isObject, type Json } from './value.ts';

/** What may be written for an attribute instead of what is written there. */
export type Literal = string | number | boolean;

/** One attribute of a resource, or of a block in it that stands there once, and its value. */
export interface Setting {
  readonly path: readonly string[];
  readonly value: Literal;
}

/** The value with another one at a path; undefined where the path leads through nothing, or through several blocks. */
function withValue(tree: Json, [step, ...rest]: readonly string[], value: Literal): Json | undefined {
  if (step === undefined) return value;
  if (Array.isArray(tree)) {
    const inner = tree.length === 1 ? withValue(tree[0] ?? null, [step, ...rest], value) : undefined;
    return inner === undefined ? undefined : [inner];
  }
  if (!isObject(tree)) return undefined;
  const inner = withValue(tree[step] ?? null, rest, value);
  return inner === undefined ? undefined : { ...tree, [step]: inner };
}

/** A plan names every attribute that a type has, be it among the values or among what is not known yet. */
function repaired(change: Change, { path, value }: Setting): Change | undefined {
  const [name = ''] = path;
  const { [name]: mask, ...others } = isObject(change.afterUnknown) ? change.afterUnknown : {};
  const isThere = mask !== undefined || (change.after !== null && Object.hasOwn(change.after, name));
  const after = change.after === null || !isThere ? undefined : withValue({ ...change.after }, path, value);
  if (!isObject(after)) return undefined;
  return path.length > 1 || mask === undefined ? { ...change, after } : { ...change, after, afterUnknown: others };
}

/**
 * The plan as it would be if the configuration said something else of an attribute, in all instances of the block that
 * `isMeant` names; undefined when one of them has no such attribute.
 */
export function repairedPlan(plan: Plan, isMeant: (change: Change) => boolean, setting: Setting): Plan | undefined {
  const changes: Change[] = [];
  for (const change of plan.changes) {
    const isOther = change.deposed !== undefined || change.after === null || !isMeant(change);
    const result = isOther ? change : repaired(change, setting);
    if (result === undefined) return undefined;
    changes.push(result);
  }
  return { ...plan, changes };
}
