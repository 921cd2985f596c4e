import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inDirectory, planwarden } from '../cli/command.ts';
import { allow, deny, policyText } from '../subjects/review-of.ts';
import { changeOf } from '../support/plan.ts';
import { reviewArguments, stories } from '../support/stories.ts';

/** Everything planwarden can say of a plan. */
async function everything(args: readonly string[], cwd = process.cwd()): Promise<string> {
  let said = '';
  for (const format of ['table', 'json', 'markdown', 'sarif', 'junit', 'html']) {
    for (const mode of ['review', 'audit']) {
      const { stdout, stderr } = await planwarden([...args, '--format', format, '--mode', mode], { cwd });
      said += `${stdout}\n${stderr}\n`;
    }
  }
  return said;
}

/** What the stories have planted: literals of their code that are long and look random. */
const planted = (story: string): string[] =>
  [...readFileSync(`__fixtures__/${story}/after/main.tf`, 'utf8').matchAll(/(?<=[=":])[A-Za-z0-9/+-]{12,}(?=["@\n])/g)]
    .map(([text]) => text)
    .filter((text) => /[A-Z]/.test(text) && /\d/.test(text));

describe('no format shows', () => {
  it.each(stories().filter((story) => story.startsWith('secret-in-')))('what is planted in %s', async (story) => {
    const values = planted(story);
    expect(values).not.toEqual([]);
    const said = await everything(reviewArguments(story));
    expect(said).toContain('secrets/');
    for (const value of values) expect(said).not.toContain(value.slice(0, 8));
  });

  it('what the plan marks as sensitive, on either side', async () => {
    const canary = (side: string): string => `canary${side}`;
    const trust = (side: string) =>
      policyText(
        allow('sts:AssumeRole', '*', { Principal: { AWS: `arn:aws:iam::999988887777:role/${canary(side)}` } }),
        deny('sts:AssumeRole', '*', { Principal: '*', Condition: { StringNotEquals: { 'aws:userid': canary(side) } } }),
      );
    const bucket = (side: string) =>
      policyText(
        allow('s3:*', `arn:aws:s3:::data/${canary(side)}/*`, { Principal: '*' }),
        deny('s3:*', `arn:aws:s3:::data/${canary(side)}`, { Principal: '*' }),
      );
    const key = (side: string) =>
      policyText(
        allow('kms:*', '*', { Principal: { AWS: `arn:aws:iam::111122223333:role/${canary(side)}` } }),
        allow('kms:Decrypt', '*', { Principal: '*', Condition: { StringEquals: { 'kms:ViaService': canary(side) } } }),
      );
    const grants = (side: string) =>
      policyText(
        allow('*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/x': canary(side) } } }),
        allow('s3:*', `arn:aws:s3:::${canary(side)}/*`),
        deny('s3:DeleteBucket', `arn:aws:s3:::${canary(side)}`),
      );
    const resources: Record<string, (side: string) => object> = {
      'aws_iam_role.app': (side) => ({ name: 'app', assume_role_policy: trust(side) }),
      'aws_iam_role_policy.app': (side) => ({ name: 'p', role: 'app', policy: grants(side) }),
      'aws_s3_bucket.data': () => ({ bucket: 'data' }),
      'aws_s3_bucket_policy.data': (side) => ({ bucket: 'data', policy: bucket(side) }),
      'aws_kms_key.data': (side) => ({ bypass_policy_lockout_safety_check: true, policy: key(side) }),
      'aws_db_instance.db': (side) => ({ identifier: 'db', password: `${canary(side)}-Ahvoo7rieTh4` }),
      'aws_lambda_function.f': (side) => ({
        environment: [{ variables: { DB_PASSWORD: `${canary(side)}-Ahvoo7rieTh4` } }],
      }),
      'aws_launch_template.t': (side) => ({ user_data: `export DB_PASSWORD=${canary(side)}-Ahvoo7rieTh4` }),
    };
    const plan = {
      format_version: '1.2',
      terraform_version: '1.11.4',
      planned_values: {},
      resource_changes: Object.entries(resources).map(([address, values]) =>
        changeOf(address, ['update'], {
          before: values('old'),
          after: values('new'),
          before_sensitive: Object.fromEntries(Object.keys(values('old')).map((name) => [name, true])),
          after_sensitive: Object.fromEntries(Object.keys(values('new')).map((name) => [name, true])),
        }),
      ),
      configuration: {
        root_module: {
          resources: Object.entries(resources).map(([address, values]) => {
            const [type, name] = address.split('.');
            const expressions = Object.entries(values('new')).map(([attribute, value]) => [
              attribute,
              { constant_value: value },
            ]);
            return { address, mode: 'managed', type, name, expressions: Object.fromEntries(expressions) };
          }),
        },
      },
    };
    await inDirectory(async (directory) => {
      await writeFile(join(directory, 'plan.json'), JSON.stringify(plan));
      const said = await everything(['review', 'plan.json'], directory);
      for (const policy of [
        'iam/admin-policy',
        'iam/assume-role-cross-account',
        's3/bucket-policy-public',
        'kms/key-policy',
      ])
        expect(said).toContain(policy);
      expect(said).not.toMatch(/canary/);
    });
  });
});
