import { describe, expect, test } from 'vitest';
import { linesOf, sourceOf } from './workspace.ts';

type Path = readonly (string | number)[];

async function pointedAt(text: string, address: string, path: Path = [], hint?: string): Promise<string | null> {
  return linesOf(text, await sourceOf(text), { address, path, ...(hint === undefined ? {} : { hint }) });
}

describe('attributes and blocks', () => {
  const text = `
resource "aws_db_instance" "main" {
  publicly_accessible = true
  tags = {
    Name = "main"
    Team = "data"
  }
  timeouts {
    create = "1h"
  }
}`;

  test('an attribute', async () => {
    expect(await pointedAt(text, 'aws_db_instance.main', ['publicly_accessible'])).toBe('publicly_accessible = true');
  });

  test('an entry of a map', async () => {
    expect(await pointedAt(text, 'aws_db_instance.main', ['tags', 'Team'])).toBe('Team = "data"');
  });

  test('an attribute of a nested block, with and without an index', async () => {
    expect(await pointedAt(text, 'aws_db_instance.main', ['timeouts', 0, 'create'])).toBe('create = "1h"');
    expect(await pointedAt(text, 'aws_db_instance.main', ['timeouts', 'create'])).toBe('create = "1h"');
  });

  test('an attribute that nobody wrote leads to the resource', async () => {
    expect(await pointedAt(text, 'aws_db_instance.main', ['storage_encrypted'])).toBe(
      text.trim().replaceAll(/^ +/gm, ''),
    );
  });

  test('all instances of a resource stand at one block', async () => {
    const source = await sourceOf(text);
    const at = (address: string) => source.locate({ address, path: [] });
    expect(at('aws_db_instance.main')).toEqual({ path: 'main.tf', startLine: 2, endLine: 11 });
    expect(at('aws_db_instance.main[3]')).toEqual(at('aws_db_instance.main'));
    expect(at('aws_db_instance.main["a.b[\\"x\\"]"]')).toEqual(at('aws_db_instance.main'));
  });

  test('a resource that is not there has no place', async () => {
    expect(await pointedAt(text, 'aws_db_instance.gone', ['publicly_accessible'])).toBeNull();
  });

  test('what is not an address has no place', async () => {
    expect(await pointedAt(text, 'aws_db_instance..main["')).toBeNull();
  });
});

describe('security group rules, whose order in a plan means nothing', () => {
  const text = `
resource "aws_security_group" "web" {
  ingress {
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"] # web
  }
  ingress {
    from_port   = 22
    to_port     = 22
    cidr_blocks = [
      "10.0.0.0/8",
      "192.0.2.0/24",
    ]
  }
  ingress {
    from_port   = 3389
    to_port     = 3389
    cidr_blocks = ["0.0.0.0/0"] # desktop
  }
  dynamic "egress" {
    for_each = var.ports
    content {
      from_port   = egress.value
      cidr_blocks = ["::/0"]
    }
  }
}`;
  const group = 'aws_security_group.web';

  test('the hint finds the block, whatever the index says', async () => {
    expect(await pointedAt(text, group, ['ingress', 0, 'from_port'], '192.0.2.0/24')).toBe('from_port   = 22');
  });

  test('the hint finds the line of a list', async () => {
    expect(await pointedAt(text, group, ['ingress', 0, 'cidr_blocks'], '192.0.2.0/24')).toBe('"192.0.2.0/24",');
  });

  test('several literals in a hint tell equal blocks apart', async () => {
    expect(await pointedAt(text, group, ['ingress', 0, 'cidr_blocks'], '0.0.0.0/0 3389')).toBe(
      'cidr_blocks = ["0.0.0.0/0"] # desktop',
    );
  });

  test('blocks that cannot be told apart are the place together', async () => {
    const source = await sourceOf(text);
    const cause = { address: group, path: ['ingress', 1, 'cidr_blocks'], hint: '0.0.0.0/0' };
    expect(source.locate(cause)).toEqual({ path: 'main.tf', startLine: 3, endLine: 20 });
    expect(source.locate({ address: group, path: ['ingress'] })).toEqual({
      path: 'main.tf',
      startLine: 3,
      endLine: 20,
    });
  });

  test('a dynamic block is where its rules stand', async () => {
    expect(await pointedAt(text, group, ['egress', 7, 'cidr_blocks'], '::/0')).toBe('cidr_blocks = ["::/0"]');
    expect(await pointedAt(text, group, ['egress', 7, 'description'])).toMatch(/^dynamic "egress" \{[^]*\}$/);
  });

  test('rules written as a list of objects', async () => {
    const list = `
resource "aws_security_group" "web" {
  ingress = [
    { from_port = 80, cidr_blocks = ["0.0.0.0/0"] },
    { from_port = 22, cidr_blocks = ["203.0.113.0/24"] },
  ]
}`;
    expect(await pointedAt(list, group, ['ingress', 0, 'cidr_blocks'], '203.0.113.0/24')).toBe(
      '{ from_port = 22, cidr_blocks = ["203.0.113.0/24"] },',
    );
  });
});

