import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareDocument } from '../../src/iam/aws-simulation/document.ts';
import { mask } from '../../src/secrets/mask.ts';
import { listOf, textOf } from '../support/iam/form.ts';
import { allow, decisionOf, policy, policySet, reasonOf, simulationCase, simulatorOf } from '../support/iam/cases.ts';
import { startIam, stopIam, type FakeIam } from '../support/iam/server.ts';

let iam: FakeIam;

beforeEach(async () => {
  iam = await startIam();
});

afterEach(() => stopIam(iam));

const sentPolicies = (): string[] => iam.requests.flatMap(({ form }) => listOf(form['PolicyInputList']).map(textOf));

/** Everything that went over the wire. */
const sent = (): string =>
  iam.requests.map(({ body, headers }) => `${decodeURIComponent(body)} ${JSON.stringify(headers)}`).join('\n');

const TOKEN = `ghp_${'a1B2'.repeat(9)}`;

describe('nothing secret leaves this machine', () => {
  const condition = { StringEquals: { 'aws:UserAgent': TOKEN, 'aws:PrincipalTag/team': 'red' } };
  const secretive = policy({ Effect: 'Allow', Action: 's3:GetObject', Sid: TOKEN, Condition: condition });
  const masked = { notes: ['what looked like a secret was masked before anything was sent to AWS'] };

  test('in a policy, and the answer says so', async () => {
    const { after } = await simulatorOf(iam, { mask }).simulate(simulationCase({ after: policySet(secretive) }));
    expect(after).toMatchObject(masked);
    expect(sent()).not.toContain(TOKEN);
    expect(sentPolicies()[0]).toContain('"aws:UserAgent":"(secret)","aws:PrincipalTag/team":"red"');
  });

  test.each([
    ['a boundary', { after: { policies: [allow('s3:*')], boundary: secretive } }],
    ['the resource', { request: { resource: `arn:aws:s3:::logs/${TOKEN}` } }],
    ['the context', { request: { context: { 'aws:UserAgent': [TOKEN] } } }],
  ])('in %s', async (_, given) => {
    const { after } = await simulatorOf(iam, { mask }).simulate(simulationCase(given));
    expect(after).toMatchObject(masked);
    expect(sent()).toContain('(secret)');
    expect(sent()).not.toContain(TOKEN);
  });
});

describe('a policy text', () => {
  test('holds nothing above Latin-1, and means the same', async () => {
    const Condition = { StringEquals: { 'aws:PrincipalTag/näme': 'Zoë 中文 😀 \u0007\u2028' } };
    const after = policySet(policy({ Effect: 'Allow', Action: 's3:GetObject', Condition }));
    await simulatorOf(iam).simulate(simulationCase({ after }));
    const [text = ''] = sentPolicies();
    expect(text).toContain('näme":"Zoë \\u4e2d\\u6587 \\ud83d\\ude00 \\u0007\\u2028');
    expect(JSON.parse(text)).toEqual(JSON.parse(after.policies[0] ?? ''));
  });

  test('means what it meant, whatever characters are in it', () => {
    const anyStatement = fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(anyStatement), fc.string({ unit: 'binary' }), (Statement, Id) => {
        const json = JSON.stringify({ Id, Statement });
        const prepared = prepareDocument(json, (text) => text);
        const text = prepared.kind === 'sendable' ? prepared.text : '';
        expect(JSON.parse(text)).toEqual(JSON.parse(json));
        expect(text).toMatch(/^[\t\n\r\u0020-\u00ff]+$/);
        expect(text.split('\n')).toHaveLength(Statement.length === 0 ? 3 : Statement.length + 2);
      }),
    );
  });

  test('may have one statement that is no list, or none', () => {
    const textOfPolicy = (document: object): unknown => prepareDocument(JSON.stringify(document), (text) => text);
    expect(textOfPolicy({ Statement: { Effect: 'Allow' } })).toMatchObject({
      text: '{"Statement":[\n{"Effect":"Allow"}\n]}',
      statements: 1,
    });
    expect(textOfPolicy({})).toMatchObject({ text: '{"Statement":[\n\n]}', statements: 0 });
  });

  test('that is too long goes without its Sids', async () => {
    const long = policy(
      ...Array.from({ length: 1500 }, (_, index) => ({
        Effect: 'Allow' as const,
        Action: 's3:GetObject',
        Sid: `${'LongName'.repeat(6)}${index}`,
      })),
    );
    const { after } = await simulatorOf(iam).simulate(simulationCase({ after: policySet(long) }));
    expect(decisionOf(after)).toBe('allowed');
    expect(long.length).toBeGreaterThan(131_072);
    expect(sentPolicies()[0]).not.toContain('Sid');
  });

  test.each([
    [
      'too long',
      allow(`s3:${'A'.repeat(131_072)}`),
      'one of the policies is longer than the 131072 characters that IAM simulates',
    ],
    [
      'too long once it is escaped',
      allow(`s3:${'中'.repeat(30_000)}`),
      'one of the policies is longer than the 131072 characters that IAM simulates',
    ],
    ['no JSON', '{', 'one of the policies is not a JSON object'],
    ['no object', '[]', 'one of the policies is not a JSON object'],
  ])('that is %s is not sent; the other side is', async (_, text, reason) => {
    const question = simulationCase({ before: policySet(allow('s3:GetObject')), after: policySet(text) });
    const { before, after } = await simulatorOf(iam).simulate(question);
    expect(decisionOf(before)).toBe('allowed');
    expect(reasonOf(after)).toBe(reason);
    expect(iam.requests).toHaveLength(1);
  });
});

test.each([
  ['a wildcard', { action: 's3:Get*' }, 'IAM simulates no action with a wildcard in its name'],
  ['no service', { action: 'GetObject' }, 'IAM simulates only actions of the form service:Action'],
  ['a long action', { action: `s3:${'A'.repeat(126)}` }, 'IAM simulates only actions of 3 to 128 characters'],
  ['no resource', { resource: '' }, 'IAM simulates only resources of at most 2048 characters'],
  [
    'a long resource',
    { resource: `arn:aws:s3:::${'a'.repeat(2048)}` },
    'IAM simulates only resources of at most 2048 characters',
  ],
  ['a short key', { context: { 'a:b': ['c'] } }, 'IAM takes only context keys of 5 to 256 characters'],
  [
    'a long key',
    { context: { [`aws:RequestTag/${'a'.repeat(256)}`]: ['c'] } },
    'IAM takes only context keys of 5 to 256 characters',
  ],
])('a request with %s is not sent', async (_, request, reason) => {
  const { before, after } = await simulatorOf(iam).simulate(simulationCase({ request }));
  expect([before, after].map(reasonOf)).toEqual([reason, reason]);
  expect(iam.requests).toEqual([]);
});
