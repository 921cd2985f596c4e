import { describe, expect, it } from 'vitest';
import type { Document } from '../../src/aws/policy-document/statement.ts';
import { Unknown } from '../../src/plan/value.ts';
import type { Value } from '../../src/plan/value.ts';
import { decided } from './ask.ts';
import { allow, deny, oldPolicy, policy, when, without } from './policies.ts';

const isAllowed = (document: Document, action: string, resource = '*', context = {}) =>
  decided(document, { action, resource, context }) === 'allowed';

describe('Action', () => {
  it.each<readonly [Value, string, boolean]>([
    ['*', 's3:GetObject', true],
    ['*:*', 's3:GetObject', true],
    ['s3:*', 's3:GetObject', true],
    ['s3:*', 's3express:CreateSession', false],
    ['S3:GETOBJECT', 's3:getObject', true],
    ['s3:Get*', 's3:GetObjectAcl', true],
    ['s3:Get*', 's3:PutObject', false],
    ['s3:GetObject?', 's3:GetObject', false],
    ['s3:GetObject?', 's3:GetObjects', true],
    ['s3:*Object', 's3:GetObject', true],
    ['s3:*Object', 's3:GetObjectAcl', false],
    ['s*:GetObject', 's3:GetObject', true],
    ['s3:GetObject,s3:PutObject', 's3:GetObject', false],
    ['s3:GetObject ', 's3:GetObject', false],
    [['ec2:*', 's3:PutObject'], 's3:PutObject', true],
    [[], 's3:PutObject', false],
  ])('%j allows %s: %s', (Action, action, expected) => {
    expect(isAllowed(policy(allow(Action)), action)).toBe(expected);
  });

  it('as NotAction is every other action of all services', () => {
    const others = policy({ ...without(allow('*'), 'Action'), NotAction: ['iam:*', 's3:Get*'] });
    expect(
      ['iam:PassRole', 'S3:GetObject', 's3:PutObject', 'new-service:DoIt'].map((action) => isAllowed(others, action)),
    ).toEqual([false, false, true, true]);
    const guard = policy(allow('*'), { ...without(deny('*'), 'Action'), NotAction: 's3:*' });
    expect(['s3:GetObject', 'ec2:RunInstances'].map((action) => isAllowed(guard, action))).toEqual([true, false]);
  });
});

describe('Resource', () => {
  it.each<readonly [Value, string, boolean]>([
    ['*', '*', true],
    ['*', 'arn:aws:s3:::a', true],
    ['arn:aws:s3:::a', 'arn:aws:s3:::a', true],
    ['arn:aws:s3:::a', 'arn:aws:s3:::A', false],
    ['arn:aws:s3:::a', 'arn:aws:s3:::a/b', false],
    ['arn:aws:s3:::a*', 'arn:aws:s3:::a-other', true],
    ['arn:aws:s3:::a/*', 'arn:aws:s3:::a', false],
    ['arn:aws:s3:::a/*', 'arn:aws:s3:::a/b/c:d', true],
    ['arn:aws:s3:::a/?', 'arn:aws:s3:::a/bc', false],
    // An action without resources is asked about a star, which no ARN is.
    ['arn:aws:s3:::*', '*', false],
    ['arn:*', '*', false],
    // A star in one of the first five parts of an ARN does not cross a colon.
    ['arn:aws:sqs:*:111122223333:q', 'arn:aws:sqs:eu-west-1:111122223333:q', true],
    ['arn:aws:sqs:*:q', 'arn:aws:sqs:eu-west-1:111122223333:q', false],
    ['arn:aws:sqs:eu*:*:q', 'arn:aws:sqs:us-east-1:111122223333:q', false],
    ['arn:aws:sqs:??-west-1:*:q', 'arn:aws:sqs:eu-west-1:111122223333:q', true],
    ['arn:*:sqs:*:*:q', 'arn:aws-cn:sqs:cn-north-1:111122223333:q', true],
    ['arn:*:q', 'arn:aws:sqs:eu-west-1:111122223333:q', false],
    // In the sixth part it matches anything, and at the end of a shorter ARN all that follows.
    ['arn:aws:logs:*:*:log-group:*', 'arn:aws:logs:eu-west-1:1:log-group:a:log-stream:b', true],
    ['arn:aws:logs:*:*:*:b', 'arn:aws:logs:eu-west-1:1:log-group:a:log-stream:b', true],
    ['arn:aws:sqs:*', 'arn:aws:sqs:eu-west-1:111122223333:q', true],
    ['arn:aws:sqs:eu-*', 'arn:aws:sqs:eu-west-1:111122223333:q', true],
    ['arn:aws:sqs:us-*', 'arn:aws:sqs:eu-west-1:111122223333:q', false],
    ['arn:aws:s*', 'arn:aws:sqs:eu-west-1:111122223333:q', true],
    ['arn:*:s*', 'arn:aws:sqs:eu-west-1:111122223333:q', true],
    ['arn:*', 'arn:aws:sqs:eu-west-1:111122223333:q', true],
    ['arn:aws:sqs:eu-west-1', 'arn:aws:sqs:eu-west-1:111122223333:q', false],
    [['arn:aws:s3:::a', 'arn:aws:s3:::b'], 'arn:aws:s3:::b', true],
  ])('%j is %s: %s', (Resource, resource, expected) => {
    expect(isAllowed(policy(allow('*', Resource)), 's3:GetObject', resource)).toBe(expected);
    const others = policy({ ...without(allow('*'), 'Resource'), NotResource: Resource });
    expect(isAllowed(others, 's3:GetObject', resource)).toBe(!expected);
  });

  it('may be missing, as in trust policies', () => {
    expect(isAllowed(policy(without(allow('*'), 'Resource')), 's3:GetObject', 'arn:aws:s3:::a')).toBe(true);
  });
});

