import { describe, expect, it } from 'vitest';
import { documentTest } from '../../src/iam/evaluate/document.ts';
import { evaluate } from '../../src/iam/evaluate/evaluate.ts';
import { requesterOf } from '../../src/iam/evaluate/request.ts';
import { ACCOUNT, decision, OTHER_ACCOUNT, ROLE, ROOT, SESSION, USER } from './ask.ts';
import { allow, policy, to, without } from './policies.ts';
import type { Elements } from './policies.ts';

describe('who makes a request', () => {
  it.each([
    [undefined, { kind: 'anonymous' }],
    ['', { kind: 'anonymous' }],
    ['*', { kind: 'anonymous' }],
    [ACCOUNT, { kind: 'aws', arn: ROOT }],
    [ROOT, { kind: 'aws', arn: ROOT }],
    [SESSION, { kind: 'aws', arn: SESSION }],
    ['SNS.amazonaws.com', { kind: 'service', name: 'sns.amazonaws.com' }],
    [
      `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
      { kind: 'federated', provider: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
    ],
    [
      `arn:aws:iam::${ACCOUNT}:saml-provider/idp`,
      { kind: 'federated', provider: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` },
    ],
    ['f'.repeat(64), { kind: 'canonical', id: 'f'.repeat(64) }],
    ['AROAEXAMPLE', { kind: 'aws', arn: 'AROAEXAMPLE' }],
    ['⟨ref:aws_iam_role.r.arn⟩', { kind: 'aws', arn: '⟨ref:aws_iam_role.r.arn⟩' }],
  ] as const)('%s', (principal, expected) => {
    expect(requesterOf(principal)).toEqual(expected);
  });

  it('is an identity provider by its domain only where a web identity is used', () => {
    expect(requesterOf('accounts.google.com', 'sts:AssumeRoleWithWebIdentity')).toEqual({
      kind: 'federated',
      provider: 'accounts.google.com',
    });
    expect(requesterOf('accounts.google.com', 's3:GetObject')).toEqual({
      kind: 'service',
      name: 'accounts.google.com',
    });
  });
});

/** What one statement decides when the resource policy alone counts, or an identity policy allows whatever is not denied. */
const alone = (statement: Elements, principal: string) =>
  decision({ resource: policy(statement) }, { principal, resourceAccount: ACCOUNT }) === 'allowed';
const denies = (statement: Elements, principal: string, boundary = false) =>
  decision(
    {
      identity: [policy(allow('*'))],
      resource: policy(to('*'), statement),
      ...(boundary ? { boundary: policy(allow('*')) } : {}),
    },
    { principal, resourceAccount: ACCOUNT },
  ) === 'explicitDeny';

