import { describe, expect, it } from 'vitest';
import { gainsBetween, policy, proofOf, to, verdict, without } from './policies.ts';

const ACCOUNT = '111122223333';
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const role = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/${name}`;
const session = (name: string) => `arn:aws:sts::${ACCOUNT}:assumed-role/${name}`;

const proofs = (...sides: Parameters<typeof gainsBetween>) => gainsBetween(...sides).regions.map(proofOf);

describe('who is newly let in', () => {
  it.each([
    ['a role when there was none', [], to({ AWS: role('a') }), 'gained'],
    ['everyone instead of an account', to({ AWS: ROOT }), to('*'), 'gained'],
    ['an account instead of a role of it', to({ AWS: role('a') }), to({ AWS: ROOT }), 'gained'],
    ['a role of an account that was let in', to({ AWS: ROOT }), to({ AWS: role('a') }), 'nothing'],
    ['an account written otherwise', to({ AWS: ROOT }), to({ AWS: ACCOUNT }), 'nothing'],
    ['everyone written otherwise', to('*'), to({ AWS: '*' }), 'nothing'],
    ['a session of a role that was let in', to({ AWS: role('a') }), to({ AWS: session('a/s') }), 'nothing'],
    ['a session of a role with a path', to({ AWS: role('path/a') }), to({ AWS: session('a/s') }), 'nothing'],
    ['a role of which one session was let in', to({ AWS: session('a/s') }), to({ AWS: role('a') }), 'gained'],
    ['another account', to({ AWS: ROOT }), to({ AWS: [ROOT, '444455556666'] }), 'gained'],
    ['a service', to({ AWS: ROOT }), to({ Service: 'sns.amazonaws.com' }), 'gained'],
    ['a service where everyone was let in', to('*'), to({ Service: 'sns.amazonaws.com' }), 'nothing'],
    ['everyone where a service was let in', to({ Service: 'sns.amazonaws.com' }), to('*'), 'gained'],
    [
      'a service in another case',
      to({ Service: 'SNS.amazonaws.com' }),
      to({ Service: 'sns.amazonaws.com' }),
      'nothing',
    ],
    ['an identity provider', to({ Service: 'sns.amazonaws.com' }), to({ Federated: 'accounts.google.com' }), 'gained'],
    ['a canonical user', to({ AWS: ROOT }), to({ CanonicalUser: 'f'.repeat(64) }), 'gained'],
    [
      'users of one principal where the other is kept',
      to({ AWS: [role('a'), role('b')] }),
      to({ AWS: role('b') }),
      'nothing',
    ],
  ] as const)('%s', (_, before, after, expected) => {
    expect(verdict(policy(...[before].flat()), policy(after))).toBe(expected);
  });

  it('is told from whoever the policies happen to name', () => {
    // The stand-ins for "somebody else" must not be those whom the policies name.
    expect(verdict(policy(to({ AWS: role('example') })), policy(to({ AWS: ROOT })))).toBe('gained');
    expect(verdict(policy(to({ AWS: session('a/example') })), policy(to({ AWS: role('a') })))).toBe('gained');
    expect(verdict(policy(to({ AWS: ['999999999999', ROOT] })), policy(to({ AWS: '*' })))).toBe('gained');
    expect(verdict(policy(to({ Service: 'example.amazonaws.com' })), policy(to({ Service: '*' })))).toBe('gained');
    const provider = 'arn:aws:iam::999999999999:oidc-provider/example.com';
    expect(verdict(policy(to({ Federated: provider })), policy(to({ Federated: '*' })))).toBe('gained');
  });

  it('is a stranger when a policy is opened to everyone', () => {
    expect(proofs(policy(to({ AWS: ROOT })), policy(to('*')))).toEqual([
      's3:getobject on example by arn:aws:iam::999999999999:role/example',
    ]);
  });
});

describe('NotPrincipal', () => {
  const except = (Effect: 'Allow' | 'Deny', ...AWS: string[]) => ({
    ...without(to('*'), 'Principal'),
    Effect,
    NotPrincipal: { AWS },
  });

  it('in an Allow lets in everyone else', () => {
    expect(verdict(policy(to({ AWS: role('a') })), policy(except('Allow', role('a'))))).toBe('gained');
    expect(verdict(policy(to('*')), policy(except('Allow', role('a'))))).toBe('nothing');
    expect(verdict(policy(except('Allow', role('a'))), policy(except('Allow', role('a'), role('b'))))).toBe('nothing');
    expect(verdict(policy(except('Allow', role('a'), role('b'))), policy(except('Allow', role('a'))))).toBe('gained');
  });

  it('in a Deny spares only who is listed under each of his names', () => {
    const open = to('*');
    const spared = [ROOT, role('a'), session('a/s')];
    expect(verdict(policy(open, except('Deny', ROOT)), policy(open, except('Deny', ...spared)))).toBe('gained');
    expect(verdict(policy(open, except('Deny', ...spared)), policy(open, except('Deny', ROOT)))).toBe('nothing');
    // A session needs all three names; without the account nobody of it is spared, except nobody.
    expect(verdict(policy(open, except('Deny', ROOT)), policy(open, except('Deny', ROOT, session('a/s'))))).toBe(
      'nothing',
    );
    expect(verdict(policy(open, except('Deny', role('b'))), policy(open, except('Deny', role('a'))))).toBe('nothing');
  });
});
