import { compareDocuments } from '../../aws/policy-document/compare.ts';
import type { LostCondition, Part } from '../../aws/policy-document/compare.ts';
import { describeCondition, describeParts } from '../../aws/policy-document/describe.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import { managedPolicyRisk } from '../../aws/managed-policies.ts';
import type { Cause } from '../../finding/finding.ts';
import { Unknown } from '../../plan/value.ts';
import type { Resource } from '../../world/world.ts';
import type { Attachment } from './holder.ts';
import { causesOf, placeOf, sumOf } from './policy-source.ts';
import type { PolicySource, Sum } from './policy-source.ts';

/** Everything that grants on one side. */
export interface Granted {
  readonly sources: readonly PolicySource[];
  readonly attachments: readonly Attachment[];
  readonly unread: readonly Unknown[];
}

/** Someone or something whose policies stand on both sides, so that they can be compared. */
export interface Compared {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly resource: Resource | undefined;
  readonly touched: boolean;
  readonly before: Granted;
  readonly after: Granted;
}

/** One thing that differs, as people read it, and where it stands. */
export interface Row {
  readonly text: string;
  readonly resource: Resource;
  readonly path: readonly (string | number)[];
  readonly causes: readonly Cause[];
  /** Keys of the conditions that are lost or that stand in a lost Deny, in lower case. */
  readonly keys: readonly string[];
}

export interface AccessDifference {
  readonly added: readonly Row[];
  readonly lostDenies: readonly Row[];
  readonly lostConditions: readonly Row[];
  /** Why more may be gained, and more lost, than the rows tell. */
  readonly mayGain: readonly Unknown[];
  readonly mayLose: readonly Unknown[];
}

/**
 * What somebody gains, and which Deny and conditions go away, between two sets of policies. This is the one place that
 * compares access: sound, so that no rows and no reason for doubt mean that no request is newly allowed.
 */
export function accessDifference(before: Granted, after: Granted): AccessDifference {
  const [then, now] = [sumOf(before.sources, before.unread), sumOf(after.sources, after.unread)];
  const difference = compareDocuments(then.document, now.document);
  const attached = newAttachments(before, after);
  return {
    added: distinct([...difference.added.map((part) => partRow(part, now)), ...attached]),
    lostDenies: distinct([
      ...difference.lostDenies.map((part) => lostRow(part, then)),
      ...detachedDenies(before, after),
    ]),
    lostConditions: distinct(difference.lostConditions.map((lost) => conditionRow(lost, now))),
    mayGain: difference.mayGain,
    mayLose: [...difference.mayLose, ...detachedUnseen(before, after)],
  };
}

/** The same statement may stand in two places: in a resource of its own and mirrored in the role. */
const distinct = (rows: readonly Row[]): readonly Row[] =>
  [...new Map(rows.toReversed().map((row) => [row.text, row])).values()].toReversed();

function partRow(part: Part, sum: Sum): Row {
  return {
    ...standing(part.statement, sum),
    text: describeParts(part.statement, part.pieces),
    keys: keysOf(part.statement),
  };
}

/** A statement that is gone stands nowhere: the place is the document it was taken out of. */
function lostRow(part: Part, then: Sum): Row {
  const row = partRow(part, then);
  return { ...row, causes: [{ address: row.resource.address, path: row.path }] };
}

const conditionRow = (lost: LostCondition, now: Sum): Row => ({
  ...standing(lost.after, now),
  text: describeCondition(lost.condition),
  keys: [lost.condition.key],
});

const keysOf = ({ conditions }: Statement): readonly string[] =>
  conditions instanceof Unknown ? [] : conditions.map(({ key }) => key);

function standing(statement: Statement, { sourceOf }: Sum): Pick<Row, 'resource' | 'path' | 'causes'> {
  const source = sourceOf.get(statement);
  if (!source) throw new Error('a statement of a sum has no source');
  return { ...placeOf(source), causes: causesOf(statement, source) };
}

/** Policies whose text is not here grant what their name says; attaching one adds it whole. */
function newAttachments(before: Granted, after: Granted): readonly Row[] {
  const had = new Set(before.attachments.map(({ policy }) => policy));
  return after.attachments
    .filter(({ policy }) => !had.has(policy) && managedPolicyRisk(policy) !== 'denies')
    .map(attachmentRow);
}

/** A policy of the team's own is told by its ARN, a group that is not in the plan by its name. */
const unseen = (policy: string): string =>
  policy.startsWith('arn:') ? `everything in the policy ${policy}, whose text is not in the plan` : policy;

const attachmentRow = ({ policy, isManaged, resource, path }: Attachment): Row => ({
  text: isManaged ? `everything in the AWS-managed policy ${policy}` : unseen(policy),
  resource,
  path,
  causes: [{ address: resource.address, path, hint: policy }],
  keys: [],
});

const detached = (before: Granted, after: Granted): readonly Attachment[] => {
  const has = new Set(after.attachments.map(({ policy }) => policy));
  return before.attachments.filter(({ policy }) => !has.has(policy));
};

const detachedDenies = (before: Granted, after: Granted): readonly Row[] =>
  detached(before, after)
    .filter(({ policy }) => managedPolicyRisk(policy) === 'denies')
    .map(attachmentRow);

/** A policy of the team's own that is detached may hold a Deny; AWS-managed ones hold none beside those that are named so. */
const detachedUnseen = (before: Granted, after: Granted): readonly Unknown[] =>
  detached(before, after)
    .filter(({ isManaged }) => !isManaged)
    .map(({ policy }) => new Unknown(`${policy} is taken away and its text is not in the plan, so it may hold a Deny`));