describe('Principal', () => {
  const cases: readonly (readonly [named: Elements | string, requester: string, expected: boolean])[] = [
    ['*', ROLE, true],
    ['*', '*', true],
    ['*', 'sns.amazonaws.com', true],
    [{ AWS: '*' }, '*', true],
    [{ AWS: '*' }, 'sns.amazonaws.com', true],
    [{ AWS: USER }, USER, true],
    [{ AWS: USER }, ROLE, false],
    [{ AWS: USER.toUpperCase() }, USER, false],
    [{ AWS: ROLE }, SESSION, true],
    [{ AWS: SESSION }, SESSION, true],
    [{ AWS: SESSION }, ROLE, false],
    [{ AWS: SESSION }, `${SESSION}2`, false],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:role/path/to/reader` }, SESSION, true],
    [{ AWS: `arn:aws:iam::${OTHER_ACCOUNT}:role/reader` }, SESSION, false],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:role/read` }, SESSION, false],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:role/*` }, ROLE, false],
    [{ AWS: [USER, ROLE] }, ROLE, true],
    [{ Service: 'sns.amazonaws.com' }, 'sns.amazonaws.com', true],
    [{ Service: 'sns.amazonaws.com' }, 'sqs.amazonaws.com', false],
    [{ Service: 'sns.amazonaws.com' }, ROLE, false],
    [{ Service: '*' }, '*', false],
    [{ AWS: USER, Service: 'sns.amazonaws.com' }, 'sns.amazonaws.com', true],
    [{ Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` }, `arn:aws:iam::${ACCOUNT}:saml-provider/idp`, true],
    [{ Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` }, ROLE, false],
    [{ CanonicalUser: 'f'.repeat(64) }, 'f'.repeat(64), true],
    [{ CanonicalUser: 'f'.repeat(64) }, 'e'.repeat(64), false],
    [{ AWS: 'AROAEXAMPLE' }, ROLE, false],
  ];

  it.each(cases)('%j lets in %s: %s', (Principal, requester, expected) => {
    expect(alone(to(Principal), requester)).toBe(expected);
    expect(denies({ ...to(Principal), Effect: 'Deny' }, requester)).toBe(expected);
  });

  it('names an account for all of its users and roles', () => {
    const both = {
      identity: [policy(allow('*'))],
      resource: policy({ ...to({ AWS: ACCOUNT }), Effect: 'Deny' }, to('*')),
    };
    for (const principal of [ROLE, SESSION, USER, ROOT])
      expect(decision(both, { principal, resourceAccount: ACCOUNT })).toBe('explicitDeny');
    expect(decision(both, { principal: `arn:aws:iam::${OTHER_ACCOUNT}:role/reader`, resourceAccount: ACCOUNT })).toBe(
      'allowed',
    );
    expect(decision(both, { principal: 'sns.amazonaws.com', resourceAccount: ACCOUNT })).toBe('allowed');
  });

  it('may or may not be the holder of a policy, of whom nothing is known', () => {
    const ask = (statement: Elements) =>
      evaluate(
        { identity: [], resource: documentTest(policy(statement)), boundary: undefined },
        { action: 's3:GetObject', resource: 'arn:aws:s3:::a/b', requester: { kind: 'holder' }, context: {} },
      ).decision;
    expect(ask({ ...to({ AWS: ROLE }), Effect: 'Deny' })).toBe('explicitDeny');
    expect(ask(to({ AWS: ROLE }))).toBe('implicitDeny');
  });
});

describe('NotPrincipal', () => {
  const except = (Effect: 'Allow' | 'Deny', NotPrincipal: Elements | string): Elements => ({
    ...without(to('*'), 'Principal'),
    Effect,
    NotPrincipal,
  });

  it.each<readonly [Elements | string, string, boolean]>([
    [{ AWS: ROLE }, ROLE, false],
    [{ AWS: ROLE }, SESSION, false],
    [{ AWS: ROLE }, USER, true],
    [{ AWS: ACCOUNT }, ROLE, false],
    [{ AWS: ROLE }, '*', true],
    [{ AWS: ROLE }, 'sns.amazonaws.com', true],
    [{ Service: 'sns.amazonaws.com' }, 'sns.amazonaws.com', false],
    ['*', '*', false],
  ])('in an Allow: all but %j, so %s: %s', (named, requester, expected) => {
    expect(alone(except('Allow', named), requester)).toBe(expected);
  });

  it.each<readonly [Elements | string, string, boolean]>([
    [{ AWS: USER }, USER, true],
    [{ AWS: [USER, ROOT] }, USER, false],
    [{ AWS: [USER, ACCOUNT] }, USER, false],
    [{ AWS: ROOT }, USER, true],
    [{ AWS: [ROOT, ROLE] }, SESSION, true],
    [{ AWS: [ROOT, SESSION] }, SESSION, true],
    [{ AWS: [ROOT, ROLE, SESSION] }, SESSION, false],
    [{ AWS: [ROOT, ROLE] }, ROLE, false],
    [{ AWS: ROOT }, ROOT, false],
    [{ AWS: [USER, ROOT] }, '*', true],
    [{ Service: 'sns.amazonaws.com' }, 'sns.amazonaws.com', false],
    [{ Service: 'sns.amazonaws.com' }, 'sqs.amazonaws.com', true],
    ['*', USER, false],
  ])('in a Deny: all but %j under every name, so %s: %s', (named, requester, expected) => {
    expect(denies(except('Deny', named), requester)).toBe(expected);
  });

  it('in a Deny spares nobody who has a boundary', () => {
    const spared = except('Deny', { AWS: [USER, ROOT] });
    expect([denies(spared, USER), denies(spared, USER, true)]).toEqual([false, true]);
  });
});
