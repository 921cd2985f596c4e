import { z } from 'zod';

import { SEVERITIES } from '../finding/severity.ts';
import { MOMENTS } from './policy.ts';

const text = z.string().min(1);
const expression = text.describe('A CEL expression.');
const example = z.record(z.string(), z.unknown());
const changedExample = z.strictObject({ oldObject: example, object: example });
const removedExample = z.strictObject({
  oldObject: example,
  fate: z.enum(['kept', 'replaced', 'recreated', 'destroyed', 'forgotten']).default('destroyed'),
});

const atLeastOne = z.array(z.union([changedExample, removedExample, example])).min(1);

/** What a policy file may hold. Loaded only when policy files are read; the built-in policies are compiled in. */
export const policyFile = z.strictObject({
  title: text.max(100).describe('One line: what is wrong when it speaks.'),
  severity: z.enum(SEVERITIES),
  severities: z
    .array(z.strictObject({ when: expression, severity: z.enum(SEVERITIES) }))
    .default([])
    .describe('The first rule whose `when` is true decides the severity; `change` is created, updated or none.'),
  subject: z
    .union([text, z.array(text).min(1)])
    .transform((subject) => (Array.isArray(subject) ? subject : [subject]))
    .describe('A kind of subject, or resource types.'),
  on: z.enum(MOMENTS).default('present'),
  bad: expression,
  message: text.describe('A sentence with {CEL} holes.'),
  evidence: z
    .record(z.string(), expression)
    .default({})
    .describe('Label → CEL expression over `object`, shown before and after.'),
  concern: text.nullable().default(null),
  rank: z.int().default(0),
  quiet: z.boolean().optional().describe('Not told beside another policy of its concern.'),
  why: text,
  fix: text,
  references: z.array(text).default([]),
  seeds: z.array(text).default([]),
  examples: z.strictObject({ bad: atLeastOne, good: atLeastOne, undetermined: z.array(example).default([]) }),
});

/** The JSON Schema of a policy file, for editors. */
export const policyJsonSchema = (): object => ({
  ...z.toJSONSchema(policyFile, { io: 'input' }),
  title: 'planwarden policy',
});
