import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { BASELINE, DEFAULT_CONFIG } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { configSchema } from '../../src/config/schema.ts';
import { UserError } from '../../src/text/user-error.ts';

const EVERYTHING = `
profile: strict
fail-on: medium
on-unknown: fail
policies: [policies, ../shared]
settings:
  s3/bucket-public: { severity: low }
  iam/wildcard-action:
    enabled: false
paths:
  - { match: stacks/sandbox/**, fail-on: never, settings: { s3/bucket-public: { enabled: false } } }
waivers:
  - policy: security-group/*
    address: module.web["a.b"].aws_security_group.lb
    reason: It is our load balancer.
    owner: web team
    expires: 2027-01-31
    grant: '5f0c2a17-00aa11bb'
waiver-days: 90
own-accounts: ["111111111111"]
trusted-accounts: ["222222222222", '333333333333']
organization-id: o-a1b2c3d4e5
log-buckets: [company-logs]
public-buckets:
  - "*-site"
  - { name: downloads, review-by: 2027-06-30 }
break-glass: ["emergency-*"]
office-networks: [203.0.113.0/24, "2001:db8::/48"]
security-roles: ["*audit*"]
honeytokens: [backup-admin]
required-tags: [Owner]
trusted-sources: [app.terraform.io/acme/*]
baseline: { password-length: 20, password-max-age-days: 0 }
allow-partial: true
`;

