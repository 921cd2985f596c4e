import { describe, expect, test } from 'vitest';
import { confirm } from '../../src/iam/confirm.ts';
import type {
  Decision,
  PolicySimulator,
  SimulatedCase,
  SimulationCase,
  SimulatorAnswer,
} from '../../src/iam/simulator.ts';
import { allow, policy, policySet, simulationCase } from '../support/iam/cases.ts';

const decided = (decision: Decision, more: object = {}): SimulatorAnswer => ({
  kind: 'decided',
  decision,
  decidedBy: [],
  missingContext: [],
  ...more,
});

const aws = (answer: SimulatedCase): PolicySimulator => ({ name: 'AWS', simulate: () => Promise.resolve(answer) });

const GAIN = simulationCase();

async function verdict(question: SimulationCase | string, answer: SimulatedCase | string): Promise<string> {
  const { verdicts } = await confirm([question], () =>
    Promise.resolve(typeof answer === 'string' ? answer : aws(answer)),
  );
  return verdicts[0] ?? '';
}

describe('a gain', () => {
  test('is confirmed by AWS, with what AWS adds', async () => {
    const after = decided('allowed', { notes: ['the organization does not allow it'] });
    expect(await verdict(GAIN, { before: decided('implicitDeny'), after })).toBe(
      'confirmed by AWS; the organization does not allow it',
    );
  });

  test('is confirmed by the embedded simulator where AWS is not asked or does not answer', async () => {
    expect(await verdict(GAIN, 'there are no AWS credentials')).toBe(
      'confirmed by the embedded simulator only: there are no AWS credentials',
    );
    const silent = { kind: 'unanswered', reason: 'AWS throttled the simulator' } as const;
    expect(await verdict(GAIN, { before: decided('implicitDeny'), after: silent })).toBe(
      'confirmed by the embedded simulator only: AWS throttled the simulator',
    );
  });

  test.each([
    ['denies it after', decided('implicitDeny'), decided('explicitDeny'), 'implicitDeny before and explicitDeny after'],
    ['allows it before', decided('allowed'), decided('allowed'), 'allowed before and allowed after'],
  ])('is a disagreement when AWS %s', async (_, before, after, said) => {
    expect(await verdict(GAIN, { before, after })).toBe(
      `the simulators disagree: AWS says ${said}, the embedded one implicitDeny before and allowed after`,
    );
  });

  test('is not confirmed when AWS misses context', async () => {
    const missing = decided('implicitDeny', { missingContext: ['aws:SourceIp'] });
    expect(await verdict(GAIN, { before: missing, after: missing })).toBe(
      'not confirmed by AWS, which asks for aws:SourceIp',
    );
  });

  test('is not confirmed when the embedded simulator does not see it', async () => {
    const nothing = simulationCase({ after: policySet(allow('s3:ListBucket')) });
    expect(await verdict(nothing, 'there are no AWS credentials')).toBe(
      'not confirmed: the embedded simulator says implicitDeny before and implicitDeny after; there are no AWS credentials',
    );
  });

  test('is not simulated when the question cannot be put', async () => {
    expect(await verdict('a policy is known only after apply', 'there are no AWS credentials')).toBe(
      'not simulated: a policy is known only after apply',
    );
  });
});

describe('what AWS’s simulator does not cover', () => {
  const trust = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '210987654321' } } as never);
  const question = simulationCase({
    kind: 'trust',
    request: { action: 'sts:AssumeRole', resource: '*', principal: 'arn:aws:iam::210987654321:role/app' },
    after: policySet(trust),
  });

  test('is never asked of it, and AWS is not even looked for', async () => {
    const { verdicts } = await confirm([question], () => {
      throw new Error('looked for AWS');
    });
    expect(verdicts).toEqual([
      "confirmed by the embedded simulator only: AWS's simulator does not cover trust policies",
    ]);
  });

  test('is decided by the policy alone: others stay out', async () => {
    const stranger = {
      ...question,
      request: { ...question.request, principal: 'arn:aws:iam::999999999999:root' },
    };
    expect(await verdict(stranger, '')).toMatch(/^not confirmed/);
  });
});

test('every reason of AWS is told once, and reasons for not asking are none', async () => {
  const silent = { kind: 'unanswered', reason: 'the network is down' } as const;
  const { unanswered } = await confirm([GAIN, GAIN, 'the policy is sensitive'], () =>
    Promise.resolve(aws({ before: silent, after: silent })),
  );
  expect(unanswered).toEqual(['the network is down']);
  expect((await confirm([GAIN], () => Promise.resolve('there are no AWS credentials'))).unanswered).toEqual([]);
});
