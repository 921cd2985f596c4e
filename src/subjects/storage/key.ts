import { isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import { KEY_TYPES, switchOf } from './key-unusable.ts';
import { keyUsers } from './key-users.ts';
import type { Aspect, Facts, Subject, SubjectKind, World } from '../subject.ts';

const STORE_TYPE = 'aws_kms_custom_key_store';

const DEFAULTS: Facts = {
  type: 'aws_kms_key',
  name: 'KMS key aws_kms_key.example',
  enabled: true,
  replica: false,
  can_rotate: true,
  rotation: true,
  rotation_days: 365,
  rotated_less: false,
  deletion_days: 30,
  used_by: [],
  use: '',
};

/** A KMS key with what depends on it. */
export const key: SubjectKind = {
  name: 'key',
  description: 'One KMS key (customer managed, replica, or with imported material), or a custom key store.',
  attributes: {
    type: 'Its resource type.',
    name: 'What people call it, e.g. `KMS key aws_kms_key.data`.',
    enabled: 'True when it can be used.',
    replica: 'True for a replica of a multi-region key.',
    can_rotate: 'True when AWS can rotate it: symmetric encryption keys with material of AWS.',
    rotation: 'True when AWS rotates it.',
    rotation_days: 'How often AWS rotates it, in days.',
    rotated_less: 'True when AWS rotates it less often than before, or a new key less often than once a year.',
    deletion_days: 'How long AWS waits before it deletes the key, in days.',
    used_by: 'Addresses of resources of the plan and the state that name it.',
    use: 'The same in words, e.g. `aws_db_instance.main uses it`; empty when nothing does.',
  },
  attributeTypes: {
    type: 'string',
    name: 'string',
    use: 'string',
    enabled: 'bool',
    replica: 'bool',
    can_rotate: 'bool',
    rotation: 'bool',
    used_by: 'list',
  },
  types: [...KEY_TYPES, STORE_TYPE],
  build(worlds, { audit }) {
    const users = keyUsers(worlds);
    const keys = (world: World): Resource[] =>
      world.resources(...KEY_TYPES, STORE_TYPE).filter(({ touched }) => audit || touched);
    const before = keys(worlds.before);
    const periods = new Map(before.map((resource) => [resource.identity, periodOf(resource)]));
    const oldPeriod = ({ identity }: Resource): Value =>
      periods.has(identity) ? (periods.get(identity) ?? null) : ROTATION_DAYS;
    return {
      before: before.map((resource) => toSubject(resource, users, false)),
      after: keys(worlds.after).map((resource) =>
        toSubject(resource, users, isLonger(periodOf(resource), oldPeriod(resource))),
      ),
    };
  },
  fromExample: (example) => exampleFacts(DEFAULTS, example),
};

/** AWS's waiting period when none is given. https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html */
const DELETION_DAYS = 30;
/** AWS's rotation period when none is given. https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html */
const ROTATION_DAYS = 365;

/** How many days pass between two rotations; without rotation nothing is compared. */
const periodOf = (resource: Resource): Value =>
  resource.get('enable_key_rotation') === false
    ? null
    : numberOr(resource.get('rotation_period_in_days'), ROTATION_DAYS);

function isLonger(now: Value, then: Value): Value {
  if (isUnknown(now) || isUnknown(then)) return isUnknown(now) ? now : then;
  return typeof now === 'number' && typeof then === 'number' && now > then;
}

const factsOf = (resource: Resource, used_by: readonly string[], rotated_less: Value): Facts => ({
  type: resource.type,
  name: `${NOUNS[resource.type] ?? 'KMS key'} ${resource.address}`,
  enabled: resource.get(switchOf(resource)) ?? true,
  replica: resource.type.includes('replica'),
  can_rotate: canRotate(resource),
  rotation: resource.get('enable_key_rotation') ?? false,
  rotation_days: numberOr(resource.get('rotation_period_in_days'), ROTATION_DAYS),
  rotated_less,
  deletion_days: numberOr(resource.get('deletion_window_in_days'), DELETION_DAYS),
  used_by,
  use: useOf(used_by),
});

const NOUNS: Readonly<Record<string, string>> = {
  aws_kms_replica_key: 'replica key',
  aws_kms_replica_external_key: 'replica key',
  [STORE_TYPE]: 'custom key store',
};

const MOST_USERS = 3;

/** `a, b, c and 2 more use it`. */
function useOf(users: readonly string[]): string {
  const more = users.length - MOST_USERS;
  const named = more > 1 ? [...users.slice(0, MOST_USERS), `${more} more`] : users;
  const [last = '', others] = [named.at(-1), named.slice(0, -1)];
  if (others.length === 0) return last === '' ? '' : `${last} uses it`;
  return `${others.join(', ')} and ${last} use it`;
}

/** The provider writes 0 where nothing is set; a period that nobody set is AWS's default. */
const numberOr = (value: Value, otherwise: number): Value =>
  isUnknown(value) || (typeof value === 'number' && value > 0) ? value : otherwise;

function canRotate(resource: Resource): Value {
  if (resource.type !== 'aws_kms_key' || resource.get('custom_key_store_id')) return false;
  const spec = resource.get('customer_master_key_spec') ?? 'SYMMETRIC_DEFAULT';
  const usage = resource.get('key_usage') ?? 'ENCRYPT_DECRYPT';
  if (isUnknown(spec) || isUnknown(usage)) return isUnknown(spec) ? spec : usage;
  return spec === 'SYMMETRIC_DEFAULT' && usage === 'ENCRYPT_DECRYPT';
}

function toSubject(resource: Resource, users: (resource: Resource) => readonly string[], rotatedLess: Value): Subject {
  return {
    id: resource.identity,
    object: factsOf(resource, users(resource), rotatedLess),
    address: resource.address,
    previousAddress: resource.previousAddress,
    resourceType: resource.type,
    causes: [{ address: resource.address, path: [] }],
    touched: resource.touched,
    fate: resource.fate,
    aspects: {
      enabled: aspect(resource, switchOf(resource)),
      rotation: aspect(
        resource,
        resource.get('enable_key_rotation') === true ? 'rotation_period_in_days' : 'enable_key_rotation',
      ),
    },
  };
}

const aspect = ({ address, type }: Resource, argument: string): Aspect => ({
  address,
  resourceType: type,
  attribute: argument,
  causes: [{ address, path: [argument] }],
});
