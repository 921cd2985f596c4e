import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { run, type RunOptions } from '../../src/run.ts';

const WORDS = 'until=2027-01-31 owner=platform reason="It is guarded by MFA."';
const SSH = `# planwarden:accept security-group/ingress-open-to-world-admin-port ${WORDS}`;
const ADMIN = `# planwarden:accept iam/admin-policy ${WORDS}`;

/** A story's plan and code, with text put in front of a line of one file. */
function withComment(story: string, file: string, before: string, comment: string): string {
  const root = mkdtempSync(join(tmpdir(), 'planwarden-accept-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(`__fixtures__/${story}`, root, { recursive: true });
  const path = join(root, 'after', file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(before);
  writeFileSync(path, text.replace(before, `${comment}\n${before}`));
  return root;
}

const reviewIn = (cwd: string, options: Partial<RunOptions> = {}) =>
  run({
    plans: ['plan.json'],
    source: 'after',
    config: null,
    mode: 'review',
    simulator: 'off',
    today: '2026-11-27',
    cwd,
    root: cwd,
    ...options,
  });

/** Address and place of what is accepted, and the notes. */
async function accepted(cwd: string, options: Partial<RunOptions> = {}) {
  const { findings, notes, conclusion } = await reviewIn(cwd, options);
  const rows = findings.flatMap(({ address, waived }) =>
    waived === null ? [] : [`${address} by ${waived.address} at ${waived.comment?.path}:${waived.comment?.startLine}`],
  );
  return { rows, notes, conclusion };
}

const SSH_RULE = 'resource "aws_vpc_security_group_ingress_rule" "ssh" {';
const ssh = (comment: string, before = SSH_RULE): string =>
  withComment('opens-ssh-to-world', 'main.tf', before, comment);

describe('a comment accepts', () => {
  test('what stands in the block below it', async () => {
    expect(await accepted(ssh(SSH))).toEqual({
      rows: ['aws_vpc_security_group_ingress_rule.ssh by aws_vpc_security_group_ingress_rule.ssh at after/main.tf:19'],
      notes: [],
      conclusion: 'pass',
    });
  });

  test('one argument only, when it stands there', async () => {
    expect((await accepted(ssh(SSH, '  cidr_ipv4         = "0.0.0.0/0"'))).conclusion).toBe('pass');
    expect(await accepted(ssh(SSH, '  to_port           = 22'))).toEqual({
      rows: [],
      notes: [
        'The comment at after/main.tf:24 accepts nothing: the cause is elsewhere in the block. Above the block it accepts all of it.',
      ],
      conclusion: 'fail',
    });
  });

  test('everything below a module, or one block of it for all who call it', async () => {
    const call = withComment('admin-policy-in-module', 'main.tf', 'module "deploy" {', ADMIN);
    expect((await accepted(call)).rows).toEqual([
      'module.deploy.aws_iam_policy.this by module.deploy at after/main.tf:9',
    ]);
    const other = withComment('admin-policy-in-module', 'main.tf', 'module "orders" {', ADMIN);
    expect(await accepted(other)).toEqual({ rows: [], notes: [], conclusion: 'fail' });
    const inside = withComment(
      'admin-policy-in-module',
      'modules/service-role/main.tf',
      'resource "aws_iam_policy" "this" {',
      ADMIN,
    );
    expect((await accepted(inside)).rows).toEqual([
      'module.deploy.aws_iam_policy.this by aws_iam_policy.this at after/modules/service-role/main.tf:35',
    ]);
  });

  test('a secret at one line, and shows none that its own reason has', async () => {
    const key = 'AKIA4QXV7NPLW3RDJ2ZT';
    const cwd = withComment(
      'secret-in-variable-default',
      'main.tf',
      '  default     = "AKIA',
      `  # planwarden:accept secrets/provider-credentials-hard-coded until=2027-01-31 owner=mail reason="Only ${key}"`,
    );
    const { findings } = await reviewIn(cwd);
    expect(findings.flatMap(({ waived }) => waived?.reason ?? [])).toEqual(['Only (secret)']);
    expect(JSON.stringify(findings)).not.toContain(key);
  });

  test('nothing of another policy or at another block', async () => {
    expect((await accepted(ssh(ADMIN))).conclusion).toBe('fail');
    expect((await accepted(ssh(SSH, 'resource "aws_security_group" "bastion" {'))).conclusion).toBe('fail');
  });

  test('nothing when it is over, void or wrong, and says so', async () => {
    const { notes } = await accepted(ssh(SSH.replace('2027-01-31', '2026-11-26')));
    expect(notes).toEqual([expect.stringContaining('at after/main.tf:19 (platform) expired on 2026-11-26')]);
    expect((await accepted(ssh(`${SSH} grant=00000000`))).notes).toEqual([expect.stringContaining('is void')]);
    expect((await accepted(ssh(`${SSH} grant`))).notes).toEqual([
      expect.stringMatching(/^The comment at after\/main\.tf:19 accepts nothing: it must read `planwarden:accept/),
    ]);
    expect((await accepted(ssh(`${SSH}\n`))).notes).toEqual([expect.stringContaining('put it directly above')]);
  });
});

describe('where another branch decides', () => {
  const cwd = () => ssh(SSH);
  const there = (text: string | undefined) => ({ decides: async () => text });
  const HEAD = `${SSH}\n${SSH_RULE}\n}`;

  test.each([
    ['the same comment at the same block, wherever it stands', `\n\n${HEAD}`],
    ['with other code in it', HEAD.replace('}', '  cidr_ipv4 = "10.0.0.0/8"\n}')],
  ])('counts %s', async (_, text) => {
    expect(await accepted(cwd(), there(text))).toMatchObject({ notes: [], conclusion: 'pass' });
  });

  test.each([
    ['no such file', undefined],
    ['no comment', `${SSH_RULE}\n}`],
    ['another reason', HEAD.replace('MFA', 'nobody')],
    ['a comment at another block', HEAD.replace('"ssh"', '"https"')],
    ['a comment at a part of the block', `${SSH_RULE}\n  ${SSH}\n  to_port = 22\n}`],
    ['what looks like it in a text', `locals {\n  text = <<E\n${HEAD}\nE\n}`],
    ['a file that cannot be read', '\u0000{{{'],
  ])('does not count with %s there', async (_, text) => {
    expect(await accepted(cwd(), there(text))).toEqual({
      rows: [],
      notes: ['The comment at after/main.tf:19 is new or changed, so it accepts nothing before it is merged.'],
      conclusion: 'fail',
    });
  });

  test('one comment there is not two here', async () => {
    const twice = ssh(SSH);
    const path = join(twice, 'after', 'main.tf');
    writeFileSync(path, readFileSync(path, 'utf8').replace(SSH_RULE, `${SSH}\n${SSH_RULE}`));
    const { notes, conclusion } = await accepted(twice, there(HEAD));
    expect(conclusion).toBe('pass');
    expect(notes).toEqual([expect.stringContaining('after/main.tf:20 is new or changed')]);
  });

  test('asks only for files with comments that would accept something', async () => {
    const asked: string[] = [];
    const decides = async (path: string): Promise<undefined> => {
      asked.push(path);
      return undefined;
    };
    await accepted(ssh(ADMIN), { decides });
    expect(asked).toEqual([]);
    await accepted(cwd(), { decides });
    expect(asked).toEqual(['after/main.tf']);
  });

  test('code outside the checkout is in no branch', async () => {
    const outside = cwd();
    const checkout = mkdtempSync(join(tmpdir(), 'planwarden-checkout-'));
    onTestFinished(() => rmSync(checkout, { recursive: true, force: true }));
    const options = { ...there(HEAD), plans: [join(outside, 'plan.json')], source: join(outside, 'after') };
    expect((await accepted(checkout, options)).conclusion).toBe('fail');
  });
});
