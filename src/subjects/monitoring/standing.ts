import { strings } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import type { Fact, Facts, Subject, SubjectKind } from '../subject.ts';

/** What stands around a resource on the side that is looked at. */
export interface Place {
  readonly worlds: Worlds;
  readonly world: World;
  /** The same resource before the plan; undefined on the before side, and for what is new. */
  readonly earlier: Resource | undefined;
}

/** A kind of resources that record, forward, check or alert: losing one and weakening one are the same thing. */
interface Family {
  readonly name: string;
  readonly description: string;
  /** Resource type → what people call one. */
  readonly types: Readonly<Record<string, string>>;
  /** Types of the neighbours that its facts are made of. */
  readonly around?: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly attributeTypes?: Readonly<Record<string, string>>;
  /** Facts that repeat no value of an attribute: they may be shown of a resource that has something to hide. */
  readonly harmless?: readonly string[];
  /** What an example leaves out. */
  readonly example?: Facts;
  readonly factsOf?: (resource: Resource, place: Place) => Facts;
  /** Neighbours on the same side whose change makes it worth judging again. */
  readonly neighbours?: (resource: Resource, world: World) => readonly Resource[];
  /** False for a resource of these types that is none of the family. Asked of the first side it stands on. */
  readonly isOne?: (resource: Resource, place: Place) => boolean;
  /** The wholes that it is a part of: what goes with them is their matter. */
  readonly owners?: (resource: Resource, world: World) => readonly Resource[];
  /** What it does, in one text: another resource that does the same stands in for it. */
  readonly duty?: (resource: Resource, place: Place) => string | undefined;
}

const COMMON = {
  name: 'What people call it, e.g. `alarm root-login`.',
  type: 'Its resource type.',
  fate: 'What the plan does to it: `kept`, `replaced`, `recreated`, `destroyed` or `forgotten`; `kept` before the plan.',
  isGone: 'True when it is destroyed, or forgotten by Terraform, and nothing takes its place.',
  covered: 'True when another resource of the plan does the same after it.',
  settings: 'The attributes of the resource by the names of the provider.',
};

const TYPES = { name: 'string', type: 'string', fate: 'string', isGone: 'bool', covered: 'bool' };

const DEFAULTS: Facts = {
  name: 'example',
  fate: 'kept',
  isGone: false,
  covered: false,
  settings: {},
};

/** A kind of subject that stands after the plan even when it is removed, so that a policy sees both in one. */
export function standing(family: Family): SubjectKind {
  const types = Object.keys(family.types);
  return {
    name: family.name,
    description: family.description,
    attributes: { ...COMMON, ...family.attributes },
    attributeTypes: { ...TYPES, ...family.attributeTypes },
    types: [...types, ...(family.around ?? [])],
    build: (worlds) => sidesOf(family, worlds),
    fromExample: (example) => exampleFacts({ ...DEFAULTS, type: types[0] ?? '', ...family.example }, example),
  };
}

function sidesOf(family: Family, worlds: Worlds): { before: Subject[]; after: Subject[] } {
  const types = Object.keys(family.types);
  const [old, now] = [worlds.before.resources(...types), worlds.after.resources(...types)];
  const [oldOnes, nowOnes] = [byIdentity(old), byIdentity(now)];
  const isTouched = (resource: Resource | undefined, world: World): boolean =>
    resource !== undefined &&
    (resource.touched || (family.neighbours?.(resource, world) ?? []).some(({ touched }) => touched));
  const pairs = [...new Set([...oldOnes.keys(), ...nowOnes.keys()])]
    .map((identity) => ({ was: oldOnes.get(identity), is: nowOnes.get(identity) }))
    .filter(({ was, is }) => isTouched(was, worlds.before) || isTouched(is, worlds.after))
    .filter((pair) => isOfFamily(family, pair, worlds));
  return {
    before: pairs.flatMap(({ was }) =>
      was ? [toSubject(family, was, { worlds, world: worlds.before, earlier: undefined }, 'kept')] : [],
    ),
    after: pairs.flatMap((pair) => afterwards(family, pair, worlds)),
  };
}

const byIdentity = (resources: readonly Resource[]): ReadonlyMap<string, Resource> =>
  new Map(resources.map((resource) => [resource.identity, resource]));

interface Pair {
  readonly was: Resource | undefined;
  readonly is: Resource | undefined;
}

function isOfFamily({ isOne }: Family, { was, is }: Pair, worlds: Worlds): boolean {
  if (!isOne) return true;
  if (was) return isOne(was, { worlds, world: worlds.before, earlier: undefined });
  return is !== undefined && isOne(is, { worlds, world: worlds.after, earlier: undefined });
}

/** What there is after the plan: the resource, or what is left to say of it; nothing when it goes with its whole. */
function afterwards(family: Family, { was, is }: Pair, worlds: Worlds): Subject[] {
  const place = { worlds, world: worlds.after, earlier: was };
  if (is) return [toSubject(family, is, place, was?.fate ?? 'kept')];
  if (!was) return [];
  const owners = family.owners?.(was, worlds.before) ?? [];
  if (owners.some(({ fate }) => fate === 'destroyed' || fate === 'forgotten')) return [];
  return [toSubject(family, was, { worlds, world: worlds.before, earlier: was }, was.fate)];
}

function toSubject(family: Family, resource: Resource, place: Place, fate: Resource['fate']): Subject {
  const isGone = fate === 'destroyed' || fate === 'forgotten';
  return {
    id: resource.identity,
    object: {
      ...family.example,
      name: titleOf(resource, family.types[resource.type] ?? resource.type),
      type: resource.type,
      fate,
      isGone,
      covered: place.earlier !== undefined && isCovered(family, place.earlier, place.worlds),
      settings: settingsOf(resource),
      ...family.factsOf?.(resource, place),
    },
    address: resource.address,
    previousAddress: resource.previousAddress,
    resourceType: resource.type,
    causes: [{ address: resource.address, path: [] }],
    touched: true,
    sensitive: ([fact, ...path]) =>
      fact === 'settings' ? resource.isSensitive(...path) : !isHarmless(family, String(fact)) && resource.isSensitive(),
  };
}

const isHarmless = ({ harmless = [] }: Family, fact: string): boolean => fact in COMMON || harmless.includes(fact);

const NAMES = ['name', 'alarm_name', 'configuration_name', 'budget_name', 'destination_name', 'broker_name', 'family'];

/** Its name when it may be shown, else its address. */
function titleOf(resource: Resource, what: string): string {
  const shown = NAMES.filter((one) => !resource.isSensitive(one)).flatMap((one) => strings(resource.get(one)));
  return `${what} ${shown[0] ?? resource.address}`;
}

function isCovered({ types, duty }: Family, was: Resource, worlds: Worlds): boolean {
  const wanted = duty?.(was, { worlds, world: worlds.before, earlier: undefined });
  if (duty === undefined || wanted === undefined) return false;
  return worlds.after
    .resources(...Object.keys(types))
    .some(
      (other) =>
        other.identity !== was.identity && duty(other, { worlds, world: worlds.after, earlier: undefined }) === wanted,
    );
}

/** The attributes of a resource, read when an expression asks for them. */
const settingsOf = (resource: Resource): Fact =>
  new Proxy<Record<string, Value>>(
    {},
    {
      get: (_, key) => (typeof key === 'string' ? resource.get(key) : undefined),
      getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
    },
  );
