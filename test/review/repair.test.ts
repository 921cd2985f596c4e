import { expect, test } from 'vitest';
import type { Finding } from '../../src/finding/finding.ts';
import { run } from '../../src/run.ts';

const review = async (story: string): Promise<readonly Finding[]> => {
  const folder = new URL(`../../__fixtures__/${story}/`, import.meta.url).pathname;
  const options = { mode: 'review', profile: 'all', simulator: 'off', config: null, cwd: folder } as const;
  return (await run({ ...options, plans: ['plan.json'], source: 'after' })).findings;
};

/** Policy and address of what a line mends, with the line. */
const lines = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ policy, repair }) =>
    repair === undefined
      ? []
      : [
          `${policy} ${repair.location.path}:${repair.location.startLine} ${repair.before.trim()} → ${repair.after.trim()}`,
        ],
  );

test('a literal that is the whole cause is mended on its line', async () => {
  expect(lines(await review('data-stores-weakened'))).toEqual([
    'dynamodb/pitr-disabled after/main.tf:71 enabled = false → enabled = true',
    'efs/unencrypted after/main.tf:89 encrypted      = false → encrypted      = true',
    'elasticache/transit-encryption-disabled after/main.tf:31 transit_encryption_enabled = false → transit_encryption_enabled = true',
    'redshift/publicly-accessible after/main.tf:16 publicly_accessible          = true → publicly_accessible          = false',
    'redshift/storage-unencrypted after/main.tf:17 encrypted                    = false → encrypted                    = true',
    'dynamodb/deletion-protection-disabled after/main.tf:63 deletion_protection_enabled = false → deletion_protection_enabled = true',
    'elasticache/at-rest-encryption-disabled after/main.tf:30 at_rest_encryption_enabled = false → at_rest_encryption_enabled = true',
    'redshift/network-placement-weakened after/main.tf:18 enhanced_vpc_routing         = false → enhanced_vpc_routing         = true',
  ]);
});

test('a line is offered only where it is enough: half of a fix is none', async () => {
  const findings = await review('data-stores-weakened');
  // It wants both server_side_encryption and TLS.
  const dax = findings.find(({ policy }) => policy === 'dynamodb/dax-unencrypted');
  expect(dax?.status).toBe('introduced');
  expect(dax?.repair).toBeUndefined();
});

test('only what is introduced is mended', async () => {
  const findings = await review('data-stores-weakened');
  expect(findings.filter(({ status, repair }) => status !== 'introduced' && repair)).toEqual([]);
});

test('an argument that is missing is put in, where the plan says that the type has it', async () => {
  expect(lines(await review('rds-unencrypted'))).toEqual([
    'rds/storage-unencrypted after/main.tf:37 resource "aws_db_instance" "orders" { → resource "aws_db_instance" "orders" {\n  storage_encrypted           = true',
    'rds/iam-authentication-disabled after/main.tf:37 resource "aws_db_instance" "orders" { → resource "aws_db_instance" "orders" {\n  iam_database_authentication_enabled = true',
  ]);
});
