/** Ways to damage a plan that was read as JSON. Nothing here knows what planwarden makes of it. */

type Container = Record<string, unknown> | unknown[];
type Path = readonly (string | number)[];

/** A place in a plan: the container, the key in it and the way there. */
interface Place {
  readonly container: Container;
  readonly key: string | number;
  readonly path: Path;
}

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

const get = ({ container, key }: Place): unknown => Reflect.get(container, key);

/** Own even when the key is `__proto__`, as JSON.parse makes it. */
const set = (container: Container, key: string | number, value: unknown): void => {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
};

/** All places of a plan, outer ones first. */
export function placesOf(plan: unknown, path: Path = []): Place[] {
  if (!isContainer(plan)) return [];
  const keys = Array.isArray(plan) ? plan.map((_, index) => index) : Object.keys(plan);
  return keys.flatMap((key) => {
    const here = { container: plan, key, path: [...path, key] };
    return [here, ...placesOf(get(here), here.path)];
  });
}

/** JSON.stringify cannot write what is this deep, so that it is put in afterwards. */
const ABYSS = '@@abyss@@';
const ABYSS_DEPTH = 20_000;

/** The JSON of a plan. */
export const textOf = (plan: unknown): string =>
  JSON.stringify(plan).replaceAll(JSON.stringify(ABYSS), '['.repeat(ABYSS_DEPTH) + ']'.repeat(ABYSS_DEPTH));

const nested = (value: unknown, depth: number): unknown => {
  let deep = value;
  for (let level = 0; level < depth; level += 1) deep = level % 2 === 0 ? [deep] : { deep };
  return deep;
};

const retyped = (value: unknown): unknown => {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return Object.fromEntries(value.entries());
  return value === null ? 0 : JSON.stringify(value);
};

const PROTOTYPE_KEYS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'length', ''];
const WORDS = [...PROTOTYPE_KEYS, 'create', 'no-op', 'aws_s3_bucket', 'module.', '[', 'a["', '\u0000', '${x}', '*'];
const ACTIONS = [
  [],
  ['create'],
  ['update'],
  ['no-op'],
  ['delete'],
  ['read'],
  ['forget'],
  ['explode'],
  ['constructor'],
  'create',
  [['create']],
  [null],
  null,
  7,
];
const HUGE = [1e308, -1e308, Number.MAX_SAFE_INTEGER, -1, 0.5, 4_294_967_296];

const pickOf = <T>(items: readonly T[], pick: number): T | undefined => items[pick % Math.max(1, items.length)];

type Mutate = (place: Place, pick: number) => void;

const remove: Mutate = ({ container, key }) => {
  if (Array.isArray(container)) container.splice(Number(key), 1);
  else Reflect.deleteProperty(container, key);
};

export const MUTATIONS = {
  remove,
  duplicate: ({ container, key, path }, pick) => {
    if (Array.isArray(container)) container.push(structuredClone(container[Number(key)]));
    else set(container, `${String(key)}_${pick % 3}`, structuredClone(get({ container, key, path })));
  },
  retype: (place) => set(place.container, place.key, retyped(get(place))),
  truncate: (place, pick) => {
    const value = get(place);
    if (Array.isArray(value)) value.length = pick % (value.length + 1);
    else if (typeof value === 'string') set(place.container, place.key, value.slice(0, pick % (value.length + 1)));
    else remove(place, pick);
  },
  swap: ({ container, key, path }, pick) => {
    const other = pickOf(Object.keys(container), pick) ?? key;
    const [a, b] = [get({ container, key, path }), get({ container, key: other, path })];
    set(container, key, b);
    set(container, other, a);
  },
  null: ({ container, key }) => set(container, key, null),
  yes: ({ container, key }) => set(container, key, true),
  huge: ({ container, key }, pick) => set(container, key, pickOf(HUGE, pick)),
  deep: (place, pick) => set(place.container, place.key, pick % 2 === 0 ? nested(get(place), 60) : ABYSS),
  word: ({ container, key }, pick) => set(container, key, pickOf(WORDS, pick)),
  flag: (place, pick) => {
    const value = get(place);
    const target = isContainer(value) && !Array.isArray(value) ? value : place.container;
    if (!Array.isArray(target))
      set(target, pickOf([...PROTOTYPE_KEYS, 'importing', 'deposed', 'x'], pick) ?? 'x', true);
  },
  rename: (place, pick) => {
    if (Array.isArray(place.container)) return;
    const value = get(place);
    remove(place, pick);
    set(place.container, pickOf(PROTOTYPE_KEYS, pick) ?? 'x', value);
  },
} as const satisfies Record<string, Mutate>;

export type Mutation = keyof typeof MUTATIONS;

/** What happened to a plan, and where. */
export interface Mutated {
  readonly plan: unknown;
  readonly path: Path;
}

/** Where Terraform's own structure is, which every reader must understand or refuse. */
const SKELETON =
  /^(?:\w+|resource_changes\.\d+(?:\.\w+)?|resource_changes\.\d+\.change\.\w+|resource_changes\.\d+\.change\.actions\.\d+|(?:configuration|prior_state)\.(?:\w+)(?:\.\w+)?)$/;

export const isSkeleton = (path: Path): boolean => SKELETON.test(path.join('.'));

/** A copy of the plan with one mutation at the place that `pick` stands for: of the structure or anywhere. */
export function mutate(plan: unknown, mutation: Mutation, structure: boolean, pick: number): Mutated {
  const copy: unknown = structuredClone(plan);
  const places = placesOf(copy).filter(({ path }) => !structure || isSkeleton(path));
  const place = pickOf(places, pick);
  if (place === undefined) return { plan: copy, path: [] };
  MUTATIONS[mutation](place, Math.floor(pick / places.length));
  return { plan: copy, path: place.path };
}

/** A copy with other actions at one of its changes. */
export function withOtherActions(plan: unknown, pick: number): Mutated {
  const copy = structuredClone(plan) as { resource_changes: { change: { actions: unknown } }[] };
  const index = pick % copy.resource_changes.length;
  const change = copy.resource_changes[index];
  if (change !== undefined) change.change.actions = pickOf(ACTIONS, Math.floor(pick / copy.resource_changes.length));
  return { plan: copy, path: ['resource_changes', index, 'change', 'actions'] };
}
