import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAwsSimulator } from '../../src/iam/aws-simulator.ts';
import { mask } from '../../src/secrets/mask.ts';
import {
  allow,
  CREDENTIALS,
  decisionOf,
  policy,
  policySet,
  simulationCase,
  simulatorOf,
  unrelatedCases,
} from '../support/iam/cases.ts';
import { startIam, stopIam, type FakeIam } from '../support/iam/server.ts';

let iam: FakeIam;

beforeEach(async () => {
  iam = await startIam();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await stopIam(iam);
});

const formsOf = ({ requests }: FakeIam) => requests.map(({ form }) => form);

describe.each(['old', 'new'] as const)('in the %s shape of answers', (shape) => {
  beforeEach(() => {
    iam.shape = shape;
  });

  test.each(['arn:aws:s3:::logs/2026', '*'])(
    'a decision on %s is read with the statements that made it',
    async (resource) => {
      const read = policy({ Effect: 'Deny', Action: 's3:PutObject' }, { Effect: 'Allow', Action: 's3:GetObject' });
      iam.decide = ({ policies }) =>
        policies.length === 1
          ? { decision: 'implicitDeny' }
          : { decision: 'allowed', matched: [{ source: 'PolicyInputList.2', statement: 1 }] };
      const before = policySet(allow('sqs:SendMessage'));
      const after = policySet(allow('sqs:SendMessage'), read);
      const answer = await simulatorOf(iam).simulate(simulationCase({ request: { resource }, before, after }));
      expect(answer).toEqual({
        before: { kind: 'decided', decision: 'implicitDeny', decidedBy: [], missingContext: [] },
        after: { kind: 'decided', decision: 'allowed', decidedBy: [{ policy: 1, statement: 1 }], missingContext: [] },
      });
    },
  );

  test('keys that the request does not carry are part of the answer', async () => {
    iam.decide = () => ({ decision: 'implicitDeny', missing: ['aws:SourceVpce', 'aws:PrincipalOrgID'] });
    const { after } = await simulatorOf(iam).simulate(simulationCase());
    expect(after).toMatchObject({ decision: 'implicitDeny', missingContext: ['aws:SourceVpce', 'aws:PrincipalOrgID'] });
  });

  test('what else had a say is noted', async () => {
    iam.decide = () => ({ decision: 'implicitDeny', boundaryAllows: false, organizationAllows: false });
    const { after } = await simulatorOf(iam).simulate(simulationCase());
    expect(after).toMatchObject({
      notes: ['a policy of the organization does not allow it', 'the permissions boundary does not allow it'],
    });
  });

  test('an answer of many pages is read to its end', async () => {
    iam.pageSize = 2;
    iam.decide = ({ action }) => ({ decision: action === 's3:Action6' ? 'explicitDeny' : 'allowed' });
    const simulator = simulatorOf(iam);
    const actions = Array.from({ length: 7 }, (_, index) => `s3:Action${index}`);
    const answers = await Promise.all(
      actions.map((action) => simulator.simulate(simulationCase({ request: { action } }))),
    );
    expect(answers.map(({ after }) => decisionOf(after))).toEqual([
      ...Array<string>(6).fill('allowed'),
      'explicitDeny',
    ]);
    expect(simulator.calls()).toBe(4);
  });
});

