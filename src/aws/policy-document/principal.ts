import { isList, isObject, isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import { every, not, or, some } from './ternary.ts';
import { hasToken, textOf } from './text.ts';
import type { Ternary } from './ternary.ts';
import type { PrincipalEntry, Principals } from './statement.ts';

/** Reads Principal or NotPrincipal; neither means the holder of the policy. */
export function parsePrincipals(only: Value | undefined, except: Value | undefined): Principals {
  if (only !== undefined && only !== null) return { kind: 'only', entries: entriesOf(only) };
  if (except !== undefined && except !== null) return { kind: 'except', entries: entriesOf(except) };
  return { kind: 'holder' };
}

function entriesOf(value: Value): readonly PrincipalEntry[] {
  if (isUnknown(value)) return [{ kind: 'unknown', unknown: value }];
  if (!isObject(value)) return listOf(value).map((item) => entry('AWS', item));
  return Object.entries(value).flatMap(([type, items]) => listOf(items).map((item) => entry(type, item)));
}

const listOf = (value: Value): readonly Value[] => (isList(value) ? value : [value]);

function entry(type: string, value: Value): PrincipalEntry {
  const name = textOf(value);
  if (isUnknown(name)) return { kind: 'unknown', unknown: name };
  switch (type.toLowerCase()) {
    case 'service':
      return { kind: 'service', name: name.toLowerCase() };
    case 'federated':
      return { kind: 'federated', provider: name };
    case 'canonicaluser':
      return { kind: 'canonical', id: name };
    default:
      return awsEntry(name);
  }
}

const ACCOUNT_ROOT = /^arn:aws[a-z-]*:iam::(\d{12}):root$/;
const SESSION = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([^/]+)\/.+$/;

/** AWS refuses partial wildcards in a principal; one in the account part is read as everyone, to be safe. */
function awsEntry(value: string): PrincipalEntry {
  if (value === '*') return { kind: 'everyone' };
  const account = /^\d{12}$/.exec(value)?.[0] ?? ACCOUNT_ROOT.exec(value)?.[1];
  if (account !== undefined) return { kind: 'account', account };
  return value.split(':')[4]?.includes('*') === true ? { kind: 'everyone' } : { kind: 'aws', arn: value };
}

/** The account a principal belongs to, when its ARN or id says so. */
export function accountOf(entry: PrincipalEntry): string | undefined {
  if (entry.kind === 'account') return entry.account;
  return entry.kind === 'aws' ? /^arn:aws[a-z-]*:[a-z]+::(\d{12}):/.exec(entry.arn)?.[1] : undefined;
}

/** True for principals that stand for any AWS customer, any AWS service or any identity provider. */
export const isAnyone = (entry: PrincipalEntry): boolean =>
  entry.kind === 'everyone' ||
  (entry.kind === 'service' && entry.name === '*') ||
  (entry.kind === 'federated' && entry.provider === '*');

/** Whether every request by a principal of `inner` is also one by a principal of `outer`. */
export function principalsCover(outer: Principals, inner: Principals): Ternary {
  if (outer.kind === 'holder' || inner.kind === 'holder') return outer.kind === inner.kind ? 'yes' : 'no';
  if (inner.kind === 'except') return exceptCovered(outer, inner.entries);
  return every(inner.entries, (item) =>
    outer.kind === 'only'
      ? some(outer.entries, (other) => entryCovers(other, item))
      : not(some(outer.entries, (other) => or(entryCovers(other, item), entryCovers(item, other)))),
  );
}

/** Everyone except some is covered by everyone, or by everyone except fewer. */
function exceptCovered(outer: Exclude<Principals, { kind: 'holder' }>, excluded: readonly PrincipalEntry[]): Ternary {
  if (outer.kind === 'only') return outer.entries.some((item) => item.kind === 'everyone') ? 'yes' : 'no';
  return every(outer.entries, (item) => some(excluded, (other) => entryCovers(other, item)));
}

function entryCovers(outer: PrincipalEntry, inner: PrincipalEntry): Ternary {
  if (outer.kind === 'everyone') return 'yes';
  if (outer.kind === 'unknown' || inner.kind === 'unknown') return sameUnknown(outer, inner) ? 'yes' : 'maybe';
  switch (outer.kind) {
    case 'account':
      return accountOf(inner) === outer.account ? 'yes' : inner.kind === 'aws' && hasToken(inner.arn) ? 'maybe' : 'no';
    case 'aws':
      return inner.kind === 'aws' ? arnCovers(outer.arn, inner.arn) : 'no';
    case 'service':
      return inner.kind === 'service' ? nameCovers(outer.name, inner.name) : 'no';
    case 'federated':
      return inner.kind === 'federated' ? nameCovers(outer.provider, inner.provider) : 'no';
    case 'canonical':
    default:
      return inner.kind === 'canonical' && inner.id === outer.id ? 'yes' : 'no';
  }
}

const nameCovers = (outer: string, inner: string): Ternary =>
  outer === '*' || (outer === inner && !outer.includes('⟨unknown:'))
    ? 'yes'
    : hasToken(outer) || hasToken(inner)
      ? 'maybe'
      : 'no';

function arnCovers(outer: string, inner: string): Ternary {
  if (outer === inner && !outer.includes('⟨unknown:')) return 'yes';
  if (hasToken(outer) || hasToken(inner)) return 'maybe';
  const session = SESSION.exec(inner);
  const role = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(outer);
  return session !== null && role !== null && session[2] === role[1] && session[3] === role[2] ? 'yes' : 'no';
}

const sameUnknown = (a: PrincipalEntry, b: PrincipalEntry): boolean =>
  a.kind === 'unknown' && b.kind === 'unknown' && a.unknown === b.unknown;
