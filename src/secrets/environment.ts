import type { Json } from '../plan/value.ts';
import { ENVIRONMENTS } from './places.ts';
import type { EnvironmentPlace } from './places.ts';
import { valuesAt } from './plan-text.ts';
import type { Path } from './plan-text.ts';

/** One variable of an environment. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly path: Path;
}

/** The environment variables in the values of a resource, whatever form they have: map, list of blocks, JSON text. */
export const environmentOf = (type: string, values: Json | undefined): Variable[] =>
  (ENVIRONMENTS[type] ?? []).flatMap((place) =>
    valuesAt(values, place.attribute.split('.')).flatMap(({ value, path }) =>
      place.json === undefined ? variablesIn(place, value, path) : jsonVariables(place, place.json, value, path),
    ),
  );

function jsonVariables(place: EnvironmentPlace, below: string, text: Json, path: Path): Variable[] {
  if (typeof text !== 'string') return [];
  const found = valuesAt(parse(text), below.split('.'));
  return found.flatMap(({ value }) => variablesIn(place, value, path)).map((one) => ({ ...one, path }));
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function variablesIn({ onlyWhen }: EnvironmentPlace, value: Json, path: Path): Variable[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const entries = value as { readonly [key: string]: Json };
  const { name, value: text } = entries;
  if (typeof name !== 'string')
    return Object.entries(entries).flatMap(([key, item]) => variable(key, item, [...path, key]));
  const kind = onlyWhen && (entries[onlyWhen.key] ?? onlyWhen.value);
  return kind === onlyWhen?.value ? variable(name, text, [...path, 'value']) : [];
}

const variable = (name: string, value: Json | undefined, path: Path): Variable[] =>
  typeof value === 'string' ? [{ name, value, path }] : [];
