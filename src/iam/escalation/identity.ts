import { hasToken } from '../../aws/policy-document/text.ts';
import type { Actor, Estate } from './actor.ts';

/** Context keys that a request must carry, with their value; null for a key that it must lack. */
export type Fixed = Readonly<Record<string, string | null>>;

/** As whom somebody makes requests. */
export interface Identity {
  /** The ARN that trust policies name and requests carry. One that AWS has not given yet is made up. */
  readonly arn: string;
  /** What his requests carry of their own. */
  readonly context: Fixed;
  /** What a policy variable is worth in his requests, by its key in lower case; undefined when they lack it. */
  readonly variable: (key: string) => string | undefined;
}

export function identityOf(actor: Actor, estate: Estate): Identity {
  const arn = requesterArn(actor, estate);
  const [, username = ''] = /([^/]+)$/.exec(arn) ?? [];
  const isUser = actor.kind === 'user' || actor.kind === 'group';
  return {
    arn,
    context: contextOf(actor, arn, username),
    variable: (key) => valueOf(key, arn, isUser, username, estate),
  };
}

/** Whoever is in a group is some user, whoever gets a permission set some role; of an unattached policy nobody knows. */
function requesterArn({ kind, name, arn }: Actor, estate: Estate): string {
  const principal = (path: string): string => `arn:${estate.partition}:iam::${estate.account}:${path}`;
  switch (kind) {
    case 'role':
    case 'user':
      return literalArn(kind, arn, estate);
    case 'group':
      return principal('user/planwarden-member');
    case 'permission set':
      return principal(
        `role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${name.slice(kind.length + 1)}_0123456789abcdef`,
      );
    case 'unattached policy':
    default:
      return principal('role/planwarden-holder');
  }
}

/** The ARN of somebody as policies write it, when it is not known yet. */
export const literalArn = (kind: string, arn: string, estate: Estate): string =>
  hasToken(arn) ? (resolved(arn, estate) ?? madeUp(kind, arn, estate)) : arn;

const TOKEN = /^⟨ref:(.+)\.([^.⟩]+)⟩$/su;

function resolved(arn: string, { valueOf }: Estate): string | undefined {
  const [, address, attribute] = TOKEN.exec(arn) ?? [];
  return address === undefined || attribute === undefined ? undefined : valueOf(address, attribute);
}

const references = new WeakMap<Estate, Estate['valueOf']>();

/** What references stand for in an estate: everybody in it has an ARN, made up where nothing tells it. */
export function referencesIn(estate: Estate): Estate['valueOf'] {
  const found = references.get(estate) ?? withOwnArns(estate);
  references.set(estate, found);
  return found;
}

function withOwnArns(estate: Estate): Estate['valueOf'] {
  const unknown = estate.actors.filter(({ arn }) => hasToken(arn));
  const arns = new Map(unknown.map(({ kind, arn }) => [arn, literalArn(kind, arn, estate)]));
  return (address, attribute) => estate.valueOf(address, attribute) ?? arns.get(`⟨ref:${address}.${attribute}⟩`);
}

const madeUp = (kind: string, token: string, { partition, account }: Estate): string =>
  `arn:${partition}:iam::${account}:${kind}/planwarden-${token.replaceAll(/[^a-zA-Z0-9]+/g, '-')}`;

function contextOf({ kind }: Actor, arn: string, username: string): Fixed {
  switch (kind) {
    case 'user':
      return { 'aws:username': username, 'aws:PrincipalArn': arn, 'aws:PrincipalType': 'User' };
    case 'group':
      return { 'aws:PrincipalType': 'User' };
    case 'role':
    case 'permission set':
      return { 'aws:username': null, 'aws:PrincipalArn': arn, 'aws:PrincipalType': 'AssumedRole' };
    case 'unattached policy':
    default:
      return {};
  }
}

/** Variables of which nothing is known have a value that no policy names: what they single out is nobody else's. */
function valueOf(key: string, arn: string, isUser: boolean, username: string, { account }: Estate): string | undefined {
  switch (key) {
    case 'aws:username':
      return isUser ? username : undefined;
    case 'aws:principalarn':
      return arn;
    case 'aws:principalaccount':
      return account;
    default:
      return `planwarden-${key.replaceAll(/[^a-z0-9]+/g, '-')}`;
  }
}
