import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../src/aws/policy-document/parse.ts';
import { Unknown } from '../../src/plan/value.ts';
import type { Value } from '../../src/plan/value.ts';
import { ACCOUNT, decided, decision, ROLE, ROOT } from './ask.ts';
import { allow, deny, gainsBetween, policy, proofOf, to, verdict, when, without } from './policies.ts';

/**
 * What people get wrong about IAM policies, as the reference of this project lists it. Traps that no policy document shows
 * (grants, shares, ACLs, labels of AddPermission, default versions of an unchanged ARN) belong to other tests.
 */
const proofs = (...sides: Parameters<typeof gainsBetween>) => gainsBetween(...sides).regions.map(proofOf);

const whenOf = (condition: Value, statement = allow('s3:GetObject')) => policy({ ...statement, Condition: condition });

describe('trap 1: a Deny without MFA', () => {
  const guard = (operator: string) =>
    policy(allow('*'), deny('*', '*', when({ [operator]: { 'aws:MultiFactorAuthPresent': 'false' } })));

  it('misses long-term keys with Bool, which do not carry the key, and stops them with BoolIfExists', () => {
    expect(decided(guard('Bool'))).toBe('allowed');
    expect(decided(guard('BoolIfExists'))).toBe('explicitDeny');
    expect(decided(guard('Bool'), { context: { 'aws:MultiFactorAuthPresent': ['false'] } })).toBe('explicitDeny');
    expect(decided(guard('BoolIfExists'), { context: { 'aws:MultiFactorAuthPresent': ['true'] } })).toBe('allowed');
  });

  it('lets them in when IfExists goes', () => {
    expect(proofs(guard('BoolIfExists'), guard('Bool'))).toEqual(['example on example']);
    expect(verdict(guard('Bool'), guard('BoolIfExists'))).toBe('nothing');
  });
});

describe('an Allow is open without the key', () => {
  it.each([
    [
      'trap 2: under a negated operator',
      { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
      { StringNotEquals: { 'aws:SourceVpc': 'vpc-2' } },
    ],
    [
      'trap 3: under ForAllValues',
      { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } },
      { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } },
    ],
    [
      'trap 4: under IfExists',
      { StringEquals: { 'sts:ExternalId': 'x' } },
      { StringEqualsIfExists: { 'sts:ExternalId': 'x' } },
    ],
  ])('%s', (_, closed, open) => {
    expect([decided(whenOf(closed)), decided(whenOf(open))]).toEqual(['implicitDeny', 'allowed']);
    const witnesses = gainsBetween(whenOf(closed), whenOf(open)).regions.map(({ witness }) => witness.context.size);
    expect(witnesses).toContain(0);
  });
});

describe('trap 5: two operators on one key', () => {
  const range = {
    StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/a*' },
    StringNotLike: { 'aws:PrincipalArn': '*-admin' },
  };

  it('must both hold', () => {
    const by = (arn: string) => decided(whenOf(range), { context: { 'aws:PrincipalArn': [arn] } });
    expect([by('arn:aws:iam::1:role/app'), by('arn:aws:iam::1:role/app-admin'), by('arn:aws:iam::1:role/b')]).toEqual([
      'allowed',
      'implicitDeny',
      'implicitDeny',
    ]);
  });

  it('allow more when one of them is lost, as it is with a key written twice', () => {
    const lost = JSON.parse(
      '{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/a*"},"StringLike":{"aws:PrincipalArn":"*"}}',
    ) as Value;
    expect(verdict(whenOf(range), whenOf({ StringLike: range.StringLike }))).toBe('gained');
    expect(verdict(whenOf(range), whenOf(lost))).toBe('gained');
  });
});

