import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planwarden } from './command.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'planwarden-iam-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const policy = (...statements: readonly object[]): object => ({ Version: '2012-10-17', Statement: statements });
const allow = (Action: unknown, Resource: unknown = '*', more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

function file(name: string, content: unknown): string {
  const path = join(directory, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const diff = (old: unknown, current: unknown, ...more: string[]) =>
  planwarden(['iam', 'diff', file('old.json', old), file('new.json', current), ...more], { columns: 100 });

const READ = policy(allow('s3:GetObject', 'arn:aws:s3:::app-data/*'));

describe('iam diff of two files', () => {
  test('shows what is gained and lost, why, and a request for each', async () => {
    const wider = policy(
      { Sid: 'Data', ...allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::app-data/public/*') },
      allow('iam:PassRole', 'arn:aws:iam::111122223333:role/app-*', {
        Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      }),
    );
    const { stdout, code } = await diff(READ, wider);
    expect(stdout).toMatchInlineSnapshot(`
      "Gained

        iam:PassRole on arn:aws:iam::111122223333:role/app-*
          if       StringEquals iam:PassedToService lambda.amazonaws.com
          level    write, permissions management
          because  statement 2
          witness  iam:PassRole on arn:aws:iam::111122223333:role/app-example with iam:PassedToService
                   lambda.amazonaws.com: denied by the old policy, allowed by the new one

        s3:PutObject on arn:aws:s3:::app-data/public/*
          level    write
          because  statement 1 (Data)
          witness  s3:PutObject on arn:aws:s3:::app-data/public/example: denied by the old policy, allowed
                   by the new one

      Lost

        s3:GetObject on arn:aws:s3:::app-data/*
          level    read, data exfiltration
          because  statement 1
          witness  s3:GetObject on arn:aws:s3:::app-data/example: allowed by the old policy, denied by the
                   new one

      The new policy grants more and takes something away.
      "
    `);
    expect(code).toBe(1);
  });

  test('is silent about another form of the same policy', async () => {
    const rewritten = policy({ ...allow(['S3:getobject'], ['arn:aws:s3:::app-data/*']), Sid: 'Other' });
    const { stdout, code } = await diff(READ, rewritten);
    expect(stdout).toBe('The new policy grants nothing more and takes nothing away.\n');
    expect(code).toBe(0);
  });

  test('reads a missing policy as one that allows nothing', async () => {
    expect((await diff('', READ)).stdout).toContain('s3:GetObject on arn:aws:s3:::app-data/*');
    expect((await diff(READ, 'null')).stdout).toContain('The new policy grants nothing more and takes something away.');
  });

  test.each([
    ['is not JSON', '{', 'is not valid JSON'],
    ['is not an object', '[1]', 'is not a JSON object'],
    ['is something else', '{"format_version":"1.2"}', 'has no Statement'],
    [
      'has a broken statement',
      '{"Statement":[{"Effect":"allow"}]}',
      'cannot be read: statement 0 has no Effect "Allow" or "Deny"',
    ],
    [
      'says one thing twice',
      '{"Version":"2012-10-17","Statement":[],"Statement":[]}',
      'has the key Statement twice in one object',
    ],
  ])('is not made with a file that %s', async (_, text, reason) => {
    for (const files of [
      [READ, text],
      [text, READ],
    ]) {
      const { stdout, stderr, code } = await diff(files[0], files[1]);
      expect(stdout).toBe('');
      expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
        `is not an IAM policy document, because it ${reason}: correct it`,
      );
      expect(code).toBe(2);
    }
  });

  test('writes JSON', async () => {
    const { stdout } = await diff(READ, policy(allow('s3:GetObject', '*')), '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      id: null,
      gains: true,
      loses: false,
      gained: [{ actions: ['s3:GetObject'], resources: ['*'], principals: [], conditions: null }],
      lost: [],
    });
  });

  test.each([
    ['a file that is not there', ['old.json', 'nowhere.json'], 'does not exist'],
    ['one file', ['old.json'], 'Name two policy files'],
    ['three files', ['old.json', 'old.json', 'old.json'], 'Name two policy files'],
  ])('ends with a sentence and exit code 2 for %s', async (_, names, sentence) => {
    file('old.json', READ);
    const { stderr, code } = await planwarden(['iam', 'diff', ...names.map((name) => join(directory, name))]);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(sentence);
    expect(code).toBe(2);
  });
});

/** Runs the committed build on JSON Lines, as a program would. */
function lines(
  command: 'diff' | 'simulate',
  ...input: readonly unknown[]
): { answers: unknown[]; code: number | null } {
  const text = input.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const { stdout, status } = spawnSync(process.execPath, ['dist/cli/index.js', 'iam', command, '-'], {
    input: text,
    encoding: 'utf8',
  });
  const answers = stdout
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));
  return { answers, code: status };
}

describe('iam diff -', () => {
  test('answers every line with one line, in order', () => {
    const { answers, code } = lines(
      'diff',
      { id: 'wider', type: 'identity', old: READ, new: policy(allow('s3:*', '*')) },
      { id: 'same', type: 'identity', old: READ, new: READ, account: '123456789012' },
      '',
      { id: 3, type: 'trust', old: null, new: policy({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }) },
    );
    expect(code).toBe(0);
    expect(answers).toMatchObject([
      { id: 'wider', gains: true, loses: false, gained: [{ actions: ['s3:*'], resources: ['*'] }] },
      { id: 'same', gains: false, loses: false, gained: [], lost: [] },
      { id: 3, gains: true, gained: [{ principals: ['everyone'], witness: { action: 'sts:AssumeRole' } }] },
    ]);
  });

  test('says undetermined of what cannot be read, and goes on after a line that is none', () => {
    const { answers, code } = lines(
      'diff',
      '{"id": 1, "old": null, "new": {"Statement": [], "Statement": []}}',
      { id: 2, old: null, new: policy(allow('s3:GetObject', '*', { Condition: { Unheard: { 'aws:x': '1' } } })) },
      'no JSON',
      { id: 4, old: null },
      { id: 5, old: READ, new: READ },
    );
    expect(code).toBe(2);
    expect(answers).toMatchObject([
      { id: 1, gains: 'undetermined', loses: 'undetermined' },
      { id: 2, gains: 'undetermined', loses: false },
      { id: null, error: 'This line cannot be answered: it is not valid JSON.' },
      { id: 4, error: 'This line cannot be answered: it has no "old" or no "new" policy.' },
      { id: 5, gains: false },
    ]);
  });

  test('gives witnesses that iam simulate takes back', () => {
    const secured = policy(
      allow('s3:GetObject', 'arn:aws:s3:::a/*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
    );
    const open = policy(
      allow('s3:GetObject', 'arn:aws:s3:::a/*', { Condition: { IpAddressIfExists: { 'aws:SourceIp': '10.0.0.0/7' } } }),
    );
    const [answer] = lines('diff', { id: 1, old: secured, new: open }).answers;
    const { gained } = answer as { gained: { witness: object }[] };
    const questions = gained.flatMap(({ witness }) => [
      { id: 'old', request: witness, identity: [secured] },
      { id: 'new', request: witness, identity: [open] },
    ]);
    expect(questions.length).toBeGreaterThan(0);
    const decisions = lines('simulate', ...questions).answers as { id: string; decision: string }[];
    expect(new Set(decisions.map(({ id, decision }) => `${id} ${decision}`))).toEqual(
      new Set(['old implicitDeny', 'new allowed']),
    );
  });
});

describe('iam simulate -', () => {
  const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::app-data/x', context: {} };

  test('decides, says which statement did, and which context it missed', () => {
    const { answers, code } = lines(
      'simulate',
      { id: 'allowed', request, identity: [READ] },
      { id: 'denied', request, identity: [READ], boundary: [policy({ ...allow('s3:*'), Effect: 'Deny', Sid: 'No' })] },
      {
        id: 'missing',
        request,
        identity: [policy(allow('s3:*', '*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }))],
      },
      { id: 'scp', request, identity: [READ], scp: [[policy(allow('*'))], [policy(allow('ec2:*'))]] },
      {
        id: 'other account',
        request: { ...request, principal: 'arn:aws:iam::111122223333:role/app', resourceAccount: '444455556666' },
        identity: [READ],
        resource: policy({ ...allow('s3:GetObject', '*'), Principal: { AWS: '111122223333' } }),
      },
    );
    expect(code).toBe(0);
    expect(answers).toEqual([
      {
        id: 'allowed',
        decision: 'allowed',
        decidedBy: [{ layer: 'identity', policy: 0, statement: 0, sid: null }],
        missingContext: [],
      },
      {
        id: 'denied',
        decision: 'explicitDeny',
        decidedBy: [{ layer: 'boundary', policy: 0, statement: 0, sid: 'No' }],
        missingContext: [],
      },
      { id: 'missing', decision: 'implicitDeny', decidedBy: [], missingContext: ['aws:PrincipalOrgID'] },
      { id: 'scp', decision: 'implicitDeny', decidedBy: [], missingContext: [] },
      {
        id: 'other account',
        decision: 'allowed',
        decidedBy: [
          { layer: 'identity', policy: 0, statement: 0, sid: null },
          { layer: 'resource', policy: 0, statement: 0, sid: null },
        ],
        missingContext: [],
      },
    ]);
  });

  test('refuses policies that cannot be read', () => {
    const { answers, code } = lines('simulate', { id: 1, request, identity: [[]] }, { id: 2, identity: [] });
    expect(code).toBe(2);
    expect(answers).toEqual([
      {
        id: 1,
        error: 'This line cannot be answered: the identity policy cannot be read: it is not a JSON object.',
      },
      { id: 2, error: 'This line cannot be answered: it has no "request".' },
    ]);
  });
});
