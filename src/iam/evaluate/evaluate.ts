import type { Statement } from '../../aws/policy-document/statement.ts';
import type { Decision } from '../simulator.ts';
import { isFederatedUser, isRole, isRoot, isServiceLinked, isSession, requesterAccount } from '../match/principal.ts';
import type { Asked as Question, DocumentMatch, DocumentTest, StatementMatch } from './document.ts';
import { accountInArn, contextReader } from './request.ts';
import type { Request } from './request.ts';

/** The kinds of policies that have a say in a request. */
export type Layer = 'identity' | 'resource' | 'boundary' | 'session' | 'scp' | 'rcp';

/** All policies that have a say. A layer that is not there limits nothing; an empty one allows nothing. */
export interface Policies {
  readonly identity: readonly DocumentTest[];
  /** The policy of the resource: a trust policy for `sts:AssumeRole…`, a key policy for `kms:…`. */
  readonly resource?: DocumentTest | undefined;
  readonly boundary?: readonly DocumentTest[] | undefined;
  readonly session?: readonly DocumentTest[] | undefined;
  /** One list of documents for every level from the root of the organization to the account. */
  readonly scp?: readonly (readonly DocumentTest[])[] | undefined;
  readonly rcp?: readonly (readonly DocumentTest[])[] | undefined;
}

/** A statement that decided, and which document of its layer it stands in. */
export interface DecidedBy {
  readonly layer: Layer;
  /** Level of an SCP or RCP, root first. */
  readonly level?: number | undefined;
  /** Index of the document in its layer or level. */
  readonly policy: number;
  readonly statement: Statement;
}

export interface Evaluation {
  readonly decision: Decision;
  readonly decidedBy: readonly DecidedBy[];
  /** Context keys that statements about this request test and that it lacks. */
  readonly missingContext: readonly string[];
}

interface Asked {
  readonly layer: Layer;
  readonly level?: number | undefined;
  readonly matches: readonly DocumentMatch[];
}

/**
 * Decides a request as AWS does: an explicit Deny in any layer wins; then every level of RCPs and SCPs must allow; then
 * identity policies (within boundary and session policy) and the resource policy must allow, either one within an account,
 * both across accounts. What hangs on something that is not known counts against the request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(policies: Policies, request: Request): Evaluation {
  // Everybody may ask who he is, and nobody can be kept from it (STS API reference, GetCallerIdentity).
  if (request.action.toLowerCase() === 'sts:getcalleridentity')
    return { decision: 'allowed', decidedBy: [], missingContext: [] };
  const asked = askAll(policies, request);
  const missingContext = [...new Set(asked.flatMap(({ matches }) => matches.flatMap(({ missing }) => missing)))];
  const denies = asked.flatMap((layer) => statementsOf(layer, ({ denies: found }) => found));
  if (denies.length > 0) return { decision: 'explicitDeny', decidedBy: denies, missingContext };
  const allows = decide(asked, policies, request);
  return allows === undefined
    ? { decision: 'implicitDeny', decidedBy: [], missingContext }
    : { decision: 'allowed', decidedBy: allows, missingContext };
}

/**
 * What documents say by themselves: whether a resource or trust policy opens its door, whatever identity policies of the
 * caller say, which may stand in another account.
 */
export function evaluateAlone(documents: readonly DocumentTest[], request: Request): Evaluation {
  const question = questionOf(request, false);
  const matches = documents.map((document) => document.ask(question));
  const missingContext = [...new Set(matches.flatMap(({ missing }) => missing))];
  const asked: Asked = { layer: 'resource', matches };
  const denies = statementsOf(asked, ({ denies: found }) => found);
  if (denies.length > 0) return { decision: 'explicitDeny', decidedBy: denies, missingContext };
  const allows = allowsOf(asked);
  return { decision: allows.length > 0 ? 'allowed' : 'implicitDeny', decidedBy: allows, missingContext };
}

function statementsOf(
  { layer, level, matches }: Asked,
  pick: (match: DocumentMatch) => readonly StatementMatch[],
): readonly DecidedBy[] {
  return matches.flatMap((match, policy) => pick(match).map(({ statement }) => ({ layer, level, policy, statement })));
}

const certain = ({ allows }: DocumentMatch): readonly StatementMatch[] =>
  allows.filter(({ matches }) => matches === 'yes');

const allowsOf = (layer: Asked): readonly DecidedBy[] => statementsOf(layer, certain);

const questionOf = ({ action, resource, requester, context }: Request, hasBoundary: boolean): Question => ({
  action: action.toLowerCase(),
  resource,
  requester,
  context: contextReader(context),
  hasBoundary,
});

