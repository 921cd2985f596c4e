import { Unknown } from '../../plan/value.ts';
import type { Resource, Worlds } from '../../world/world.ts';
import { staysInAws } from '../bucket-access-block.ts';
import { accessDifference } from './access-difference.ts';
import type { Granted } from './access-difference.ts';
import {
  CONTROL_POLICY_TYPES,
  controlAttachments,
  controlOf,
  controlsBeside,
  isControlPolicy,
  nameOf,
  typeOf,
} from './control-policies.ts';
import type { ControlAttachment } from './control-policies.ts';
import { exampleFacts } from './subject-facts.ts';
import type { Fact, Facts, Fate, Subject, SubjectKind } from '../subject.ts';

const DEFAULTS: Facts = {
  policy: 'no-leaving',
  target: 'ou-1',
  isAttached: true,
  isControl: true,
  isCovered: false,
};

/** Policies that AWS attaches everywhere by itself and that allow everything. */
const FULL_ACCESS: readonly string[] = ['p-FullAWSAccess', 'p-RCPFullAWSAccess'];

const base = (resource: Resource, id: string, merge: string): Omit<Subject, 'object'> => ({
  id,
  merge,
  address: resource.address,
  previousAddress: resource.previousAddress,
  resourceType: resource.type,
  causes: [{ address: resource.address, path: [] }],
  touched: resource.touched,
});

function attached(one: ControlAttachment, worlds: Worlds, fate: Fate | undefined): Subject {
  const { resource, policy, policyId, target, targetId } = one;
  return {
    ...base(resource, pairOf(one), policyId),
    attribute: 'policy_id',
    fate,
    owner: target?.identity,
    object: {
      policy: policy ? nameOf(policy) : policyId,
      target: target ? nameOf(target) : targetId,
      isAttached: true,
      isControl: isControl(one),
      isCovered: fate !== undefined && policy !== undefined && isCovered(policy, controlsBeside(one, worlds), worlds),
    },
  };
}

const pairOf = ({ policyId, targetId }: ControlAttachment): string => `${policyId}|${targetId}`;

/** Declarative policies are guardrails too, in a language of their own; tag and backup policies are none. */
function isControl({ policy, policyId }: Pick<ControlAttachment, 'policy' | 'policyId'>): Fact {
  if (policy) return isControlPolicy(policy) || typeOf(policy).startsWith('DECLARATIVE_POLICY');
  return FULL_ACCESS.includes(policyId) ? false : new Unknown('the policy is not in the plan');
}

/** True when what is left denies all that the policy denied. */
function isCovered(policy: Resource, left: Granted, worlds: Worlds): Fact {
  if (!isControlPolicy(policy)) return false;
  const { lostDenies, mayLose } = accessDifference(controlOf(policy, worlds), left, worlds.after.account);
  return lostDenies.length === 0 && (mayLose[0] ?? true);
}

const NOTHING: Granted = { sources: [], attachments: [], unread: [] };

/** A policy that nothing in the plan attaches may be attached elsewhere. */
const unattached = (policy: Resource, worlds: Worlds): Subject => ({
  ...base(policy, `policy ${policy.identity}`, policy.identity),
  attribute: 'content',
  fate: staysInAws(policy) ? 'forgotten' : policy.fate,
  object: {
    policy: nameOf(policy),
    target: '',
    isAttached: false,
    isControl: isControl({ policy, policyId: '' }),
    isCovered: isCovered(policy, NOTHING, worlds),
  },
});

/** What becomes of an attachment; the same policy on the same target may stand in another resource. */
function fateOf(one: ControlAttachment, worlds: Worlds): Fate | undefined {
  const same = controlAttachments(worlds, 'after').filter((other) => pairOf(other) === pairOf(one));
  if (same.some(({ resource }) => resource.side === 'after')) return undefined;
  return same.length > 0 ? 'forgotten' : 'destroyed';
}

function build(worlds: Worlds, side: 'before' | 'after'): readonly Subject[] {
  const attachments = controlAttachments(worlds, side);
  const all = (['before', 'after'] as const).flatMap((at) => controlAttachments(worlds, at));
  const held = new Set(all.map(({ policy }) => policy?.identity));
  return [
    ...attachments.map((one) => attached(one, worlds, side === 'before' ? fateOf(one, worlds) : undefined)),
    ...worlds[side]
      .resources('aws_organizations_policy')
      .filter(({ identity }) => !held.has(identity))
      .map((policy) => unattached(policy, worlds)),
  ];
}

/** One policy of the organization on one root, unit or account, or by itself where the plan does not attach it. */
export const controlPolicyAttachment: SubjectKind = {
  name: 'control-policy-attachment',
  description:
    'One control policy on one root, unit or account of the organization, or by itself where the plan does not attach it.',
  attributes: {
    policy: 'what people call the policy',
    target: 'what people call the root, unit or account; empty for a policy by itself',
    isAttached: 'it is an attachment, not a policy by itself',
    isControl: 'a service control, resource control or declarative policy; unknown when the policy is not in the plan',
    isCovered: 'it denies nothing that is not denied there by another policy after the plan',
  },
  attributeTypes: { policy: 'string', target: 'string', isAttached: 'bool' },
  types: CONTROL_POLICY_TYPES,
  build: (worlds) => ({ before: build(worlds, 'before'), after: build(worlds, 'after') }),
  fromExample: exampleFacts(DEFAULTS),
};
