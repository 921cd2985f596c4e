import { describe, expect, it } from 'vitest';
import { parseConditions } from '../../../src/aws/policy-document/condition.ts';
import { limitOf } from '../../../src/aws/policy-document/limit.ts';
import { Unknown } from '../../../src/plan/value.ts';
import type { Value } from '../../../src/plan/value.ts';

const limit = (conditions: Value) => limitOf(parseConditions(conditions));

describe('conditions that limit everyone', () => {
  it.each<[Value, string]>([
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'organization'],
    [{ StringEquals: { 'AWS:principalorgid': ['o-1', 'o-2'] } }, 'organization'],
    [{ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-*' } }, 'organization'],
    [{ StringEquals: { 'aws:PrincipalAccount': '111122223333' } }, 'account'],
    [{ StringEquals: { 'aws:SourceAccount': '111122223333' } }, 'account'],
    [{ StringEquals: { 'aws:SourceOwner': '111122223333' } }, 'account'],
    [{ StringEquals: { 'kms:CallerAccount': '111122223333' } }, 'account'],
    [{ stringequals: { 'aws:sourcevpce': 'vpce-1' } }, 'network'],
    [{ StringEquals: { 'aws:SourceVpc': ['vpc-1', 'vpc-2'] } }, 'network'],
    [{ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '8.0.0.0/8'] } }, 'network'],
    [{ IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, 'network'],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } }, 'principal'],
    [{ StringLike: { 'aws:userid': 'AROAEXAMPLE:*' } }, 'principal'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:*' } }, 'source'],
    [{ ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::uploads' } }, 'source'],
    [{ Bool: { 'aws:PrincipalIsAWSService': 'true' } }, 'services'],
    [{ StringEquals: { 'sts:ExternalId': 'x' } }, 'shared secret'],
    [
      { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-1' }, Null: { 'aws:PrincipalOrgID': 'false' } },
      'organization',
    ],
    [{ Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:SourceVpce': 'vpce-1' } }, 'network'],
    [
      {
        StringEquals: { 'aws:SourceVpce': new Unknown('later', [{ address: 'aws_vpc_endpoint.s3', attribute: 'id' }]) },
      },
      'network',
    ],
    [{ ArnLike: { 'aws:SourceArn': '⟨ref:aws_sns_topic.t["*"].arn⟩' } }, 'source'],
  ])('%j limits to the %s', (conditions, expected) => {
    expect(limit(conditions)).toBe(expected);
  });
});

describe('conditions that do not limit', () => {
  it.each<[string, Value]>([
    ['no condition', null],
    ['IfExists on a key that internet requests lack', { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } }],
    [
      'IfExists on a key that anonymous requests lack',
      { StringEqualsIfExists: { 'aws:PrincipalAccount': '111122223333' } },
    ],
    ['ForAllValues, true without the key', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-1' } }],
    ['a negated test', { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }],
    ['a negated range', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
    ['a negated ARN', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/x' } }],
    ['any endpoint of anybody', { Null: { 'aws:SourceVpce': 'false' } }],
    ['one unlimited value among several', { StringLike: { 'aws:PrincipalOrgID': ['o-1', '*'] } }],
    ['a glob of organizations', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }],
    ['a policy variable', { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } }],
    ['roles of any account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } }],
    ['sources of any account', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:topic' } }],
    ['buckets by glob', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }],
    ['the whole of IPv4', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }],
    ['IPv4 in two halves', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }],
    ['the whole of IPv6', { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '::/0'] } }],
    ['TLS', { Bool: { 'aws:SecureTransport': 'true' } }],
    ['a referer', { StringLike: { 'aws:Referer': 'https://example.com/*' } }],
    ['a user agent', { StringEquals: { 'aws:UserAgent': 'x' } }],
    ['a prefix', { StringEquals: { 's3:prefix': 'home/' } }],
    ['the region', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }],
    ['the service that calls KMS', { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }],
    ['MFA alone', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }],
    ['AWS services excluded', { Bool: { 'aws:PrincipalIsAWSService': 'false' } }],
    ['no value at all', { StringEquals: { 'aws:PrincipalOrgID': [] } }],
  ])('%s', (_, conditions) => {
    expect(limit(conditions)).toBe('none');
  });

  it('are not guessed when a value is known only after apply and could be anything', () => {
    expect(limit({ StringEquals: { 'aws:PrincipalOrgID': new Unknown('later') } })).toBeInstanceOf(Unknown);
    expect(
      limit({
        IpAddress: { 'aws:SourceIp': new Unknown('later', [{ address: 'aws_eip.a', attribute: 'public_ip' }]) },
      }),
    ).toBeInstanceOf(Unknown);
    expect(limit(new Unknown('later'))).toBeInstanceOf(Unknown);
    expect(limit({ StringEquals: { 'aws:PrincipalOrgID': [new Unknown('later'), '*'] } })).toBe('none');
  });
});