function askAll(policies: Policies, request: Request): readonly Asked[] {
  const { requester } = request;
  // The root user has no policies of its own, and SCPs and RCPs do not hold for the roles of AWS services.
  const own = isRoot(requester) ? { identity: [] } : policies;
  const isLimited = requester.kind !== 'aws' || !isServiceLinked(requester.arn);
  const question = questionOf(request, own.boundary !== undefined);
  const layer = (name: Layer, documents: readonly DocumentTest[] | undefined, level?: number): readonly Asked[] =>
    documents === undefined
      ? []
      : [{ layer: name, level, matches: documents.map((document) => document.ask(question)) }];
  const levels = (name: 'scp' | 'rcp'): readonly Asked[] =>
    (policies[name] ?? []).flatMap((documents, level) => layer(name, documents, level));
  return [
    ...layer('identity', own.identity),
    ...layer('resource', policies.resource && [policies.resource]),
    ...layer('boundary', own.boundary),
    ...layer('session', own.session),
    ...(isLimited && hasIdentity(request) ? levels('scp') : []),
    ...(isLimited ? levels('rcp') : []),
  ];
}

/** True for users, roles and root, whom identity policies and SCPs speak about; not for services and other strangers. */
const hasIdentity = ({ requester }: Request): boolean => requester.kind === 'holder' || requester.kind === 'aws';

/** The statements that allow the request; undefined when it is not allowed. */
function decide(asked: readonly Asked[], policies: Policies, request: Request): readonly DecidedBy[] | undefined {
  const levels = asked.filter(({ layer }) => layer === 'scp').map(allowsOf);
  if (levels.some((found) => found.length === 0)) return undefined;
  const of = (name: Layer): readonly DecidedBy[] | undefined => {
    const found = asked.find(({ layer }) => layer === name);
    return found && allowsOf(found);
  };
  const [identity, boundary, session] = [of('identity') ?? [], of('boundary'), of('session')];
  const limits = [boundary, session].filter((found) => found !== undefined);
  const isWithin = limits.every((found) => found.length > 0);
  const isGranted = (identity.length > 0 && mayUseIdentity(request, session)) || isRoot(request.requester);
  const byIdentity = isGranted && isWithin ? [...identity, ...limits.flat()] : undefined;
  const resource = of('resource');
  if (resource === undefined) return byIdentity && [...byIdentity, ...levels.flat()];
  const granted = grant(resource, { request, isWithin, byIdentity, policies });
  return granted && [...granted, ...levels.flat()];
}

/** A session of GetFederationToken has of its user's permissions only what its session policy allows. */
const mayUseIdentity = (request: Request, session: readonly DecidedBy[] | undefined): boolean =>
  hasIdentity(request) &&
  (session !== undefined || request.requester.kind !== 'aws' || !isFederatedUser(request.requester.arn));

interface Circumstances {
  readonly request: Request;
  /** Boundary and session policy allow the request. */
  readonly isWithin: boolean;
  readonly byIdentity: readonly DecidedBy[] | undefined;
  readonly policies: Policies;
}

/** What identity policies and a resource policy grant together. */
function grant(
  resource: readonly DecidedBy[],
  { request, isWithin, byIdentity, policies }: Circumstances,
): readonly DecidedBy[] | undefined {
  const { requester } = request;
  if (requester.kind !== 'aws' && requester.kind !== 'holder') return resource.length > 0 ? resource : undefined;
  const accounts = [requesterAccount(requester), request.resourceAccount ?? accountInArn(request.resource)];
  const isCrossAccount = accounts[0] !== undefined && accounts[1] !== undefined && accounts[0] !== accounts[1];
  if (isCrossAccount) return byIdentity && resource.length > 0 ? [...byIdentity, ...resource] : undefined;
  const direct = resource.find(({ statement }) => grantsByItself(statement, request, isWithin));
  if (direct) return [direct];
  if (!byIdentity) return undefined;
  return mustAllowItself(request.action) && policies.resource
    ? resource.length > 0
      ? [...byIdentity, ...resource]
      : undefined
    : byIdentity;
}

/** Role trust policies and key policies decide alone whom they let in; an identity policy cannot stand in for them. */
const mustAllowItself = (action: string): boolean =>
  /^(kms:|sts:(assumerole|tagsession|setsourceidentity))/i.test(action);

/**
 * Whether an Allow of a resource policy of the same account is enough by itself. One for the account only hands the
 * decision to its identity policies. One for a role is still limited by boundary and session policy; one for a user, for
 * a session or for everyone is not.
 */
function grantsByItself({ principals }: Statement, { requester }: Request, isWithin: boolean): boolean {
  if (principals.kind === 'holder' || requester.kind !== 'aws') return false;
  if (principals.kind === 'except') return true;
  return principals.entries.some((entry) => {
    if (entry.kind === 'everyone') return true;
    if (entry.kind !== 'aws') return false;
    if (entry.arn === requester.arn) return isWithin || !isRole(entry.arn);
    return (
      isSession(requester.arn) && isRole(entry.arn) && entry.arn.endsWith(`/${roleNameOf(requester.arn)}`) && isWithin
    );
  });
}

const roleNameOf = (session: string): string => session.split(':assumed-role/')[1]?.split('/')[0] ?? '';
