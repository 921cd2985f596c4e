import { describe, expect, it } from 'vitest';
import { judgementsOf, planOf, policyText, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const TRUST = [
  'iam/assume-role-any-principal',
  'iam/assume-role-cross-account',
  'iam/federated-trust-too-broad',
  'iam/service-trust-without-source',
  'iam/deny-or-condition-removed',
];
const OTHER = '999988887777';
const GITHUB = 'token.actions.githubusercontent.com';
const GITHUB_ARN = `arn:aws:iam::111122223333:oidc-provider/${GITHUB}`;
const MAIN = 'repo:acme/app:ref:refs/heads/main';

const values = (statements: readonly object[]) => ({
  name: 'app',
  id: 'app',
  arn: 'arn:aws:iam::111122223333:role/app',
  assume_role_policy: policyText(...statements),
});
const role = (before: readonly object[] | null, after: readonly object[]): Instance => ({
  address: 'aws_iam_role.app',
  before: before && values(before),
  after: values(after),
});
const trust = (Principal: object | string, Condition: object = {}, Action: string | string[] = 'sts:AssumeRole') => ({
  Effect: 'Allow',
  Principal,
  Action,
  Condition,
});
const deny = (Principal: object | string, Condition: object = {}, Action: string | string[] = 'sts:AssumeRole') => ({
  ...trust(Principal, Condition, Action),
  Effect: 'Deny',
});
const web = (Condition: object) => trust({ Federated: GITHUB_ARN }, Condition, 'sts:AssumeRoleWithWebIdentity');
const own = trust({ Service: 'lambda.amazonaws.com' });

const short = (lines: readonly string[]) => lines.map((line) => line.split(' ').slice(0, 3).join(' '));
const review = (instances: readonly Instance[], options = {}) => short(reviewOf(TRUST, instances, options));
/** What is said of statements that a role has beside one that is fine. */
const added = (...statements: readonly object[]) => review([role([own], [own, ...statements])]);
const messages = (statement: object, options = {}) =>
  judgementsOf(TRUST, planOf([role([own], [own, statement])]), options).map(({ message }) => message);

const EVERYONE = 'introduced critical iam/assume-role-any-principal';
const FEDERATED = 'introduced critical iam/federated-trust-too-broad';
const ACCOUNT = 'introduced high iam/assume-role-cross-account';
const ASKED = 'introduced medium iam/assume-role-cross-account';

describe('a way to take a role', () => {
  it.each<[string, object, string[]]>([
    ['tagging a session', trust('*', {}, 'sts:TagSession'), []],
    ['setting a source identity', trust('*', {}, ['sts:SetSourceIdentity', 'sts:TagSession']), []],
    ['every action of STS', trust('*', {}, 'sts:*'), [EVERYONE]],
    ['every action', trust({ AWS: OTHER }, {}, '*'), [ACCOUNT]],
    ['actions that begin alike', trust('*', {}, 'sts:Assume*'), [EVERYONE]],
    ['everything but one way', { ...trust('*'), Action: undefined, NotAction: 'sts:AssumeRole' }, [EVERYONE]],
    ['nothing but other ways', { ...trust({ AWS: OTHER }), Action: undefined, NotAction: 'sts:AssumeRole' }, []],
    ['a token of everyone', trust('*', {}, 'sts:AssumeRoleWithWebIdentity'), [EVERYONE]],
    ['everyone but one', { ...trust('*'), Principal: undefined, NotPrincipal: { AWS: OTHER } }, [EVERYONE]],
    ['a token of an account, which has none', trust({ AWS: OTHER }, {}, 'sts:AssumeRoleWithWebIdentity'), []],
    ['a signature of a provider, which signs none', trust({ Federated: GITHUB_ARN }), []],
    ['an assertion of an OIDC provider', trust({ Federated: GITHUB_ARN }, {}, 'sts:AssumeRoleWithSAML'), []],
    ['every way of a provider', trust({ Federated: GITHUB_ARN }, {}, 'sts:*'), [FEDERATED]],
    [
      'an assertion',
      trust({ Federated: 'arn:aws:iam::111122223333:saml-provider/idp' }, {}, 'sts:AssumeRoleWithSAML'),
      ['introduced medium iam/federated-trust-too-broad'],
    ],
    [
      'an assertion for the sign-in page of AWS',
      trust(
        { Federated: 'arn:aws:iam::111122223333:saml-provider/idp' },
        { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      ),
      [],
    ],
    ['any provider', trust({ Federated: '*' }, {}, 'sts:AssumeRoleWithSAML'), [EVERYONE]],
  ])('is %s, or not', (_, statement, expected) => {
    expect(added(statement)).toEqual(expected);
  });

  it.each<[string, object | string]>([
    ['a user of the own account', { AWS: 'arn:aws:iam::111122223333:user/eve' }],
    ['a session of the own account', { AWS: 'arn:aws:sts::111122223333:assumed-role/ci/run' }],
    ['somebody who is deleted', { AWS: 'AIDAJQABLZS4A3QDU576Q' }],
    ['a canonical user', { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }],
  ])('by %s is normal', (_, principal) => {
    expect(added(trust(principal))).toEqual([]);
  });
});

describe('a Deny in a trust policy', () => {
  const tagged = ['sts:AssumeRole', 'sts:TagSession'];

  it.each<[string, object[], string[]]>([
    ['of the way in', [trust('*', {}, tagged), deny('*')], []],
    ['of each way in', [trust('*', {}, 'sts:*'), deny('*'), deny('*', {}, 'sts:AssumeRoleWith*')], []],
    ['of one of the ways in', [trust('*', {}, 'sts:*'), deny('*')], [EVERYONE]],
    ['of tags alone', [trust('*', {}, tagged), deny('*', {}, 'sts:TagSession')], [EVERYONE]],
    ['for somebody else', [trust({ AWS: OTHER }), deny({ AWS: '444455556666' })], [ACCOUNT]],
    [
      'for all but the own account',
      [trust({ AWS: OTHER }), { ...deny('*'), Principal: undefined, NotPrincipal: { AWS: '111122223333' } }],
      [],
    ],
    [
      'unless the external id is right',
      [trust({ AWS: OTHER }), deny('*', { StringNotEquals: { 'sts:ExternalId': 'x' } })],
      [ASKED],
    ],
    [
      'without MFA',
      [trust({ AWS: OTHER }), deny('*', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })],
      [ASKED],
    ],
    [
      'without MFA, which access keys pass',
      [trust({ AWS: OTHER }), deny('*', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } })],
      [ACCOUNT],
    ],
    [
      'that holds only for one region',
      [
        trust({ AWS: OTHER }),
        deny('*', { StringNotEquals: { 'sts:ExternalId': 'x', 'aws:RequestedRegion': 'eu-west-1' } }),
      ],
      [ACCOUNT],
    ],
    [
      'of every other subject',
      [
        web({ StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } }),
        deny('*', { StringNotEquals: { [`${GITHUB}:sub`]: MAIN } }, 'sts:AssumeRoleWithWebIdentity'),
      ],
      [],
    ],
    [
      'of one subject',
      [
        web({ StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } }),
        deny('*', { StringEquals: { [`${GITHUB}:sub`]: 'repo:evil/app:ref:refs/heads/main' } }, 'sts:*'),
      ],
      [FEDERATED],
    ],
  ])('%s counts for what it is', (_, statements, expected) => {
    expect(added(...statements)).toEqual(expected);
  });
});

