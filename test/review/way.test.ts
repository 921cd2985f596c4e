import { expect, test } from 'vitest';
import { run } from '../../src/run.ts';

async function ways(story: string): Promise<Record<string, readonly string[] | undefined>> {
  const folder = new URL(`../../__fixtures__/${story}/`, import.meta.url).pathname;
  const options = { mode: 'review', simulator: 'off', config: null, cwd: folder } as const;
  const { findings } = await run({ ...options, plans: ['plan.json'], source: 'after' });
  return Object.fromEntries(findings.map(({ policy, way }) => [policy, way]));
}

test('a database in an open group: from the internet through the group', async () => {
  expect((await ways('rds-public-in-open-group'))['rds/public-security-group']).toEqual([
    'the internet',
    'security group aws_security_group.orders_db',
    'aws_db_instance.orders',
  ]);
});

test('an escalation: who, by what, becomes whom', async () => {
  expect((await ways('role-may-assume-admin'))['iam/privilege-escalation']).toEqual([
    'Role support',
    'sts:AssumeRole',
    'role admin',
  ]);
});

test('what is about one thing has no way', async () => {
  expect(await ways('trail-deleted')).toEqual({ 'cloudtrail/trail-deleted': undefined });
});
