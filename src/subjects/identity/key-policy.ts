import { allowsOf, deniesOf } from '../../aws/policy-document/statements.ts';
import { statementCovers } from '../../aws/policy-document/cover.ts';
import { actionsCover } from '../../aws/policy-document/pattern.ts';
import { accountOf as accountOfPrincipal } from '../../aws/policy-document/principal.ts';
import { describePrincipal } from '../../aws/policy-document/describe.ts';
import type { PrincipalEntry, Statement } from '../../aws/policy-document/statement.ts';
import { hasToken } from '../../aws/policy-document/text.ts';
import type { Unknown } from '../../plan/value.ts';
import type { World, Worlds } from '../../world/world.ts';
import { accountOf, allPolicies, RESOURCE_POLICY_TYPES } from './effective-policy.ts';
import type { EffectivePolicy, PolicySide } from './effective-policy.ts';
import { isSensitive, sumOf } from './policy-source.ts';
import { exampleFacts } from './subject-facts.ts';
import { inOnePlace } from './subject-sides.ts';
import type { Fact, Facts, Subject, SubjectKind } from '../subject.ts';

const DEFAULTS: Facts = {
  name: 'key data',
  managers: ['account 111122223333'],
  lockedOut: false,
  single: false,
  rootRemoved: false,
  bypassesCheck: false,
};

/** Principals of the own account that may change the key policy. Unknown ones may be of any account. */
function managersOf(side: PolicySide, account: string): readonly PrincipalEntry[] {
  const wanted = { kind: 'only', patterns: ['kms:putkeypolicy'] } as const;
  const { document } = sumOf(side.sources);
  return allowsOf(document)
    .filter(({ actions }) => actionsCover(actions, wanted) === 'yes')
    .flatMap((statement) => {
      const { principals } = statement;
      const isDenied = (entry: PrincipalEntry): boolean => {
        const asked: Statement = { ...statement, actions: wanted, principals: { kind: 'only', entries: [entry] } };
        return deniesOf(document).some((deny) => statementCovers(deny, asked) === 'yes');
      };
      const entries = principals.kind === 'only' ? principals.entries : [];
      return entries.filter((entry) => isOwn(entry, account) && !isDenied(entry));
    });
}

/** Without a known account (zeros) every account may be the own one. */
function isOwn(entry: PrincipalEntry, account: string): boolean {
  if (entry.kind === 'everyone') return true;
  if (entry.kind === 'unknown') return false;
  const other = accountOfPrincipal(entry);
  if (other === undefined) return entry.kind === 'aws' && hasToken(entry.arn);
  return other === account || /^0+$/.test(account);
}

const hasRoot = (managers: readonly PrincipalEntry[]): boolean =>
  managers.some((entry) => entry.kind === 'account' || (entry.kind === 'aws' && entry.arn.endsWith(':root')));

function toSubject(policy: EffectivePolicy, name: 'before' | 'after', world: World): Subject | undefined {
  const side = policy[name];
  const place = side.sources[0]?.resource ?? side.owner;
  if (!side.exists || !place) return undefined;
  const account = accountOf(side.owner ?? place, world);
  const managers = managersOf(side, account);
  const before = managersOf(policy.before, account);
  const names = [...new Set(managers.map(describePrincipal))];
  return {
    id: policy.id,
    object: {
      name: policy.name,
      managers: names,
      lockedOut: lockedOut(side, managers),
      single: names.length === 1 && !hasRoot(managers) && managers[0]?.kind === 'aws',
      rootRemoved:
        name === 'after' &&
        policy.before.exists &&
        policy.before.sources.length > 0 &&
        hasRoot(before) &&
        !hasRoot(managers),
      bypassesCheck: bypasses(side),
    },
    address: place.address,
    previousAddress: place.previousAddress,
    resourceType: place.type,
    attribute: 'policy',
    causes: [
      { address: place.address, path: ['policy'] },
      { address: place.address, path: [] },
    ],
    touched: policy.touched,
    sensitive: isSensitive(side.sources) ? (path) => path[0] === 'managers' : undefined,
  };
}

/** Nobody may change it; unknown when a part of the policy that may say otherwise is. */
function lockedOut(side: PolicySide, managers: readonly PrincipalEntry[]): Fact {
  if (managers.length > 0) return false;
  const { document } = sumOf(side.sources);
  return document.unread[0] ?? unknownManager(side) ?? true;
}

const unknownManager = (side: PolicySide): Unknown | undefined =>
  allowsOf(sumOf(side.sources).document)
    .flatMap(({ principals }) => (principals.kind === 'only' ? principals.entries : []))
    .map((entry) => (entry.kind === 'unknown' ? entry.unknown : undefined))
    .find((unknown) => unknown !== undefined);

const bypasses = ({ owner, sources }: PolicySide): boolean =>
  [owner, ...sources.map(({ resource }) => resource)].some(
    (resource) => resource?.get('bypass_policy_lockout_safety_check') === true,
  );

const build = (worlds: Worlds, audit: boolean, side: 'before' | 'after'): readonly Subject[] =>
  allPolicies(worlds)
    .filter(({ kind, touched }) => kind === 'kms' && (audit || touched))
    .map((policy) => toSubject(policy, side, worlds[side]))
    .filter((subject) => subject !== undefined);

/** The key policy of one KMS key, whether it stands in the key or in a resource of its own. */
export const keyPolicy: SubjectKind = {
  name: 'key-policy',
  description: 'The key policy of one KMS key and who may change it.',
  attributes: {
    name: 'what people call the key',
    managers: 'principals of the own account that may call kms:PutKeyPolicy',
    lockedOut: 'there are none',
    single: 'there is only one role or user',
    rootRemoved: 'the account root could change it before and cannot now',
    bypassesCheck: 'bypass_policy_lockout_safety_check is set',
  },
  attributeTypes: { name: 'string', managers: 'list', single: 'bool', rootRemoved: 'bool', bypassesCheck: 'bool' },
  types: RESOURCE_POLICY_TYPES.filter((type) => type.startsWith('aws_kms_')),
  build: (worlds, { audit }) =>
    inOnePlace({ before: build(worlds, audit, 'before'), after: build(worlds, audit, 'after') }),
  fromExample: exampleFacts(DEFAULTS),
};
