import type { Unknown } from '../../plan/value.ts';
import type { Resource, Worlds } from '../../world/world.ts';
import type { Cause } from '../../finding/finding.ts';
import { accessDifference } from './access-difference.ts';
import type { AccessDifference, Compared, Granted, Row } from './access-difference.ts';
import { CONTROL_POLICY_TYPES, controlPolicies } from './control-policies.ts';
import { HOLDER_TYPES } from './holder-forms.ts';
import { holdersOf } from './holders.ts';
import { isSensitive, standingNow, unreadSource } from './policy-source.ts';
import { effectivePolicies, RESOURCE_POLICY_TYPES } from './effective-policy.ts';
import { changed } from './principal.ts';
import { capital, exampleFacts, summary } from './subject-facts.ts';
import type { BuildOptions, Fact, Facts, Subject, SubjectKind } from '../subject.ts';
import { trustPolicies } from './trust-policy.ts';

const known = new WeakMap<Worlds, readonly (readonly [Compared, AccessDifference])[]>();

/** Everything that is there before and after and that the plan touches, with what differs. */
export function differencesOf(
  worlds: Worlds,
  options: BuildOptions,
): readonly (readonly [Compared, AccessDifference])[] {
  const found =
    known.get(worlds) ?? comparedOf(worlds, options).map((item) => [item, differenceOf(item, worlds)] as const);
  known.set(worlds, found);
  return found;
}

function comparedOf(worlds: Worlds, options: BuildOptions): readonly Compared[] {
  const { before, after } = holdersOf(worlds);
  const touchedOnly = { ...options, audit: false };
  const principals = changed(after, touchedOnly, before).flatMap((holder): Compared[] => {
    const old = before.get(holder.id);
    return old ? [{ ...holder, touched: true, before: old, after: holder }] : [];
  });
  const others = [...trustPolicies(worlds), ...effectivePolicies(worlds), ...controlPolicies(worlds)];
  return [...principals, ...others].filter(({ touched }) => touched);
}

const differences = new WeakMap<Granted, AccessDifference>();

/** What differs for one of them, computed once. */
export function differenceOf({ before, after }: Compared, { before: then, after: now }: Worlds): AccessDifference {
  const found = differences.get(after) ?? accessDifference(before, after, now.account ?? then.account);
  differences.set(after, found);
  return found;
}

/** Where a comparison without rows is reported: at what cannot be read, else at the thing itself. */
const placeOf = ({ after, resource }: Compared): Resource | undefined =>
  unreadSource(after.sources)?.resource ?? resource ?? after.sources[0]?.resource;

/** Causes of what is gone stand where its resource stands now. */
const causesNow = (rows: readonly Row[], { after }: Worlds): readonly Cause[] =>
  rows.flatMap(({ resource, causes }) =>
    causes.map((cause) =>
      cause.address === resource.address ? { ...cause, address: standingNow(resource, after).address } : cause,
    ),
  );

/** A subject of one comparison: the same thing on both sides, with the rows on the after side only. */
function pairOf(
  item: Compared,
  rows: readonly Row[],
  facts: Facts,
  worlds: Worlds,
): { before: Subject; after: Subject } {
  const [first] = rows;
  const place = first ? standingNow(first.resource, worlds.after) : placeOf(item);
  const base = { name: capital(item.name), kind: item.kind };
  const subject = {
    id: item.id,
    merge: item.id,
    address: place?.address ?? item.name,
    previousAddress: place?.previousAddress,
    resourceType: place?.type ?? '',
    attribute: first && String(first.path[0] ?? ''),
    causes: [...causesNow(rows, worlds), ...(place ? [{ address: place.address, path: [] }] : [])],
    touched: item.touched,
    sensitive: isSensitive([...item.before.sources, ...item.after.sources]) ? isText : undefined,
  };
  return {
    before: { ...subject, object: { ...NOTHING, ...base } },
    after: { ...subject, object: { ...facts, ...base } },
  };
}

const NOTHING: Facts = { gains: false, added: '', loses: false, losesDeny: false, lost: '', keys: [] };

const isText = (path: readonly (string | number)[]): boolean => path[0] === 'added' || path[0] === 'lost';

const build =
  (
    facts: (difference: AccessDifference) => Facts,
    rowsOf: (difference: AccessDifference) => readonly Row[],
  ): SubjectKind['build'] =>
  (worlds, options) => {
    const pairs = differencesOf(worlds, options).map(([item, difference]) =>
      pairOf(item, rowsOf(difference), facts(difference), worlds),
    );
    return { before: pairs.map(({ before }) => before), after: pairs.map(({ after }) => after) };
  };

/** True when there are rows; when there are none but something cannot be compared, the reason. */
const happened = (rows: readonly Row[], doubts: readonly Unknown[]): Fact => rows.length > 0 || (doubts[0] ?? false);

const common = {
  name: 'what people call it, e.g. `Role deploy`',
  kind: 'role, user, group, permission set, unattached policy, boundary policy, trust policy, control policy, or the service of a resource policy (s3, kms, sqs, …)',
} as const;

const TYPES = [...new Set([...HOLDER_TYPES, ...RESOURCE_POLICY_TYPES, ...CONTROL_POLICY_TYPES])];

/** What a principal or a resource policy allows after the plan and did not before. */
export const access: SubjectKind = {
  name: 'access',
  description:
    'What a principal, or a trust or resource policy that is there already, newly allows; judged with `on: changed`.',
  attributes: {
    ...common,
    gains: 'something is allowed that was not',
    added: 'what is allowed now, in short sentences',
  },
  attributeTypes: { name: 'string', kind: 'string', added: 'string' },
  types: TYPES,
  build: build(
    ({ added, mayGain }) => ({ gains: happened(added, mayGain), added: summary(added.map(({ text }) => text)) }),
    ({ added }) => added,
  ),
  fromExample: exampleFacts({ name: 'Role app', kind: 'role', gains: false, added: '' }),
};

/** The Deny statements and conditions that a principal or a resource policy loses. */
export const guardrail: SubjectKind = {
  name: 'guardrail',
  description:
    'The Deny statements and limiting conditions that a principal, or a trust or resource policy, loses; judged with `on: changed`.',
  attributes: {
    ...common,
    loses: 'a Deny or a condition is gone or weaker',
    losesDeny: 'a Deny is gone or weaker',
    lost: 'what is gone, in short sentences',
    keys: 'condition keys that are concerned, in lower case',
  },
  attributeTypes: { name: 'string', kind: 'string', losesDeny: 'bool', lost: 'string', keys: 'list' },
  types: TYPES,
  build: build(
    ({ lostDenies, lostConditions, mayLose }) => ({
      loses: happened([...lostDenies, ...lostConditions], mayLose),
      losesDeny: lostDenies.length > 0,
      lost: summary([
        ...lostDenies.map(({ text }) => `Deny ${text}`),
        ...lostConditions.map(({ text }) => `condition ${text}`),
      ]),
      keys: [...new Set([...lostDenies, ...lostConditions].flatMap(({ keys }) => keys))],
    }),
    ({ lostDenies, lostConditions }) => [...lostDenies, ...lostConditions],
  ),
  fromExample: exampleFacts({ name: 'Role app', kind: 'role', loses: false, losesDeny: false, lost: '', keys: [] }),
};
