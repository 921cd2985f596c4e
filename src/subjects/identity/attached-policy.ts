import { managedPolicyRisk } from '../../aws/managed-policies.ts';
import { isComputeService } from '../../aws/sensitive-services.ts';
import { accountOf } from '../../aws/policy-document/principal.ts';
import type { PrincipalEntry } from '../../aws/policy-document/statement.ts';
import type { Worlds } from '../../world/world.ts';
import { ownAccounts } from './accounts.ts';
import type { Attachment, Holder } from './holder.ts';
import { HOLDER_TYPES } from './holder-forms.ts';
import { holdersOf } from './holders.ts';
import { sumOf } from './policy-source.ts';
import { hasBoundary, judged } from './principal.ts';
import { capital, exampleFacts, isNamed } from './subject-facts.ts';
import { inOnePlace } from './subject-sides.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';
import { trustOf } from './trust-policy.ts';
import { waysIn } from './trust-ways.ts';

/** Who may become the holder. */
const REACH = ['compute service', 'other account', 'identity provider', 'anyone'] as const;
type Reach = (typeof REACH)[number];

const DEFAULTS: Facts = {
  name: 'Role app',
  kind: 'role',
  policy: 'ReadOnlyAccess',
  risk: 'other',
  takenBy: [],
  hasBoundary: false,
  isBreakGlass: false,
};

function toSubject(
  holder: Holder,
  attachment: Attachment,
  takenBy: readonly Reach[],
  { breakGlass }: BuildOptions,
): Subject {
  const { policy, resource, path } = attachment;
  return {
    id: `${holder.id}|${policy}`,
    merge: holder.id,
    object: {
      name: capital(holder.name),
      kind: holder.kind,
      policy,
      risk: managedPolicyRisk(policy),
      takenBy,
      hasBoundary: hasBoundary(holder),
      isBreakGlass: isNamed(holder.name.slice(holder.kind.length + 1), breakGlass),
    },
    address: resource.address,
    previousAddress: resource.previousAddress,
    resourceType: resource.type,
    attribute: String(path[0] ?? ''),
    causes: [{ address: resource.address, path, hint: policy }],
    touched: holder.touched,
  };
}

/** Who may take a role, of those that make an administrator's role dangerous. */
function reachOf({ resource, kind }: Holder, worlds: Worlds, options: BuildOptions): readonly Reach[] {
  if (kind !== 'role' || !resource) return [];
  const own = ownAccounts(worlds, options);
  const ways = waysIn(sumOf(trustOf(resource, worlds).sources).document);
  const found = ways.flatMap(({ entry }) => reach(entry, own));
  return REACH.filter((item) => found.includes(item));
}

function reach(entry: PrincipalEntry, own: ReadonlySet<string>): readonly Reach[] {
  if (entry.kind === 'everyone') return ['anyone'];
  if (entry.kind === 'federated') return ['identity provider'];
  if (entry.kind === 'service') return isComputeService(entry.name) ? ['compute service'] : [];
  const account = accountOf(entry);
  return account === undefined || own.has(account) ? [] : ['other account'];
}

const subjectsOf = (holders: readonly Holder[], worlds: Worlds, options: BuildOptions): readonly Subject[] =>
  holders.flatMap((holder) => {
    const managed = holder.attachments.filter(({ isManaged }) => isManaged);
    if (managed.length === 0) return [];
    const takenBy = reachOf(holder, worlds, options);
    const first = new Map(managed.toReversed().map((attachment) => [attachment.policy, attachment]));
    return [...first.values()].map((attachment) => toSubject(holder, attachment, takenBy, options));
  });

/** An AWS-managed policy that a principal holds, however it is attached. */
export const attachedPolicy: SubjectKind = {
  name: 'attached-policy',
  description: 'One AWS-managed policy that one principal holds, in whatever form it is attached.',
  attributes: {
    name: 'what people call the holder, e.g. `Role deploy`',
    kind: 'role, user, group or permission set',
    policy: 'name of the AWS-managed policy, the tail of its ARN',
    risk: '`admin` when it controls the account, `risky` when it is very broad, `denies`, else `other`',
    takenBy: 'who may become the holder: compute service, other account, identity provider, anyone',
    hasBoundary: 'a permissions boundary stands beside it',
    isBreakGlass: 'the configuration names the holder as a way in for emergencies',
  },
  attributeTypes: {
    name: 'string',
    kind: 'string',
    policy: 'string',
    risk: 'string',
    takenBy: 'list',
    hasBoundary: 'bool',
    isBreakGlass: 'bool',
  },
  types: HOLDER_TYPES,
  build: (worlds, options) => {
    const { before, after } = holdersOf(worlds);
    return inOnePlace({
      before: subjectsOf(judged(before, options, after), worlds, options),
      after: subjectsOf(judged(after, options, before), worlds, options),
    });
  },
  fromExample: exampleFacts(DEFAULTS),
};
