import type { Value } from '../plan/value.ts';
import type { Fact, Facts } from '../subjects/subject.ts';
import { named, naming, type Named } from '../world/neighbours.ts';
import type { Resource, World } from '../world/world.ts';
import type { Relation, Relations } from './policy.ts';

const KEYS = ['id', 'arn', 'name'];

/** What a name in camel case says besides the provider's attributes, which are in snake case. */
const OWN_FACTS: Readonly<Record<string, (resource: Resource) => Fact>> = {
  resourceType: ({ type }) => type,
  isDestroyed: ({ fate }) => fate === 'destroyed',
  // JSON text of an attribute as a value, with what is known of a policy that is not rendered yet.
  asJson: (resource) => lazily((attribute) => resource.document(attribute)),
};

/** Facts that are read when an expression asks for them. */
const lazily = (read: (key: string) => Fact): Facts =>
  new Proxy<Record<string, Value>>(
    {},
    {
      get: (_, key) => (typeof key === 'string' ? read(key) : undefined),
      getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
    },
  );

/** What the facts of a resource are read from. */
interface Origin {
  readonly world: World;
  readonly resource: Resource;
  readonly relations: Relations;
}

/** One handler for all resources: a large plan has 100,000 of them. */
const READS: ProxyHandler<Origin> = {
  get: ({ world, resource, relations }, key) => {
    if (typeof key !== 'string') return undefined;
    const relation = relations[key];
    if (relation) return related(world, resource, relation);
    return OWN_FACTS[key]?.(resource) ?? resource.get(key);
  },
  getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
};

/** The attributes of a resource, and its neighbours under the names that policies give them; read when asked for. */
export const resourceFacts = (world: World, resource: Resource, relations: Relations): Facts =>
  new Proxy<Origin>({ world, resource, relations }, READS) as unknown as Facts;

function related(world: World, resource: Resource, relation: Relation): Fact {
  const { found, elsewhere, unknown } = neighboursOf(world, resource, relation);
  const facts = found.map((one) => resourceFacts(world, one, relation.related ?? {}));
  const open = relation.onlyHere === true ? [] : [...elsewhere, ...unknown];
  return relation.from === undefined ? [...facts, ...open] : (facts[0] ?? open[0] ?? null);
}

/** The neighbours of one relation. */
export function neighboursOf(world: World, resource: Resource, relation: Relation): Named {
  const { type, from, fromEach, by, key = KEYS } = relation;
  const path = from ?? fromEach;
  if (path !== undefined) return named(world, resource, { path, types: type, keys: key });
  if (by !== undefined) return naming(world, resource, type, { path: by, keys: key });
  return { found: world.resources(...type), elsewhere: [], unknown: [] };
}

/** All types that relations lead to, near and far. */
export const relatedTypes = (relations: Relations): string[] =>
  Object.values(relations).flatMap(({ type, related: further = {} }) => [...type, ...relatedTypes(further)]);

/** The neighbours that the plan touches, near and far. */
export const touchedNeighbours = (world: World, resource: Resource, relations: Relations): Resource[] =>
  Object.values(relations).flatMap((relation) =>
    neighboursOf(world, resource, relation).found.flatMap((one) => [
      ...(one.touched ? [one] : []),
      ...touchedNeighbours(world, one, relation.related ?? {}),
    ]),
  );
