import { describeScope } from '../../aws/policy-document/describe.ts';
import { deniesOf } from '../../aws/policy-document/statements.ts';
import { exposuresOf } from '../../aws/policy-document/exposure.ts';
import type { Exposure } from '../../aws/policy-document/exposure.ts';
import { actionsCover } from '../../aws/policy-document/pattern.ts';
import type { Document, Statement } from '../../aws/policy-document/statement.ts';
import { replaceTokens } from '../../aws/policy-document/text.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Resource, Worlds } from '../../world/world.ts';
import { allPolicies, RESOURCE_POLICY_TYPES } from './effective-policy.ts';
import type { EffectivePolicy } from './effective-policy.ts';
import { policyChange } from './policy-change.ts';
import { causesOf, isSensitive, sumOf } from './policy-source.ts';
import {
  NO_SURROUNDINGS,
  openSwitches,
  SURROUNDING_RESOURCES,
  SURROUNDING_TYPES,
  SURROUNDINGS,
  surroundings,
} from './policy-surroundings.ts';
import { exampleFacts } from './subject-facts.ts';
import { inOnePlace } from './subject-sides.ts';
import type { BuildOptions, Fact, Facts, Subject, SubjectKind } from '../subject.ts';

/** Nothing is open to anyone who is not named. */
const CLOSED = 'closed';

const NO_CHANGE: Facts = { gains: false, added: '', loses: false, lost: '' };

const DEFAULTS: Facts = {
  ...NO_SURROUNDINGS,
  ...NO_CHANGE,
  service: 's3',
  name: 'bucket data',
  isRemoved: false,
  limit: CLOSED,
  limitedByDeny: false,
  statement: '',
  openSwitches: [],
  checkOff: false,
  locksOut: false,
};

type SideName = 'before' | 'after';

function toSubject(
  policy: EffectivePolicy,
  at: SideName,
  worlds: Worlds,
  options: BuildOptions,
  changes: ReadonlyMap<string, Subject>,
): Subject | undefined {
  const side = policy[at];
  const sum = sumOf(side.sources);
  const open = exposuresOf(sum.document)[0];
  const source = open && sum.sourceOf.get(open.statement);
  const place = source?.resource ?? side.sources[0]?.resource ?? side.owner ?? placeOnOtherSide(policy, at);
  if (!side.exists || !place) return undefined;
  // What is written where the default of AWS stood replaces nothing that was asked for.
  const change = at === 'after' && policy.before.isSet ? changes.get(policy.id) : undefined;
  return {
    id: policy.id,
    merge: policy.id,
    object: {
      ...surroundings({ policy, side, worlds, at, options }),
      ...exposureFacts(open, sum.document),
      ...changeFacts(change),
      isRemoved: at === 'after' && policy.before.isSet && !side.isSet,
      openSwitches: side.owner ? openSwitches(side.owner) : [],
      checkOff: checkOff(policy, at),
      locksOut: policy.kind === 's3' && locksOut(sum.document),
    },
    address: place.address,
    previousAddress: place.previousAddress,
    resourceType: place.type,
    attribute: source && String(source.path[0]),
    causes: [
      ...(change?.causes ?? []),
      ...(open && source ? causesOf(open.statement, source) : []),
      { address: place.address, path: [] },
    ],
    touched: policy.touched,
    sensitive: isSensitive([...policy.before.sources, ...policy.after.sources])
      ? (path) => SHOWS_DOCUMENT.includes(String(path[0]))
      : undefined,
  };
}

/** Facts that repeat what the policy says. */
const SHOWS_DOCUMENT: readonly string[] = ['statement', 'added', 'lost'];

/** A policy that is taken away from something outside the plan stands nowhere now. */
const placeOnOtherSide = ({ before, after }: EffectivePolicy, at: SideName): Resource | undefined =>
  (at === 'before' ? after : before).sources[0]?.resource;

