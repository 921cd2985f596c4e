import { readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inDirectory, inputFile, type Outcome, planwarden, storyFile } from './command.ts';

const reviewOf = (name: string): Promise<Outcome> => planwarden(['review', inputFile(name)]);

/** Every complaint is one line, ends as a sentence, and shows no stack. */
const expectSentence = ({ code, stdout, stderr }: Outcome, part: string): void => {
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(part);
  expect(stderr).toMatch(/^planwarden: [^\n]+\.\n$/);
};

const SHOW = '`terraform show -json tfplan > plan.json`';

describe('what is not a plan', () => {
  test.each([
    ['empty.json', `is empty: write the plan into it with ${SHOW}`],
    ['blank.json', 'is empty'],
    ['plan-output.txt', `is not JSON: give planwarden the output of ${SHOW}`],
    ['binary.tfplan', `is a binary plan file: run ${SHOW}`],
    ['plan-log.json', 'is the log of `terraform plan -json`, not a plan: use `terraform plan -out=tfplan`'],
    ['plan-log-one-line.json', 'is the log of `terraform plan -json`'],
    ['wrapper-before.json', 'set `terraform_wrapper: false`'],
    ['wrapper-after.json', 'set `terraform_wrapper: false`'],
    ['state-file.json', 'is a Terraform state file, not a plan: run `terraform plan -out=tfplan`'],
    ['state-shown.json', 'is the JSON of a state, not of a plan'],
    ['truncated.json', `is cut off or damaged JSON: make it again with ${SHOW}`],
    [
      'format-2.json',
      'has plan format "2.0", which this version of planwarden does not know (it reads 0.1, 0.2 and 1.x): update planwarden',
    ],
    ['list.json', 'is JSON but not a plan'],
    ['other.json', 'is JSON but not a plan (no "format_version")'],
    ['damaged-change.json', 'has a resource change without address, type or change: the file is damaged'],
    ['damaged-changes.json', '"resource_changes" that is not a list'],
    ['missing.json', 'does not exist: make it with'],
    ['.', 'is a directory: name the plan file in it'],
    ['other.json/plan.json', 'does not exist'],
  ])('%s', async (name, part) => {
    expectSentence(await reviewOf(name), part);
  });

  test('a file that may not be read', async () => {
    await inDirectory(async (cwd) => {
      await writeFile(join(cwd, 'plan.json'), '{}');
      await chmod(join(cwd, 'plan.json'), 0o000);
      const outcome = await planwarden(['review', 'plan.json'], { cwd });
      // Root may read everything, and then it is not a plan.
      expectSentence(outcome, process.getuid?.() === 0 ? 'is JSON but not a plan' : 'its permissions forbid it');
    });
  });

  test('one bad plan among good ones: no review at all', async () => {
    expectSentence(
      await planwarden(['review', storyFile('tags-only'), inputFile('truncated.json')]),
      'truncated.json is cut off',
    );
  });

  test.each([[['']], [[storyFile('tags-only'), '']]])(
    'an empty argument, as an unset variable gives',
    async (plans) => {
      expectSentence(await planwarden(['review', ...plans]), 'No plan given, or an empty path');
    },
  );
});

describe('what has nothing to judge passes and says so', () => {
  test.each([
    ['no-resources.json', 'nothing to judge: the plan has no resources'],
    ['no-aws.json', 'nothing to judge: the plan has no AWS resources'],
  ])('%s', async (name, note) => {
    const { code, stdout, stderr } = await reviewOf(name);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(note);
  });

  test('a plan without changes', async () => {
    const { code, stdout } = await planwarden(['review', storyFile('no-changes')]);
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('nothing to judge: the plan changes no resources');
  });
});

describe('encodings that editors and shells of Windows write', () => {
  const text = readFileSync(storyFile('opens-ssh-to-world'), 'utf8');
  const bigEndian = Buffer.from(text, 'utf16le').swap16();

  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 of PowerShell', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['UTF-16, the other way round', Buffer.concat([Buffer.from([0xfe, 0xff]), bigEndian])],
    ['Windows line ends', Buffer.from(text.replaceAll('\n', '\r\n'))],
  ])('%s', async (_, bytes) => {
    await inDirectory(async (cwd) => {
      await writeFile(join(cwd, 'plan.json'), bytes);
      const { code, stdout } = await planwarden(['review', 'plan.json'], { cwd });
      expect(code).toBe(1);
      expect(stdout).toContain('aws_vpc_security_group_ingress_rule.ssh');
    });
  });
});

describe('values no plan has', () => {
  const group = (change: string): string =>
    `{"format_version":"1.2","planned_values":{},"configuration":{},"resource_changes":[{"address":"aws_security_group.a","mode":"managed","type":"aws_security_group","name":"a","provider_name":"registry.terraform.io/hashicorp/aws","change":{"actions":["create"],"before":null,${change}}}]}`;
  const nested = (leaf: string, depth: number): string => '['.repeat(depth) + leaf + ']'.repeat(depth);

  test('nesting without end is refused in one sentence', async () => {
    await inDirectory(async (cwd) => {
      const deep = nested('true', 20_000);
      await writeFile(
        join(cwd, 'plan.json'),
        group(`"after":{"ingress":${nested('', 20_000)}},"after_unknown":{"ingress":${deep}}`),
      );
      expectSentence(await planwarden(['review', 'plan.json'], { cwd }), 'nested too deeply');
    });
  });

  test('a directory and a plan with hostile names stay on their line', async () => {
    await inDirectory(async (cwd) => {
      const name = 'a\u001B[31m\n::error::b';
      await mkdir(join(cwd, name));
      const { code, stderr } = await planwarden(['review', `${name}/plan.json`], { cwd });
      expect(code).toBe(2);
      expect(stderr).toMatch(/^planwarden: [ -~]+\n$/);
    });
  });
});
