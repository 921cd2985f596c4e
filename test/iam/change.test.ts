import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeCondition } from '../../src/aws/policy-document/describe.ts';
import { describeRow } from '../../src/iam/access/row-text.ts';
import { accessRows } from '../../src/iam/access/row.ts';
import { changeOf } from '../../src/iam/difference/change.ts';
import type { Region } from '../../src/iam/difference/difference.ts';
import { sideOf } from '../../src/iam/difference/side.ts';
import { parseDocument } from '../../src/aws/policy-document/parse.ts';
import type { Document } from '../../src/aws/policy-document/statement.ts';
import { Unknown } from '../../src/plan/value.ts';
import type { Value } from '../../src/plan/value.ts';
import { isAllowed } from '../aws/policy-document/evaluator.ts';

function document(...statements: Value[]): Document {
  const parsed = parseDocument({ Version: '2012-10-17', Statement: statements });
  if (parsed.kind !== 'document') throw new Error('the test document cannot be read');
  return parsed;
}

const allow = (Action: Value, Resource: Value, more: { [key: string]: Value } = {}): Value => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: Value, Resource: Value, more: { [key: string]: Value } = {}): Value => ({
  ...Object(allow(Action, Resource, more)),
  Effect: 'Deny',
});

const texts = (regions: readonly Region[]): readonly string[] => accessRows(regions).map(describeRow);

/** What a comparison says, as people read it. */
function difference(before: Document, after: Document) {
  const { gains, added, lostDenies, lostConditions } = changeOf(sideOf(before), sideOf(after));
  return {
    added: texts(added),
    lostDenies: texts(lostDenies.regions),
    lostConditions: [...new Set(lostConditions.map(({ condition }) => describeCondition(condition)))],
    undetermined: new Set([...gains.doubts, ...lostDenies.doubts]).size,
  };
}

const NOTHING = { added: [], lostDenies: [], lostConditions: [], undetermined: 0 };

