import { isUnknown } from '../plan/value.ts';
import type { Value } from '../plan/value.ts';
import type { Resource } from '../world/world.ts';
import { exampleFacts } from './example.ts';
import { keyUsers } from './key-users.ts';
import type { Aspect, Facts, Subject, SubjectKind, World } from './subject.ts';

const KEY_TYPES = [
  'aws_kms_key',
  'aws_kms_replica_key',
  'aws_kms_external_key',
  'aws_kms_replica_external_key',
] as const;
const STORE_TYPE = 'aws_kms_custom_key_store';

const DEFAULTS: Facts = {
  type: 'aws_kms_key',
  enabled: true,
  replica: false,
  can_rotate: true,
  rotation: true,
  rotation_days: 365,
  deletion_days: 30,
  used_by: [],
};

/** A KMS key with what depends on it. */
export const key: SubjectKind = {
  name: 'key',
  description: 'One KMS key (customer managed, replica, or with imported material), or a custom key store.',
  attributes: {
    type: 'Its resource type.',
    enabled: 'True when it can be used.',
    replica: 'True for a replica of a multi-region key.',
    can_rotate: 'True when AWS can rotate it: symmetric encryption keys with material of AWS.',
    rotation: 'True when AWS rotates it.',
    rotation_days: 'How often AWS rotates it, in days.',
    deletion_days: 'How long AWS waits before it deletes the key, in days.',
    used_by: 'Addresses of resources of the plan and the state that name it.',
  },
  attributeTypes: {
    type: 'string',
    enabled: 'bool',
    replica: 'bool',
    can_rotate: 'bool',
    rotation: 'bool',
    used_by: 'list',
  },
  types: [...KEY_TYPES, STORE_TYPE],
  build(worlds, { audit }) {
    const users = keyUsers(worlds);
    const side = (world: World): Subject[] =>
      world
        .resources(...KEY_TYPES, STORE_TYPE)
        .filter(({ touched }) => audit || touched)
        .map((resource) => toSubject(resource, users));
    return { before: side(worlds.before), after: side(worlds.after) };
  },
  fromExample: (example) => exampleFacts(DEFAULTS, example),
};

/** AWS's waiting period when none is given. https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html */
const DELETION_DAYS = 30;
/** AWS's rotation period when none is given. https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html */
const ROTATION_DAYS = 365;

const factsOf = (resource: Resource, users: (resource: Resource) => readonly string[]): Facts => ({
  type: resource.type,
  enabled: resource.get(resource.type.endsWith('external_key') ? 'enabled' : 'is_enabled') ?? true,
  replica: resource.type.includes('replica'),
  can_rotate: canRotate(resource),
  rotation: resource.get('enable_key_rotation') ?? false,
  rotation_days: numberOr(resource.get('rotation_period_in_days'), ROTATION_DAYS),
  deletion_days: numberOr(resource.get('deletion_window_in_days'), DELETION_DAYS),
  used_by: users(resource),
});

/** The provider writes 0 where nothing is set. An Optional+Computed period that is unknown is AWS's default. */
const numberOr = (value: Value, otherwise: number): Value =>
  typeof value === 'number' && value > 0 ? value : otherwise;

function canRotate(resource: Resource): Value {
  if (resource.type !== 'aws_kms_key' || resource.get('custom_key_store_id')) return false;
  const spec = resource.get('customer_master_key_spec') ?? 'SYMMETRIC_DEFAULT';
  const usage = resource.get('key_usage') ?? 'ENCRYPT_DECRYPT';
  if (isUnknown(spec) || isUnknown(usage)) return isUnknown(spec) ? spec : usage;
  return spec === 'SYMMETRIC_DEFAULT' && usage === 'ENCRYPT_DECRYPT';
}

function toSubject(resource: Resource, users: (resource: Resource) => readonly string[]): Subject {
  const enabled = resource.type.endsWith('external_key') ? 'enabled' : 'is_enabled';
  return {
    id: resource.identity,
    object: factsOf(resource, users),
    address: resource.address,
    previousAddress: resource.previousAddress,
    resourceType: resource.type,
    causes: [{ address: resource.address, path: [] }],
    touched: resource.touched,
    fate: resource.fate,
    aspects: { enabled: aspect(resource, enabled), rotation: aspect(resource, 'enable_key_rotation') },
  };
}

const aspect = ({ address, type }: Resource, argument: string): Aspect => ({
  address,
  resourceType: type,
  attribute: argument,
  causes: [{ address, path: [argument] }],
});
