import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

const read = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

/** The same schema, but every object may have the named properties only: so that nothing is left undocumented. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in schema && 'type' in schema ? { ...inner, additionalProperties: false } : inner;
};

export const reportSchema = read('../../schemas/report.schema.json');

function toReportValidator(): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  formats.default(ajv);
  return ajv.compile(closed(reportSchema) as object);
}

export const validateReport = toReportValidator();

function toSarifValidator(): ValidateFunction {
  // Draft 4 differs from what Ajv reads in the names of these two only, as far as this schema goes.
  const { id: _id, $schema: _schema, ...schema } = read('./schema/sarif-2.1.0-rtm.5.json');
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  return ajv.compile(schema);
}

export const validateSarif = toSarifValidator();