describe('documents that mean the same', () => {
  const bucket = ['arn:aws:s3:::a', 'arn:aws:s3:::a/*'];
  const whole = document(allow(['s3:GetObject', 's3:ListBucket'], bucket, { Sid: 'Read' }));
  it.each([
    ['split by action', document(allow('s3:GetObject', bucket), allow('s3:ListBucket', bucket))],
    ['split by resource', document(...bucket.map((arn) => allow(['s3:GetObject', 's3:ListBucket'], arn)))],
    ['in another order and case', document(allow(['S3:listbucket', 's3:getobject'], bucket.toReversed()))],
    ['with another Sid', document(allow(['s3:GetObject', 's3:ListBucket'], bucket, { Sid: 'Other' }))],
  ])('differ in nothing when %s', (_, other) => {
    expect(difference(whole, other)).toEqual(NOTHING);
    expect(difference(other, whole)).toEqual(NOTHING);
  });

  it('differ in nothing when the account is written as an id or as its root', () => {
    const trust = (AWS: string) => document({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' });
    expect(difference(trust('111122223333'), trust('arn:aws:iam::111122223333:root'))).toEqual(NOTHING);
    expect(
      difference(
        document({ Effect: 'Allow', Principal: '*', Action: 's3:*' }),
        document({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:*' }),
      ),
    ).toEqual(NOTHING);
  });

  it('differ in nothing when one condition with two values is split into two statements', () => {
    const when = (values: Value) => allow('s3:*', '*', { Condition: { StringEquals: { 'aws:SourceVpce': values } } });
    expect(difference(document(when('vpce-1'), when('vpce-2')), document(when(['vpce-1', 'vpce-2'])))).toEqual(NOTHING);
  });
});

describe('what is added', () => {
  it('is only the part that nothing covered before', () => {
    const before = document(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::a/*'));
    const after = document(allow(['s3:GetObject', 's3:DeleteObject'], ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*']));
    expect(difference(before, after).added).toEqual([
      's3:GetObject on arn:aws:s3:::b/*',
      's3:DeleteObject on arn:aws:s3:::a/*, arn:aws:s3:::b/*',
    ]);
  });

  it('is nothing when a wildcard is narrowed, and the wildcard when it is widened', () => {
    const wide = document(allow('s3:*', '*'));
    const narrow = document(allow(['s3:Get*', 's3:PutObject'], 'arn:aws:s3:::a/*'));
    expect(difference(wide, narrow)).toEqual(NOTHING);
    expect(difference(narrow, wide).added).toEqual(['s3:* on *']);
  });

  it('is what NotAction no longer excludes', () => {
    const except = (...actions: string[]) => document({ Effect: 'Allow', NotAction: actions, Resource: '*' });
    expect(difference(except('iam:*'), except('iam:*', 'sts:*'))).toEqual(NOTHING);
    expect(difference(except('iam:*', 'sts:*'), except('iam:*')).added).toEqual(['everything except iam:* on *']);
    expect(difference(except('iam:*'), document(allow('s3:*', '*')))).toEqual(NOTHING);
    expect(difference(except('iam:*'), document(allow('iam:PassRole', '*'))).added).toEqual(['iam:PassRole on *']);
  });

  it('is not what the same document denies', () => {
    expect(difference(document(), document(allow('s3:*', '*'), deny('s3:*', '*')))).toEqual(NOTHING);
  });

  it('cannot be told of an ARN that is known after apply when a glob may cover it', () => {
    const before = document(allow('s3:GetObject', 'arn:aws:s3:::prod-*'));
    const later = new Unknown('it is known after apply', [{ address: 'aws_s3_bucket.b', attribute: 'arn' }]);
    expect(difference(before, document(allow('s3:GetObject', later)))).toMatchObject({ added: [], undetermined: 1 });
    expect(difference(document(allow('s3:GetObject', '*')), document(allow('s3:GetObject', later)))).toEqual(NOTHING);
  });

  it('is never silent about a statement that cannot be read', () => {
    expect(difference(document(), document(new Unknown())).undetermined).toBe(1);
    expect(
      difference(document(allow('s3:*', '*')), document(allow('s3:*', '*', { Condition: new Unknown() }))),
    ).toEqual(NOTHING);
    expect(
      difference(
        document(allow('s3:*', '*', { Condition: { Bool: { 'aws:SecureTransport': true } } })),
        document(allow('s3:*', '*', { Condition: new Unknown() })),
      ).undetermined,
    ).toBe(1);
  });
});

describe('what is lost', () => {
  const tls = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

  it('is a Deny that nothing replaces', () => {
    expect(difference(document(deny('s3:*', '*', tls)), document()).lostDenies).toEqual([
      's3:* on * if Bool aws:SecureTransport false',
    ]);
    expect(difference(document(deny('s3:*', '*', tls)), document(deny('s3:*', '*')))).toEqual(NOTHING);
    expect(difference(document(deny('s3:*', '*')), document(deny('s3:*', '*', tls))).lostDenies).toHaveLength(1);
  });

  it('is the IfExists of an MFA Deny, which also stops long-term keys', () => {
    const mfa = (operator: string) =>
      document(deny('*', '*', { Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } } }));
    expect(difference(mfa('BoolIfExists'), mfa('Bool')).lostDenies).toHaveLength(1);
    expect(difference(mfa('Bool'), mfa('BoolIfExists'))).toEqual(NOTHING);
  });

  it('is a condition of an Allow, named with operator, key and values', () => {
    const limited = document(
      allow('s3:*', '*', {
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' }, Bool: { 'aws:SecureTransport': true } },
      }),
    );
    const open = document(allow('s3:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }));
    expect(difference(limited, open)).toEqual({ ...NOTHING, lostConditions: ['StringEquals aws:PrincipalOrgID o-1'] });
    expect(difference(open, limited)).toEqual(NOTHING);
  });

  it.each([
    [
      'more addresses',
      { IpAddress: { 'aws:SourceIp': ['10.0.0.0/16'] } },
      { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } },
    ],
    [
      'plain to IfExists',
      { StringEquals: { 'sts:ExternalId': 'x' } },
      { StringEqualsIfExists: { 'sts:ExternalId': 'x' } },
    ],
    [
      'more values',
      { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
      { StringEquals: { 'aws:SourceVpc': ['vpc-1', 'vpc-2'] } },
    ],
    [
      'fewer exceptions',
      { StringNotEquals: { 'aws:SourceVpc': ['vpc-1', 'vpc-2'] } },
      { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } },
    ],
    [
      'equals to a glob',
      { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      { StringLike: { 'aws:PrincipalOrgID': 'o-*' } },
    ],
    [
      'equals to any case',
      { StringEquals: { 'aws:PrincipalTag/t': 'prod' } },
      { StringEqualsIgnoreCase: { 'aws:PrincipalTag/t': 'prod' } },
    ],
    [
      'a later date',
      { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
      { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } },
    ],
  ])('is a condition that becomes looser: %s', (_, strict, loose) => {
    const [before, after] = [strict, loose].map((Condition) => document(allow('s3:*', '*', { Condition })));
    if (!before || !after) throw new Error('no documents');
    expect(difference(before, after)).toMatchObject({ added: [], lostConditions: [expect.any(String)] });
    expect(difference(after, before)).toEqual(NOTHING);
  });
});

const condition = fc.oneof(
  fc.constant<Value>({}),
  fc
    .record({
      operator: fc.constantFrom(
        'StringEquals',
        'StringNotEquals',
        'StringLike',
        'StringNotLike',
        'StringEqualsIgnoreCase',
        'StringEqualsIfExists',
        'StringNotEqualsIfExists',
        'ForAllValues:StringEquals',
        'ForAnyValue:StringLike',
        'ForAnyValue:StringNotEquals',
      ),
      key: fc.constantFrom('aws:k', 'aws:l'),
      values: fc.subarray(['a', 'A', 'ab', 'a*', '?'], { minLength: 1 }),
    })
    .map(({ operator, key, values }): Value => ({ [operator]: { [key]: values } })),
  fc.constantFrom<Value>(
    { Null: { 'aws:k': 'false' } },
    { Null: { 'aws:k': 'true' } },
    { NumericLessThan: { 'aws:k': '5' } },
  ),
);

const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    actionElement: fc.constantFrom('Action', 'Action', 'NotAction'),
    actions: fc.subarray(['*', 's3:*', 's3:Get*', 's3:GetObject', 'ec2:Run?', 's?:GetObject'], { minLength: 1 }),
    resourceElement: fc.constantFrom('Resource', 'Resource', 'NotResource'),
    resources: fc.subarray(['*', 'r*', 'r1', '?1'], { minLength: 1 }),
    Condition: condition,
  })
  .map(({ Effect, actionElement, actions, resourceElement, resources, Condition }): Value => ({
    Effect,
    [actionElement]: actions,
    [resourceElement]: resources,
    Condition,
  }));

const documents = fc.array(statement, { maxLength: 4 }).map((statements) => document(...statements));

const request = fc.record({
  principal: fc.constant('arn:aws:iam::111122223333:role/x'),
  action: fc.constantFrom('s3:getobject', 's3:putobject', 'ec2:runs', 'ec2:stop', 'sx:getobject'),
  resource: fc.constantFrom('r1', 'r2', 'x1', 'y'),
  context: fc.record(
    { 'aws:k': fc.constantFrom('a', 'A', 'ab', 'b', '4', '9'), 'aws:l': fc.constantFrom('a', 'b') },
    { requiredKeys: [] },
  ),
});

describe('the comparison', () => {
  it('never says that nothing is gained when a request is', () => {
    fc.assert(
      fc.property(
        documents,
        documents,
        fc.array(request, { minLength: 40, maxLength: 40 }),
        (before, after, requests) => {
          const { added, lostDenies, lostConditions, undetermined } = difference(before, after);
          const isSilent = added.length + lostDenies.length + lostConditions.length + undetermined === 0;
          const gained = requests.filter((item) => isAllowed(after, item) && !isAllowed(before, item));
          expect(isSilent ? gained : []).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gains in one direction what it loses in the other', () => {
    const gained = (before: Document, after: Document): readonly string[] =>
      texts(changeOf(sideOf(before), sideOf(after)).gains.regions);
    fc.assert(
      fc.property(documents, documents, fc.array(request, { minLength: 20, maxLength: 20 }), (a, b, requests) => {
        const isGained = requests.some((item) => isAllowed(b, item) && !isAllowed(a, item));
        const isLost = requests.some((item) => isAllowed(a, item) && !isAllowed(b, item));
        const [there, back] = [changeOf(sideOf(a), sideOf(b)).gains, changeOf(sideOf(b), sideOf(a)).gains];
        expect(isGained && there.doubts.length === 0 ? gained(a, b).length > 0 : true).toBe(true);
        expect(isLost && back.doubts.length === 0 ? gained(b, a).length > 0 : true).toBe(true);
      }),
    );
  });

  it('finds nothing between a document and itself cut into single actions, shuffled', () => {
    const cut = fc.array(statement, { maxLength: 4 }).chain((statements) => {
      const parts = statements.flatMap((item) => cutActions(item));
      return fc.tuple(fc.constant(statements), fc.shuffledSubarray(parts, { minLength: parts.length }));
    });
    fc.assert(
      fc.property(cut, ([statements, parts]) => {
        expect(difference(document(...statements), document(...parts))).toEqual(NOTHING);
        expect(difference(document(...parts), document(...statements))).toEqual(NOTHING);
      }),
    );
  });
});

function cutActions(statement: Value): Value[] {
  if (
    typeof statement !== 'object' ||
    statement === null ||
    !('Action' in statement) ||
    !Array.isArray(statement.Action)
  )
    return [statement];
  return statement.Action.map((Action: Value) => ({ ...statement, Action }));
}
