import { describe, expect, it } from 'vitest';
import { allow, judgementsOf, planOf, policyText, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const ids = [
  'iam/assume-role-any-principal',
  'iam/assume-role-cross-account',
  'iam/federated-trust-too-broad',
  'iam/deny-or-condition-removed',
];
const role = (before: object[] | null, after: object[], more: Partial<Instance> = {}): Instance => {
  const values = (statements: object[]) => ({
    name: 'app',
    id: 'app',
    arn: 'arn:aws:iam::111122223333:role/app',
    assume_role_policy: policyText(...statements),
  });
  return { address: 'aws_iam_role.app', before: before && values(before), after: values(after), ...more };
};
const trust = (Principal: object | string, Condition?: object, Action = 'sts:AssumeRole') => ({
  Effect: 'Allow',
  Principal,
  Action,
  ...(Condition ? { Condition } : {}),
});
const own = trust({ Service: 'lambda.amazonaws.com' });
const short = (lines: string[]) => lines.map((line) => line.split(' ').slice(0, 3).join(' '));
const review = (...instances: Instance[]) => short(reviewOf(ids, instances));
const evidence = (...instances: Instance[]) =>
  judgementsOf(ids, planOf(instances)).flatMap((one) => one.evidence.map(({ after }) => after));

describe('a trust policy', () => {
  it.each([
    ['everyone', trust('*'), 'introduced critical iam/assume-role-any-principal'],
    ['everyone as AWS', trust({ AWS: '*' }), 'introduced critical iam/assume-role-any-principal'],
    ['everyone as a service', trust({ Service: '*' }), 'introduced critical iam/assume-role-any-principal'],
    [
      'everyone who knows an external id',
      trust({ AWS: '*' }, { StringEquals: { 'sts:ExternalId': 'x' } }),
      'introduced high iam/assume-role-any-principal',
    ],
    [
      'everyone of the organization',
      trust({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
      'introduced info iam/assume-role-any-principal',
    ],
    [
      'another account',
      trust({ AWS: 'arn:aws:iam::999988887777:root' }),
      'introduced high iam/assume-role-cross-account',
    ],
    [
      'another account with an external id',
      trust({ AWS: '999988887777' }, { StringEquals: { 'sts:ExternalId': 'x' } }),
      'introduced medium iam/assume-role-cross-account',
    ],
  ])('that lets in %s is told', (_, statement, expected) => {
    expect(review(role([own], [own, statement]))).toEqual([expected]);
    expect(review(role(null, [own, statement]))).toEqual([expected]);
  });

  it.each([
    ['the own account', trust({ AWS: '111122223333' })],
    ['an account of the configuration', trust({ AWS: '444455556666' })],
    ['a service', trust({ Service: 'ec2.amazonaws.com' })],
  ])('that lets in %s is silent', (_, statement) => {
    expect(review(role([own], [own, statement]))).toEqual([]);
  });

  it('is milder when a Deny keeps out everyone but the organization, and silent when it keeps out all', () => {
    const denied = (Condition?: object) => ({ ...trust('*', Condition), Effect: 'Deny' });
    const other = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
    expect(review(role([own], [own, trust('*'), denied(other)]))).toEqual([
      'introduced low iam/assume-role-any-principal',
    ]);
    expect(review(role([own], [own, trust({ AWS: '999988887777' }), denied()]))).toEqual([]);
  });

  it('tells by whom and why', () => {
    const message = (statement: object, options = {}) =>
      judgementsOf(ids, planOf([role([own], [own, statement])]), options).map((one) => one.message);
    expect(message(trust('*'))).toEqual(['Role app may be assumed by everyone who has an AWS account']);
    expect(message(trust({ AWS: '999988887777' }))).toEqual([
      'Role app may be assumed from account 999988887777, which is not one of the own or trusted accounts, and nothing but the account is asked for',
    ]);
    expect(message(trust({ AWS: '999988887777' }), { trustedAccounts: ['999988887777'] })).toEqual([]);
    expect(message(trust({ AWS: '999988887777' }), { ownAccounts: ['999988887777'] })).toEqual([]);
  });

  it('of IAM Roles Anywhere needs a condition that fails without its key', () => {
    const anywhere = (operator: string) =>
      trust({ Service: 'rolesanywhere.amazonaws.com' }, { [operator]: { 'aws:SourceArn': 'arn:aws:rolesanywhere:x' } });
    expect(review(role([own], [own, anywhere('ArnEquals')]))).toEqual([]);
    expect(review(role([own], [own, anywhere('ArnEqualsIfExists')]))).toEqual([
      'introduced high iam/federated-trust-too-broad',
    ]);
  });

  it('is high for a whole account that becomes an administrator', () => {
    const admin: Instance = {
      address: 'aws_iam_role_policy.p',
      before: { name: 'p', role: 'app', policy: policyText(allow('*')) },
      after: { name: 'p', role: 'app', policy: policyText(allow('*')) },
    };
    const other = trust({ AWS: '999988887777' }, { StringEquals: { 'sts:ExternalId': 'x' } });
    expect(review(role([own], [own, other]), admin)).toEqual(['introduced high iam/assume-role-cross-account']);
  });

  it('that loses its external id is told, also when only IfExists comes', () => {
    const strict = trust({ AWS: '999988887777' }, { StringEquals: { 'sts:ExternalId': 'x' } });
    const loose = trust({ AWS: '999988887777' }, { StringEqualsIfExists: { 'sts:ExternalId': 'x' } });
    expect(review(role([strict], [loose]))).toEqual(['introduced high iam/assume-role-cross-account']);
    expect(evidence(role([strict], [loose]))).toContain(
      'Trust policy of role app loses a protection: condition StringEquals sts:ExternalId x',
    );
  });

  it('cannot be judged, and is not resolved, when it is known only after apply', () => {
    const later = role([trust({ AWS: '*' })], [own], {
      unknown: { assume_role_policy: true },
      references: { assume_role_policy: ['var.trust'] },
    });
    const found = review({ ...later, after: { name: 'app', id: 'app', arn: 'arn:aws:iam::111122223333:role/app' } });
    expect(found).toEqual([
      'undetermined critical iam/assume-role-any-principal',
      'persisting critical iam/assume-role-any-principal',
    ]);
  });
});

const GITHUB = 'token.actions.githubusercontent.com';
const provider = (issuer: string) => ({ Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` });
const oidc = (issuer: string, conditions: object) =>
  trust(provider(issuer), conditions, 'sts:AssumeRoleWithWebIdentity');
const github = (sub: string | string[], operator = 'StringLike') =>
  oidc(GITHUB, {
    StringEquals: {
      [`${GITHUB}:aud`]: 'sts.amazonaws.com',
      ...(operator === 'StringEquals' ? { [`${GITHUB}:sub`]: sub } : {}),
    },
    ...(operator === 'StringEquals' ? {} : { [operator]: { [`${GITHUB}:sub`]: sub } }),
  });

describe('a federated trust', () => {
  it('that loses its subject is one finding, which tells the lost condition', () => {
    const before = github('repo:acme/app:ref:refs/heads/main', 'StringEquals');
    const after = oidc(GITHUB, { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } });
    expect(review(role([before], [after]))).toEqual(['introduced critical iam/federated-trust-too-broad']);
    expect(evidence(role([before], [after]))).toContain(
      `Trust policy of role app loses a protection: condition StringEquals ${GITHUB}:sub repo:acme/app:ref:refs/heads/main`,
    );
  });

  it.each([
    ['one branch', github('repo:acme/app:ref:refs/heads/main'), null],
    ['an immutable subject', github('repo:acme@1/app@2:ref:refs/heads/main'), null],
    ['a star that StringEquals takes as a letter', github('repo:acme/*', 'StringEquals'), null],
    ['every subject', github('*'), 'critical'],
    ['every repository of everybody', github('repo:*'), 'critical'],
    ['owners that begin alike', github('repo:acme*/app:*'), 'critical'],
    ['every repository of the owner', github('repo:acme/*'), 'medium'],
    ['everything of one repository', github('repo:acme/app:*'), 'low'],
    ['pull requests', github('repo:acme/app:pull_request'), 'medium'],
    ['a loose value after a tight one', github(['repo:acme/app:ref:refs/heads/main', 'repo:acme/*']), 'medium'],
    ['a subject that need not be there', github('repo:acme/app:ref:refs/heads/main', 'StringLikeIfExists'), 'critical'],
    ['ForAllValues of the subject', github('repo:acme/app:ref:refs/heads/main', 'ForAllValues:StringLike'), 'critical'],
    [
      'no audience',
      oidc(GITHUB, { StringEquals: { [`${GITHUB}:sub`]: 'repo:acme/app:ref:refs/heads/main' } }),
      'medium',
    ],
    [
      'a workflow of a fixed owner',
      oidc(GITHUB, {
        StringEquals: {
          [`${GITHUB}:aud`]: 'sts.amazonaws.com',
          [`${GITHUB}:job_workflow_ref`]: 'acme/ci/.github/workflows/x.yml@refs/heads/main',
        },
      }),
      null,
    ],
    [
      'GitLab projects of a group',
      oidc('gitlab.com', {
        StringLike: { 'gitlab.com:sub': 'project_path:acme/*', 'gitlab.com:aud': 'https://gitlab.com' },
      }),
      'medium',
    ],
    [
      'every Terraform Cloud organization',
      oidc('app.terraform.io', {
        StringLike: { 'app.terraform.io:sub': 'organization:*', 'app.terraform.io:aud': 'aws.workload.identity' },
      }),
      'critical',
    ],
    [
      'every namespace of a cluster',
      oidc('oidc.eks.eu-west-1.amazonaws.com/id/A', {
        StringLike: {
          'oidc.eks.eu-west-1.amazonaws.com/id/A:sub': 'system:serviceaccount:*:app',
          'oidc.eks.eu-west-1.amazonaws.com/id/A:aud': 'sts.amazonaws.com',
        },
      }),
      'high',
    ],
    [
      'an identity pool and its authenticated users',
      trust(
        { Federated: 'cognito-identity.amazonaws.com' },
        {
          StringEquals: { 'cognito-identity.amazonaws.com:aud': 'eu-west-1:pool' },
          'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
        },
        'sts:AssumeRoleWithWebIdentity',
      ),
      null,
    ],
    [
      'every identity pool',
      trust({ Federated: 'cognito-identity.amazonaws.com' }, undefined, 'sts:AssumeRoleWithWebIdentity'),
      'critical',
    ],
    [
      'SAML without audience',
      trust({ Federated: 'arn:aws:iam::111122223333:saml-provider/idp' }, undefined, 'sts:AssumeRoleWithSAML'),
      'medium',
    ],
    ['any certificate', trust({ Service: 'rolesanywhere.amazonaws.com' }), 'high'],
    [
      'one trust anchor',
      trust(
        { Service: 'rolesanywhere.amazonaws.com' },
        { ArnEquals: { 'aws:SourceArn': 'arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/x' } },
      ),
      null,
    ],
  ])('that accepts %s', (_, statement, severity) => {
    expect(review(role([own], [own, statement]))).toEqual(
      severity === null ? [] : [`introduced ${severity} iam/federated-trust-too-broad`],
    );
  });

  it('knows a provider that the plan creates by its URL', () => {
    const created: Instance = {
      address: 'aws_iam_openid_connect_provider.gh',
      after: { url: `https://${GITHUB}` },
      unknown: { arn: true, id: true },
    };
    const document = policyText(github('repo:acme/app:ref:refs/heads/main')).replace(
      `arn:aws:iam::111122223333:oidc-provider/${GITHUB}`,
      '⟨ref:aws_iam_openid_connect_provider.gh.arn⟩',
    );
    const trusting: Instance = { address: 'aws_iam_role.app', after: { name: 'app', assume_role_policy: document } };
    expect(review(created, trusting)).toEqual([]);
  });
});
