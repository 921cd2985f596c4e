import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/run.ts';
import { proofs, type Proof } from '../support/proofs.ts';
import { stories } from '../support/stories.ts';

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const table = readJson('__fixtures__/proofs.json') as Readonly<Record<string, Proof>>;
const tiers = readJson('test/policy/tiers.json') as Readonly<Record<string, number>>;

test('the table of proofs is what the plans show; `node scripts/proofs.ts` writes it', async () => {
  expect(await proofs()).toEqual(table);
}, 120_000);

describe('a policy of tier 1 to 3', () => {
  const proven = Object.entries(table).filter(([id]) => (tiers[id] ?? 4) <= 3);

  test('speaks on a real plan', () => {
    expect(proven.filter(([, { speaks, beside }]) => speaks.length + beside.length === 0).map(([id]) => id)).toEqual(
      [],
    );
  });

  test('is silent on a real plan that changes what it looks at', () => {
    expect(proven.filter(([, { silent }]) => silent.length === 0).map(([id]) => id)).toEqual([]);
  });
});

/** What a reviewer would want to be told of a story in which all is well: who is new at a door is told, however narrow it is. */
const ON_PURPOSE: Readonly<Record<string, readonly string[]>> = {
  'large-well-built': ['iam/identity-provider-changed'],
  'grants-well-built': ['security-group/ingress-widened'],
  'network-well-built': ['security-group/ingress-widened'],
};

const WELL_BUILT = stories().filter((story) => /-(?:well-built|restored)$/.test(story));

/** The policies that speak to those who asked for nothing. */
async function introduced(story: string): Promise<string[]> {
  const directory = `__fixtures__/${story}`;
  const { findings } = await run({
    plans: [`${directory}/plan.json`],
    config: existsSync(`${directory}/planwarden.yaml`) ? `${directory}/planwarden.yaml` : null,
    mode: 'review',
    profile: 'recommended',
    simulator: 'local',
    cwd: process.cwd(),
    today: '2026-06-01',
  });
  return findings.filter(({ status }) => status === 'introduced').map(({ policy }) => policy);
}

describe('a story in which all is well introduces nothing in the profile `recommended`', () => {
  test.each(WELL_BUILT)('%s', async (story) => {
    expect(await introduced(story)).toEqual(ON_PURPOSE[story] ?? []);
  });

  test('but what the README of the large one lists', () => {
    const readme = readFileSync('__fixtures__/large-well-built/after/README.md', 'utf8');
    expect(ON_PURPOSE['large-well-built']?.filter((id) => !readme.includes(id))).toEqual([]);
  });
});
