import { parseDocument } from '../../../src/aws/policy-document/parse.ts';
import type { Document } from '../../../src/aws/policy-document/statement.ts';
import { sideOf } from '../../../src/iam/difference/side.ts';
import type { Actor, ActorKind, Estate } from '../../../src/iam/escalation/actor.ts';
import type { Completed } from '../../../src/iam/escalation/completed.ts';
import { escalationsOf } from '../../../src/iam/escalation/escalations.ts';
import type { Value } from '../../../src/plan/value.ts';

export const ACCOUNT = '111122223333';
export const ADMINISTRATOR_ACCESS = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** The ARN of a principal or policy: `role/ci`. */
export const iam = (path: string): string => `arn:aws:iam::${ACCOUNT}:${path}`;

type Json = object;

export const allow = (Action: string | string[], Resource: string | string[] = '*', Condition?: Json): Json => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
export const deny = (Action: string | string[], Resource: string | string[] = '*', Condition?: Json): Json => ({
  ...allow(Action, Resource, Condition),
  Effect: 'Deny',
});
/** A statement of a trust policy. */
export const trusts = (Principal: Json | '*', Condition?: Json): Json => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...(Condition && { Condition }),
});

export function documentOf(statements: readonly Json[]): Document {
  const document = parseDocument({ Version: '2012-10-17', Statement: statements } as Value);
  if (document.kind !== 'document') throw new Error('this is no policy');
  return document;
}

interface Given extends Partial<Omit<Actor, 'id' | 'grants' | 'trust' | 'isAdmin' | 'isBounded'>> {
  readonly boundary?: readonly Json[];
  readonly trust?: readonly Json[];
  readonly isAdmin?: boolean;
}

/** Somebody who is granted these statements. */
export function actor(
  name: string,
  grants: readonly Json[],
  { boundary, trust, isAdmin = false, ...given }: Given = {},
): Actor {
  const kind: ActorKind = given.kind ?? 'role';
  const side = sideOf(documentOf(grants), boundary && documentOf(boundary));
  const admits = trust && documentOf(trust);
  return {
    arn: iam(`${kind}/${name}`),
    groups: [],
    policies: [],
    name: `${kind} ${name}`,
    ...given,
    kind,
    id: `${kind}:${name}`,
    isBounded: boundary !== undefined || given.limit !== undefined,
    grants: () => side,
    trust: () => admits,
    isAdmin: () => isAdmin,
  };
}

export const user = (name: string, grants: readonly Json[], given: Given = {}): Actor =>
  actor(name, grants, { ...given, kind: 'user' });

/** An administrator who lets somebody in. */
export const admin = (name: string, ...trust: readonly Json[]): Actor =>
  actor(name, [allow('*')], { trust, isAdmin: true });

export const estate = (...actors: readonly Actor[]): Estate => ({
  account: ACCOUNT,
  partition: 'aws',
  actors,
  valueOf: () => undefined,
});

/** The paths that the first of them completes. */
export const completedBy = (one: Actor, ...others: readonly Actor[]): readonly Completed[] =>
  escalationsOf(estate(one, ...others), one).completed;

/** The same in short: `high iam-put-role-policy itself`. */
export const pathsOf = (one: Actor, ...others: readonly Actor[]): readonly string[] =>
  completedBy(one, ...others).map(({ severity, path, scope }) => `${severity} ${path.id} ${scope}`);

/** Ids of the paths that cannot be told before apply. */
export const doubtsOf = (one: Actor, ...others: readonly Actor[]): readonly string[] =>
  escalationsOf(estate(one, ...others), one).doubtful.map(({ path }) => path.id);
