import { isList, isObject, isUnknown, type Reference, Unknown, type Value } from '../plan/value.ts';
import type { Resource, World } from './world.ts';

/** How an attribute names resources: of which types, and by which of their attributes. */
export interface Naming {
  /** Dotted path below the resource; lists on the way are walked through: `vpc_config.subnet_ids`. */
  readonly path: string;
  readonly types: readonly string[];
  /** Attributes of the named resource that its name may be: `id`, `arn`, `bucket`. */
  readonly keys: readonly string[];
}

/** The resources that an attribute names. */
export interface Named {
  readonly found: readonly Resource[];
  /** One for each known name that stands for nothing in this plan: another stack has it. */
  readonly elsewhere: readonly Unknown[];
  /** One for each name that cannot be told before apply. */
  readonly unknown: readonly Unknown[];
}

/** True when nobody set it. Nested blocks carry empty strings where nothing is set. */
const isUnset = (value: Value): boolean => value === null || value === '';

/** The values at the end of a path, with the place of each. */
function leaves(resource: Resource, path: string): Value[] {
  const [attribute = '', ...below] = path.split('.');
  const walk = (value: Value, steps: readonly string[]): Value[] => {
    if (isList(value)) return value.flatMap((item) => walk(item, steps));
    const [step, ...rest] = steps;
    if (step === undefined || isUnknown(value)) return [value];
    return isObject(value) ? walk(value[step] ?? null, rest) : [];
  };
  return walk(resource.get(attribute), below).filter((value) => !isUnset(value));
}

const targets = (world: World, references: readonly Reference[], types: readonly string[]): Resource[] =>
  references
    .map(({ address }) => world.at(address))
    .filter((resource) => resource !== undefined)
    .filter(({ type }) => types.includes(type));

function byValue(world: World, value: string, { types, keys }: Naming): Resource | undefined {
  for (const key of keys) {
    const found = world.find(types, key, value);
    if (found) return found;
  }
  return undefined;
}

/**
 * The resources that an attribute names: by known value, else by what its expression refers to, through modules,
 * `count` and `for_each`. A name that refers to resources of other types names none of these.
 */
export function named(world: World, from: Resource, naming: Naming): Named {
  const found = new Map<string, Resource>();
  const elsewhere: Unknown[] = [];
  const unknown: Unknown[] = [];
  for (const value of leaves(from, naming.path)) {
    if (typeof value === 'string') {
      const [attribute = ''] = naming.path.split('.');
      const referenced = (): Resource[] => targets(world, from.references(attribute), naming.types);
      const target = byValue(world, value, naming) ?? single(referenced());
      if (target) found.set(target.address, target);
      else elsewhere.push(new Unknown(`\`${value}\` is not in this plan`, [], true));
    } else if (isUnknown(value)) {
      const all = targets(world, value.references, naming.types);
      for (const target of all) found.set(target.address, target);
      if (all.length === 0) unknown.push(value);
    }
  }
  return { found: [...found.values()], elsewhere, unknown };
}

const single = (resources: readonly Resource[]): Resource | undefined =>
  resources.length === 1 ? resources[0] : undefined;

/** Who names whom, in one world. */
interface Index {
  readonly byTarget: ReadonlyMap<string, readonly Resource[]>;
  /** Those whose target cannot be told: they may name anything. */
  readonly open: readonly { readonly resource: Resource; readonly because: Unknown }[];
}

const indexes = new WeakMap<World, Map<string, Index>>();

function indexOf(world: World, types: readonly string[], naming: Naming): Index {
  const key = [types.join(), naming.path, naming.types.join(), naming.keys.join()].join(' ');
  let ofWorld = indexes.get(world);
  if (!ofWorld) indexes.set(world, (ofWorld = new Map()));
  let index = ofWorld.get(key);
  if (!index) ofWorld.set(key, (index = buildIndex(world, types, naming)));
  return index;
}

function buildIndex(world: World, types: readonly string[], naming: Naming): Index {
  const byTarget = new Map<string, Resource[]>();
  const open: { resource: Resource; because: Unknown }[] = [];
  for (const resource of world.resources(...types)) {
    const of = named(world, resource, naming);
    for (const { address } of of.found) byTarget.set(address, [...(byTarget.get(address) ?? []), resource]);
    const unclear = of.unknown.find((one) => !refersToOthers(world, one));
    if (unclear) open.push({ resource, because: unclear });
  }
  return { byTarget, open };
}

/** What comes from resources of other types names none of these. */
const refersToOthers = (world: World, { references }: Unknown): boolean =>
  references.length > 0 && references.every(({ address }) => world.at(address) !== undefined);

/** The resources of some types whose attribute names `target`, and those that may, since their name cannot be told. */
export function naming(world: World, target: Resource, types: readonly string[], by: Omit<Naming, 'types'>): Named {
  const index = indexOf(world, types, { ...by, types: [target.type] });
  return {
    found: index.byTarget.get(target.address) ?? [],
    elsewhere: [],
    unknown: index.open.map(({ resource, because }) => new Unknown(`\`${resource.address}\`: ${because.because}`)),
  };
}
