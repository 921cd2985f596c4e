import { z } from 'zod';

import { SEVERITIES } from '../finding/severity.ts';
import { PROFILES } from '../config/config.ts';
import { MOMENTS, type Relation } from './policy.ts';

const text = z.string().min(1);
const expression = text.describe('A CEL expression.');
const example = z.record(z.string(), z.unknown());
const changedExample = z.strictObject({ oldObject: example, object: example });
const removedExample = z.strictObject({
  oldObject: example,
  fate: z.enum(['kept', 'replaced', 'recreated', 'destroyed', 'forgotten']).default('destroyed'),
});

const atLeastOne = z.array(z.union([changedExample, removedExample, example])).min(1);

const oneOrMore = z.union([text, z.array(text).min(1)]).transform((value) => (Array.isArray(value) ? value : [value]));

/** Names of neighbours are in camel case, the provider's attributes in snake case: neither hides the other. */
const neighbourName = z.string().regex(/^[a-z]+([A-Z][A-Za-z0-9]*)+$/);

const relation: z.ZodType<Relation> = z.lazy(() =>
  z
    .strictObject({
      type: oneOrMore.describe('Resource types of the neighbours.'),
      from: text.optional().describe("The resource's attribute that names its one neighbour."),
      fromEach: text.optional().describe("The resource's attribute that names its neighbours."),
      by: text.optional().describe("The neighbours' attribute that names the resource."),
      onlyHere: z.literal(true).optional().describe('What is not in this plan is left out, and not undetermined.'),
      key: oneOrMore.optional().describe('Attributes that a name may be; default id, arn, name.'),
      related: relations.optional(),
    })
    .refine(({ from, fromEach, by }) => [from, fromEach, by].filter((one) => one !== undefined).length <= 1, {
      message: 'one of from, fromEach and by',
    }),
);

const relations = z.record(neighbourName, relation);

/** A path through blocks that stand once. */
const attributePath = z.string().regex(/^[a-z0-9_]+(\.[a-z0-9_]+)*$/);

/** A string is written into HCL as it is, so it holds nothing that HCL would read. */
const literal = z.union([z.boolean(), z.number(), z.string().regex(/^[\w.-]+$/)]);

/** What a policy file may hold. Loaded only when policy files are read; the built-in policies are compiled in. */
export const policyFile = z.strictObject({
  title: text.max(100).describe('One line: what is wrong when it speaks.'),
  severity: z.enum(SEVERITIES),
  severities: z
    .array(z.strictObject({ when: expression, severity: z.enum(SEVERITIES) }))
    .default([])
    .describe('The first rule whose `when` is true decides the severity; `change` is created, updated or none.'),
  subject: oneOrMore.optional().describe('A kind of subject, or resource types; not with a map in `bad`.'),
  profile: z.enum(PROFILES).default('recommended').describe('The lowest profile in which it speaks.'),
  created: z
    .enum(PROFILES)
    .optional()
    .describe(
      'The lowest profile in which it speaks about what is new or was always so; below, it speaks of changes only.',
    ),
  related: relations.default({}).describe('Neighbours of a plain resource, by the names that expressions call them.'),
  on: z.enum(MOMENTS).default('present'),
  bad: z
    .union([expression, z.record(text, expression)])
    .describe('What is bad, for all subjects, or a map from each resource type to what is bad of it.'),
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
  repair: z
    .record(attributePath, literal)
    .optional()
    .describe(
      'Attribute (`encrypted`, `metadata_options.http_tokens`) → the literal that mends it, for a suggestion at its line.',
    ),
  references: z.array(text).default([]),
  seeds: z.array(text).default([]),
  examples: z.strictObject({
    bad: atLeastOne,
    good: atLeastOne.optional().describe('May be left out only where `bad` is true: whatever stands is told.'),
    undetermined: z.array(example).default([]),
  }),
});

/** The JSON Schema of a policy file, for editors. */
export const policyJsonSchema = (): object => ({
  ...z.toJSONSchema(policyFile, { io: 'input' }),
  title: 'planwarden policy',
});