describe('policy documents', () => {
  const second = 'Action = "iam:*"';
  const encoded = `
resource "aws_iam_policy" "admin" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Read"
        Action = ["s3:Get*"]
      },
      {
        Sid    = "Everything"
        ${second}
      },
    ]
  })
}`;

  test('a statement inside jsonencode, by index', async () => {
    expect(await pointedAt(encoded, 'aws_iam_policy.admin', ['policy', 'Statement', 1])).toBe(
      `{\nSid    = "Everything"\n${second}\n},`,
    );
  });

  test('a statement by its Sid or action', async () => {
    const everything = `{\nSid    = "Everything"\n${second}\n},`;
    expect(await pointedAt(encoded, 'aws_iam_policy.admin', ['policy'], 'Everything')).toBe(everything);
    expect(await pointedAt(encoded, 'aws_iam_policy.admin', ['policy'], 'iam:*')).toBe(everything);
    expect(await pointedAt(encoded, 'aws_iam_policy.admin', ['policy', 'Statement', 0], 'iam:*')).toBe(everything);
  });

  test('a part of a statement', async () => {
    expect(await pointedAt(encoded, 'aws_iam_policy.admin', ['policy', 'Statement', 1, 'Action'])).toBe(second);
  });

  test('JSON in a heredoc, interpolations included', async () => {
    const heredoc = `
resource "aws_iam_policy" "admin" {
  policy = <<-EOT
    {
      "Statement": [
        { "Sid": "Read", "Action": "s3:Get*",
          "Resource": "\${aws_s3_bucket.b["x"].arn}/*" },
        {
          "Action": "iam:*"
        }
      ]
    }
  EOT
}`;
    expect(await pointedAt(heredoc, 'aws_iam_policy.admin', ['policy', 'Statement', 1])).toBe(
      '{\n"Action": "iam:*"\n}',
    );
    expect(await pointedAt(heredoc, 'aws_iam_policy.admin', ['policy', 'Statement', 0, 'Resource'])).toBe(
      `"Resource": "\${aws_s3_bucket.b["x"].arn}/*" },`,
    );
  });

  const document = `
resource "aws_iam_policy" "admin" {
  policy = data.aws_iam_policy_document.admin.json
}
data "aws_iam_policy_document" "admin" {
  statement {
    actions = ["s3:Get*"]
  }
  statement {
    actions = ["iam:*"]
  }
}`;

  test('a policy that is a data source stands in the data source', async () => {
    expect(await pointedAt(document, 'aws_iam_policy.admin', ['policy', 'Statement', 1])).toBe(
      'statement {\nactions = ["iam:*"]\n}',
    );
    expect(await pointedAt(document, 'aws_iam_policy.admin', ['policy'], 'iam:*')).toBe(
      'statement {\nactions = ["iam:*"]\n}',
    );
  });

  test('a data source by its own address, in the words of JSON or of HCL', async () => {
    const address = 'data.aws_iam_policy_document.admin';
    expect(await pointedAt(document, address, ['statement', 0, 'actions'])).toBe('actions = ["s3:Get*"]');
    expect(await pointedAt(document, address, ['Statement', 0, 'Action'])).toBe('actions = ["s3:Get*"]');
  });

  test('a policy from a local value; a value that refers to itself ends', async () => {
    const local = `
locals {
  loop   = local.loop
  policy = jsonencode({
    Statement = [{ Action = "iam:*" }]
  })
}
resource "aws_iam_policy" "a" {
  policy = local.policy
}
resource "aws_iam_policy" "b" {
  policy = local.loop
}`;
    expect(await pointedAt(local, 'aws_iam_policy.a', ['policy', 'Statement', 0])).toBe(
      'Statement = [{ Action = "iam:*" }]',
    );
    expect(await pointedAt(local, 'aws_iam_policy.b', ['policy', 'Statement', 0])).toBe('loop   = local.loop');
  });
});

describe('other blocks', () => {
  const text = `
variable "password" {
  default = "hunter2"
}
output "endpoint" {
  value = "x"
}
locals {
  first  = 1
  second = 2
}
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias      = "us"
  access_key = "x"
}`;

  test.each([
    ['var.password', ['default'], 'default = "hunter2"'],
    ['output.endpoint', [], 'output "endpoint" {\nvalue = "x"\n}'],
    ['local.second', [], 'second = 2'],
    ['provider.aws', ['region'], 'region = "eu-west-1"'],
    ['provider.aws.us', ['access_key'], 'access_key = "x"'],
    ['provider.aws.eu', [], null],
  ])('%s %j', async (address, path, expected) => {
    expect(await pointedAt(text, address, path)).toBe(expected);
  });
});
