import { isUnknown, Unknown } from '../../plan/value.ts';
import type { Worlds } from '../../world/world.ts';
import { accessDifference } from './access-difference.ts';
import { BOUNDARY_TYPES, boundedIn, setStands, withoutBoundary } from './boundary-source.ts';
import type { Boundary, Bounded } from './boundary-source.ts';
import { policyChange } from './policy-change.ts';
import { isSensitive } from './policy-source.ts';
import { capital, exampleFacts, summary } from './subject-facts.ts';
import type { BuildOptions, Fact, Facts, Subject, SubjectKind } from '../subject.ts';

const SAME: Facts = { isRemoved: false, isWider: false, wider: '' };

const DEFAULTS: Facts = { name: 'Role app', kind: 'role', was: 'edge', boundary: 'edge', ...SAME };

/** What another boundary lets through that the former one did not; unknown when one of the texts is not in the plan. */
function widening(before: Boundary, after: Boundary, account: string | undefined): Facts {
  if (isUnknown(after.id)) return { ...SAME, isWider: after.id };
  const [then, now] = [before.source, after.source];
  if (!then || !now)
    return { ...SAME, isWider: new Unknown(`the text of ${then ? after.name : before.name} is not in the plan`) };
  const { added, lostDenies, lostConditions, mayGain, mayLose } = accessDifference(
    granted(then),
    granted(now),
    account,
  );
  const rows = [...added, ...lostDenies, ...lostConditions];
  return {
    ...SAME,
    isWider: rows.length > 0 || (mayGain[0] ?? mayLose[0] ?? false),
    wider: summary(rows.map(({ text }) => text)),
  };
}

const granted = (source: NonNullable<Boundary['source']>) => ({ sources: [source], attachments: [], unread: [] });

/** The same policy under the same name is compared where it stands. A boundary that is new only narrows. */
function changeOf(before: Boundary, after: Boundary, account: string | undefined): Facts {
  if (before.id === null || before.id === after.id) return SAME;
  return after.id === null ? { ...SAME, isRemoved: true } : widening(before, after, account);
}

interface Pair {
  readonly before: Bounded;
  readonly after: Bounded;
}

/** Everybody who is there before and after and whom the plan touches. */
function pairs(worlds: Worlds): readonly Pair[] {
  const now = new Map(boundedIn(worlds.after, worlds).map((one) => [one.id, one]));
  return boundedIn(worlds.before, worlds).flatMap((before): Pair[] => {
    const isSet = before.kind === 'permission set';
    const after = now.get(before.id) ?? (isSet && setStands(before, worlds) ? withoutBoundary(before) : undefined);
    return after && (before.resource.touched || after.resource.touched) ? [{ before, after }] : [];
  });
}

function toSubjects({ before, after }: Pair, account: string | undefined): Record<'before' | 'after', Subject> {
  const { id, kind, name, resource, path } = after;
  const base = { name: capital(name), kind, was: before.boundary.name, boundary: after.boundary.name };
  const sources = [before.boundary.source, after.boundary.source].filter((source) => source !== undefined);
  const subject = {
    id,
    merge: id,
    address: resource.address,
    previousAddress: resource.previousAddress,
    resourceType: resource.type,
    attribute: String(path[0]),
    causes: [
      { address: resource.address, path },
      { address: resource.address, path: [] },
    ],
    touched: true,
    sensitive: isSensitive(sources) ? isText : undefined,
  };
  return {
    before: { ...subject, object: { ...base, ...SAME } },
    after: { ...subject, object: { ...base, ...changeOf(before.boundary, after.boundary, account) } },
  };
}

const isText = (path: readonly (string | number)[]): boolean => path[0] === 'wider';

/** A policy that is somebody's boundary and lets more through under its own name. */
function widened(worlds: Worlds, options: BuildOptions): Record<'before' | 'after', readonly Subject[]> {
  const { before, after } = policyChange.build(worlds, options);
  const asBoundary = (subject: Subject): Subject => {
    const { name = '', kind = '', gains = false, loses = false, added = '', lost = '' } = subject.object;
    const wider = summary([added, lost].filter((text): text is string => typeof text === 'string' && text !== ''));
    const isWider: Fact = gains === true || loses === true || (isUnknown(gains) ? gains : loses);
    return { ...subject, object: { name, kind, was: name, boundary: name, isRemoved: false, isWider, wider } };
  };
  const isBoundary = ({ object }: Subject): boolean => object['kind'] === 'boundary policy';
  return { before: before.filter(isBoundary).map(asBoundary), after: after.filter(isBoundary).map(asBoundary) };
}

/** The permissions boundary of one role, user or permission set that is there before and after. */
export const permissionsBoundary: SubjectKind = {
  name: 'permissions-boundary',
  description:
    'The permissions boundary of one role, user or permission set that is there already, or a policy that is one; judged with `on: changed`.',
  attributes: {
    name: 'what people call the holder, e.g. `Role deploy`; for kind boundary policy, the policy',
    kind: 'role, user, permission set or boundary policy',
    was: 'the boundary before the plan, `none` without one',
    boundary: 'the boundary after the plan, `none` without one',
    isRemoved: 'there was one and is none',
    isWider: 'it lets through what it did not; unknown when a text is not in the plan',
    wider: 'what that is, in short sentences',
  },
  attributeTypes: {
    name: 'string',
    kind: 'string',
    was: 'string',
    boundary: 'string',
    isRemoved: 'bool',
    wider: 'string',
  },
  types: BOUNDARY_TYPES,
  build: (worlds, options) => {
    const subjects = pairs(worlds).map((pair) => toSubjects(pair, worlds.after.account ?? worlds.before.account));
    const policies = widened(worlds, options);
    return {
      before: [...subjects.map(({ before }) => before), ...policies.before],
      after: [...subjects.map(({ after }) => after), ...policies.after],
    };
  },
  fromExample: exampleFacts(DEFAULTS),
};
