import { isKnown, isList, isObject, isUnknown, type Json, type Value } from '../plan/value.ts';

type HclFunction = (arguments_: readonly Value[]) => Value | undefined;

const lists = (values: readonly Value[]): readonly Value[] | undefined =>
  values.every(isList) ? values.flatMap((value) => (isList(value) ? value : [])) : undefined;

const flatten = (value: Value): Value[] => (isList(value) ? value.flatMap(flatten) : [value]);

const text = (value: Value | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

/** A token is text that is not known yet: cutting or changing it would make another thing of it. */
const isWhole = (value: Value | undefined): value is string => typeof value === 'string' && !value.includes('⟨');

const asList: HclFunction = ([value]) => (isList(value) ? value : undefined);

const unique = (values: readonly Value[]): Value[] => [
  ...new Map(values.map((value) => [isKnown(value) ? JSON.stringify(value) : value, value])).values(),
];

const same: HclFunction = ([value]) => value;

const onText =
  (change: (value: string) => string): HclFunction =>
  ([value]) =>
    isWhole(value) ? change(value) : undefined;

function merge(values: readonly Value[]): Value | undefined {
  const objects = values.filter((value) => value !== null);
  return objects.every(isObject) ? Object.fromEntries(objects.flatMap((object) => Object.entries(object))) : undefined;
}

function lookup([map, key, fallback]: readonly Value[]): Value | undefined {
  if (!isObject(map) || typeof key !== 'string') return undefined;
  return Object.hasOwn(map, key) ? map[key] : fallback;
}

function decodeJson(value: string): Value | undefined {
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}

/** True when a value that is not known yet is at least the attribute of one object that exists. */
const isCertain = (value: Value): boolean => !isUnknown(value) || value.references.length === 1;

/** A missing attribute is null here, where Terraform would take the next argument: then nobody can say. */
const attempt: HclFunction = ([value, ...others]) =>
  value === undefined || (others.length > 0 && (value === null || !isCertain(value))) ? undefined : value;

/** What is not known yet may turn out to be null, so that the next one is taken. */
function coalesce(values: readonly Value[]): Value | undefined {
  const first = values.find((value) => value !== null && value !== '');
  return isUnknown(first) ? undefined : first;
}

const only: HclFunction = ([value]) => (isList(value) && value.length <= 1 ? (value[0] ?? null) : undefined);

const element: HclFunction = ([list, index]) =>
  isList(list) && typeof index === 'number' && index >= 0 ? list[index % list.length] : undefined;

/**
 * The functions of HCL that policy documents and names are built with. Each gets evaluated arguments, some of which may
 * be partly unknown, and gives undefined when it cannot say. What is not here makes a value unknown, never wrong; that is
 * why `sensitive` is not here.
 */
export const FUNCTIONS: Readonly<Record<string, HclFunction>> = {
  jsonencode: ([value]) => (value !== undefined && isKnown(value) ? JSON.stringify(value) : value),
  jsondecode: ([value]) => (typeof value === 'string' ? decodeJson(value) : undefined),
  concat: lists,
  flatten: ([value]) => (isList(value) ? flatten(value) : undefined),
  compact: ([value]) => (isList(value) ? value.filter((item) => item !== null && item !== '') : undefined),
  distinct: ([value]) => (isList(value) ? unique(value) : undefined),
  tolist: asList,
  toset: ([value]) => (isList(value) ? unique(value) : undefined),
  tomap: same,
  tostring: ([value]) => text(value),
  nonsensitive: same,
  merge,
  lookup,
  join: ([separator, items]) => {
    const parts = isList(items) ? items.map(text) : [undefined];
    return typeof separator === 'string' && !parts.includes(undefined) ? parts.join(separator) : undefined;
  },
  split: ([separator, value]) => (typeof separator === 'string' && isWhole(value) ? value.split(separator) : undefined),
  keys: ([value]) => (isObject(value) ? Object.keys(value).toSorted() : undefined),
  values: ([value]) =>
    isObject(value)
      ? Object.keys(value)
          .toSorted()
          .map((key) => value[key] ?? null)
      : undefined,
  length: ([value]) => (isList(value) ? value.length : isObject(value) ? Object.keys(value).length : undefined),
  coalesce,
  try: attempt,
  one: only,
  element,
  lower: onText((value) => value.toLowerCase()),
  upper: onText((value) => value.toUpperCase()),
  trimspace: onText((value) => value.trim()),
};

/** `format` with plain `%s`, `%d` and `%v` only: its pieces, to be put together like a template. */
export function formatPieces([pattern, ...values]: readonly Value[]): Value[] | undefined {
  if (typeof pattern !== 'string' || /%(?![sdv])/.test(pattern.replaceAll('%%', ''))) return undefined;
  const rest = [...values];
  return pattern
    .split(/(%[sdv%])/)
    .map((piece) => (piece === '%%' ? '%' : /^%[sdv]$/.test(piece) ? (rest.shift() ?? '') : piece));
}
