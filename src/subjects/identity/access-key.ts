import { isUnknown } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import { nameOf } from './holder-collection.ts';
import { exampleFacts, isNamed } from './subject-facts.ts';
import type { BuildOptions, Fact, Facts, Subject, SubjectKind } from '../subject.ts';

const TYPES = ['aws_iam_access_key', 'aws_iam_service_specific_credential'];

const DEFAULTS: Facts = {
  user: 'ci',
  state: 'active',
  isRoot: false,
  isEncrypted: false,
  isRotation: false,
  isBreakGlass: false,
  isSecond: false,
};

/** Whose credential it is, the same whether the user's name is known yet or not. */
const ownerOf = (resource: Resource, { [resource.side]: world }: Worlds): string =>
  world.identify(resource, 'user', ['aws_iam_user'], ['name', 'id']) ?? resource.identity;

/** The user's name, also of one that the plan creates. */
function userOf(resource: Resource, worlds: Worlds): string {
  const user = resource.get('user');
  if (typeof user === 'string') return user;
  const target = worlds[resource.side].target(resource, 'user', ['aws_iam_user']);
  return target ? nameOf(target) : ownerOf(resource, worlds);
}

/** Credentials that the plan takes away, replaced ones among them, by whose they are. */
const givenUp = (worlds: Worlds): ReadonlySet<string> =>
  new Set(
    worlds.before
      .resources(...TYPES)
      .filter(({ fate }) => fate === 'replaced' || fate === 'recreated' || fate === 'destroyed')
      .map((resource) => `${resource.type} ${ownerOf(resource, worlds)}`),
  );

/** A new credential is another one than that of the same address which it replaces. */
const isNew = ({ action }: Resource): boolean => action === 'create' || action === 'replace';

function stateOf(resource: Resource): Fact {
  const status = resource.get('status');
  if (isUnknown(status) && resource.isConfigured('status')) return status;
  if (status !== 'Inactive') return 'active';
  return resource.side === 'after' && isNew(resource) ? 'new and inactive' : 'inactive';
}

/** Keys beside which their user has another active one that was there before. */
type Second = ReadonlyMap<Resource, Fact>;

/** Of the active keys of a user the new ones come last; all but the first are one too many. */
function secondKeys(keys: readonly Resource[], worlds: Worlds): Second {
  const own = keys.filter(({ type }) => type === 'aws_iam_access_key');
  const oldestFirst = [...own.filter((key) => !isNew(key)), ...own.filter(isNew)];
  const holders = new Set<string>();
  const second = new Map<Resource, Fact>();
  for (const key of oldestFirst) {
    const [owner, state] = [ownerOf(key, worlds), stateOf(key)];
    if (holders.has(owner)) second.set(key, isUnknown(state) ? state : state === 'active');
    if (state === 'active') holders.add(owner);
  }
  return second;
}

/** `pgp_key` is an argument of access keys only. */
function isEncrypted(resource: Resource): boolean {
  const key = resource.get('pgp_key');
  return key !== null && key !== '' && (!isUnknown(key) || resource.isConfigured('pgp_key'));
}

function toSubject(
  resource: Resource,
  worlds: Worlds,
  { breakGlass }: BuildOptions,
  former: ReadonlySet<string>,
  second: Second,
): Subject {
  const user = userOf(resource, worlds);
  const isAfter = resource.side === 'after';
  return {
    id: isAfter && isNew(resource) ? `new ${resource.identity}` : resource.identity,
    object: {
      user,
      state: stateOf(resource),
      isRoot: user === 'root' || user === '<root_account>',
      isEncrypted: isEncrypted(resource),
      isRotation: isAfter && isNew(resource) && former.has(`${resource.type} ${ownerOf(resource, worlds)}`),
      isBreakGlass: isNamed(user, breakGlass),
      isSecond: second.get(resource) ?? false,
    },
    address: resource.address,
    previousAddress: resource.previousAddress,
    resourceType: resource.type,
    causes: [{ address: resource.address, path: [] }],
    touched: resource.touched,
    fate: isAfter ? undefined : resource.fate,
  };
}

/** The credentials of one side; one that gives way to its successor is not told as an improvement. */
function subjects(world: World, worlds: Worlds, options: BuildOptions): readonly Subject[] {
  const former = givenUp(worlds);
  const rotated = new Set(
    worlds.after
      .resources(...TYPES)
      .filter(isNew)
      .map((resource) => `${resource.type} ${ownerOf(resource, worlds)}`),
  );
  const all = world.resources(...TYPES);
  const standing =
    world.side === 'after'
      ? all
      : all.filter(
          (resource) => resource.fate === 'kept' || !rotated.has(`${resource.type} ${ownerOf(resource, worlds)}`),
        );
  const second = secondKeys(standing, worlds);
  return standing.map((resource) => toSubject(resource, worlds, options, former, second));
}

/** A long-lived credential of an IAM user. */
export const accessKey: SubjectKind = {
  name: 'access-key',
  description: 'An access key or a service-specific credential of an IAM user.',
  attributes: {
    user: 'whose it is',
    state: '`active`, `inactive`, or `new and inactive`',
    isRoot: 'it belongs to the root user',
    isEncrypted: 'the secret is encrypted with a PGP key before it gets into the state',
    isRotation: 'it takes the place of one of the same user that the plan takes away',
    isBreakGlass: 'the configuration names the user as a way in for emergencies',
    isSecond: 'it is active beside another active access key of the same user',
  },
  attributeTypes: { isRoot: 'bool', isEncrypted: 'bool', isRotation: 'bool', isBreakGlass: 'bool' },
  types: TYPES,
  build: (worlds, options) => ({
    before: subjects(worlds.before, worlds, options),
    after: subjects(worlds.after, worlds, options),
  }),
  fromExample: exampleFacts(DEFAULTS),
};