describe('trap 6: everything but what is listed', () => {
  const but = (name: string, value: Value, element: string) =>
    policy({ ...without(name === 'NotPrincipal' ? to('*') : allow('s3:GetObject'), element), [name]: value });

  it('is gained by NotAction, NotResource and NotPrincipal in an Allow', () => {
    expect(proofs(policy(allow('s3:*')), but('NotAction', 's3:*', 'Action'))).toHaveLength(1);
    expect(
      proofs(policy(allow('s3:*', 'arn:aws:s3:::a/*')), but('NotResource', 'arn:aws:s3:::a/*', 'Resource')),
    ).toHaveLength(1);
    expect(proofs(policy(to({ AWS: ROLE })), but('NotPrincipal', { AWS: ROLE }, 'Principal'))).toHaveLength(1);
    expect(decision({ resource: but('NotPrincipal', { AWS: ROLE }, 'Principal') }, { principal: '*' })).toBe('allowed');
  });
});

describe('trap 7: passing any role', () => {
  const pass = (Resource: string, condition?: Value) =>
    policy(allow('iam:PassRole', Resource, condition === undefined ? {} : when(condition)));
  const toLambda = { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } };

  it('is gained when the resource or the service is no longer named', () => {
    expect(verdict(pass('arn:aws:iam::1:role/app'), pass('*'))).toBe('gained');
    expect(verdict(pass('*', toLambda), pass('*'))).toBe('gained');
    expect(verdict(pass('*'), pass('arn:aws:iam::1:role/app', toLambda))).toBe('nothing');
  });
});

describe('trap 8: a bucket is not its objects', () => {
  it('neither way', () => {
    expect(decided(policy(allow('s3:GetObject', 'arn:aws:s3:::a')), { resource: 'arn:aws:s3:::a/b' })).toBe(
      'implicitDeny',
    );
    expect(
      decided(policy(allow('s3:ListBucket', 'arn:aws:s3:::a/*')), {
        action: 's3:ListBucket',
        resource: 'arn:aws:s3:::a',
      }),
    ).toBe('implicitDeny');
    expect(
      verdict(policy(allow('s3:*', 'arn:aws:s3:::a/*')), policy(allow('s3:*', ['arn:aws:s3:::a', 'arn:aws:s3:::a/*']))),
    ).toBe('gained');
  });
});

