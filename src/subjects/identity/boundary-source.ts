import { managedPolicyName } from '../../aws/managed-policies.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Unknown, Value } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import type { HolderKind } from './holder.ts';
import { nameOf } from './holder-collection.ts';
import { policyByName } from './policy-by-name.ts';
import { managedSource, policySource } from './policy-source.ts';
import type { Place, PolicySource } from './policy-source.ts';

const POLICIES = ['aws_iam_policy', 'data.aws_iam_policy'];
const ATTACHMENT = 'aws_ssoadmin_permissions_boundary_attachment';
const SET = 'aws_ssoadmin_permission_set';

/** Resource types that set a permissions boundary. */
export const BOUNDARY_TYPES: readonly string[] = ['aws_iam_role', 'aws_iam_user', ATTACHMENT, 'aws_iam_policy'];

/** The permissions boundary of somebody on one side. */
export interface Boundary {
  /** The same for the same policy; null without a boundary, Unknown when the plan does not tell which policy it is. */
  readonly id: string | Unknown | null;
  readonly name: string;
  /** Its text, when it is in the plan. */
  readonly source: PolicySource | undefined;
}

/** Somebody who can have a permissions boundary, and where it is set. */
export interface Bounded {
  /** Id of the holder of policies that it is. */
  readonly id: string;
  readonly kind: HolderKind;
  readonly name: string;
  readonly resource: Resource;
  readonly path: readonly (string | number)[];
  readonly boundary: Boundary;
}

const NONE: Boundary = { id: null, name: 'none', source: undefined };

function ofPolicy(policy: Resource, worlds: Worlds): Boundary {
  const arn = policy.get('arn');
  const managed = typeof arn === 'string' ? managedPolicyName(arn) : undefined;
  return {
    id: managed ?? policy.identity,
    name: managed ?? nameOf(policy),
    source: policySource(policy, ['policy'], worlds),
  };
}

/** A policy that the plan does not show: one of AWS by its text, another one by its name. */
function ofText(value: Value, place: Place): Boundary {
  if (isUnknown(value)) return { id: value, name: '(known after apply)', source: undefined };
  if (typeof value !== 'string' || value === '') return NONE;
  const name = managedPolicyName(value) ?? value;
  return { id: name, name, source: managedSource(place, value) };
}

/** The roles and users of one side that the plan changes, with their boundary, those without one included. */
function principals(world: World, worlds: Worlds): readonly Bounded[] {
  const bounded = (kind: 'role' | 'user', resource: Resource): Bounded => {
    const policy = world.target(resource, 'permissions_boundary', POLICIES, ['arn', 'id']);
    const place = { resource, path: ['permissions_boundary'] };
    const boundary = policy ? ofPolicy(policy, worlds) : ofText(resource.get('permissions_boundary'), place);
    return { id: `${kind}:${resource.identity}`, kind, name: `${kind} ${nameOf(resource)}`, ...place, boundary };
  };
  return (['role', 'user'] as const).flatMap((kind) =>
    world
      .resources(`aws_iam_${kind}`)
      .filter(({ touched }) => touched)
      .map((resource) => bounded(kind, resource)),
  );
}

const BLOCK = ['permissions_boundary', 0] as const;

/** Permission sets get theirs by an attachment: an AWS-managed policy, or one of every account by its name. */
function sets(world: World, worlds: Worlds): readonly Bounded[] {
  const forgotten = worlds.before.resources(ATTACHMENT).filter(({ fate }) => fate === 'forgotten');
  const standing = world.side === 'before' ? [] : forgotten;
  return [...world.resources(ATTACHMENT), ...standing].map((resource): Bounded => {
    const from = worlds[resource.side];
    const owner = from.identify(resource, 'permission_set_arn', [SET], ['arn', 'id']) ?? resource.identity;
    const set = from.target(resource, 'permission_set_arn', [SET], ['arn', 'id']);
    return {
      id: `permission set:${owner}`,
      kind: 'permission set',
      name: `permission set ${set ? nameOf(set) : owner}`,
      resource,
      path: [...BLOCK],
      boundary: ofAttachment(resource, from, worlds),
    };
  });
}

function ofAttachment(resource: Resource, world: World, worlds: Worlds): Boundary {
  const managed = resource.get(...BLOCK, 'managed_policy_arn');
  const place = { resource, path: [...BLOCK] };
  if (managed !== null && managed !== '') return ofText(managed, place);
  const name = resource.get(...BLOCK, 'customer_managed_policy_reference', 0, 'name');
  const policy = policyByName(name, world);
  return policy ? ofPolicy(policy, worlds) : ofText(name, place);
}

/** Everybody on one side who can have a boundary. */
export const boundedIn = (world: World, worlds: Worlds): readonly Bounded[] => [
  ...principals(world, worlds),
  ...sets(world, worlds),
];

/** The set of an attachment stands after the plan unless the plan has it before and not after. */
export function setStands({ resource, id }: Bounded, { before, after }: Worlds): boolean {
  const set = before.target(resource, 'permission_set_arn', [SET], ['arn', 'id']);
  return set === undefined || after.resources(SET).some(({ identity }) => `permission set:${identity}` === id);
}

/** The same place with no boundary: what is left where an attachment goes. */
export const withoutBoundary = (bounded: Bounded): Bounded => ({ ...bounded, boundary: NONE });
