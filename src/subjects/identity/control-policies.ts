import { EMPTY_DOCUMENT } from '../../aws/policy-document/statement.ts';
import type { ParsedDocument } from '../../aws/policy-document/statement.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import { staysInAws } from '../bucket-access-block.ts';
import type { Compared, Granted } from './access-difference.ts';
import { policySource } from './policy-source.ts';
import type { PolicySource } from './policy-source.ts';

const POLICY = ['aws_organizations_policy', 'data.aws_organizations_policy'];
const TARGETS = ['aws_organizations_organizational_unit', 'aws_organizations_account'];

/** Resource types that control policies are made of. */
export const CONTROL_POLICY_TYPES: readonly string[] = [
  'aws_organizations_policy',
  'aws_organizations_policy_attachment',
];

/** Policies of an organization that are in the language of IAM and take rights away. */
const IN_IAM: readonly string[] = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];

/** The type of a policy; the provider makes a service control policy when none is given. */
export function typeOf(policy: Resource): string {
  const type = policy.get('type');
  return typeof type === 'string' && type !== '' ? type : 'SERVICE_CONTROL_POLICY';
}

export const isControlPolicy = (policy: Resource): boolean => IN_IAM.includes(typeOf(policy));

/** One policy attached to one root, unit or account. */
export interface ControlAttachment {
  readonly resource: Resource;
  /** The policy, when it is in the plan, and what it is called otherwise. */
  readonly policy: Resource | undefined;
  readonly policyId: string;
  readonly target: Resource | undefined;
  readonly targetId: string;
}

const known = new WeakMap<World, readonly ControlAttachment[]>();

/** The attachments on one side, after the plan with those that Terraform only lets go of. */
export function controlAttachments(worlds: Worlds, side: 'before' | 'after'): readonly ControlAttachment[] {
  const found =
    known.get(worlds[side]) ??
    standing(worlds, side).map((resource): ControlAttachment => {
      const world = worlds[resource.side];
      return {
        resource,
        policy: world.target(resource, 'policy_id', POLICY, ['id', 'policy_id']),
        policyId: world.identify(resource, 'policy_id', POLICY, ['id', 'policy_id']) ?? resource.address,
        target: world.target(resource, 'target_id', TARGETS, ['id']),
        targetId: world.identify(resource, 'target_id', TARGETS, ['id']) ?? resource.address,
      };
    });
  known.set(worlds[side], found);
  return found;
}

const standing = (worlds: Worlds, side: 'before' | 'after'): readonly Resource[] => {
  const own = worlds[side].resources('aws_organizations_policy_attachment');
  const kept = worlds.before.resources('aws_organizations_policy_attachment').filter(staysInAws);
  return side === 'before' ? own : [...own, ...kept];
};

const granted = (sources: readonly PolicySource[]): Granted => ({ sources, attachments: [], unread: [] });

const sourceOf = (policy: Resource, worlds: Worlds): PolicySource => policySource(policy, ['content'], worlds);

/** What the other control policies say about the target of an attachment after the plan. */
export const controlsBeside = ({ resource, targetId }: ControlAttachment, worlds: Worlds): Granted =>
  granted(
    controlAttachments(worlds, 'after')
      .filter((one) => one.targetId === targetId && one.resource !== resource)
      .flatMap(({ policy }) => (policy && isControlPolicy(policy) ? [sourceOf(policy, worlds)] : [])),
  );

/** What one control policy says. */
export const controlOf = (policy: Resource, worlds: Worlds): Granted => granted([sourceOf(policy, worlds)]);

/**
 * The control policies that are there before and after. A Deny that moves to another policy of the same targets is not
 * lost, so what the others deny everywhere counts beside what a policy itself says after.
 */
export function controlPolicies(worlds: Worlds): readonly Compared[] {
  const before = new Map(
    worlds.before
      .resources('aws_organizations_policy')
      .filter(isControlPolicy)
      .map((policy) => [policy.identity, policy]),
  );
  return worlds.after.resources('aws_organizations_policy').flatMap((policy): Compared[] => {
    const old = before.get(policy.identity);
    if (!old || !isControlPolicy(policy)) return [];
    const others = besides(policy, worlds).map((other) => onlyDenies(sourceOf(other, worlds)));
    return [
      {
        id: `control:${policy.identity}`,
        kind: 'control policy',
        name: `control policy ${nameOf(policy)}`,
        resource: policy,
        touched: policy.touched || old.touched,
        before: controlOf(old, worlds),
        after: granted([sourceOf(policy, worlds), ...others]),
      },
    ];
  });
}

/** The other control policies that are attached to every target of a policy after the plan. */
function besides(policy: Resource, worlds: Worlds): readonly Resource[] {
  const all = controlAttachments(worlds, 'after');
  const targets = all.filter((one) => one.policy?.identity === policy.identity).map(({ targetId }) => targetId);
  const others = new Map(all.flatMap((one) => (one.policy ? [[one.policy.identity, one.policy]] : [])));
  return [...others.values()].filter(
    (other) =>
      other.identity !== policy.identity &&
      isControlPolicy(other) &&
      targets.length > 0 &&
      targets.every((target) => all.some((one) => one.targetId === target && one.policy?.identity === other.identity)),
  );
}

const onlyDenies = (source: PolicySource): PolicySource => ({
  ...source,
  document: (): ParsedDocument => {
    const document = source.document();
    if (document.kind !== 'document') return EMPTY_DOCUMENT;
    return { ...document, unread: [], statements: document.statements.filter(({ effect }) => effect === 'Deny') };
  },
});

/** The name in AWS when it is known, else the address. */
export function nameOf(resource: Resource): string {
  const name = resource.get('name');
  return typeof name === 'string' ? name : resource.address;
}