describe('another account', () => {
  const asking = (Condition: object) => trust({ AWS: OTHER }, Condition);

  it.each<[string, object, string]>([
    ['an external id', asking({ StringEquals: { 'sts:ExternalId': 'x' } }), ASKED],
    ['any external id', asking({ StringLike: { 'sts:ExternalId': '*' } }), ACCOUNT],
    ['some external id', asking({ Null: { 'sts:ExternalId': 'false' } }), ACCOUNT],
    ['an external id if there is one', asking({ StringEqualsIfExists: { 'sts:ExternalId': 'x' } }), ACCOUNT],
    ['an organization', asking({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }), ASKED],
    [
      'a part of an organization',
      asking({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/r-1/*' } }),
      ASKED,
    ],
    ['MFA', asking({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), ASKED],
    ['recent MFA', asking({ NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }), ASKED],
    ['MFA if there is some', asking({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }), ACCOUNT],
  ])('is asked for %s', (_, statement, expected) => {
    expect(added(statement)).toEqual([expected]);
  });

  it('may be everyone of a named account', () => {
    const inAccount = (key: string, value: string | string[], operator = 'StringEquals') =>
      added(trust('*', { [operator]: { [key]: value } }));
    expect(inAccount('aws:PrincipalAccount', OTHER)).toEqual([ACCOUNT]);
    expect(inAccount('aws:PrincipalAccount', '111122223333')).toEqual([]);
    expect(inAccount('aws:PrincipalAccount', ['111122223333', '444455556666'])).toEqual([]);
    expect(inAccount('aws:PrincipalArn', `arn:aws:iam::${OTHER}:role/deploy-*`, 'ArnLike')).toEqual([ACCOUNT]);
    expect(inAccount('aws:PrincipalArn', 'arn:aws:iam::*:role/deploy', 'ArnLike')).toEqual([EVERYONE]);
    expect(inAccount('aws:PrincipalAccount', OTHER, 'StringEqualsIfExists')).toEqual([EVERYONE]);
  });

  it('is not new when everyone was let in before, and is when only some were', () => {
    expect(review([role([trust('*')], [trust({ AWS: OTHER })])])).toEqual([
      'persisting high iam/assume-role-cross-account',
      'resolved critical iam/assume-role-any-principal',
    ]);
    const member = trust('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } });
    expect(review([role([member], [trust({ AWS: OTHER })])])).toContain(ACCOUNT);
  });

  it('is judged by the loosest of its statements, whatever their order', () => {
    const strict = asking({ StringEquals: { 'sts:ExternalId': 'x' } });
    expect(added(strict, trust({ AWS: `arn:aws:iam::${OTHER}:role/ci` }))).toEqual([ACCOUNT]);
    expect(added(trust({ AWS: `arn:aws:iam::${OTHER}:role/ci` }), strict)).toEqual([ACCOUNT]);
    const wide = web({ StringLike: { [`${GITHUB}:sub`]: 'repo:*', [`${GITHUB}:aud`]: 'sts.amazonaws.com' } });
    const narrow = web({ StringEquals: { [`${GITHUB}:sub`]: MAIN, [`${GITHUB}:aud`]: 'sts.amazonaws.com' } });
    expect(added(wide, narrow)).toEqual([FEDERATED]);
    expect(added(narrow, wide)).toEqual([FEDERATED]);
  });
});

it('everyone of another organization than the own one is high', () => {
  const member = (id: string) => trust('*', { StringEquals: { 'aws:PrincipalOrgID': id } });
  const organizationId = 'o-own';
  const of = (id: string) => review([role([own], [own, member(id)])], { organizationId });
  expect(of('o-own')).toEqual(['introduced info iam/assume-role-any-principal']);
  expect(of('o-other')).toEqual(['introduced high iam/assume-role-any-principal']);
  expect(messages(member('o-other'), { organizationId })).toEqual([
    'Role app may be assumed by everyone in an organization that is not that of the configuration',
  ]);
});

describe('a service', () => {
  const SOURCE = 'introduced info iam/service-trust-without-source';
  const service = (name: string, Condition: object = {}) => trust({ Service: name }, Condition);

  it.each<[string, object, string[]]>([
    ['any source', service('scheduler.amazonaws.com'), [SOURCE]],
    ['any source, in one region', service('logs.eu-west-1.amazonaws.com'), [SOURCE]],
    ['one account', service('scheduler.amazonaws.com', { StringEquals: { 'aws:SourceAccount': '111122223333' } }), []],
    [
      'one trail',
      service('states.amazonaws.com', { ArnLike: { 'aws:SourceArn': 'arn:aws:states:*:111122223333:*' } }),
      [],
    ],
    ['the organization', service('states.amazonaws.com', { StringEquals: { 'aws:SourceOrgID': 'o-1' } }), []],
    ['an external id', service('firehose.amazonaws.com', { StringEquals: { 'sts:ExternalId': '111122223333' } }), []],
    [
      'an account if there is one',
      service('states.amazonaws.com', { StringEqualsIfExists: { 'aws:SourceAccount': '1' } }),
      [SOURCE],
    ],
    [
      'state machines of everybody',
      service('states.amazonaws.com', { ArnLike: { 'aws:SourceArn': 'arn:aws:states:*:*:*' } }),
      [SOURCE],
    ],
    ['nothing, since it names no source', service('ec2.amazonaws.com'), []],
  ])('that may act for %s', (_, statement, expected) => {
    expect(added(statement)).toEqual(expected);
  });

  it('that loses its source is one finding', () => {
    const before = service('scheduler.amazonaws.com', { StringEquals: { 'aws:SourceAccount': '111122223333' } });
    expect(review([role([before], [service('scheduler.amazonaws.com')])])).toEqual([
      'introduced high iam/deny-or-condition-removed',
    ]);
  });
});

describe('IAM Roles Anywhere', () => {
  const ANCHOR = 'arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor';
  const anywhere = (Condition: object) =>
    trust({ Service: 'rolesanywhere.amazonaws.com' }, Condition, ['sts:AssumeRole', 'sts:TagSession']);

  it.each<[string, object, boolean]>([
    ['one trust anchor', { ArnEquals: { 'aws:SourceArn': `${ANCHOR}/x` } }, true],
    ['any trust anchor of the account', { ArnLike: { 'aws:SourceArn': `${ANCHOR}/*` } }, false],
    ['one name', { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'batch' } }, true],
    ['names that end alike', { StringLike: { 'aws:PrincipalTag/x509Subject/CN': '*.acme.example' } }, false],
    ['one source identity', { StringEquals: { 'sts:SourceIdentity': 'batch' } }, true],
    ['every name but one', { StringNotEquals: { 'aws:PrincipalTag/x509Subject/CN': 'guest' } }, false],
    ['the account', { StringEquals: { 'aws:SourceAccount': '111122223333' } }, false],
  ])('asks for %s', (_, condition, isEnough) => {
    expect(added(anywhere(condition))).toEqual(isEnough ? [] : ['introduced high iam/federated-trust-too-broad']);
  });
});

describe('a provider', () => {
  const trusting = (arn: string, Condition: object): Instance => ({
    address: 'aws_iam_role.app',
    after: {
      name: 'app',
      assume_role_policy: policyText(trust({ Federated: arn }, Condition, 'sts:AssumeRoleWithWebIdentity')),
    },
  });
  const asking = (key: string, sub = MAIN) => ({
    StringEquals: { [`${key}:sub`]: sub, [`${key}:aud`]: 'sts.amazonaws.com' },
  });
  const created = (url: object): Instance => ({
    address: 'aws_iam_openid_connect_provider.idp',
    after: { ...url },
    unknown: { arn: true, id: true, ...('url' in url ? {} : { url: true }) },
  });
  const CREATED = '⟨ref:aws_iam_openid_connect_provider.idp.arn⟩';

  it('is known in an account that is not', () => {
    const arn = `arn:aws:iam::⟨unknown:1⟩:oidc-provider/${GITHUB}`;
    expect(review([trusting(arn, asking(GITHUB))])).toEqual([]);
    expect(review([trusting(arn, asking('gitlab.com'))])).toEqual([]);
    expect(review([trusting(arn, { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } })])).toEqual([FEDERATED]);
  });

  it('is known by the keys that are tested when nothing else tells', () => {
    expect(review([created({}), trusting(CREATED, asking(GITHUB))])).toEqual([]);
    expect(review([created({}), trusting(CREATED, asking(GITHUB, 'environment:prod'))])).toEqual([FEDERATED]);
    expect(review([created({}), trusting(CREATED, asking('⟨ref:aws_eks_cluster.c.identity⟩'))])).toEqual([]);
  });

  it('is none of another issuer when its URL is known', () => {
    const server = created({ url: 'https://github.acme.example/_services/token' });
    expect(review([server, trusting(CREATED, asking('github.acme.example/_services/token'))])).toEqual([]);
    expect(review([server, trusting(CREATED, {})])).toEqual([FEDERATED]);
  });
});
