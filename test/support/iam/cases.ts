import { createAwsSimulator, type AwsSimulatorOptions } from '../../../src/iam/aws-simulator.ts';
import type { PolicySet, SimulatedRequest, SimulationCase, SimulatorAnswer } from '../../../src/iam/simulator.ts';
import type { FakeIam } from './server.ts';

export const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'hunter2-key',
  sessionToken: 'hunter2-session',
};

export const ROLE = 'arn:aws:iam::123456789012:role/deploy';

/** Text that is in no sentence, whatever happens. */
export const UNSPEAKABLE = /hunter2/;

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string;
  readonly Resource?: string;
  readonly Sid?: string;
  readonly Condition?: object;
}

/** A policy as planwarden prints it. */
export const policy = (...statements: readonly Statement[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Resource: '*', ...statement })),
  });

export const allow = (action: string): string => policy({ Effect: 'Allow', Action: action });

export const NO_POLICIES: PolicySet = { policies: [], boundary: null };

export const policySet = (...policies: readonly string[]): PolicySet => ({ policies, boundary: null });

interface Given extends Partial<Omit<SimulationCase, 'request'>> {
  readonly request?: Partial<SimulatedRequest>;
}

/** A case of a role that gets `s3:GetObject` by the plan, but for what is given. */
export const simulationCase = ({ request, ...others }: Given = {}): SimulationCase => ({
  kind: 'identity',
  request: { action: 's3:GetObject', resource: 'arn:aws:s3:::logs/2026', context: {}, ...request },
  before: NO_POLICIES,
  after: policySet(allow('s3:GetObject')),
  existing: null,
  ...others,
});

/** Cases that share nothing but the action, so that each needs a call of its own. */
export const unrelatedCases = (count: number): SimulationCase[] =>
  Array.from({ length: count }, (_, index) => simulationCase({ request: { resource: `arn:aws:s3:::logs/${index}` } }));

/** A simulator that asks the fake, masks nothing and does not wait. */
export const simulatorOf = (iam: FakeIam, options: Partial<AwsSimulatorOptions> = {}) =>
  createAwsSimulator({
    endpoint: iam.url,
    region: 'us-east-1',
    credentials: CREDENTIALS,
    mask: (text) => text,
    sleep: async () => {},
    ...options,
  });

/** The reason why there is no answer, or what the answer is. */
export const reasonOf = (answer: SimulatorAnswer): string =>
  answer.kind === 'unanswered' ? answer.reason : `answered: ${answer.decision}`;

export const decisionOf = (answer: SimulatorAnswer): string =>
  answer.kind === 'decided' ? answer.decision : `unanswered: ${answer.reason}`;
