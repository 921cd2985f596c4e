import { describe, expect, it } from 'vitest';
import type { Document } from '../../src/aws/policy-document/statement.ts';
import { allow, deny, gainsBetween, oldPolicy, policy, proofOf, verdict, when, without } from './policies.ts';

const BUCKET = 'arn:aws:s3:::home';
const OWN = `${BUCKET}/\${aws:username}/*`;
const read = (...resources: string[]) => allow('s3:GetObject', resources);
const proofs = (before: Document, after: Document) => gainsBetween(before, after).regions.map(proofOf);

describe('a variable in a resource', () => {
  it('is nothing new when the statement is cut, reordered or narrowed', () => {
    const whole = policy(allow(['s3:GetObject', 's3:PutObject'], OWN));
    expect(verdict(whole, policy(allow('s3:PutObject', OWN), allow('s3:GetObject', OWN)))).toBe('nothing');
    expect(verdict(whole, policy(read(OWN)))).toBe('nothing');
    expect(verdict(policy(read(`${BUCKET}/*`)), policy(read(OWN)))).toBe('nothing');
    expect(verdict(policy(read(OWN)), policy(read(OWN.replace('username', 'UserName'))))).toBe('nothing');
    expect(verdict(policy(read(OWN)), policy(read(`${BUCKET}/\${aws:username}/reports/*`)))).toBe('nothing');
  });

  it('is new where no variable was, and the other way round', () => {
    expect(verdict(policy(read(`${BUCKET}/bob/*`)), policy(read(OWN)))).toBe('gained');
    expect(verdict(policy(read(OWN)), policy(read(`${BUCKET}/bob/*`)))).toBe('gained');
    expect(verdict(policy(read(OWN)), policy(read(`${BUCKET}/\${aws:userid}/*`)))).toBe('gained');
    expect(verdict(policy(read(OWN)), policy(read(`${BUCKET}/*`)))).toBe('gained');
  });

  it('is proven by a request with a value that no document names', () => {
    const [proof] = proofs(policy(read(`${BUCKET}/example/*`)), policy(read(OWN)));
    expect(proof).toBe('s3:getobject on arn:aws:s3:::home/someone/ with aws:username=[someone]');
  });

  it('has its default where the request lacks the key', () => {
    const before = policy(read(OWN));
    const after = policy(read(`${BUCKET}/\${aws:username, 'guest'}/*`));
    expect(proofs(before, after)).toEqual(['s3:getobject on arn:aws:s3:::home/guest/']);
  });

  it('reads ${*}, ${?} and ${$} as these characters', () => {
    expect(verdict(policy(read(`${BUCKET}/*`)), policy(read(`${BUCKET}/\${*}`)))).toBe('nothing');
    expect(verdict(policy(read(`${BUCKET}/\${*}`)), policy(read(`${BUCKET}/*`)))).toBe('gained');
    expect(verdict(policy(read(`${BUCKET}/\${?}`)), policy(read(`${BUCKET}/?`)))).toBe('gained');
    expect(verdict(policy(read(`${BUCKET}/\${$}a`)), policy(read(`${BUCKET}/$a`)))).toBe('nothing');
  });

  it('is text in policies of old versions', () => {
    for (const version of ['2008-10-17', undefined]) {
      const old = oldPolicy(version, read(OWN));
      expect(verdict(old, policy(read(OWN)))).toBe('gained');
      expect(verdict(policy(read(OWN)), old)).toBe('gained');
      expect(verdict(old, oldPolicy(version, read(OWN)))).toBe('nothing');
    }
  });

  it('is not cancelled against the same words of another version', () => {
    const more = allow('s3:GetObject', [OWN, 'arn:aws:s3:::open/*']);
    expect(proofs(oldPolicy('2008-10-17', more), policy(read(OWN)))).toHaveLength(1);
  });
});

