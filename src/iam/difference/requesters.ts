import { accountOf } from '../../aws/policy-document/principal.ts';
import type { PrincipalEntry, Statement } from '../../aws/policy-document/statement.ts';
import type { Requester } from '../match/principal.ts';
import { isRole } from '../match/principal.ts';

/** An account that nobody names. */
const STRANGER = '999999999999';

/** Names of those whom nobody names; the first one that no statement mentions is taken. */
const UNNAMED = ['example', 'other', 'someone', 'unnamed'];

/** Whoever else there is, in the order in which a reviewer would name them. */
const others = (name: string): readonly Requester[] => [
  { kind: 'anonymous' },
  { kind: 'service', name: `${name}.amazonaws.com` },
  { kind: 'federated', provider: `arn:aws:iam::999999999999:oidc-provider/${name}.com` },
  { kind: 'canonical', id: name },
];

/**
 * Requesters, one at least for every way in which the Principal elements of the statements can come out together: whom
 * they name, somebody else of every account they name, a stranger, and one of every other kind.
 */
export function requestersOf(statements: readonly Statement[]): readonly Requester[] {
  if (statements.every(({ principals }) => principals.kind === 'holder')) return [{ kind: 'holder' }];
  const entries = statements.flatMap(({ principals }) => (principals.kind === 'holder' ? [] : principals.entries));
  const accounts = new Set(entries.map(accountOf).filter((account) => account !== undefined));
  const stranger = accounts.has(STRANGER) ? unused(accounts) : STRANGER;
  const name = unusedName(entries);
  return [
    ...entries.flatMap((entry) => named(entry, name)),
    ...[...accounts, stranger].map((account) => someoneOf(account, name)),
    ...[...accounts].map(rootOf),
    ...others(name),
  ];
}

const someoneOf = (account: string, name: string): Requester => ({
  kind: 'aws',
  arn: `arn:aws:iam::${account}:role/${name}`,
});

const rootOf = (account: string): Requester => ({ kind: 'aws', arn: `arn:aws:iam::${account}:root` });

function unusedName(entries: readonly PrincipalEntry[]): string {
  const mentioned = JSON.stringify(entries);
  for (let number = 0; ; number++) {
    const name = UNNAMED[number] ?? `unnamed${number}`;
    if (!mentioned.includes(name)) return name;
  }
}

function unused(accounts: ReadonlySet<string>): string {
  let candidate = 999_999_999_998;
  while (accounts.has(String(candidate))) candidate--;
  return String(candidate);
}

/** Whom an entry names, and where others may come under the same entry, one of them. */
function named(entry: PrincipalEntry, name: string): readonly Requester[] {
  switch (entry.kind) {
    case 'aws':
      return isRole(entry.arn)
        ? [{ kind: 'aws', arn: entry.arn }, sessionOf(entry.arn, name)]
        : [{ kind: 'aws', arn: entry.arn }];
    case 'service':
      return entry.name === '*' ? [] : [{ kind: 'service', name: entry.name }];
    case 'federated':
      return entry.provider === '*' ? [] : [{ kind: 'federated', provider: entry.provider }];
    case 'canonical':
      return [{ kind: 'canonical', id: entry.id }];
    case 'account':
    case 'everyone':
    case 'unknown':
    default:
      return [];
  }
}

/** A session of a role is the role, and has a name of its own that a policy may list. */
function sessionOf(role: string, name: string): Requester {
  const [, account = '', path = ''] = /^arn:[^:]*:iam::(\d{12}):role\/(.+)$/.exec(role) ?? [];
  return { kind: 'aws', arn: `arn:aws:sts::${account}:assumed-role/${path.split('/').at(-1) ?? ''}/${name}` };
}

/** How people write a requester; undefined for the holder of the policies. */
export function requesterText(requester: Requester): string | undefined {
  switch (requester.kind) {
    case 'holder':
      return undefined;
    case 'anonymous':
      return '*';
    case 'aws':
      return requester.arn;
    case 'service':
      return requester.name;
    case 'federated':
      return requester.provider;
    case 'canonical':
    default:
      return requester.id;
  }
}
