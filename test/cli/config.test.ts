import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configText } from '../../src/cli/config.ts';
import { explainConfig } from '../../src/cli/explain-config.ts';
import { inDirectory, planwarden } from './command.ts';
import { OWN_POLICY } from '../support/own-policy.ts';

const RICH = `profile: strict
fail-on: medium
own-accounts: ["123456789012"]
baseline: { log-retention-days: 90 }
policies: [policies]
settings:
  s3/bucket-policy-public: { severity: critical }
  security-group/ingress-open-to-world-web-port: { enabled: false }
  kms/customer-managed-key-not-used: { enabled: true }
  cloudtrail/trail-deleted: { enabled: true }
paths:
  - match: stacks/sandbox/**
    fail-on: critical
    settings: { s3/acl-public: { severity: low }, rds/storage-unencrypted: { enabled: false } }
  - { match: "stacks/\u001b[31m*", on-unknown: fail }
waivers:
  - policy: s3/bucket-policy-public
    address: aws_s3_bucket_policy.site
    reason: A website
    owner: web
    expires: 2027-01-31
  - policy: rds/no-such-policy
    address: "*"
    reason: A trial
    owner: data
    expires: 2026-11-27
  - policy: iam/*
    address: "module.\\u001b[31mred.*"
    reason: Before the audit
    owner: platform
    expires: 2026-11-26
`;

const explained = (text: string, width: number | undefined): Promise<string> => {
  let told = '';
  return inDirectory(async (cwd) => {
    await writeFile(join(cwd, '.planwarden.yaml'), text);
    await mkdir(join(cwd, 'policies/team'), { recursive: true });
    await writeFile(join(cwd, 'policies/team/bastion.yaml'), OWN_POLICY);
    told = configText(await explainConfig(undefined, cwd, '2026-11-27'), 'table', width);
  }).then(() => told);
};

test.each([undefined, 60])('a configuration is explained at width %s', async (width) => {
  expect(await explained(RICH, width)).toMatchSnapshot();
});

test('an empty one comes to the defaults', async () => {
  expect(await explained('', undefined)).toMatchSnapshot();
});

test('the same is told as JSON', () =>
  inDirectory(async (cwd) => {
    await writeFile(join(cwd, '.planwarden.yaml'), 'fail-on: low\nsettings: { s3/acl-public: { enabled: false } }\n');
    const { stdout, code } = await planwarden(['config', 'check', '--format', 'json'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      file: '.planwarden.yaml',
      settings: expect.arrayContaining([{ key: 'fail-on', value: 'low', isDefault: false }]),
      policies: {
        changed: [
          {
            id: 's3/acl-public',
            isOwn: false,
            inProfile: true,
            speaks: false,
            severity: 'high to critical',
            ownSeverity: 'high to critical',
          },
        ],
      },
      paths: [],
      waivers: [],
    });
  }));