function exposureFacts(open: Exposure | undefined, { unread }: Document): Facts {
  const isPublic = open?.limit === 'none';
  return {
    limit: isPublic ? open.limit : (unread[0] ?? open?.limit ?? CLOSED),
    limitedByDeny: open?.limitedByDeny ?? false,
    statement: open ? describeScope(open.statement) : '',
  };
}

function changeFacts(change: Subject | undefined): Facts {
  if (!change) return NO_CHANGE;
  const { gains = false, added = '', loses = false, lost = '' } = change.object;
  return { gains, added, loses, lost };
}

/** The check of Secrets Manager for public policies is off on purpose, or was on and is not any more. */
function checkOff({ before, after }: EffectivePolicy, at: SideName): boolean {
  const value = (side: EffectivePolicy[SideName]): Fact =>
    side.sources.map(({ resource }) => resource.get('block_public_policy')).find((set) => set !== null) ?? null;
  const [was, is] = [value(before), value(after)];
  return at === 'before' ? was === false : is === false || (was === true && is !== true && after.isSet);
}

const CHANGES_POLICY = { kind: 'only', patterns: ['s3:putbucketpolicy'] } as const;

/** A Deny without a way out keeps everyone from changing the policy, but for the root user of the account. */
function locksOut(document: Document): Fact {
  const denies = deniesOf(document).filter(deniesPolicyChange);
  if (denies.some(({ conditions }) => !isUnknown(conditions) && conditions.length === 0)) return true;
  return denies.map(({ conditions }) => conditions).find(isUnknown) ?? false;
}

const deniesPolicyChange = ({ principals, actions, resources }: Statement): boolean =>
  principals.kind === 'only' &&
  principals.entries.some(({ kind }) => kind === 'everyone') &&
  actionsCover(actions, CHANGES_POLICY) === 'yes' &&
  (resources.kind === 'except' ||
    resources.patterns.some((pattern) => typeof pattern === 'string' && isBucketItself(pattern)));

/** `arn:aws:s3:::data/*` is what is in the bucket. */
const isBucketItself = (pattern: string): boolean => !replaceTokens(pattern, '').includes('/');

/** The policy of one thing as a whole, with what stands around it and what the plan changes about it. */
export const resourcePolicy: SubjectKind = {
  name: 'resource-policy',
  description:
    'The policy of one bucket, secret, domain, file system, … as a whole, with what stands around it and what the plan changes about it.',
  attributes: {
    ...SURROUNDINGS,
    isRemoved: 'a policy stood there before and none does now',
    limit:
      'to what the loosest statement limits everyone: none (public), shared secret, services, network, organization, account, principal, source; `closed` when only named principals are let in',
    limitedByDeny: 'a Deny of the same policy keeps out everyone but some',
    statement: 'what the loosest statement allows, to whom, on what condition',
    openSwitches: 'switches of its own public access block that an access point has off',
    checkOff: 'the check of Secrets Manager for public policies is off',
    locksOut: 'a Deny keeps everyone from changing the policy of the bucket',
    gains: 'something is allowed that was not',
    added: 'what is allowed now, in short sentences',
    loses: 'a Deny or a condition is gone or weaker',
    lost: 'what is gone, in short sentences',
  },
  attributeTypes: {
    ...SURROUNDING_TYPES,
    isRemoved: 'bool',
    limitedByDeny: 'bool',
    statement: 'string',
    openSwitches: 'list',
    checkOff: 'bool',
    added: 'string',
    lost: 'string',
  },
  types: [...RESOURCE_POLICY_TYPES, ...SURROUNDING_RESOURCES],
  build: (worlds, options) => {
    const policies = allPolicies(worlds).filter(({ touched }) => options.audit || touched);
    const changes = new Map(policyChange.build(worlds, options).after.map((subject) => [subject.id, subject]));
    const build = (at: SideName): readonly Subject[] =>
      policies.flatMap((policy) => toSubject(policy, at, worlds, options, changes) ?? []);
    return inOnePlace({ before: build('before'), after: build('after') });
  },
  fromExample: exampleFacts(DEFAULTS),
};