describe('trap 9: a star at the end of a name', () => {
  it('covers other buckets', () => {
    expect(decided(policy(allow('s3:*', 'arn:aws:s3:::bucket*')), { resource: 'arn:aws:s3:::bucket-other/x' })).toBe(
      'allowed',
    );
    const named = policy(allow('s3:*', ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket/*']));
    expect(proofs(named, policy(allow('s3:*', 'arn:aws:s3:::bucket*')))).toHaveLength(1);
    expect(verdict(policy(allow('s3:*', 'arn:aws:s3:::bucket*')), named)).toBe('nothing');
  });
});

describe('trap 10: everyone of an organization', () => {
  const open = (condition: Value) => policy(to({ AWS: '*' }, 's3:GetObject', when(condition)));
  const org = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };

  it('is gained where an account was let in, and everyone without the condition', () => {
    expect(verdict(policy(to({ AWS: ACCOUNT })), open(org))).toBe('gained');
    expect(verdict(open(org), policy(to('*')))).toBe('gained');
    expect(verdict(open(org), policy(to({ AWS: ACCOUNT }, 's3:GetObject', when(org))))).toBe('nothing');
  });
});

describe('traps 11 and 16: a service for whoever uses it', () => {
  const service = (...condition: Value[]) =>
    policy({
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: '*',
      ...(condition[0] === undefined ? {} : when(condition[0])),
    });

  it('is gained when the source is no longer named', () => {
    const from = { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${ACCOUNT}:t` } };
    expect(verdict(service(from), service())).toBe('gained');
    expect(verdict(service({ StringEquals: { 'aws:SourceAccount': ACCOUNT } }), service())).toBe('gained');
    expect(verdict(service(), service(from))).toBe('nothing');
    expect(verdict(service(from), service({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:t' } }))).toBe('gained');
  });
});

describe('traps 12 and 13: trust in an identity provider', () => {
  const GITHUB = 'token.actions.githubusercontent.com';
  const trust = (condition: Value) =>
    policy({
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: condition,
    });
  const sub = (value: Value, operator = 'StringLike') => trust({ [operator]: { [`${GITHUB}:sub`]: value } });
  const main = 'repo:acme/app:ref:refs/heads/main';

  it.each<readonly [string, Value, Value]>([
    [
      'no subject at all',
      { StringEquals: { [`${GITHUB}:aud`]: 'sts', [`${GITHUB}:sub`]: main } },
      { StringEquals: { [`${GITHUB}:aud`]: 'sts' } },
    ],
    [
      'every repository',
      { StringLike: { [`${GITHUB}:sub`]: main } },
      { StringLike: { [`${GITHUB}:sub`]: 'repo:acme/*' } },
    ],
    [
      'pull requests',
      { StringLike: { [`${GITHUB}:sub`]: 'repo:acme/app:ref:*' } },
      { StringLike: { [`${GITHUB}:sub`]: 'repo:acme/app:*' } },
    ],
    [
      'branches that begin alike',
      { StringLike: { [`${GITHUB}:sub`]: main } },
      { StringLike: { [`${GITHUB}:sub`]: `${main}*` } },
    ],
    [
      'a loose value later in the list',
      { StringLike: { [`${GITHUB}:sub`]: main } },
      { StringLike: { [`${GITHUB}:sub`]: [main, '*'] } },
    ],
    [
      'a subject that need not be there',
      { StringLike: { [`${GITHUB}:sub`]: main } },
      { StringLikeIfExists: { [`${GITHUB}:sub`]: main } },
    ],
    [
      'a claim that is never there',
      { StringEquals: { [`${GITHUB}:workflow`]: 'x' } },
      { 'ForAllValues:StringEquals': { [`${GITHUB}:workflow`]: 'x' } },
    ],
    [
      'immutable subjects',
      { StringLike: { [`${GITHUB}:sub`]: 'repo:acme/app:*' } },
      { StringLike: { [`${GITHUB}:sub`]: ['repo:acme/app:*', 'repo:acme@1/app@2:*'] } },
    ],
    ['another provider', { StringLike: { [`${GITHUB}:sub`]: '*' } }, { StringLike: { 'gitlab.com:sub': '*' } }],
  ])('gains %s', (_, strict, loose) => {
    expect(verdict(trust(strict), trust(loose))).toBe('gained');
  });

  it('with StringEquals and a star admits nobody', () => {
    const asked = {
      action: 'sts:AssumeRoleWithWebIdentity',
      principal: `arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}`,
      context: { [`${GITHUB}:sub`]: [main] },
    };
    expect(decision({ resource: sub('repo:acme/*', 'StringEquals') }, asked)).toBe('implicitDeny');
    expect(decision({ resource: sub('repo:acme/*') }, asked)).toBe('allowed');
    expect(verdict(sub('repo:acme/*', 'StringEquals'), sub('repo:acme/*'))).toBe('gained');
  });
});

describe('trap 14: a key policy that names the account', () => {
  it('hands the decision to identity policies', () => {
    const resource = policy(to({ AWS: ROOT }, 'kms:*'));
    const decrypt = { action: 'kms:Decrypt', resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1` };
    expect(decision({ resource }, decrypt)).toBe('implicitDeny');
    expect(decision({ resource, identity: [policy(allow('kms:Decrypt'))] }, decrypt)).toBe('allowed');
    expect(verdict(policy(to({ AWS: ROLE }, 'kms:*')), resource)).toBe('gained');
  });
});

describe('trap 18: tags that the caller may set', () => {
  it('are gained with the right to set them, which is an access of its own', () => {
    const byTag = allow('ec2:StopInstances', '*', when({ StringEquals: { 'aws:ResourceTag/team': 'a' } }));
    expect(proofs(policy(byTag), policy(byTag, allow('ec2:CreateTags')))).toEqual(['ec2:createtags on example']);
  });
});

describe('trap 20: what is not known until apply', () => {
  it('is undetermined, never no new access', () => {
    expect(parseDocument(new Unknown())).toMatchObject({ kind: 'unknown' });
    expect(verdict(policy(allow('s3:*')), policy(allow('s3:*'), new Unknown()))).toBe('undetermined');
    expect(verdict(policy(new Unknown()), policy(allow('s3:*')))).not.toBe('nothing');
    expect(verdict(policy(), policy(allow('s3:*', '*', when(new Unknown()))))).toBe('undetermined');
  });
});
