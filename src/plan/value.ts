/** A JSON value as it stands in a plan. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON value some of whose leaves are not known before apply. */
export type Value = null | boolean | number | string | Unknown | readonly Value[] | { readonly [key: string]: Value };

/** One attribute of one resource instance that an expression refers to, with an absolute address. */
export interface Reference {
  /** Absolute address, e.g. `module.m["a"].aws_s3_bucket.this[0]` or `data.aws_iam_policy_document.x`. */
  readonly address: string;
  /** Attribute path after the resource, e.g. `arn`; empty when the whole resource is referred to. */
  readonly attribute: string;
}

/** A value that cannot be known before apply. It is a value, not an error: whoever needs it says so. */
export class Unknown {
  /** Why it cannot be known, one clause for people: "it is known after apply". */
  readonly because: string;
  /** What it is made of, when the plan's expressions say so; exactly one reference identifies an object. */
  readonly references: readonly Reference[];
  /** True when it lives in another stack: no apply of this plan makes it known. */
  readonly isElsewhere: boolean;

  constructor(
    because = 'it is known only after apply',
    references: readonly Reference[] = [],
    isElsewhere: boolean = false,
  ) {
    this.because = because;
    this.references = references;
    this.isElsewhere = isElsewhere;
  }
}

export const isUnknown = (value: unknown): value is Unknown => value instanceof Unknown;

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export const isObject = (value: Value | undefined): value is { readonly [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown);

/** True when no leaf of the value is unknown. */
export function isKnown(value: Value): value is Json {
  if (isUnknown(value)) return false;
  if (isList(value)) return value.every(isKnown);
  return isObject(value) ? Object.values(value).every(isKnown) : true;
}

/** The strings among a value or list of values; unknown and other elements are left out. */
export const strings = (value: Value | undefined): string[] =>
  (isList(value) ? value : [value]).filter((item) => typeof item === 'string');

/** The objects of a nested block, whether the plan shows it as one object or as a list. */
export const blocks = (value: Value | undefined): { readonly [key: string]: Value }[] =>
  (isList(value) ? value : [value]).filter(isObject);
