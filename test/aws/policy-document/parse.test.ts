import { describe, expect, it } from 'vitest';
import { describeStatement } from '../../../src/aws/policy-document/describe.ts';
import { documentFromDataSource } from '../../../src/aws/policy-document/from-data-source.ts';
import { parseDocument } from '../../../src/aws/policy-document/parse.ts';
import { Unknown } from '../../../src/plan/value.ts';
import type { Value } from '../../../src/plan/value.ts';

function sentences(value: Value): string[] {
  const document = parseDocument(value);
  return document.kind === 'document' ? document.statements.map(describeStatement) : [document.kind];
}

const block = (more: { [key: string]: Value }): Value => ({
  sid: '',
  effect: null,
  actions: null,
  not_actions: null,
  resources: null,
  not_resources: null,
  principals: [],
  not_principals: [],
  condition: [],
  ...more,
});

describe('a policy document', () => {
  it('is read in words', () => {
    expect(
      sentences({
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' },
          {
            Effect: 'Deny',
            NotPrincipal: { AWS: '111122223333' },
            NotAction: ['s3:GetObject'],
            NotResource: 'arn:aws:s3:::a/*',
            Condition: { Bool: { 'aws:SecureTransport': false } },
          },
          { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      }),
    ).toEqual([
      'Allow s3:* on * to everyone',
      'Deny everything except s3:GetObject on everything except arn:aws:s3:::a/* to everyone except account 111122223333 if Bool aws:SecureTransport false',
      'Allow sts:AssumeRole to ec2.amazonaws.com',
    ]);
  });

  it('may be one statement without a list, with element names in any case', () => {
    expect(sentences({ statement: { effect: 'Allow', action: 'S3:Get*', resource: 'r' } })).toEqual([
      'Allow S3:Get* on r',
    ]);
  });

  it('keeps what is not known, as the reference it is', () => {
    const arn = new Unknown('later', [{ address: 'aws_s3_bucket.a', attribute: 'arn' }]);
    expect(
      sentences({ Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: [arn, '⟨ref:aws_s3_bucket.a.arn⟩/*'] }] }),
    ).toEqual(['Allow s3:* on ${aws_s3_bucket.a.arn}, ${aws_s3_bucket.a.arn}/*']);
    expect(sentences({ Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: new Unknown() }] })).toEqual([
      'Allow s3:* on (known after apply)',
    ]);
    expect(
      parseDocument({ Statement: [new Unknown(), { Effect: new Unknown(), Action: '*', Resource: '*' }] }),
    ).toMatchObject({ statements: [], unread: [expect.any(Unknown), expect.any(Unknown)] });
  });

  it.each<[string, Value, string]>([
    ['nothing', null, 'document'],
    ['empty text', '', 'document'],
    ['text that is not JSON', 'not json', 'invalid'],
    ['a statement without effect', { Statement: [{ Action: '*' }] }, 'invalid'],
    ['a document known after apply', new Unknown(), 'unknown'],
  ])('%s is read as %s', (_, value, kind) => {
    expect(parseDocument(value).kind).toBe(kind);
  });
});

describe('the document of a data source', () => {
  it('has the statements with effect, principals and conditions as IAM writes them', () => {
    const document = documentFromDataSource({
      version: null,
      statement: [
        block({
          sid: 'A',
          actions: ['s3:GetObject'],
          resources: ['arn:aws:s3:::a/&{aws:username}/*'],
          principals: [
            { type: 'AWS', identifiers: ['111122223333'] },
            { type: 'AWS', identifiers: ['arn:aws:iam::111122223333:role/x'] },
            { type: 'Service', identifiers: ['ec2.amazonaws.com'] },
          ],
          condition: [
            { test: 'StringEquals', variable: 'aws:SourceVpce', values: ['vpce-1'] },
            { test: 'StringEquals', variable: 'aws:PrincipalOrgID', values: ['o-1'] },
          ],
        }),
      ],
    });
    expect(document).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'A',
          Effect: 'Allow',
          Action: ['s3:GetObject'],
          Resource: ['arn:aws:s3:::a/${aws:username}/*'],
          Principal: { AWS: ['111122223333', 'arn:aws:iam::111122223333:role/x'], Service: ['ec2.amazonaws.com'] },
          Condition: { StringEquals: { 'aws:SourceVpce': ['vpce-1'], 'aws:PrincipalOrgID': ['o-1'] } },
        },
      ],
    });
  });

  it('writes everyone as a star', () => {
    const document = documentFromDataSource({
      statement: [block({ actions: ['s3:*'], principals: [{ type: '*', identifiers: ['*'] }] })],
    });
    expect(document).toMatchObject({ Statement: [{ Principal: '*' }] });
  });

  it('merges sources, own statements and overrides by Sid', () => {
    const text = (Sid: string, Action: string) =>
      JSON.stringify({ Statement: [{ Sid, Effect: 'Allow', Action, Resource: '*' }] });
    const document = documentFromDataSource({
      statement: [block({ sid: 'Own', actions: ['s3:Own'] }), block({ actions: ['s3:Nameless'] })],
      source_policy_documents: [text('Base', 's3:Base'), text('Own', 's3:Replaced')],
      override_policy_documents: [text('Base', 's3:Override')],
    });
    const actions = sentences(document).map((sentence) => sentence.split(' ')[1]);
    expect(actions).toEqual(['s3:Override', 's3:Own', 's3:Nameless']);
  });

  it('says that anything may follow when a merged document is not known', () => {
    const document = documentFromDataSource({
      statement: [block({ sid: 'A', actions: ['s3:Get'] })],
      source_policy_documents: [new Unknown()],
      override_policy_documents: null,
    });
    expect(parseDocument(document)).toMatchObject({ statements: [{ sid: 'A' }], unread: [expect.any(Unknown)] });
  });

  it('keeps known parts of a statement beside unknown ones', () => {
    const document = documentFromDataSource({
      statement: [
        block({ sid: 'A', effect: 'Deny', actions: ['s3:*'], resources: [new Unknown()], condition: new Unknown() }),
      ],
    });
    expect(document).toMatchObject({
      Statement: [
        { Sid: 'A', Effect: 'Deny', Action: ['s3:*'], Resource: [expect.any(Unknown)], Condition: expect.any(Unknown) },
      ],
    });
  });
});
