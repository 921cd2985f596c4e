import type { PrincipalEntry, Principals } from '../../aws/policy-document/statement.ts';
import { accountOf } from '../../aws/policy-document/principal.ts';
import { hasToken } from '../../aws/policy-document/text.ts';
import { every, not, or, some, ternary } from '../../aws/policy-document/ternary.ts';
import type { Ternary } from '../../aws/policy-document/ternary.ts';

/** Who makes a request. `holder` is whoever holds the identity policies that are looked at. */
export type Requester =
  | { readonly kind: 'holder' }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'aws'; readonly arn: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'canonical'; readonly id: string };

const ROLE = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;
const SESSION = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([^/]+)\/.+$/;

/** True for the ARN of a role, and for that of a session of a role. */
export const isRole = (arn: string): boolean => ROLE.test(arn);
export const isSession = (arn: string): boolean => SESSION.test(arn);

/** True for a role that belongs to an AWS service, and for a session of one, which does not tell the path of its role. */
export const isServiceLinked = (arn: string): boolean =>
  arn.includes(':role/aws-service-role/') || /:assumed-role\/AWSServiceRoleFor/.test(arn);

/** True for a session of `GetFederationToken`. */
export const isFederatedUser = (arn: string): boolean => /^arn:[^:]*:sts::\d{12}:federated-user\//.test(arn);

export const isRoot = (requester: Requester): boolean =>
  requester.kind === 'aws' && /^arn:[^:]*:iam::\d{12}:root$/.test(requester.arn);

/** Whether a session is one of the role. Sessions tell the name of the role without its path. */
function isSessionOf(session: string, role: string): boolean {
  const [of, named] = [SESSION.exec(session), ROLE.exec(role)];
  return of !== null && named !== null && of[2] === named[2] && of[3] === named[3];
}

export const requesterAccount = (requester: Requester): string | undefined =>
  requester.kind === 'aws' ? (/^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(requester.arn)?.[1] ?? undefined) : undefined;

/** Whether an entry of a Principal element speaks about the requester. Nobody knows who the holder of a policy is. */
export function entryMatches(entry: PrincipalEntry, requester: Requester): Ternary {
  if (entry.kind === 'everyone') return 'yes';
  if (requester.kind === 'holder') return 'maybe';
  switch (entry.kind) {
    case 'account':
      return accountMatches(entry.account, requester);
    case 'aws':
      return requester.kind === 'aws' ? arnMatches(entry.arn, requester.arn) : 'no';
    case 'service':
      return requester.kind === 'service' ? nameMatches(entry.name, requester.name) : 'no';
    case 'federated':
      return requester.kind === 'federated' ? nameMatches(entry.provider, requester.provider) : 'no';
    case 'canonical':
      return requester.kind === 'canonical' ? nameMatches(entry.id, requester.id) : 'no';
    case 'unknown':
    default:
      return 'maybe';
  }
}

function accountMatches(account: string, requester: Requester): Ternary {
  if (requester.kind !== 'aws') return 'no';
  const own = requesterAccount(requester);
  return own === undefined ? (hasToken(requester.arn) ? 'maybe' : 'no') : ternary(own === account);
}

function arnMatches(wanted: string, arn: string): Ternary {
  if (wanted === arn) return wanted.includes('⟨unknown:') ? 'maybe' : 'yes';
  if (hasToken(wanted) || hasToken(arn)) return 'maybe';
  return ternary(isSessionOf(arn, wanted));
}

function nameMatches(wanted: string, name: string): Ternary {
  if (wanted === '*' || (wanted === name && !wanted.includes('⟨unknown:'))) return 'yes';
  return hasToken(wanted) || hasToken(name) ? 'maybe' : 'no';
}

/** All names under which AWS knows a requester: a session is its role and its account, too. */
function identitiesOf(requester: Requester): readonly Requester[] {
  if (requester.kind !== 'aws') return [requester];
  const account = requesterAccount(requester);
  const session = SESSION.exec(requester.arn);
  const root: readonly Requester[] =
    account === undefined ? [] : [{ kind: 'aws', arn: `arn:aws:iam::${account}:root` }];
  const role: readonly Requester[] = session
    ? [{ kind: 'aws', arn: `arn:${session[1]}:iam::${session[2]}:role/${session[3]}` }]
    : [];
  return [...root, ...role, requester];
}

/** Whether an entry names exactly this identity, not an account or role that it belongs to. */
function names(entry: PrincipalEntry, identity: Requester): Ternary {
  if (entry.kind === 'account')
    return ternary(identity.kind === 'aws' && identity.arn.endsWith(`::${entry.account}:root`));
  if (entry.kind === 'aws' && identity.kind === 'aws') {
    if (isRole(entry.arn) && isRole(identity.arn)) return ternary(sameRole(entry.arn, identity.arn));
    return entry.arn === identity.arn ? 'yes' : hasToken(entry.arn) || hasToken(identity.arn) ? 'maybe' : 'no';
  }
  return entryMatches(entry, identity);
}

const sameRole = (a: string, b: string): boolean => {
  const [left, right] = [ROLE.exec(a), ROLE.exec(b)];
  return left?.[2] === right?.[2] && left?.[3] === right?.[3];
};

/**
 * Whether the Principal or NotPrincipal of a statement speaks about the requester. NotPrincipal in a Deny spares only whom
 * it lists under every name he has (account, role and session), and nobody who has a permissions boundary.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function principalsMatch(
  principals: Principals,
  requester: Requester,
  effect: 'Allow' | 'Deny',
  hasBoundary = false,
): Ternary {
  if (principals.kind === 'holder') return 'yes';
  const { kind, entries } = principals;
  if (kind === 'only') return some(entries, (entry) => entryMatches(entry, requester));
  if (effect === 'Allow') return not(some(entries, (entry) => entryMatches(entry, requester)));
  if (hasBoundary) return 'yes';
  return not(
    or(
      some(entries, (entry) => ternary(entry.kind === 'everyone')),
      every(identitiesOf(requester), (identity) => some(entries, (entry) => names(entry, identity))),
    ),
  );
}

export { accountOf };
