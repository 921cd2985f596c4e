import type { Location } from '../finding/finding.ts';
import type { Json } from '../plan/value.ts';

/** What a text of a plan is for: it decides which rules it is judged by. */
export type Context =
  | 'attribute'
  | 'environment'
  | 'user-data'
  | 'argument'
  | 'provider'
  | 'variable'
  | 'output'
  | 'module-argument'
  | 'provisioner'
  | 'source';

/** Where a text stands. */
export interface Place {
  /** Absolute address of a resource instance, `provider.aws`, `var.x`, `output.x`, `module.m`. */
  readonly address: string;
  readonly previousAddress?: string | undefined;
  readonly resourceType: string;
  readonly path: Path;
  readonly context: Context;
  /** Where it stands in a file, when it was found there. */
  readonly location?: Location | undefined;
}

/** One text of a plan that may hold a secret. */
export interface PlanText {
  readonly place: Place;
  readonly text: string;
  /** The name it has in an environment or among the arguments of a provider. */
  readonly name?: string;
  /** Somebody wrote it into the code, as far as the plan tells; only then its name alone can make it a secret. */
  readonly literal: boolean;
  /** Known to have been there before, though the before side of the plan does not show it. */
  readonly standing?: boolean;
  /** Why the text, or a part of it, cannot be read; the text is then empty. */
  readonly unread?: string | undefined;
}

export type Path = readonly (string | number)[];

/** A string among JSON values, and where it stands. */
export interface Leaf {
  readonly text: string;
  readonly path: Path;
}

/** `environment.0.variables.X` as people and tables write it: without list indexes. */
export const dotted = (path: Path): string => path.filter((step) => typeof step === 'string').join('.');

const stepInto = (value: Json | undefined, step: string | number): Json | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as { readonly [key: string]: Json })[step];
};

/** The strings of a value that do not stand at the same place of the other value; all of them when that is undefined. */
export function* changedLeaves(value: Json | undefined, other: Json | undefined, path: Path = []): Generator<Leaf> {
  if (typeof value === 'string') {
    if (value !== other) yield { text: value, path };
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* changedLeaves(item, stepInto(other, index), [...path, index]);
    return;
  }
  for (const [key, item] of Object.entries(value)) yield* changedLeaves(item, stepInto(other, key), [...path, key]);
}

/** True when a string of the value that is new against the other passes the test. Builds nothing, for the many. */
export function someLeaf(value: Json | undefined, other: Json | undefined, test: (text: string) => boolean): boolean {
  if (typeof value === 'string') return value !== other && test(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((item, index) => someLeaf(item, stepInto(other, index), test));
  const entries = value as { readonly [key: string]: Json };
  for (const key in entries) {
    if (someLeaf(entries[key], stepInto(other, key), test)) return true;
  }
  return false;
}

/** Visits every string of a value. */
export function eachText(value: Json | undefined, visit: (text: string) => void): void {
  someLeaf(value, undefined, (text) => {
    visit(text);
    return false;
  });
}

/** The values at a dotted path, through all list elements on the way, with their full paths. */
export function valuesAt(
  value: Json | undefined,
  names: readonly string[],
  path: Path = [],
): { readonly value: Json; readonly path: Path }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => valuesAt(item, names, [...path, index]));
  const [name, ...rest] = names;
  if (name === undefined) return value === undefined ? [] : [{ value, path }];
  const below = stepInto(value, name);
  return below === undefined ? [] : valuesAt(below, rest, [...path, name]);
}
