import { isKnown, isList, isObject, type Json, type Value } from '../plan/value.ts';

type HclFunction = (arguments_: readonly Value[]) => Value | undefined;

const lists = (values: readonly Value[]): readonly Value[] | undefined =>
  values.every(isList) ? values.flatMap((value) => (isList(value) ? value : [])) : undefined;

const flatten = (value: Value): Value[] => (isList(value) ? value.flatMap(flatten) : [value]);

const text = (value: Value | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

const asList: HclFunction = ([value]) => (isList(value) ? value : undefined);

const unique = (values: readonly Value[]): Value[] => [...new Map(values.map((value) => [isKnown(value) ? JSON.stringify(value) : value, value])).values()];

const same: HclFunction = ([value]) => value;

const onText =
  (change: (value: string) => string): HclFunction =>
  ([value]) =>
    typeof value === 'string' ? change(value) : undefined;

function merge(values: readonly Value[]): Value | undefined {
  const objects = values.filter((value) => value !== null);
  return objects.every(isObject) ? Object.assign({}, ...objects) : undefined;
}

function lookup([map, key, fallback]: readonly Value[]): Value | undefined {
  return isObject(map) && typeof key === 'string' ? (map[key] ?? fallback) : undefined;
}

/**
 * The functions of HCL that policy documents and names are built with. Each gets evaluated arguments, some of which may
 * be partly unknown, and gives undefined when it cannot say. What is not here makes a value unknown, never wrong.
 */
export const FUNCTIONS: Readonly<Record<string, HclFunction>> = {
  jsonencode: ([value]) => (value !== undefined && isKnown(value) ? JSON.stringify(value) : value),
  jsondecode: ([value]) => (typeof value === 'string' ? (JSON.parse(value) as Json) : undefined),
  concat: lists,
  flatten: ([value]) => (isList(value) ? flatten(value) : undefined),
  compact: ([value]) => (isList(value) ? value.filter((item) => item !== null && item !== '') : undefined),
  distinct: ([value]) => (isList(value) ? unique(value) : undefined),
  tolist: asList,
  toset: ([value]) => (isList(value) ? unique(value) : undefined),
  tomap: same,
  tostring: ([value]) => text(value),
  sensitive: same,
  nonsensitive: same,
  merge,
  lookup,
  join: ([separator, items]) => {
    const parts = isList(items) ? items.map(text) : [undefined];
    return typeof separator === 'string' && !parts.includes(undefined) ? parts.join(separator) : undefined;
  },
  split: ([separator, value]) => (typeof separator === 'string' && typeof value === 'string' ? value.split(separator) : undefined),
  keys: ([value]) => (isObject(value) ? Object.keys(value).toSorted() : undefined),
  values: ([value]) => (isObject(value) ? Object.keys(value).toSorted().map((key) => value[key] ?? null) : undefined),
  length: ([value]) => (isList(value) ? value.length : isObject(value) ? Object.keys(value).length : undefined),
  coalesce: (values) => values.find((value) => value !== null && value !== ''),
  try: ([value]) => value,
  lower: onText((value) => value.toLowerCase()),
  upper: onText((value) => value.toUpperCase()),
  trimspace: onText((value) => value.trim()),
};

/** `format` with plain `%s`, `%d` and `%v` only: its pieces, to be put together like a template. */
export function formatPieces([pattern, ...values]: readonly Value[]): Value[] | undefined {
  if (typeof pattern !== 'string' || /%(?![sdv%])/.test(pattern)) return undefined;
  const rest = [...values];
  return pattern.split(/(%[sdv%])/).map((piece) => (piece === '%%' ? '%' : /^%[sdv]$/.test(piece) ? (rest.shift() ?? '') : piece));
}
