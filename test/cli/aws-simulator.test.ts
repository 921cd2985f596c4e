import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Review } from '../../src/finding/review.ts';
import { startIam, stopIam, type FakeIam } from '../support/iam/server.ts';
import { planwarden, storyFile } from './command.ts';

const WIDER = storyFile('role-gains-s3-wildcard');

let iam: FakeIam;

beforeEach(async () => {
  iam = await startIam();
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('AWS_'))) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', '/dev/null/home');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'hunter2-is-the-secret');
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ENDPOINT_URL', iam.url);
  // The policy that the plan writes allows everything of S3; the one before it reads one bucket.
  iam.decide = ({ policies }) => ({
    decision: policies.some((text) => text.includes('"s3:*"')) ? 'allowed' : 'implicitDeny',
  });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await stopIam(iam);
});

interface Said {
  readonly code: number;
  readonly verdicts: readonly (string | null)[];
  readonly notes: readonly string[];
}

async function review(...more: string[]): Promise<Said> {
  const { code, stdout } = await planwarden(['review', WIDER, '--format', 'json', ...more]);
  const { findings, notes } = JSON.parse(stdout) as Review;
  return { code, notes, verdicts: findings.flatMap(({ access }) => access.map(({ simulated }) => simulated)) };
}

describe('gained access of a plan', () => {
  test.each(['old', 'new'] as const)('is confirmed by AWS, in the %s shape of its answers', async (shape) => {
    iam.shape = shape;
    const { code, verdicts } = await review();
    expect(verdicts).toEqual([expect.stringMatching(/^confirmed by AWS/)]);
    expect(code).toBe(1);
  });

  test('is asked of AWS about a concrete action and resource, before and after', async () => {
    await review();
    const asked = iam.requests.map(({ form }) => form);
    expect(asked).toHaveLength(2);
    for (const form of asked) {
      expect(form).toMatchObject({ ActionNames: [expect.stringMatching(/^s3:[A-Z]\w+$/)] });
      expect(form).toMatchObject({ ResourceArns: [expect.stringMatching(/^arn:aws:s3:::/)] });
    }
  });

  test('shows it when the simulators disagree', async () => {
    iam.decide = () => ({ decision: 'implicitDeny' });
    const { verdicts, code } = await review();
    expect(verdicts).toEqual([
      'the simulators disagree: AWS says implicitDeny before and implicitDeny after, the embedded one implicitDeny before and allowed after',
    ]);
    expect(code).toBe(1);
  });

  test('is not confirmed where AWS asks for context that the request does not carry', async () => {
    iam.decide = () => ({ decision: 'implicitDeny', missing: ['aws:SourceVpce'] });
    expect((await review()).verdicts).toEqual(['not confirmed by AWS, which asks for aws:SourceVpce']);
  });

  test('is not put to AWS with `simulator: local`, whatever credentials there are', async () => {
    const { verdicts } = await review('--simulator', 'local');
    expect(verdicts).toEqual(['confirmed by the embedded simulator only: AWS is not asked with `simulator: local`']);
    expect(iam.requests).toEqual([]);
  });
});

describe('the review concludes all the same, and says in one line why AWS did not answer', () => {
  test.each([
    ['without permission', 'AccessDenied'],
    ['with a policy that AWS cannot evaluate', 'PolicyEvaluation'],
    ['with expired credentials', 'ExpiredToken'],
  ])('%s', async (_, code) => {
    iam.faults.push({ kind: code, times: Number.POSITIVE_INFINITY });
    const said = await review();
    expect(said.code).toBe(1);
    expect(said.verdicts).toEqual([expect.stringMatching(/^confirmed by the embedded simulator only: /)]);
    expect(said.notes.filter((note) => note.includes("AWS's policy simulator"))).toHaveLength(1);
    expect(JSON.stringify(said)).not.toContain('hunter2');
  });

  test('with the network down', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    const said = await review();
    expect(said.code).toBe(1);
    expect(said.verdicts).toEqual([expect.stringMatching(/^confirmed by the embedded simulator only: /)]);
  });
});
