import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Review } from '../../src/finding/review.ts';
import { run, type RunOptions } from '../../src/run.ts';
import { inDirectory, storyFile } from '../cli/command.ts';

const ADMIN_PORT = 'security-group/ingress-open-to-world-admin-port';
const [SANDBOX, LIVE] = ['stacks/sandbox/net/plan.json', 'stacks/live/net/plan.json'];

/** Reviews the same plan in two stacks. */
const reviewWith = (config: string, options: Partial<RunOptions> = {}): Promise<Review> =>
  inDirectory(async (cwd) => {
    await writeFile(join(cwd, 'planwarden.yml'), config);
    for (const plan of [SANDBOX, LIVE]) {
      await mkdir(join(cwd, dirname(plan)), { recursive: true });
      await copyFile(storyFile('opens-ssh-to-world'), join(cwd, plan));
    }
    return run({ plans: [SANDBOX, LIVE], mode: 'review', cwd, today: '2026-11-22', ...options });
  });

const rule = (text: string, match = 'stacks/sandbox/**'): string => `paths: [{ match: ${match}, ${text} }]`;

const told = ({ findings }: Review): string[] => findings.map(({ plan, severity }) => `${plan} ${severity}`);

describe('rules for paths', () => {
  test('turn a policy off where they match, and only there', async () => {
    const review = await reviewWith(rule(`settings: { ${ADMIN_PORT}: { enabled: false } }`));
    // What it covered is told by the milder policy of the same concern.
    expect(review.findings.map(({ plan, policy }) => [plan, policy === ADMIN_PORT])).toEqual([
      [LIVE, true],
      [SANDBOX, false],
    ]);
    expect(review.conclusion).toBe('fail');
  });

  test('change its severity', async () => {
    const review = await reviewWith(rule(`settings: { ${ADMIN_PORT}: { severity: low } }`));
    expect(told(review)).toEqual([`${LIVE} critical`, `${SANDBOX} low`]);
  });

  test('decide what fails there', async () => {
    expect((await reviewWith(rule('fail-on: never'))).conclusion).toBe('fail');
    expect((await reviewWith(rule('fail-on: never'), { plans: [SANDBOX] })).conclusion).toBe('pass');
    expect((await reviewWith(rule('fail-on: never', 'stacks/*/net'), { plans: [LIVE] })).conclusion).toBe('fail');
    expect((await reviewWith(rule('fail-on: never'), { plans: [SANDBOX], failOn: 'high' })).conclusion).toBe('fail');
  });

  test('win over what holds for all, the last one most', async () => {
    const paths = 'paths: [{ match: "**", fail-on: high }, { match: stacks/live/**, fail-on: never }]';
    const only = async (plan: string) => (await reviewWith(`fail-on: never\n${paths}`, { plans: [plan] })).conclusion;
    expect([await only(SANDBOX), await only(LIVE)]).toEqual(['fail', 'pass']);
  });

  test('name policies that exist', async () => {
    await expect(reviewWith(rule(`settings: { ${ADMIN_PORT}s: { enabled: false } }`))).rejects.toThrow(
      `settings for the policy ${ADMIN_PORT}s, which does not exist (did you mean \`${ADMIN_PORT}\`?)`,
    );
  });
});
