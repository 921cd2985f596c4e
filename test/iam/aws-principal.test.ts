import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExistingPrincipal, SimulationCase } from '../../src/iam/simulator.ts';
import { mask } from '../../src/secrets/mask.ts';
import { allow, decisionOf, policySet, reasonOf, ROLE, simulationCase, simulatorOf } from '../support/iam/cases.ts';
import { startIam, stopIam, type FakeIam } from '../support/iam/server.ts';

let iam: FakeIam;

beforeEach(async () => {
  iam = await startIam();
});

afterEach(() => stopIam(iam));

const READ = allow('s3:GetObject');
const SEND = allow('sqs:SendMessage');

/** A role of the account whose inline policy the plan replaces and from which it takes an attached one. */
const existing: ExistingPrincipal = {
  arn: ROLE,
  taken: [
    { kind: 'attached', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    { kind: 'inline', name: 'deploy', holder: 'role', holderName: 'deploy' },
  ],
  given: [READ],
};

const changed = (others: Partial<SimulationCase> = {}): SimulationCase =>
  simulationCase({ existing, before: policySet(SEND), after: policySet(SEND, READ), ...others });

const operations = (): string[] => iam.requests.map(({ operation }) => operation);

test('before is the principal as it is, after is without what is taken and with what is given', async () => {
  await simulatorOf(iam).simulate(changed());
  const shared = {
    Action: 'SimulatePrincipalPolicy',
    Version: '2010-05-08',
    PolicySourceArn: ROLE,
    ActionNames: ['s3:GetObject'],
    ResourceArns: ['arn:aws:s3:::logs/2026'],
  };
  expect(iam.requests.map(({ form }) => form)).toEqual([
    shared,
    {
      ...shared,
      PolicyInputList: [expect.stringContaining('s3:GetObject')],
      PolicyExclusionList: [
        { PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
        { InlinePolicyIdentifier: { PolicyName: 'deploy', AttachmentType: 'role', AttachmentName: 'deploy' } },
      ],
    },
  ]);
});

test.each([
  [
    'a new boundary takes the place of the attached one',
    null,
    READ,
    { PermissionsBoundaryPolicyInputList: [expect.stringContaining('s3:GetObject')] },
  ],
  ['a boundary that goes is left out', READ, null, { PolicyExclusionList: [{ PolicyType: 'permission-boundary' }] }],
])('%s', async (_, ofBefore, ofAfter, expected) => {
  const before = { policies: [SEND], boundary: ofBefore };
  const after = { policies: [SEND, READ], boundary: ofAfter };
  await simulatorOf(iam).simulate(changed({ before, after, existing: { ...existing, taken: [] } }));
  expect(iam.requests[0]?.form).not.toHaveProperty('PolicyExclusionList');
  expect(iam.requests[1]?.form).toMatchObject(expected);
});

test('a statement is told by its policy in the plan; one of the account is nobody’s', async () => {
  iam.decide = ({ policies }) =>
    policies.length === 0
      ? { decision: 'allowed', matched: [{ source: 'ReadOnlyAccess' }] }
      : { decision: 'allowed', matched: [{ source: 'PolicyInputList.1', statement: 0 }, { source: 'deploy-extra' }] };
  const { before, after } = await simulatorOf(iam).simulate(changed());
  expect(before).toMatchObject({ decidedBy: [{ policy: null, statement: null }] });
  expect(after).toMatchObject({
    decidedBy: [
      { policy: 1, statement: 0 },
      { policy: null, statement: null },
    ],
  });
});

test('a principal that the plan does not touch is asked for once', async () => {
  await simulatorOf(iam).simulate(changed({ existing: { arn: ROLE, taken: [], given: [] } }));
  expect(operations()).toEqual(['SimulatePrincipalPolicy']);
});

test('without the permission, the policies of the plan are simulated alone, and that is remembered', async () => {
  iam.faults.push({ kind: 'AccessDenied', operation: 'SimulatePrincipalPolicy', times: Number.POSITIVE_INFINITY });
  const simulator = simulatorOf(iam, { concurrency: 1 });
  const { before, after } = await simulator.simulate(changed());
  const note =
    'only the policies in the plan were simulated, because the credentials may not call iam:SimulatePrincipalPolicy';
  expect([before, after]).toMatchObject([{ notes: [note] }, { notes: [note] }]);
  const other = { ...existing, arn: `${ROLE}-other` };
  expect(await simulator.simulate(changed({ existing: other }))).toMatchObject({ after: { notes: [note] } });
  expect(operations()).toEqual(['SimulatePrincipalPolicy', 'SimulateCustomPolicy', 'SimulateCustomPolicy']);
});

test('a principal that IAM does not know is not asked for again, others are', async () => {
  const gone = `${ROLE}-gone`;
  iam.decide = ({ principal }) => (principal === gone ? 'NoSuchEntity' : { decision: 'allowed' });
  const simulator = simulatorOf(iam, { concurrency: 1 });
  const question = changed({ existing: { ...existing, arn: gone } });
  const note = 'only the policies in the plan were simulated, because IAM does not know the principal';
  expect(await simulator.simulate(question)).toMatchObject({ after: { decision: 'allowed', notes: [note] } });
  await simulator.simulate({ ...question, request: { ...question.request, action: 's3:PutObject' } });
  expect(operations().filter((operation) => operation === 'SimulatePrincipalPolicy')).toHaveLength(1);
  expect((await simulator.simulate(changed())).after).not.toHaveProperty('notes');
});

test('a principal of the wrong form falls back as well, and both sides together', async () => {
  iam.decide = ({ principal, policies }) =>
    principal !== null && policies.length > 0
      ? 'InvalidInput'
      : { decision: principal === null ? 'implicitDeny' : 'allowed' };
  const { before, after } = await simulatorOf(iam).simulate(changed());
  expect([before, after].map(decisionOf)).toEqual(['implicitDeny', 'implicitDeny']);
});

test('without any permission the simulation is over', async () => {
  iam.faults.push({ kind: 'AccessDenied', times: Number.POSITIVE_INFINITY });
  const { after } = await simulatorOf(iam).simulate(changed());
  expect(reasonOf(after)).toBe('the credentials may not call iam:SimulateCustomPolicy');
});

test('a name that looks like a secret is not sent', async () => {
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const arn = `arn:aws:iam::123456789012:role/${secret}`;
  const { after } = await simulatorOf(iam, { mask }).simulate(changed({ existing: { ...existing, arn } }));
  expect(after).toMatchObject({
    notes: ['only the policies in the plan were simulated, because a name in it looks like a secret'],
  });
  expect(JSON.stringify(iam.requests)).not.toContain(secret);
});
