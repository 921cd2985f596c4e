import { readFileSync } from 'node:fs';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** One operation of the slice: how its address looks and what may go in and out. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly pattern: RegExp;
  readonly acceptsBody: ValidateFunction;
  readonly query: ReadonlySet<string>;
  readonly sample: (status: number) => Json;
  readonly acceptsResponse: (status: number) => ValidateFunction | undefined;
}

const COMBINATORS = new Set(['allOf', 'anyOf', 'oneOf']);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A string as it is; anything else is no text. */
export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const member = (value: Json | undefined, ...path: string[]): Json | undefined =>
  path.reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

/** OpenAPI 3.0 says `nullable`, JSON Schema wants null among the types. */
function withNull(schema: JsonObject): JsonObject {
  const { nullable, ...rest } = schema;
  if (nullable !== true) return rest;
  const listed = Array.isArray(rest['enum']) ? { enum: [...rest['enum'], null] } : {};
  return typeof rest['type'] === 'string'
    ? { ...rest, ...listed, type: [rest['type'], 'null'] }
    : { anyOf: [rest, { type: 'null' }] };
}

/** References become absolute, nullable becomes a type; `$ref` beside other keywords needs no change in draft 2019. */
function toJsonSchema(value: Json): Json {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'discriminator');
  const schema = Object.fromEntries(entries.map(([key, inner]) => [key, toJsonSchema(inner)]));
  if (typeof schema['$ref'] === 'string') schema['$ref'] = `github${schema['$ref']}`;
  return withNull(schema);
}

/** GitHub passes over what it does not know; a test should not, since an unknown property is a typing mistake of ours. */
function closed(value: Json, isPart = false): Json {
  if (Array.isArray(value)) return value.map((item) => closed(item, isPart));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([key, inner]) => key !== 'additionalProperties' || inner !== true);
  const schema = Object.fromEntries(entries.map(([key, inner]) => [key, closed(inner, COMBINATORS.has(key))]));
  return 'properties' in value && !isPart ? { ...schema, unevaluatedProperties: false } : schema;
}

const description: JsonObject = JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8'));
const ajv = new Ajv2019({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ $id: 'github', components: toJsonSchema(description['components'] ?? {}) });

const follow = (schema: JsonObject): JsonObject => {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const target = member(description, ...reference.slice(2).split('/'));
  return isObject(target) ? follow(target) : {};
};

const STRINGS: Readonly<Record<string, string>> = { uri: 'https://github.test/', 'date-time': '2026-11-22T00:00:00Z' };

/** The smallest value that a schema accepts, so that the fake answers with every field GitHub promises. */
function sample(given: Json | undefined): Json {
  if (!isObject(given)) return null;
  const schema = follow(given);
  if (schema['nullable'] === true) return null;
  if (Array.isArray(schema['enum'])) return schema['enum'][0] ?? null;
  const parts = schema['allOf'] ?? schema['oneOf'] ?? schema['anyOf'];
  if (Array.isArray(parts) && schema['properties'] === undefined) return sample(parts[0]);
  if (schema['type'] === 'object' || schema['properties'] !== undefined) return sampleObject(schema);
  return sampleLeaf(schema);
}

function sampleObject(schema: JsonObject): Json {
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
  return Object.fromEntries(required.map((name) => [name, sample(member(schema, 'properties', name))]));
}

function sampleLeaf({ type, format }: JsonObject): Json {
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return false;
  if (type === 'array') return [];
  return STRINGS[textOf(format)] ?? 'text';
}

const content = (value: Json | undefined): Json | undefined => member(value, 'content', 'application/json', 'schema');

const toPattern = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('{path}', '(?<path>.*)').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);

function queryNames(operation: Json): Set<string> {
  const parameters = member(operation, 'parameters');
  const all = (Array.isArray(parameters) ? parameters : []).filter(isObject).map(follow);
  return new Set(all.filter((parameter) => parameter['in'] === 'query').map((parameter) => textOf(parameter['name'])));
}

function toOperation(method: string, path: string, operation: Json): Operation {
  const body = content(member(operation, 'requestBody'));
  const response = (status: number) => content(member(operation, 'responses', String(status)));
  const validators = new Map<number, ValidateFunction>();
  return {
    method: method.toUpperCase(),
    path,
    pattern: toPattern(path),
    acceptsBody: ajv.compile(body === undefined ? { type: 'null' } : (closed(toJsonSchema(body)) as object)),
    query: queryNames(operation),
    sample: (status) => {
      const schema = response(status);
      return isObject(schema) && schema['type'] === 'array' ? sample(schema['items']) : sample(schema);
    },
    acceptsResponse: (status) => {
      const schema = response(status);
      if (schema === undefined) return undefined;
      const validate = validators.get(status) ?? ajv.compile(toJsonSchema(schema) as object);
      validators.set(status, validate);
      return validate;
    },
  };
}

const paths = member(description, 'paths');

export const OPERATIONS: readonly Operation[] = Object.entries(isObject(paths) ? paths : {}).flatMap(
  ([path, methods]) =>
    Object.entries(isObject(methods) ? methods : {}).map(([method, operation]) => toOperation(method, path, operation)),
);

/** The mistakes of the last validation as one line. */
export const mistakes = (validate: ValidateFunction): string => ajv.errorsText(validate.errors, { separator: '; ' });
