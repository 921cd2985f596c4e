import { hasTokens } from '../match/symbols.ts';
import type { Requester } from '../match/principal.ts';
import type { RequestContext } from '../simulator.ts';

/** One concrete request to AWS. */
export interface Request {
  /** `s3:GetObject`; the case does not matter. */
  readonly action: string;
  /** An ARN, or `*` for an action without resources. */
  readonly resource: string;
  /** The account that the resource belongs to; undefined when its ARN says so, or nobody does. */
  readonly resourceAccount?: string | undefined;
  readonly requester: Requester;
  readonly context: RequestContext;
}

/** Web identity providers that a request names by their domain, as trust policies do. */
const WEB_IDENTITY = new Set([
  'accounts.google.com',
  'www.amazon.com',
  'graph.facebook.com',
  'cognito-identity.amazonaws.com',
]);

/**
 * Who makes a request, from how people write it: an ARN, an account id, a service or a web identity provider; `*` or
 * nothing is an anonymous caller.
 * @param action a service principal is told from an identity provider of the same name by what it asks for
 */
export function requesterOf(principal: string | undefined, action = ''): Requester {
  if (principal === undefined || principal === '' || principal === '*') return { kind: 'anonymous' };
  if (/^\d{12}$/.test(principal)) return { kind: 'aws', arn: `arn:aws:iam::${principal}:root` };
  if (/:(oidc|saml)-provider\//.test(principal)) return { kind: 'federated', provider: principal };
  if (principal.startsWith('arn:') || hasTokens(principal) || principal.startsWith('⟨'))
    return { kind: 'aws', arn: principal };
  if (WEB_IDENTITY.has(principal) && /webidentity$/i.test(action)) return { kind: 'federated', provider: principal };
  if (/^[0-9a-f]{64}$/.test(principal)) return { kind: 'canonical', id: principal };
  if (/^(AIDA|AROA|AGPA|ANPA)[A-Z0-9]+/.test(principal)) return { kind: 'aws', arn: principal };
  return principal.includes('.') ? { kind: 'service', name: principal.toLowerCase() } : { kind: 'aws', arn: principal };
}

/** The account in an ARN. */
export const accountInArn = (arn: string): string | undefined => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];

/** A context whose keys are found in any case. */
export function contextReader(context: RequestContext): (key: string) => readonly string[] | undefined {
  const byKey = new Map(Object.entries(context).map(([key, values]) => [key.toLowerCase(), values]));
  return (key) => byKey.get(key);
}
