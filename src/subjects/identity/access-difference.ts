import { describeCondition } from '../../aws/policy-document/describe.ts';
import type { Condition, Statement } from '../../aws/policy-document/statement.ts';
import type { Cause } from '../../finding/finding.ts';
import { describeRow } from '../../iam/access/row-text.ts';
import { accessRows } from '../../iam/access/row.ts';
import type { AccessRow } from '../../iam/access/row.ts';
import { gainsOf } from '../../iam/difference/difference.ts';
import type { Region } from '../../iam/difference/difference.ts';
import { changeOf } from '../../iam/difference/change.ts';
import { isUnknown, Unknown } from '../../plan/value.ts';
import type { Resource } from '../../world/world.ts';
import type { Attachment, Boundary } from './holder.ts';
import { causesOf, placeOf } from './policy-source.ts';
import { standingOf } from './standing.ts';
import type { Granted, Standing } from './standing.ts';

export type { Granted };

/** Someone or something whose policies can be compared. */
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

/** Access that is gained or lost, with the statement that allows it. */
export interface AccessAt extends Row {
  readonly row: AccessRow;
}

export interface AccessDifference {
  /** All that is newly allowed. */
  readonly gained: () => readonly AccessAt[];
  readonly lost: () => readonly AccessAt[];
  /** What is newly allowed for another reason than a lost condition. */
  readonly added: readonly Row[];
  readonly lostDenies: readonly AccessAt[];
  readonly lostConditions: readonly Row[];
  /** Why more may be gained, and more lost, than the rows tell. */
  readonly mayGain: readonly Unknown[];
  readonly mayLose: readonly Unknown[];
}

/**
 * What somebody gains and loses, and which Deny and conditions go away, between two sets of policies. This is the one
 * place that compares access: no rows and no reason for doubt mean that no request is newly allowed.
 * @param account the own account, for the ARNs of witnesses
 */
export function accessDifference(before: Granted, after: Granted, account: string | undefined): AccessDifference {
  const hidden = hiddenBoundary(before.boundary, after.boundary);
  // What a boundary kept out may be kept out still by one that nobody can read here: then only policies are compared.
  const [then, now] = [standingOf(hidden ? { ...before, boundary: { kind: 'none' } } : before), standingOf(after)];
  const hiddenDoubts = hidden ? [hidden] : [];
  const { gains, lostDenies, added, lostConditions } = changeOf(then.side, now.side);
  const rowsAt = (regions: readonly Region[], standing: Standing): readonly AccessAt[] =>
    accessRows(regions, account).map((row) => accessAt(row, standing));
  const gained = once(() => rowsAt(gains.regions, now));
  const addedRows = added.length === gains.regions.length ? gained() : rowsAt(added, now);
  return {
    gained,
    lost: once(() => rowsAt(gainsOf(now.side, then.side).regions, then)),
    added: distinct([...usable(addedRows), ...newlyUnseen(then, now)]),
    // What cannot be read may hold every Deny that seems to be gone: `mayLose` says so.
    lostDenies: now.side.unread.length > 0 ? [] : distinct(rowsAt(lostDenies.regions, then).map(goneFrom)),
    lostConditions: distinct(lostConditions.map(({ condition, statement }) => conditionRow(condition, statement, now))),
    mayGain: [...gains.doubts, ...hiddenDoubts, ...boundaryDoubts(before.boundary, after.boundary)],
    mayLose: [
      ...lostDenies.doubts,
      ...hiddenDoubts,
      ...(hasGuardrails(then) ? gains.doubts : []),
      ...noLonger(then, now).map(
        ({ policy }) => new Unknown(`${policy} is taken away and its text is not in the plan, so it may hold a Deny`),
      ),
    ],
  };
}

/** Rows are made when somebody reads them: most differences are only asked whether there is one. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The same statement may stand in two places: in a resource of its own and mirrored in the role. */
const distinct = <T extends Row>(rows: readonly T[]): readonly T[] =>
  [...new Map(rows.toReversed().map((row) => [row.text, row])).values()].toReversed();

/** What no request can use is told only where there is nothing else to tell. */
const usable = (rows: readonly AccessAt[]): readonly AccessAt[] =>
  rows.some(({ row }) => row.isUsable) ? rows.filter(({ row }) => row.isUsable) : rows;

const accessAt = (row: AccessRow, standing: Standing): AccessAt => ({
  ...standingAt(row.statement, standing),
  text: describeRow(row),
  keys: keysOf(row.statement),
  row,
});

/** A statement that is gone stands nowhere: the place is the document it was taken out of. */
const goneFrom = (row: AccessAt): AccessAt => ({ ...row, causes: [{ address: row.resource.address, path: row.path }] });

const conditionRow = (condition: Condition, statement: Statement, now: Standing): Row => ({
  ...standingAt(statement, now),
  text: describeCondition(condition),
  keys: [condition.key],
});

const keysOf = ({ conditions }: Statement): readonly string[] =>
  isUnknown(conditions) ? [] : conditions.map(({ key }) => key);

function standingAt(statement: Statement, { sourceOf }: Standing): Pick<Row, 'resource' | 'path' | 'causes'> {
  const source = sourceOf.get(statement);
  if (!source) throw new Error('a statement of a sum has no source');
  return { ...placeOf(source), causes: causesOf(statement, source) };
}

/** True when there is a Deny or a condition that could be lost, or statements that may hold one. */
const hasGuardrails = ({ side: { layers, denies, unread } }: Standing): boolean =>
  unread.length > 0 ||
  denies.length > 0 ||
  layers.flat().some(({ conditions }) => isUnknown(conditions) || conditions.length > 0);

/** Policies whose text is not here that only one side has. */
const noLonger = (then: Standing, now: Standing): readonly Attachment[] => {
  const has = new Set(now.unseen.map(({ policy }) => policy));
  return then.unseen.filter(({ policy }) => !has.has(policy));
};

/** Attaching a policy whose text is not here adds it whole. */
const newlyUnseen = (then: Standing, now: Standing): readonly Row[] =>
  noLonger(now, then).map(({ policy, isManaged, resource, path }) => ({
    text: isManaged ? `everything in the AWS-managed policy ${policy}` : everythingIn(policy),
    resource,
    path,
    causes: [{ address: resource.address, path, hint: policy }],
    keys: [],
  }));

/** A policy of the team's own is told by its ARN, a group that is not in the plan by its name. */
const everythingIn = (policy: string): string =>
  policy.startsWith('arn:') ? `everything in the policy ${policy}, whose text is not in the plan` : policy;

/** Why a boundary whose text was here may or may not hold on. */
const hiddenBoundary = (before: Boundary | undefined, after: Boundary | undefined): Unknown | undefined =>
  before?.kind === 'text' && after?.kind === 'unseen'
    ? new Unknown(`the permissions boundary becomes ${after.policy}, whose text is not in the plan`)
    : undefined;

/** A boundary whose text is not here may have kept out what is allowed without it. */
function boundaryDoubts(before: Boundary | undefined, after: Boundary | undefined): readonly Unknown[] {
  if (before?.kind !== 'unseen' || (after?.kind === 'unseen' && after.policy === before.policy)) return [];
  return [new Unknown(`the permissions boundary ${before.policy} goes away, and its text is not in the plan`)];
}
