import { gradeCertificates, ROLES_ANYWHERE } from '../../aws/policy-document/certificate-trust.ts';
import { demandOf } from '../../aws/policy-document/condition.ts';
import { isDenyUnless } from '../../aws/policy-document/exposure.ts';
import { gradeFederation, issuerName, issuerOf } from '../../aws/policy-document/federation.ts';
import type { Issuer } from '../../aws/policy-document/federation.ts';
import type { Grade } from '../../aws/policy-document/federation-reach.ts';
import { limitOf } from '../../aws/policy-document/limit.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import { hasToken } from '../../aws/policy-document/text.ts';
import { namesItsSource } from '../../aws/source-services.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';
import type { Sum } from './policy-source.ts';
import { accountParty, isOtherOrganization, namedPrincipals } from './trust-account.ts';
import { waysIn } from './trust-ways.ts';
import type { Way } from './trust-ways.ts';
import type { BuildOptions, Facts } from '../subject.ts';

/** One statement of a trust policy for one trusted party. */
export interface Trusted {
  readonly party: string;
  readonly facts: Facts;
  readonly statement: Statement;
}

/** A party that nothing is known of. */
export const LATER = '(known after apply)';

export interface TrustContext {
  readonly role: Resource;
  readonly sum: Sum;
  readonly world: World;
  readonly own: ReadonlySet<string>;
  readonly options: BuildOptions;
}

/** Everybody whom a trust policy lets in, statement by statement. */
export const trustedBy = (context: TrustContext): readonly Trusted[] =>
  waysIn(context.sum.document).flatMap((way) =>
    partiesOf(way, context).map(({ party, facts }) => ({
      party,
      facts: { ...facts, limitedByDeny: way.denies.some(isDenyUnless) },
      statement: way.statement,
    })),
  );

type Party = Pick<Trusted, 'party' | 'facts'>;

function partiesOf(way: Way, context: TrustContext): readonly Party[] {
  const { entry } = way;
  switch (entry.kind) {
    case 'everyone':
      return everyone(way, context);
    case 'service':
      return [serviceParty(entry.name, way)];
    case 'federated':
      return [federatedParty(entry.provider, way, context)];
    case 'account':
    case 'aws':
      return present(accountParty(entry, demands(way), context.own, context.options));
    case 'unknown':
      return [{ party: LATER, facts: { kind: 'everyone', limit: entry.unknown } }];
    case 'canonical':
    default:
      // Trust policies know no canonical users.
      return [];
  }
}

const present = <T>(item: T | undefined): readonly T[] => (item === undefined ? [] : [item]);

/** What a request must have: the conditions of the Allow, and those that a Deny makes everybody meet. */
function demands({ statement: { conditions }, denies }: Way): Statement['conditions'] {
  if (isUnknown(conditions)) return conditions;
  return [...conditions, ...denies.flatMap((deny) => present(demandOf(deny.conditions)))];
}

/** Everyone whom conditions cut down to principals of named accounts is these accounts. */
function everyone({ statement: { conditions } }: Way, { own, options }: TrustContext): readonly Party[] {
  const limit = limitOf(conditions);
  const named = limit === 'account' || limit === 'principal' ? namedPrincipals(conditions) : undefined;
  if (named) return named.flatMap((entry) => present(accountParty(entry, conditions, own, options)));
  const isForeign = limit === 'organization' && isOtherOrganization(conditions, options.organizationId);
  return [{ party: 'everyone', facts: { kind: 'everyone', limit, isForeign } }];
}

/** A star in the place of one kind of principal. */
const anyOf = (party: string, { statement }: Way): Party => ({
  party,
  facts: { kind: 'everyone', limit: limitOf(statement.conditions) },
});

function serviceParty(name: string, way: Way): Party {
  if (name === '*') return anyOf('every AWS service', way);
  const conditions = demands(way);
  if (name === ROLES_ANYWHERE)
    return {
      party: name,
      facts: { kind: 'federated', provider: 'IAM Roles Anywhere', ...reach(gradeCertificates(conditions)) },
    };
  return {
    party: name,
    facts: { kind: 'service', needsSource: namesItsSource(name), hasSource: testsSource(conditions) },
  };
}

/** Keys that say for whom a service acts. Data Firehose sends the account as an external id too. */
const SOURCE = /^aws:source(account|arn|orgid|orgpaths)$|^sts:externalid$/;

function testsSource(conditions: Statement['conditions']): boolean | Unknown {
  if (isUnknown(conditions)) return conditions;
  const limit = limitOf(conditions.filter(({ key }) => SOURCE.test(key)));
  return isUnknown(limit) ? limit : limit !== 'none';
}

function federatedParty(name: string, way: Way, { world, sum }: TrustContext): Party {
  if (name === '*') return anyOf('every identity provider', way);
  const issuer = issuerFor(name, way.statement, world);
  const { provider, grade } = gradeFederation(issuer, demands(way), sum.document.variables);
  return { party: issuer.name, facts: { kind: 'federated', provider, ...reach(grade) } };
}

const reach = (grade: Grade | Unknown): Facts =>
  isUnknown(grade) ? { reach: grade } : { reach: grade.reach, ...(grade.reason === '' ? {} : { lets: grade.reason }) };

/**
 * A provider that the plan creates has no ARN yet: its URL says who it is, else the keys that the conditions test. A part
 * of the ARN that is not known, such as the account, does not matter.
 */
function issuerFor(provider: string, { conditions }: Statement, world: World): Issuer {
  const address = /^⟨ref:(.+)\.arn⟩$/su.exec(provider)?.[1];
  const resource = address === undefined ? undefined : world.at(address);
  if (resource?.type === 'aws_iam_saml_provider') return { name: 'saml', isKnown: true };
  const url = resource?.get('url');
  const name = typeof url === 'string' ? issuerName(url) : address === undefined ? issuerOf(provider) : undefined;
  if (name !== undefined && !hasToken(name)) return { name, isKnown: true };
  const tested = isUnknown(conditions) ? undefined : conditions.find(({ key }) => TESTED.test(key) && !hasToken(key));
  return { name: tested?.key.replace(TESTED, '') ?? name ?? address ?? provider, isKnown: false };
}

const TESTED = /:(sub|aud|amr)$/;