describe('policy variables', () => {
  const BUCKET = 'arn:aws:s3:::home';
  const own = (variable: string) => policy(allow('s3:*', `${BUCKET}/${variable}/*`));
  const ann = { 'aws:username': ['ann'] };

  it('are the value of their key', () => {
    expect(isAllowed(own('${aws:username}'), 's3:GetObject', `${BUCKET}/ann/x`, ann)).toBe(true);
    expect(isAllowed(own('${aws:username}'), 's3:GetObject', `${BUCKET}/bob/x`, ann)).toBe(false);
    expect(isAllowed(own('${AWS:UserName}'), 's3:GetObject', `${BUCKET}/ann/x`, { 'AWS:USERNAME': ['ann'] })).toBe(
      true,
    );
    expect(
      isAllowed(own('${aws:PrincipalTag/team}-${aws:username}'), 's3:GetObject', `${BUCKET}/a-ann/x`, {
        ...ann,
        'aws:PrincipalTag/team': ['a'],
      }),
    ).toBe(true);
  });

  it('are literal text, whatever stands in it', () => {
    const star = { 'aws:username': ['*'] };
    expect(isAllowed(own('${aws:username}'), 's3:GetObject', `${BUCKET}/bob/x`, star)).toBe(false);
    expect(isAllowed(own('${aws:username}'), 's3:GetObject', `${BUCKET}/*/x`, star)).toBe(true);
    const nested = { 'aws:username': ['${aws:userid}'], 'aws:userid': ['AIDA'] };
    expect(isAllowed(own('${aws:username}'), 's3:GetObject', `${BUCKET}/AIDA/x`, nested)).toBe(false);
  });

  it('may have a default', () => {
    const guest = own("${aws:username, 'guest'}");
    expect(isAllowed(guest, 's3:GetObject', `${BUCKET}/guest/x`)).toBe(true);
    expect(isAllowed(guest, 's3:GetObject', `${BUCKET}/guest/x`, ann)).toBe(false);
    expect(isAllowed(guest, 's3:GetObject', `${BUCKET}/ann/x`, ann)).toBe(true);
    expect(isAllowed(own("${aws:username,''}"), 's3:GetObject', `${BUCKET}//x`)).toBe(true);
  });

  it('stand for *, ? and $ as characters', () => {
    expect(isAllowed(own('${*}'), 's3:GetObject', `${BUCKET}/*/x`)).toBe(true);
    expect(isAllowed(own('${*}'), 's3:GetObject', `${BUCKET}/a/x`)).toBe(false);
    expect(isAllowed(own('${?}'), 's3:GetObject', `${BUCKET}/?/x`)).toBe(true);
    expect(isAllowed(own('${?}'), 's3:GetObject', `${BUCKET}/a/x`)).toBe(false);
    expect(isAllowed(own('${$}{a}'), 's3:GetObject', `${BUCKET}/\${a}/x`)).toBe(true);
  });

  it('without a value match nothing', () => {
    for (const context of [{}, { 'aws:username': [] }, { 'aws:username': ['ann', 'bob'] }]) {
      expect(isAllowed(own('${aws:username}'), 's3:GetObject', `${BUCKET}/ann/x`, context)).toBe(false);
      expect(isAllowed(own('${aws:username}'), 's3:GetObject', `${BUCKET}//x`, context)).toBe(false);
    }
    const either = policy(allow('s3:*', [`${BUCKET}/\${aws:username}/*`, `${BUCKET}/open/*`]));
    expect(isAllowed(either, 's3:GetObject', `${BUCKET}/open/x`)).toBe(true);
  });

  it('without a value in NotResource count against the request, because AWS does not say what they mean', () => {
    const others = { ...without(allow('s3:*'), 'Resource'), NotResource: `${BUCKET}/\${aws:username}/*` };
    expect(isAllowed(policy(others), 's3:GetObject', `${BUCKET}/bob/x`, ann)).toBe(true);
    expect(isAllowed(policy(others), 's3:GetObject', `${BUCKET}/ann/x`, ann)).toBe(false);
    expect(isAllowed(policy(others), 's3:GetObject', `${BUCKET}/bob/x`)).toBe(false);
    expect(isAllowed(policy(allow('s3:*'), { ...others, Effect: 'Deny' }), 's3:GetObject', `${BUCKET}/bob/x`)).toBe(
      false,
    );
  });

  it.each<readonly [operator: string, given: string | undefined, expected: boolean]>([
    ['StringEquals', 'ann', true],
    ['StringEquals', 'bob', false],
    ['StringNotEquals', 'bob', true],
    ['StringNotEquals', 'ann', false],
    ['StringEquals', undefined, false],
    ['StringNotEquals', undefined, true],
    ['StringLike', 'ann', true],
    ['StringEqualsIgnoreCase', 'ANN', true],
    ['ForAnyValue:StringEquals', 'ann', true],
  ])('under %s with %s: %s', (operator, tag, expected) => {
    const document = policy(allow('*', '*', when({ [operator]: { 'aws:ResourceTag/owner': '${aws:username}' } })));
    const context = { ...ann, ...(tag === undefined ? {} : { 'aws:ResourceTag/owner': [tag] }) };
    expect(isAllowed(document, 'ec2:StopInstances', '*', context)).toBe(expected);
  });

  it('without a value in a condition: positive ones fail, negated ones hold', () => {
    const tagged = (operator: string) =>
      isAllowed(
        policy(allow('*', '*', when({ [operator]: { 'aws:ResourceTag/owner': '${aws:username}' } }))),
        'ec2:StopInstances',
        '*',
        { 'aws:ResourceTag/owner': ['ann'] },
      );
    expect(['StringEquals', 'StringLike', 'StringEqualsIfExists', 'ArnLike'].map(tagged)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(['StringNotEquals', 'StringNotLike', 'ArnNotLike'].map(tagged)).toEqual([true, true, true]);
  });

  it('are read in ARNs of conditions, and not under numbers, dates and addresses', () => {
    const where = (condition: Value, context: object) =>
      isAllowed(policy(allow('*', '*', when(condition))), 's3:GetObject', '*', context);
    const arn = { 'aws:SourceArn': ['arn:aws:s3:::ann'], ...ann };
    expect(where({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::${aws:username}' } }, arn)).toBe(true);
    const n = { 'aws:n': ['5'], 'aws:limit': ['9'] };
    expect(where({ NumericLessThan: { 'aws:n': '${aws:limit}' } }, n)).toBe(false);
    expect(where({ NumericNotEquals: { 'aws:n': '${aws:limit}' } }, n)).toBe(true);
    const ip = { 'aws:SourceIp': ['10.0.0.1'], 'aws:ip': ['10.0.0.1'] };
    expect(where({ IpAddress: { 'aws:SourceIp': '${aws:ip}' } }, ip)).toBe(false);
  });

  it.each(['2008-10-17', undefined])('are plain text in version %s', (version) => {
    const old = oldPolicy(version, allow('s3:*', `${BUCKET}/\${aws:username}/*`));
    expect(isAllowed(old, 's3:GetObject', `${BUCKET}/ann/x`, ann)).toBe(false);
    expect(isAllowed(old, 's3:GetObject', `${BUCKET}/\${aws:username}/x`, ann)).toBe(true);
    const condition = when({ StringEquals: { 'aws:k': '${aws:username}' } });
    expect(
      isAllowed(oldPolicy(version, allow('*', '*', condition)), 's3:GetObject', '*', { ...ann, 'aws:k': ['ann'] }),
    ).toBe(false);
  });
});

describe('parts that are not known', () => {
  const unknown = new Unknown('it is known after apply');

  it.each<readonly [string, Value]>([
    ['an action', allow(['s3:PutObject', unknown])],
    ['a resource', allow('*', ['arn:aws:s3:::b', unknown])],
    ['a condition', allow('*', '*', when(unknown))],
    ['a value of a condition', allow('*', '*', when({ StringEquals: { 'aws:k': unknown } }))],
    ['the presence that is asked for', allow('*', '*', when({ Null: { 'aws:k': unknown } }))],
  ])('%s neither allows for sure nor fails to deny', (_, statement) => {
    const asked = { action: 's3:GetObject', resource: 'arn:aws:s3:::a', context: { 'aws:k': ['a'] } };
    expect(decided(policy(statement), asked)).toBe('implicitDeny');
    expect(decided(policy(allow('*'), { ...Object(statement), Effect: 'Deny' }), asked)).toBe('explicitDeny');
  });

  it('do not stand in the way of what is known beside them', () => {
    const some = policy(
      allow(
        ['s3:GetObject', unknown],
        ['arn:aws:s3:::a', unknown],
        when({ StringEquals: { 'aws:k': ['a', unknown] } }),
      ),
    );
    expect(isAllowed(some, 's3:GetObject', 'arn:aws:s3:::a', { 'aws:k': ['a'] })).toBe(true);
    expect(isAllowed(some, 's3:PutObject', 'arn:aws:s3:::a', { 'aws:k': ['a'] })).toBe(false);
    expect(isAllowed(some, 's3:GetObject', 'arn:aws:s3:::a', {})).toBe(false);
  });
});