describe('what is asked', () => {
  test('is signed for IAM, with the request as the witness has it', async () => {
    const context = {
      'aws:SourceIp': ['203.0.113.7'],
      'aws:MultiFactorAuthPresent': ['true'],
      'aws:TagKeys': ['team'],
      'aws:PrincipalTag/team': ['red'],
      'aws:RequestTag/empty': [],
    };
    const after = { policies: [allow('s3:GetObject')], boundary: allow('s3:*') };
    await simulatorOf(iam).simulate(simulationCase({ request: { context }, after }));
    expect(formsOf(iam)).toEqual([
      {
        Action: 'SimulateCustomPolicy',
        Version: '2010-05-08',
        ActionNames: ['s3:GetObject'],
        ResourceArns: ['arn:aws:s3:::logs/2026'],
        PolicyInputList: [expect.stringContaining('"s3:GetObject"')],
        PermissionsBoundaryPolicyInputList: [expect.stringContaining('"s3:*"')],
        ContextEntries: [
          { ContextKeyName: 'aws:MultiFactorAuthPresent', ContextKeyType: 'boolean', ContextKeyValues: ['true'] },
          { ContextKeyName: 'aws:PrincipalTag/team', ContextKeyType: 'string', ContextKeyValues: ['red'] },
          { ContextKeyName: 'aws:SourceIp', ContextKeyType: 'ip', ContextKeyValues: ['203.0.113.7'] },
          { ContextKeyName: 'aws:TagKeys', ContextKeyType: 'stringList', ContextKeyValues: ['team'] },
        ],
      },
    ]);
  });

  test('has types of keys from a catalogue when there is one', async () => {
    const typeOf = (key: string) => (key === 's3:max-keys' ? 'Numeric' : undefined);
    const context = { 'aws:SourceIp': ['203.0.113.7'], 's3:max-keys': ['10'] };
    await simulatorOf(iam, { typeOf }).simulate(simulationCase({ request: { context } }));
    expect(formsOf(iam)[0]?.['ContextEntries']).toMatchObject([
      { ContextKeyType: 'ip' },
      { ContextKeyType: 'numeric' },
    ]);
  });

  test('is nothing where there is no policy, because nobody may do anything then', async () => {
    iam.decide = () => ({ decision: 'allowed' });
    const { before, after } = await simulatorOf(iam).simulate(simulationCase());
    expect([before, after].map(decisionOf)).toEqual(['implicitDeny', 'allowed']);
    expect(iam.requests).toHaveLength(1);
  });

  test('is asked once', async () => {
    const simulator = simulatorOf(iam);
    const same = policySet(allow('s3:GetObject'));
    const question = simulationCase({ before: same, after: same });
    await Promise.all([simulator.simulate(question), simulator.simulate(question)]);
    await simulator.simulate(simulationCase({ before: same, after: same, request: { action: 'S3:getobject' } }));
    expect(iam.requests).toHaveLength(1);
  });

  test('goes in calls of at most 50 actions that share everything else', async () => {
    const simulator = simulatorOf(iam);
    const actions = Array.from({ length: 120 }, (_, index) => `s3:Action${index}`);
    await Promise.all(actions.map((action) => simulator.simulate(simulationCase({ request: { action } }))));
    const asked = formsOf(iam).map(({ ActionNames: names }) => names as string[]);
    expect(asked.map(({ length }) => length).toSorted((a, b) => a - b)).toEqual([20, 50, 50]);
    expect(asked.flat().toSorted()).toEqual(actions.toSorted());
  });

  test('is in flight three times at most', async () => {
    iam.meanwhile = async () => {
      while (iam.mostInFlight < 3) await nextTurn();
      for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    };
    const simulator = simulatorOf(iam);
    await Promise.all(unrelatedCases(9).map((question) => simulator.simulate(question)));
    expect(iam.mostInFlight).toBe(3);
    expect(iam.requests).toHaveLength(9);
  });

  test.each([
    [{ AWS_REGION: 'eu-central-1', AWS_DEFAULT_REGION: 'eu-west-1' }, 'eu-central-1'],
    [{ AWS_REGION: undefined, AWS_DEFAULT_REGION: 'eu-west-1' }, 'eu-west-1'],
    [{ AWS_REGION: undefined, AWS_DEFAULT_REGION: undefined, AWS_CONFIG_FILE: '/nowhere' }, 'us-east-1'],
  ])('goes to the region of %j', async (environment, region) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const simulator = createAwsSimulator({ mask, endpoint: iam.url, credentials: CREDENTIALS });
    await simulator.simulate(simulationCase());
    expect(iam.requests[0]?.headers.authorization).toContain(`/${region}/iam/`);
  });
});
