import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Location } from '../../src/finding/finding.ts';
import { excerptsOf } from '../../src/secrets/excerpt.ts';
import { inDirectory, planwarden } from '../cli/command.ts';
import { changeOf } from '../support/plan.ts';
import { SAMPLES } from './tokens.ts';

const NONE: ReadonlySet<string> = new Set();
const excerptOf = (text: string, place: Location, sensitive: ReadonlySet<string>) => excerptsOf(sensitive)(text, place);
const at = (startLine: number, endLine = startLine) => ({ path: 'main.tf', startLine, endLine });

const RULE = `resource "aws_security_group_rule" "ssh" {
  type        = "ingress"
  from_port   = 22
  to_port     = 22
  cidr_blocks = ["0.0.0.0/0"]
  protocol    = "tcp"

}
`;

describe('the lines around a place', () => {
  test('are shown with their numbers', () => {
    expect(excerptOf(RULE, at(5), NONE)).toEqual({
      startLine: 3,
      lines: ['  from_port   = 22', '  to_port     = 22', '  cidr_blocks = ["0.0.0.0/0"]', '  protocol    = "tcp"'],
    });
  });

  test('begin and end in the file, and at a blank line', () => {
    expect(excerptOf(RULE, at(1), NONE)?.lines).toHaveLength(3);
    expect(excerptOf(RULE, at(8), NONE)?.lines).toEqual(['}']);
  });

  test('are few, the first of them', () => {
    const lines = Array.from({ length: 90 }, (_, index) => `line ${index + 1}`);
    expect(excerptOf(lines.join('\r\n'), at(10, 80), NONE)).toEqual({ startLine: 8, lines: lines.slice(7, 21) });
  });

  test('are not those of a file that is generated into one line', () => {
    expect(excerptOf(`{"a": "${'x'.repeat(500)}"}`, at(1), NONE)).toBeUndefined();
  });

  test('are none where a file has no such line', () => {
    expect(excerptOf(RULE, at(40), NONE)).toBeUndefined();
  });
});

describe('nothing is shown', () => {
  test.each(Object.entries(SAMPLES))('where %s stands in one of the lines', (_, sample) => {
    fc.assert(
      fc.property(sample, ({ text, secret }) => {
        const shown = excerptOf(
          RULE.replace('"tcp"', () => `"${text}"`),
          at(5),
          NONE,
        );
        expect(shown?.lines.join('\n') ?? '').not.toContain(secret);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ['a password of its own', 'db_password = "Ahvoo7rieTh4"'],
    ['a short one', 'password = "abcd"'],
    ['one in an environment', 'DB_PASSWD = "Ahvoo7rieTh4"'],
    ['one in JSON', '"api_key": "Ahvoo7rieTh4"'],
    ['one on a command line', 'command = "login --token Ahvoo7rieTh4"'],
  ])('where %s does', (_, line) => {
    expect(excerptOf(RULE.replace('protocol    = "tcp"', line), at(5), NONE)).toBeUndefined();
  });

  test('in the middle of a key that begins before and ends after', () => {
    const body = Array.from({ length: 30 }, (_, index) => `MIIEpAIBAAKCAQEA${String(index).padStart(48, 'x')}`);
    const text = [
      'key = <<EOT',
      '-----BEGIN RSA PRIVATE KEY-----',
      ...body,
      '-----END RSA PRIVATE KEY-----',
      'EOT',
      '',
      '',
      '',
      'x = 1',
    ];
    expect(excerptOf(text.join('\n'), at(15), NONE)).toBeUndefined();
    expect(excerptOf(text.join('\n'), at(text.length), NONE)?.lines).toEqual(['x = 1']);
  });

  test('of what the plan calls sensitive, whatever its name is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, maxLength: 20 }), (secret) => {
        const written = JSON.stringify(secret).slice(1, -1);
        const text = RULE.replace('"tcp"', () => `"${written}"`);
        expect(excerptOf(text, at(5), new Set([written]))).toBeUndefined();
      }),
    );
  });
});

test('no report shows a sensitive value that stands in the code beside a finding', async () => {
  await inDirectory(async (directory) => {
    const code = `variable "phrase" {
  sensitive = true
  default   = "blue-horse"
}

resource "aws_db_instance" "db" {
  identifier          = "db"
  publicly_accessible = true
  character_set_name  = "kind-of-secret"
}

resource "aws_db_instance" "other" {
  identifier          = "other"
  publicly_accessible = true
}
`;
    const values = (identifier: string) => ({ identifier, publicly_accessible: true });
    const plan = {
      format_version: '1.2',
      terraform_version: '1.11.4',
      planned_values: {},
      variables: { phrase: { value: 'blue-horse' } },
      resource_changes: [
        changeOf('aws_db_instance.db', ['create'], {
          after: { ...values('db'), character_set_name: 'kind-of-secret' },
          after_sensitive: { character_set_name: true },
        }),
        changeOf('aws_db_instance.other', ['create'], { after: values('other') }),
      ],
      configuration: { root_module: { variables: { phrase: { sensitive: true, default: 'blue-horse' } } } },
    };
    await writeFile(join(directory, 'plan.json'), JSON.stringify(plan));
    await writeFile(join(directory, 'main.tf'), code);
    const said = async (format: string): Promise<string> => {
      const options = ['--profile', 'all', '--mode', 'audit', '--format', format];
      return (await planwarden(['review', 'plan.json', ...options], { cwd: directory })).stdout;
    };
    for (const format of ['html', 'json', 'junit', 'sarif', 'markdown', 'table']) {
      const stdout = await said(format);
      expect(stdout).toContain('aws_db_instance.db');
      expect(stdout).not.toMatch(/kind-of-secret|blue-horse/);
    }
    expect(await said('html')).toMatch(/<li class="here"><span>14<\/span> {2}publicly_accessible = true/);
  });
});