describe('a variable in a Deny', () => {
  const open = read(`${BUCKET}/*`);
  const own = deny('s3:GetObject', OWN);

  it('of the old side may have kept out what is written without it now', () => {
    // Bob was kept out of bob/, and the rest is narrowed: a comparison that takes the variable for a text of its own is blind to that.
    expect(proofs(policy(open, own), policy(read(`${BUCKET}/bob/*`)))).toEqual([
      's3:getobject on arn:aws:s3:::home/bob/ with aws:username=[bob]',
    ]);
    expect(verdict(policy(open, own), policy(open))).toBe('gained');
  });

  it('is nothing new while it stays, whatever else is narrowed', () => {
    expect(verdict(policy(open, own), policy(read(`${BUCKET}/bob/*`), own))).toBe('nothing');
    expect(verdict(policy(open, own), policy(open, deny('s3:*', OWN)))).toBe('nothing');
    expect(verdict(policy(open), policy(open, own))).toBe('nothing');
  });

  it('spares the own folder with NotResource, whoever owns it', () => {
    const guard = { ...without(own, 'Resource'), NotResource: OWN };
    expect(proofs(policy(), policy(read(`${BUCKET}/bob/*`), guard))).toEqual([
      's3:getobject on arn:aws:s3:::home/bob/ with aws:username=[bob]',
    ]);
  });

  it('lets no statement take the credit for what another one allows', () => {
    const others = (...arns: string[]) => ({ ...without(read(OWN), 'Resource'), NotResource: arns });
    const { regions } = gainsBetween(policy(others(OWN)), policy(others(OWN, OWN), allow('s3:Get*')));
    expect(regions.length).toBeGreaterThan(0);
    expect(new Set(regions.map(({ statement }) => statement.index))).toEqual(new Set([1]));
  });

  it('is undetermined with NotResource when the request may lack the key', () => {
    // AWS does not say whether NotResource with an unresolved variable spares nothing or does not apply.
    const guard = { ...without(own, 'Resource'), NotResource: OWN };
    expect(verdict(policy(), policy(read('arn:aws:s3:::other/*'), guard))).toBe('undetermined');
  });
});

describe('a variable in a condition', () => {
  const owned = (operator: string, values: string | string[] = '${aws:username}') =>
    allow('ec2:StopInstances', '*', when({ [operator]: { 'aws:ResourceTag/owner': values } }));

  it('is nothing new when the statement is narrowed', () => {
    const wide = { ...owned('StringEquals'), Action: 'ec2:*' };
    expect(verdict(policy(wide), policy(owned('StringEquals')))).toBe('nothing');
    const notOwned = { ...owned('StringNotEquals'), Action: 'ec2:*' };
    expect(verdict(policy(notOwned), policy(owned('StringNotEquals')))).toBe('nothing');
    expect(verdict(policy(owned('StringEquals', ['${aws:username}', 'all'])), policy(owned('StringEquals')))).toBe(
      'nothing',
    );
    expect(verdict(policy(owned('StringLike', '*')), policy(owned('StringEquals')))).toBe('nothing');
  });

  it.each([
    ['another value beside it', owned('StringEquals'), owned('StringEquals', ['${aws:username}', 'all'])],
    ['any case of it', owned('StringEquals'), owned('StringEqualsIgnoreCase')],
    ['a glob around it', owned('StringLike'), owned('StringLike', '${aws:username}*')],
    ['no key at all', owned('StringEquals'), owned('StringEqualsIfExists')],
    ['what is not it', owned('StringEquals'), owned('StringNotEquals')],
    ['a name that may have been it', owned('StringNotEquals'), owned('StringEquals', 'bob')],
  ])('gains %s', (_, before, after) => {
    expect(verdict(policy(before), policy(after))).toBe('gained');
    expect(verdict(policy(before), policy(before))).toBe('nothing');
  });

  it('and another condition on the same key may both hold', () => {
    const both = {
      StringEquals: { 'aws:ResourceTag/owner': '${aws:username}' },
      StringLike: { 'aws:ResourceTag/owner': 'a*' },
    };
    const [proof] = proofs(policy(), policy(allow('ec2:StopInstances', '*', when(both))));
    expect(proof).toMatch(/aws:username=\[(a.*)\] aws:resourcetag\/owner=\[\1\]$/);
  });

  it('under Bool is undetermined, because AWS contradicts itself', () => {
    const condition = when({ Bool: { 'aws:SecureTransport': '${aws:PrincipalTag/tls}' } });
    expect(verdict(policy(), policy(allow('s3:*', '*', condition)))).toBe('undetermined');
  });
});
