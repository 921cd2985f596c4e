import { z } from 'zod';
import type { Access, Evidence, Excerpt, Finding, Location, Repair, Waiver, Witness } from '../finding/finding.ts';
import type {
  ChecklistLine,
  ChecklistResult,
  IamData,
  NeutralObstacle,
  NeutralProof,
  NotEvaluated,
  ProvenChange,
  Review,
  ReviewedPlan,
  SeverityCounts,
} from '../finding/review.ts';
import { SEVERITIES } from '../finding/severity.ts';

/** The shape of every field of `T`: a field that the report gains must be read here too, or nothing compiles. */
type ShapeOf<T> = Record<keyof T, z.ZodType>;

const text = z.string();
const texts = z.array(text);
const maybe = text.nullable();
const count = z.int().min(0);
const line = z.int().min(1);

const location = z.object({ path: text, startLine: line, endLine: line } satisfies ShapeOf<Location>);

const excerpt = z.object({ startLine: line, lines: texts } satisfies ShapeOf<Excerpt>);

const repair = z.object({ location, before: text, after: text } satisfies ShapeOf<Repair>);

const waiver = z.object({
  policy: text,
  address: text,
  reason: text,
  owner: text,
  expires: z.iso.date(),
  grant: text.exactOptional(),
  comment: location.exactOptional(),
} satisfies ShapeOf<Waiver>);

const evidence = z.object({ label: text, before: maybe, after: maybe } satisfies ShapeOf<Evidence>);

const witness = z.object({
  principal: text.exactOptional(),
  action: text,
  resource: text,
  context: z.record(text, texts),
} satisfies ShapeOf<Witness>);

const access = z.object({
  effect: z.enum(['gains', 'loses']),
  principal: text,
  actions: texts,
  summary: texts,
  resources: texts,
  conditions: maybe,
  because: text,
  location: location.nullable(),
  level: maybe,
  risks: texts,
  witness,
  simulated: maybe,
} satisfies ShapeOf<Access>);

const finding = z.object({
  policy: text,
  title: text,
  severity: z.enum(SEVERITIES),
  status: z.enum(['introduced', 'persisting', 'resolved', 'undetermined']),
  waived: waiver.nullable(),
  plan: text,
  address: text,
  previousAddress: maybe,
  resourceType: text,
  attribute: maybe,
  message: text,
  evidence: z.array(evidence),
  access: z.array(access),
  location: location.nullable(),
  excerpt: excerpt.exactOptional(),
  fails: z.boolean().exactOptional(),
  way: texts.exactOptional(),
  repair: repair.exactOptional(),
  fingerprint: text.min(1),
  grant: text,
  why: text,
  fix: text,
  references: texts,
} satisfies ShapeOf<Finding>);

const plan = z.object({
  path: text,
  formatVersion: text,
  terraformVersion: maybe,
  complete: z.boolean().nullable(),
  errored: z.boolean(),
  applyable: z.boolean().nullable().exactOptional(),
  timestamp: maybe.exactOptional(),
  sha256: text.exactOptional(),
  resourceChanges: count,
} satisfies ShapeOf<ReviewedPlan>);

const severityCounts = z.object({
  critical: count,
  high: count,
  medium: count,
  low: count,
  info: count,
} satisfies ShapeOf<SeverityCounts>);

const checklist = z.object({
  id: text,
  title: text,
  lines: z.array(
    z.object({
      id: text,
      text,
      state: z.enum(['broken', 'met', 'no-evidence', 'not-in-plan']),
      policies: texts,
    } satisfies ShapeOf<ChecklistLine>),
  ),
} satisfies ShapeOf<ChecklistResult>);

const provenChange = z.object({
  plan: text,
  address: text,
  attributes: z.array(z.object({ attribute: text, because: text })),
} satisfies ShapeOf<ProvenChange>);

const obstacle = z.object({
  plan: text,
  address: maybe,
  attribute: maybe,
  because: text,
} satisfies ShapeOf<NeutralObstacle>);

const neutralProof = z.object({
  changes: z.array(provenChange),
  obstacles: z.array(obstacle),
} satisfies ShapeOf<NeutralProof>);

const iamData = z.object({ actions: z.iso.date(), managedPolicies: z.iso.date() } satisfies ShapeOf<IamData>);

/**
 * The report JSON, schemaVersion 1, as `schemas/report.schema.json` publishes it. Fields that are not known are left out:
 * a later version may have added them.
 */
export const reportSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('planwarden'), version: text }),
  conclusion: z.enum(['pass', 'fail']),
  mode: z.enum(['review', 'audit']),
  neutral: z.boolean(),
  neutralProof: neutralProof.exactOptional(),
  plans: z.array(plan).min(1),
  counts: z.object({
    introduced: severityCounts,
    persisting: severityCounts,
    resolved: severityCounts,
    undetermined: severityCounts,
    waived: severityCounts,
  } satisfies ShapeOf<Review['counts']>),
  findings: z.array(finding),
  notEvaluated: z.array(z.object({ address: text, resourceType: text, reason: text } satisfies ShapeOf<NotEvaluated>)),
  notes: texts,
  checklists: z.array(checklist).exactOptional(),
  iamData: iamData.nullable(),
  failOn: z.enum([...SEVERITIES, 'never']).exactOptional(),
  merged: z.object({ reports: count, expected: count.nullable() }).exactOptional(),
} satisfies ShapeOf<Review>);
