import { allowsOf, deniesOf } from '../../aws/policy-document/statements.ts';
import { scopeCovers, statementCovers } from '../../aws/policy-document/cover.ts';
import { actionsMeet } from '../../aws/policy-document/pattern.ts';
import type { Document, Patterns, PrincipalEntry, Statement } from '../../aws/policy-document/statement.ts';

/** One principal that one Allow of a trust policy lets take the role. */
export interface Way {
  readonly entry: PrincipalEntry;
  readonly statement: Statement;
  /** Deny statements that speak about all that is let in this way, under some condition. */
  readonly denies: readonly Statement[];
}

const ASSUME = 'sts:assumerole';
const SAML = 'sts:assumerolewithsaml';
const WEB_IDENTITY = 'sts:assumerolewithwebidentity';

/**
 * Everybody whom a trust policy lets in. Tagging a session or setting its source identity is not a way in by itself, and a
 * Deny without an exception takes a way back.
 */
export function waysIn(document: Document): readonly Way[] {
  const denies = deniesOf(document);
  return allowsOf(document).flatMap((statement) =>
    entriesOf(statement).flatMap((entry): readonly Way[] => {
      const asked = actionsFor(entry)
        .map((action) => ({ kind: 'only', patterns: [action] }) as const)
        .filter((actions) => actionsMeet(statement.actions, actions) !== 'no')
        .map((actions) => requestOf(entry, actions, statement))
        .filter((request) => denies.every((deny) => statementCovers(deny, request) !== 'yes'));
      if (asked.length === 0) return [];
      const speaking = denies.filter((deny) => asked.every((request) => scopeCovers(deny, request) === 'yes'));
      return [{ entry, statement, denies: speaking }];
    }),
  );
}

const requestOf = (entry: PrincipalEntry, actions: Patterns, statement: Statement): Statement => ({
  ...statement,
  actions,
  principals: { kind: 'only', entries: [entry] },
});

/** NotPrincipal is not meant for trust policies; in an Allow it lets in everyone else. */
function entriesOf({ principals }: Statement): readonly PrincipalEntry[] {
  if (principals.kind === 'holder') return [];
  return principals.kind === 'except' ? [{ kind: 'everyone' }] : principals.entries;
}

/**
 * The calls by which a principal can take a role: tokens and assertions have their own (STS API reference), and nobody
 * signs a request as an identity provider.
 */
function actionsFor(entry: PrincipalEntry): readonly string[] {
  switch (entry.kind) {
    case 'everyone':
    case 'unknown':
      return [ASSUME, SAML, WEB_IDENTITY];
    case 'federated':
      return federatedActions(entry.provider);
    case 'account':
    case 'aws':
    case 'service':
    case 'canonical':
    default:
      return [ASSUME];
  }
}

/** A provider that the plan creates is told by the type of its resource. */
function federatedActions(provider: string): readonly string[] {
  if (/saml[-_]provider/.test(provider)) return [SAML];
  return /oidc-provider|openid_connect_provider/.test(provider) ? [WEB_IDENTITY] : [SAML, WEB_IDENTITY];
}
