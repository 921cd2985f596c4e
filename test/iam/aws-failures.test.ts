import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAwsSimulator, type AwsSimulatorOptions } from '../../src/iam/aws-simulator.ts';
import type { SimulationCase } from '../../src/iam/simulator.ts';
import {
  allow,
  decisionOf,
  policySet,
  reasonOf,
  ROLE,
  simulationCase,
  simulatorOf,
  unrelatedCases,
  UNSPEAKABLE,
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

const fail = (kind: string, times = Number.POSITIVE_INFINITY): void => {
  iam.faults.push({ kind, times });
};

/** Why cases that are asked one after the other have no answer. */
async function reasons(questions: readonly SimulationCase[], options: Partial<AwsSimulatorOptions> = {}) {
  const simulator = simulatorOf(iam, options);
  const answers: string[] = [];
  for (const question of questions) answers.push(reasonOf((await simulator.simulate(question)).after));
  return answers;
}

describe('ends the simulation, and the rest has the same reason', () => {
  test.each([
    ['Throttling', 8, 'AWS throttled the simulator'],
    ['AccessDenied', 1, 'the credentials may not call iam:SimulateCustomPolicy'],
    ['ExpiredToken', 1, 'the AWS credentials have expired'],
    ['InvalidClientTokenId', 1, 'AWS does not accept the credentials'],
    ['SignatureDoesNotMatch', 1, 'AWS does not accept the credentials'],
    ['ServiceFailure', 3, 'IAM failed for a reason of its own'],
    ['ServiceUnavailable', 3, 'IAM answered with status 503 (ServiceUnavailable)'],
    ['broken', 3, 'AWS cannot be reached (ECONNRESET)'],
    ['foreign', 1, 'the answer of IAM cannot be read'],
    ['garbled', 1, 'the answer of IAM cannot be read'],
  ])('%s, after %i attempts', async (kind, attempts, reason) => {
    fail(kind);
    expect(await reasons(unrelatedCases(3))).toEqual([reason, reason, reason]);
    expect(iam.requests).toHaveLength(attempts);
  });

  test('nobody at the address', async () => {
    const endpoint = iam.url.replace('127.0.0.1', 'user:hunter2@127.0.0.1');
    await iam.close();
    const reason = 'AWS cannot be reached (ECONNREFUSED)';
    expect(await reasons(unrelatedCases(2), { endpoint })).toEqual([reason, reason]);
    iam = await startIam();
  });

  test('no credentials', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/nowhere');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    const simulator = createAwsSimulator({ mask: (text) => text, region: 'eu-west-1', endpoint: iam.url });
    const { after } = await simulator.simulate(simulationCase());
    expect(reasonOf(after)).toBe('no usable AWS credentials were found');
    expect(iam.requests).toEqual([]);
  });

  test('credentials that cannot be had, whatever they are refused with', async () => {
    const token = join(import.meta.dirname, 'aws-failures.test.ts');
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', token);
    vi.stubEnv('AWS_ROLE_ARN', ROLE);
    vi.stubEnv('AWS_ENDPOINT_URL_STS', iam.url);
    fail('AccessDenied');
    const simulator = createAwsSimulator({ mask: (text) => text, region: 'eu-west-1', endpoint: iam.url });
    const { after } = await simulator.simulate(simulationCase());
    expect(reasonOf(after)).toBe('no usable AWS credentials were found');
    expect(iam.requests.map(({ operation }) => operation)).toEqual(['AssumeRoleWithWebIdentity']);
  });

  test('the deadline, also for what is in flight', async () => {
    fail('silent');
    const simulator = simulatorOf(iam, { deadlineMs: 200 });
    const answers = await Promise.all(unrelatedCases(5).map((question) => simulator.simulate(question)));
    const all = answers.map(({ after }) => reasonOf(after));
    expect(all).toEqual(Array(5).fill('AWS did not answer everything within 0.2 s'));
  });

  test('the deadline, while it waits to repeat', async () => {
    fail('Throttling');
    const sleep = (_: number, signal: AbortSignal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    expect(await reasons(unrelatedCases(2), { deadlineMs: 200, sleep })).toEqual(
      Array(2).fill('AWS did not answer everything within 0.2 s'),
    );
    expect(iam.requests).toHaveLength(1);
  });

  test('a failure of one ends the others in flight', async () => {
    iam.faults.push({ kind: 'ExpiredToken', times: 1 });
    fail('silent');
    const simulator = simulatorOf(iam);
    const answers = await Promise.all(unrelatedCases(6).map((question) => simulator.simulate(question)));
    expect(answers.map(({ after }) => reasonOf(after))).toEqual(Array(6).fill('the AWS credentials have expired'));
  });
});

describe('passes', () => {
  test.each([
    ['Throttling', 7],
    ['ServiceFailure', 2],
    ['broken', 2],
  ])('%s, %i times', async (kind, times) => {
    fail(kind, times);
    expect(decisionOf((await simulatorOf(iam).simulate(simulationCase())).after)).toBe('allowed');
    expect(iam.requests).toHaveLength(times + 1);
  });
});

describe('is the fault of one case', () => {
  test.each([
    ['PolicyEvaluation', 'IAM could not evaluate the policies'],
    ['InvalidInput', 'IAM does not accept the policies or the request as valid'],
    ['ValidationError', 'IAM does not accept the form of the request'],
    ['SomethingNew', 'IAM refused the simulation with status 400 (SomethingNew)'],
  ])('%s, which is not repeated', async (kind, reason) => {
    iam.decide = ({ policies: [text = ''] }) => (text.includes('sqs:') ? kind : { decision: 'allowed' });
    const bad = simulationCase({ after: policySet(allow('sqs:*')) });
    expect(await reasons([bad, simulationCase()])).toEqual([reason, 'answered: allowed']);
    expect(iam.requests).toHaveLength(2);
  });

  test('an action that IAM does not know takes no other of its call with it', async () => {
    iam.decide = ({ action }) => (action === 's3:Action13' ? 'InvalidInput' : { decision: 'allowed' });
    const simulator = simulatorOf(iam);
    const actions = Array.from({ length: 40 }, (_, index) => `s3:Action${index}`);
    const answers = await Promise.all(
      actions.map((action) => simulator.simulate(simulationCase({ request: { action } }))),
    );
    const unanswered = actions.filter((_, index) => answers[index]?.after.kind === 'unanswered');
    expect(unanswered).toEqual(['s3:Action13']);
    expect(iam.requests.length).toBeLessThan(15);
  });

  test('when both halves of a call are rejected, what they share is at fault', async () => {
    iam.decide = () => 'InvalidInput';
    const simulator = simulatorOf(iam);
    const actions = Array.from({ length: 40 }, (_, index) => `s3:Action${index}`);
    await Promise.all(actions.map((action) => simulator.simulate(simulationCase({ request: { action } }))));
    expect(iam.requests).toHaveLength(3);
  });

  test('a decision that nobody knows', async () => {
    iam.decide = () => ({ decision: 'perhaps' });
    expect(await reasons(unrelatedCases(1))).toEqual(['IAM answered with a decision that planwarden does not know']);
  });
});

test('an answer without end ends with the budget', async () => {
  iam.pageSize = 0;
  expect(await reasons(unrelatedCases(1), { maxCalls: 5 })).toEqual(['the limit of 5 calls to AWS is reached']);
  expect(iam.requests).toHaveLength(5);
});

test('when the budget is used up, what was answered stays', async () => {
  const simulator = simulatorOf(iam, { maxCalls: 2 });
  const questions = unrelatedCases(5);
  const answers = await Promise.all(questions.map((question) => simulator.simulate(question)));
  const limit = 'the limit of 2 calls to AWS is reached';
  expect(answers.map(({ after }) => reasonOf(after))).toEqual([
    'answered: allowed',
    'answered: allowed',
    limit,
    limit,
    limit,
  ]);
  const [first = simulationCase()] = questions;
  expect(decisionOf((await simulator.simulate(first)).after)).toBe('allowed');
  expect(simulator.calls()).toBe(2);
  expect(iam.requests).toHaveLength(2);
});

test.each(['InvalidInput', 'AccessDenied', 'SignatureDoesNotMatch', 'PolicyEvaluation', 'SomethingNew', 'foreign'])(
  'the sentence for %s repeats nothing of what AWS said',
  async (kind) => {
    fail(kind);
    const [reason] = await reasons(unrelatedCases(1));
    expect(reason).not.toMatch(UNSPEAKABLE);
  },
);
