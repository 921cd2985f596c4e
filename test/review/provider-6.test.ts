/**
 * What differs in AWS provider 6.x, on minimal plans written by hand: only 5.100.0 can be run where the fixtures are
 * made. The shapes are those of the 6.0 upgrade guide: `region` on every resource, other defaults, values in clear.
 */
import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../src/config/config.ts';
import { builtinPolicies } from '../../src/policy/builtin.ts';
import { inProfile } from '../../src/policy/profile.ts';
import { review } from '../../src/review.ts';
import { changeOf, planOf } from '../support/plan.ts';

async function told(address: string, before: object | null, after: object): Promise<string[]> {
  const { findings } = await review({
    plans: [
      {
        plan: planOf({
          resource_changes: [
            changeOf(address, [before === null ? 'create' : 'update'], {
              before: before && { region: 'eu-central-1', ...before },
              after: { region: 'eu-central-1', ...after },
            }),
          ],
        }),
        source: undefined,
      },
    ],
    policies: inProfile(builtinPolicies(), DEFAULT_CONFIG),
    config: DEFAULT_CONFIG,
    mode: 'review',
    today: '2026-11-26',
    notes: [],
  });
  return findings.filter(({ status }) => status === 'introduced').map(({ policy }) => policy);
}

test('a region on a resource changes nothing of what is told', async () => {
  const rule = { type: 'ingress', security_group_id: 'sg-1', protocol: 'tcp', from_port: 22, to_port: 22 };
  expect(await told('aws_security_group_rule.ssh', null, { ...rule, cidr_blocks: ['0.0.0.0/0'] })).toEqual([
    'security-group/ingress-open-to-world-admin-port',
  ]);
});

test('a warehouse is private and encrypted where nobody says otherwise', async () => {
  const warehouse = { cluster_identifier: 'w', manage_master_password: true, cluster_subnet_group_name: 'private' };
  expect(
    await told('aws_redshift_cluster.w', null, { ...warehouse, publicly_accessible: false, encrypted: 'true' }),
  ).toEqual([]);
  expect(
    await told('aws_redshift_cluster.w', null, { ...warehouse, publicly_accessible: true, encrypted: 'false' }),
  ).toEqual(['redshift/publicly-accessible', 'redshift/storage-unencrypted']);
});

test('user data stands in clear in the plan', async () => {
  const instance = { ami: 'ami-1', iam_instance_profile: 'app', metadata_options: [{ http_tokens: 'required' }] };
  const script = '#!/bin/sh\nexport GITHUB_TOKEN=ghp_Rk2Wm9Lq4TzB6nYc1HdGs8FjUe3Ao52kYdp2\n';
  expect(await told('aws_instance.app', null, { ...instance, user_data: script })).toContain(
    'secrets/secret-in-user-data',
  );
});

test('an Elastic IP has no `vpc` argument any more', async () => {
  expect(await told('aws_eip.a', { domain: 'vpc' }, { domain: 'vpc', instance: 'i-1' })).toEqual(['ec2/eip-attached']);
});