function mistake(text: string): string {
  try {
    parseConfig(text, 'team/.planwarden.yaml');
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'no mistake';
}

describe('a configuration', () => {
  test('may have every key', () => {
    expect(parseConfig(EVERYTHING, 'c.yaml')).toEqual({
      profile: 'strict',
      failOn: 'medium',
      onUnknown: 'fail',
      policies: ['policies', '../shared'],
      settings: { 's3/bucket-public': { severity: 'low' }, 'iam/wildcard-action': { enabled: false } },
      paths: [
        {
          match: 'stacks/sandbox/**',
          failOn: 'never',
          onUnknown: undefined,
          settings: { 's3/bucket-public': { enabled: false } },
        },
      ],
      waivers: [
        {
          policy: 'security-group/*',
          address: 'module.web["a.b"].aws_security_group.lb',
          reason: 'It is our load balancer.',
          owner: 'web team',
          expires: '2027-01-31',
          grant: '5f0c2a17-00aa11bb',
        },
      ],
      waiverDays: 90,
      ownAccounts: ['111111111111'],
      trustedAccounts: ['222222222222', '333333333333'],
      organizationId: 'o-a1b2c3d4e5',
      logBuckets: ['company-logs'],
      publicBuckets: [
        { name: '*-site', reviewBy: undefined },
        { name: 'downloads', reviewBy: '2027-06-30' },
      ],
      breakGlass: ['emergency-*'],
      officeNetworks: ['203.0.113.0/24', '2001:db8::/48'],
      securityRoles: ['*audit*'],
      honeytokens: ['backup-admin'],
      requiredTags: ['Owner'],
      trustedSources: ['app.terraform.io/acme/*'],
      baseline: { ...BASELINE, passwordLength: 20, passwordMaxAgeDays: 0 },
      allowPartial: true,
    });
  });

  test.each([
    ['nothing', ''],
    ['comments', '# fail-on: low\n'],
    ['a document mark', '---\n'],
    ['lists whose lines are commented out', 'waivers:\n#  - policy: x\npolicies:\nsettings:\n'],
  ])('that holds %s is the default', (_, text) => {
    expect(parseConfig(text, 'c.yaml')).toEqual(DEFAULT_CONFIG);
  });

  test.each([
    ['a byte order mark', '\uFEFFfail-on: low\n'],
    ['Windows line ends', 'fail-on: low\r\non-unknown: warn\r\n'],
    ['JSON', '{"fail-on": "low"}'],
    ['anchors', 'log-buckets: &names [a]\npublic-buckets: *names\nfail-on: low'],
  ])('may be written with %s', (_, text) => {
    expect(parseConfig(text, 'c.yaml').failOn).toBe('low');
  });
});

describe('a mistake is told with file, line and what was expected', () => {
  test.each([
    ['fail-on: severe', '1: `fail-on` is `severe`; expected one of critical, high, medium, low, info, never.'],
    ['\nfail-on:', '2: `fail-on` is empty; expected one of critical, high, medium, low, info, never.'],
    ['on-unknown: false', '1: `on-unknown` is `false`; expected one of ignore, warn, fail.'],
    ['policies: own', '1: `policies` is `own`; expected a list.'],
    ['policies:\n  - own\n  - 7', '3: `policies.1` is `7`; expected a directory, relative to this file.'],
    ['settings: [a]', '1: `settings` is a list; expected a map of policy ids.'],
    ['settings:\n  iam/x: off', '2: `settings.iam/x` is `off`; expected a map with enabled, severity.'],
    ['settings:\n  iam/x:\n    enabled: nope', '3: `settings.iam/x.enabled` is `nope`; expected true or false.'],
    [
      'settings:\n  iam/x:\n    severityy: low',
      '3: `settings.iam/x.severityy` is not a key here (did you mean `severity`?); expected a map with enabled, severity.',
    ],
    [
      'own-accounts: [111111111111]',
      '1: `own-accounts.0` is `111111111111`; expected a 12-digit account id in quotes.',
    ],
    ['trusted-accounts: ["1111"]', '1: `trusted-accounts.0` is `1111`; expected a 12-digit account id in quotes.'],
    ['organization-id: acme', '1: `organization-id` is `acme`; expected an organization id such as o-a1b2c3d4e5.'],
    ['log-buckets: [""]', '1: `log-buckets.0` is empty; expected a name, or a glob of names.'],
    ['public-buckets: { a: b }', '1: `public-buckets` is a map; expected a list.'],
    ['allow-partial: "yes"', '1: `allow-partial` is `yes`; expected true or false.'],
    [
      'fail-on: low\nfail_on: high',
      '2: `fail_on` is not a key here (did you mean `fail-on`?); expected a map with profile, fail-on, on-unknown, ',
    ],
    ['- fail-on: low', '1: this is a list; expected a map with profile, fail-on, '],
    ['just text', '1: this is `just text`; expected a map with profile, fail-on, '],
    ['fail-on: low\nfail-on: high', '2: this is not YAML: Map keys must be unique.'],
    ['a: b: c', '1: this is not YAML: Nested mappings are not allowed in compact mappings.'],
    ['fail-on: low\n\tx: 1', '2: this is not YAML: '],
    ['fail-on: low\n---\nfail-on: high', '2: a second document begins here; expected one only.'],
  ])('%j', (text, expected) => {
    expect(mistake(text)).toContain(`team/.planwarden.yaml:${expected}`);
    expect(mistake(text)).toMatch(/^team\/\.planwarden\.yaml:[^\n]+\.$/);
  });

  const waiver = (change: string): string =>
    [
      'waivers:',
      '  - policy: iam/x',
      '    address: aws_iam_role.r',
      '    reason: because',
      '    owner: us',
      '    expires: 2027-01-31',
    ]
      .join('\n')
      .replace(...(change.split(' → ') as [string, string]));

  test.each([
    [
      'expires: 2027-01-31 → expires: 2027-02-30',
      '6: `waivers.0.expires` is `2027-02-30`; expected a date such as 2027-01-31.',
    ],
    ['expires: 2027-01-31 → expires: soon', '6: `waivers.0.expires` is `soon`; expected a date such as 2027-01-31.'],
    [
      'expires: 2027-01-31 → expires: 31.1.2027',
      '6: `waivers.0.expires` is `31.1.2027`; expected a date such as 2027-01-31.',
    ],
    ['    owner: us\n → ', '2: `waivers.0.owner` is missing; expected who answers for it.'],
    ['reason: because → reason: ""', '4: `waivers.0.reason` is empty; expected why it is acceptable here.'],
    [
      'policy: iam/x → polcy: iam/x',
      '2: `waivers.0.polcy` is not a key here (did you mean `policy`?); expected a map with policy, address, reason, owner, expires, grant.',
    ],
  ])('%s', (change, expected) => {
    expect(mistake(waiver(change))).toBe(`team/.planwarden.yaml:${expected}`);
  });

  const ends = (expires: string, days = ''): string | undefined =>
    parseConfig(waiver(`2027-01-31 → ${expires}`) + days, 'c.yaml', '2026-11-27').waivers[0]?.expires;

  test.each([
    ['', '2027-11-28'],
    ['\nwaiver-days: 30', '2026-12-27'],
  ])('a waiver may reach as far as%s %s', (days, expires) => {
    expect(ends(expires, days)).toBe(expires);
  });

  test.each([
    ['', '2027-11-29', 'a day up to 2027-11-28, which is 366 days from now'],
    ['\nwaiver-days: 30', '2026-12-28', 'a day up to 2026-12-27, which is 30 days from now'],
  ])('and no further:%s %s', (days, expires, expected) => {
    expect(() => ends(expires, days)).toThrow(
      `c.yaml:6: \`waivers.0.expires\` is \`${expires}\`; expected ${expected} (\`waiver-days\`).`,
    );
  });

  test.each([
    [
      'that multiply without end',
      `a: &a [${'x,'.repeat(9)}]\n${'bcdefgh'.replace(/./g, (name, index: number) => `${name}: &${name} [${`*${'abcdefg'[index] ?? ''},`.repeat(9)}]\n`)}`,
    ],
    ['that name nothing', 'waivers: *nothing'],
  ])('aliases %s', (_, text) => {
    expect(mistake(text)).toMatch(/^team\/\.planwarden\.yaml:.*the aliases/);
  });
});

describe('the JSON Schema', () => {
  const file: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../schemas/config.schema.json'), 'utf8'));
  const validate = new Ajv2020({ strict: true, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } }).compile(file as object);

  test('is the one that the loader uses', () => {
    expect(file).toMatchObject(z.toJSONSchema(configSchema));
  });

  test('accepts what the loader accepts', () => {
    expect(validate(parse(EVERYTHING))).toBe(true);
    expect(validate({})).toBe(true);
  });

  test.each([
    { fail_on: 'low' },
    { 'fail-on': 'severe' },
    { 'own-accounts': [111111111111] },
    { waivers: [{ policy: 'x' }] },
  ])('refuses %j', (content) => {
    expect(validate(content)).toBe(false);
  });
});
