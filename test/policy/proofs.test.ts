import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { proofs, type Proof } from '../support/proofs.ts';

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

/** What a README of a story lists on purpose. */
const ON_PURPOSE: Readonly<Record<string, readonly string[]>> = {
  'large-well-built': ['iam/identity-provider-changed'],
};

describe('a story that is built well introduces nothing', () => {
  test.each(Object.keys(ON_PURPOSE))('%s but what its README lists', (story) => {
    const review = readFileSync(`__fixtures__/${story}/review.txt`, 'utf8');
    const introduced = review.slice(0, review.indexOf('\nNot evaluated'));
    const told = [...introduced.matchAll(/^ {10}([a-z0-9-]+\/[a-z0-9-]+)$/gmu)].map(([, id]) => id);
    expect(told).toEqual(ON_PURPOSE[story]);
    const readme = readFileSync(`__fixtures__/${story}/after/README.md`, 'utf8');
    expect(ON_PURPOSE[story]?.filter((id) => !readme.includes(id))).toEqual([]);
  });
});
