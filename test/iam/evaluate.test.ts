import { describe, expect, it } from 'vitest';
import { ACCOUNT, decision, evaluation, OTHER_ACCOUNT, ROLE, ROOT, SESSION, USER } from './ask.ts';
import type { Layers } from './ask.ts';
import { allow, deny, nothing, policy, to, when, without } from './policies.ts';

const all = policy(allow('*'));
const reads = policy(allow('s3:Get*'));
const writes = policy(allow('s3:Put*'));
const noReads = policy(allow('*'), deny('s3:Get*'));
const opens = policy(to('*'));

describe('the layers of a decision', () => {
  it.each<readonly [string, Layers, string]>([
    ['nothing allows', {}, 'implicitDeny'],
    ['an identity policy allows', { identity: [reads] }, 'allowed'],
    ['another identity policy allows', { identity: [writes, reads] }, 'allowed'],
    ['an identity policy denies', { identity: [all, policy(deny('s3:GetObject'))] }, 'explicitDeny'],
    ['a Deny comes before its Allow', { identity: [policy(deny('s3:*'), allow('s3:*'))] }, 'explicitDeny'],
    ['a Deny speaks of something else', { identity: [all, policy(deny('s3:PutObject'))] }, 'allowed'],
    ['a boundary allows too', { identity: [all], boundary: reads }, 'allowed'],
    ['a boundary does not allow', { identity: [all], boundary: writes }, 'implicitDeny'],
    ['a boundary alone allows', { boundary: all }, 'implicitDeny'],
    ['a boundary is empty', { identity: [all], boundary: nothing }, 'implicitDeny'],
    ['a boundary denies', { identity: [all], boundary: noReads }, 'explicitDeny'],
    ['a session policy allows too', { identity: [all], session: reads }, 'allowed'],
    ['a session policy does not allow', { identity: [all], session: writes }, 'implicitDeny'],
    ['a session policy denies', { identity: [all], session: noReads }, 'explicitDeny'],
    ['a session policy alone allows', { session: all }, 'implicitDeny'],
    ['boundary and session policy allow', { identity: [all], boundary: reads, session: reads }, 'allowed'],
    ['boundary or session policy does not', { identity: [all], boundary: reads, session: writes }, 'implicitDeny'],
    ['SCPs of all levels allow', { identity: [all], scp: [[all], [reads], [writes, reads]] }, 'allowed'],
    ['the SCPs of one level do not', { identity: [all], scp: [[all], [writes], [all]] }, 'implicitDeny'],
    ['a level has no SCP', { identity: [all], scp: [[all], []] }, 'implicitDeny'],
    ['an SCP of some level denies', { identity: [all], scp: [[all], [all], [noReads]] }, 'explicitDeny'],
    ['SCPs alone allow', { scp: [[all]] }, 'implicitDeny'],
    ['an RCP denies', { identity: [all], rcp: [[policy({ ...to('*', 's3:*'), Effect: 'Deny' })]] }, 'explicitDeny'],
    [
      'an RCP speaks of something else',
      { identity: [all], rcp: [[policy({ ...to('*', 'sqs:*'), Effect: 'Deny' })]] },
      'allowed',
    ],
    ['an RCP alone allows', { rcp: [[opens]] }, 'implicitDeny'],
    ['a resource policy denies', { identity: [all], resource: policy({ ...to('*'), Effect: 'Deny' }) }, 'explicitDeny'],
    [
      'a Deny in any layer wins over all Allows',
      { identity: [all], resource: opens, boundary: all, session: all, scp: [[noReads]] },
      'explicitDeny',
    ],
  ])('%s', (_, layers, expected) => {
    expect(decision(layers)).toBe(expected);
  });

  it('are told with the statements that decided', () => {
    const layers = { identity: [writes, reads], boundary: all, scp: [[all], [all, reads]] };
    expect(
      evaluation(layers).decidedBy.map(({ layer, level, policy: at, statement }) => [
        layer,
        level,
        at,
        statement.index,
      ]),
    ).toEqual([
      ['identity', undefined, 1, 0],
      ['boundary', undefined, 0, 0],
      ['scp', 0, 0, 0],
      ['scp', 1, 0, 0],
      ['scp', 1, 1, 0],
    ]);
    const denied = evaluation({ identity: [noReads], scp: [[all], [noReads]] });
    expect(denied.decidedBy.map(({ layer, level, statement }) => [layer, level, statement.index])).toEqual([
      ['identity', undefined, 1],
      ['scp', 1, 1],
    ]);
    expect(evaluation({ identity: [writes] }).decidedBy).toEqual([]);
  });

  it('name the keys that a request lacks, of statements that are about it', () => {
    const limited = policy(
      allow('s3:Get*', '*', when({ StringEquals: { 'aws:SourceVpce': 'vpce-1' }, Null: { 'aws:Other': 'true' } })),
      allow('s3:Put*', '*', when({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
    );
    expect(evaluation({ identity: [limited] }).missingContext).toEqual(['aws:SourceVpce']);
    expect(evaluation({ identity: [limited] }, { context: { 'AWS:sourcevpce': ['x'] } }).missingContext).toEqual([]);
  });
});

describe('a resource policy of the same account', () => {
  const names = (principal: string) => ({ resource: policy(to({ AWS: principal })) });

  it.each<readonly [string, string, string, Layers, string]>([
    ['and an identity policy are a union', ROLE, USER, { identity: [reads] }, 'allowed'],
    ['is enough for a user', USER, USER, {}, 'allowed'],
    ['is enough for a role', ROLE, ROLE, {}, 'allowed'],
    ['is enough for a session of a role', SESSION, ROLE, {}, 'allowed'],
    ['is enough for a session by its own name', SESSION, SESSION, {}, 'allowed'],
    ['for the account only delegates', ROLE, ROOT, {}, 'implicitDeny'],
    ['for the account by its id only delegates', ROLE, ACCOUNT, {}, 'implicitDeny'],
    ['for the account lets identity policies decide', ROLE, ROOT, { identity: [reads] }, 'allowed'],
    ['for a user is not limited by a boundary', USER, USER, { boundary: writes }, 'allowed'],
    ['for a session is not limited by a boundary', SESSION, SESSION, { boundary: writes }, 'allowed'],
    ['for a session is not limited by a session policy', SESSION, SESSION, { session: writes }, 'allowed'],
    ['for a role is limited by a boundary', SESSION, ROLE, { boundary: writes }, 'implicitDeny'],
    ['for a role is limited by its own boundary', ROLE, ROLE, { boundary: writes }, 'implicitDeny'],
    ['for a role is limited by a session policy', SESSION, ROLE, { session: writes }, 'implicitDeny'],
    ['for a role is allowed within both', SESSION, ROLE, { boundary: all, session: reads }, 'allowed'],
    ['for everyone is not limited', SESSION, '*', { boundary: writes, session: writes }, 'allowed'],
    ['for another user is nothing', USER, `arn:aws:iam::${ACCOUNT}:user/bob`, {}, 'implicitDeny'],
    ['is under SCPs as well', USER, USER, { scp: [[writes]] }, 'implicitDeny'],
    ['gives way to a Deny of a boundary', USER, USER, { boundary: noReads }, 'explicitDeny'],
  ])('%s', (_, principal, named, layers, expected) => {
    expect(decision({ ...layers, ...names(named) }, { principal, resourceAccount: ACCOUNT })).toBe(expected);
  });

  it('with NotPrincipal lets in everyone else of it', () => {
    const others = policy({ ...without(to('*'), 'Principal'), NotPrincipal: { AWS: USER } });
    expect(decision({ resource: others }, { principal: ROLE, resourceAccount: ACCOUNT })).toBe('allowed');
    expect(decision({ resource: others }, { principal: USER, resourceAccount: ACCOUNT })).toBe('implicitDeny');
  });
});

describe('a resource of another account', () => {
  const abroad = { principal: ROLE, resourceAccount: OTHER_ACCOUNT };

  it.each<readonly [string, Layers, string]>([
    ['needs both sides', { identity: [reads], resource: policy(to({ AWS: ROLE })) }, 'allowed'],
    ['and the account as principal', { identity: [reads], resource: policy(to({ AWS: ROOT })) }, 'allowed'],
    ['and everyone as principal', { identity: [reads], resource: opens }, 'allowed'],
    ['is not for identity policies alone', { identity: [all], resource: nothing }, 'implicitDeny'],
    ['is not for the resource policy alone', { resource: policy(to({ AWS: ROLE })) }, 'implicitDeny'],
    ['is not for everyone by the resource policy alone', { resource: opens }, 'implicitDeny'],
    ['is not for another principal', { identity: [all], resource: policy(to({ AWS: USER })) }, 'implicitDeny'],
    ['is limited by the boundary', { identity: [all], boundary: writes, resource: opens }, 'implicitDeny'],
    ['is limited by the SCPs', { identity: [all], scp: [[writes]], resource: opens }, 'implicitDeny'],
  ])('%s', (_, layers, expected) => {
    expect(decision(layers, abroad)).toBe(expected);
  });

  it('is told by its ARN when nobody says its account', () => {
    const queue = (account: string) => ({ action: 'sqs:SendMessage', resource: `arn:aws:sqs:eu-west-1:${account}:q` });
    const layers = { identity: [all], resource: policy(to({ AWS: USER }, 'sqs:*')) };
    expect(decision(layers, queue(ACCOUNT))).toBe('allowed');
    expect(decision(layers, queue(OTHER_ACCOUNT))).toBe('implicitDeny');
  });
});

describe('policies that must allow themselves', () => {
  const trust = (principal: string) =>
    policy({ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' });
  const assume = { action: 'sts:AssumeRole', resource: `arn:aws:iam::${ACCOUNT}:role/target`, principal: USER };
  const key = { action: 'kms:Decrypt', resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`, principal: ROLE };
  const keyPolicy = (principal: string) => policy(to({ AWS: principal }, 'kms:*'));

  it.each<readonly [string, Layers, object, string]>([
    ['a trust policy that names the user', { resource: trust(USER) }, assume, 'allowed'],
    ['a trust policy that names the account, alone', { resource: trust(ROOT) }, assume, 'implicitDeny'],
    [
      'a trust policy that names the account, and an identity policy',
      { identity: [policy(allow('sts:*'))], resource: trust(ROOT) },
      assume,
      'allowed',
    ],
    ['a trust policy that names somebody else', { identity: [all], resource: trust(ROLE) }, assume, 'implicitDeny'],
    ['an empty trust policy', { identity: [all], resource: nothing }, assume, 'implicitDeny'],
    [
      'a trust policy of another account',
      { identity: [all], resource: trust(USER) },
      { ...assume, resource: `arn:aws:iam::${OTHER_ACCOUNT}:role/x` },
      'allowed',
    ],
    [
      'a trust policy of another account, alone',
      { resource: trust(USER) },
      { ...assume, resource: `arn:aws:iam::${OTHER_ACCOUNT}:role/x` },
      'implicitDeny',
    ],
    ['a key policy that names the role', { resource: keyPolicy(ROLE) }, key, 'allowed'],
    ['a key policy that names the account, alone', { resource: keyPolicy(ROOT) }, key, 'implicitDeny'],
    [
      'a key policy that names the account, and an identity policy',
      { identity: [all], resource: keyPolicy(ROOT) },
      key,
      'allowed',
    ],
    ['a key policy that names somebody else', { identity: [all], resource: keyPolicy(USER) }, key, 'implicitDeny'],
    [
      'a key of another account with both',
      { identity: [all], resource: keyPolicy(ROOT) },
      { ...key, resource: `arn:aws:kms:eu-west-1:${OTHER_ACCOUNT}:key/1` },
      'allowed',
    ],
    [
      'a key of another account by identity alone',
      { identity: [all], resource: nothing },
      { ...key, resource: `arn:aws:kms:eu-west-1:${OTHER_ACCOUNT}:key/1` },
      'implicitDeny',
    ],
    [
      'a bucket policy that names somebody else need not',
      { identity: [reads], resource: policy(to({ AWS: USER })) },
      {},
      'allowed',
    ],
  ])('%s', (_, layers, asked, expected) => {
    expect(decision(layers, asked)).toBe(expected);
  });
});

describe('special cases', () => {
  it('everybody may ask who he is', () => {
    for (const principal of [ROLE, USER, '*'])
      expect(
        decision({ identity: [policy(deny('*'))], scp: [[nothing]] }, { action: 'sts:GetCallerIdentity', principal }),
      ).toBe('allowed');
    expect(decision({}, { action: 'STS:getcalleridentity' })).toBe('allowed');
  });

  it('SCPs and RCPs do not hold for roles of AWS services', () => {
    const linked = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/sns.amazonaws.com/AWSServiceRoleForSNS`;
    const session = `arn:aws:sts::${ACCOUNT}:assumed-role/AWSServiceRoleForSNS/x`;
    const layers = { identity: [all], scp: [[nothing]], rcp: [[policy({ ...to('*', '*'), Effect: 'Deny' })]] };
    for (const principal of [linked, session]) expect(decision(layers, { principal })).toBe('allowed');
    expect(decision(layers, { principal: ROLE })).toBe('explicitDeny');
  });

  it('SCPs limit the root user, identity policies and boundaries do not', () => {
    expect(decision({}, { principal: ROOT })).toBe('allowed');
    expect(decision({ identity: [policy(deny('*'))], boundary: nothing }, { principal: ROOT })).toBe('allowed');
    expect(decision({ scp: [[writes]] }, { principal: ROOT })).toBe('implicitDeny');
    expect(decision({ scp: [[noReads]] }, { principal: ACCOUNT })).toBe('explicitDeny');
    expect(
      decision({ resource: policy({ ...to('*'), Effect: 'Deny' }) }, { principal: ROOT, resourceAccount: ACCOUNT }),
    ).toBe('explicitDeny');
  });

  it('a session of GetFederationToken has only what its session policy allows, and what names it', () => {
    const principal = `arn:aws:sts::${ACCOUNT}:federated-user/ann`;
    expect(decision({ identity: [all] }, { principal })).toBe('implicitDeny');
    expect(decision({ identity: [all], session: reads }, { principal })).toBe('allowed');
    expect(decision({ identity: [all], session: writes }, { principal })).toBe('implicitDeny');
    expect(decision({ resource: policy(to({ AWS: principal })) }, { principal, resourceAccount: ACCOUNT })).toBe(
      'allowed',
    );
  });

  it('who has no identity policies is let in by the resource alone', () => {
    const service = { principal: 'sns.amazonaws.com' };
    expect(decision({ resource: policy(to({ Service: 'sns.amazonaws.com' })) }, service)).toBe('allowed');
    expect(decision({ resource: policy(to({ Service: 'sns.amazonaws.com' })), scp: [[nothing]] }, service)).toBe(
      'allowed',
    );
    expect(decision({ identity: [all] }, service)).toBe('implicitDeny');
    expect(decision({ identity: [all] }, { principal: '*' })).toBe('implicitDeny');
    expect(decision({ resource: opens }, { principal: '*' })).toBe('allowed');
    expect(decision({ resource: opens, rcp: [[policy({ ...to('*'), Effect: 'Deny' })]] }, { principal: '*' })).toBe(
      'explicitDeny',
    );
  });

  it('what is not known counts against the request', () => {
    const token = '⟨ref:aws_s3_bucket.b.arn⟩';
    const object = { resource: `${token}/x` };
    expect(decision({ identity: [policy(allow('s3:*', `${token}/*`))] }, object)).toBe('allowed');
    expect(decision({ identity: [policy(allow('s3:*', 'arn:aws:s3:::a/*'))] }, object)).toBe('implicitDeny');
    expect(decision({ identity: [all, policy(deny('s3:*', 'arn:aws:s3:::a/*'))] }, object)).toBe('explicitDeny');
    expect(decision({ identity: [policy(allow('s3:*', `${token}/*`))] })).toBe('implicitDeny');
    expect(decision({ identity: [all, policy(deny('s3:*', `${token}/*`))] })).toBe('explicitDeny');
    const vpce = { 'aws:SourceVpce': ['⟨ref:aws_vpc_endpoint.e.id⟩'] };
    const same = policy(
      allow('s3:*', '*', when({ StringEquals: { 'aws:SourceVpce': '⟨ref:aws_vpc_endpoint.e.id⟩' } })),
    );
    expect(decision({ identity: [same] }, { context: vpce })).toBe('allowed');
    expect(decision({ identity: [same] }, { context: { 'aws:SourceVpce': ['vpce-1'] } })).toBe('implicitDeny');
  });
});
