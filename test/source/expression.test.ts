import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Expression } from '../../src/plan/expression.ts';
import { loadHcl2json } from '../../src/source/hcl2json.ts';
import { readWritten } from '../../src/source/written.ts';
import { sourceOf } from './workspace.ts';

const parser = await loadHcl2json();
const read = (text: string): Expression => readWritten(parser, { kind: 'hcl', text });
const literal = (value: string | number | boolean | null): Expression => ({ kind: 'literal', value });

/** `var.x.y` as the reference it is. */
function reference(text: string): Expression {
  const [root = '', ...names] = text.split('.');
  return { kind: 'reference', root, steps: names.map((name) => ({ kind: 'attribute', name })) };
}

describe('expressions', () => {
  test.each<[string, Expression]>([
    ['null', literal(null)],
    ['-1.5', literal(-1.5)],
    ['(true)', literal(true)],
    ['"a$${b}\\n\\"\\u00e9"', literal('a${b}\n"é')],
    ['"${var.x}"', reference('var.x')],
    ['"${"a"}b"', literal('ab')],
    ['"a ${~ var.x ~} b"', { kind: 'template', parts: [literal('a'), reference('var.x'), literal('b')] }],
    ['aws_s3_bucket.b.arn', reference('aws_s3_bucket.b.arn')],
    [
      'a["k.1"].b[0]',
      {
        kind: 'reference',
        root: 'a',
        steps: [
          { kind: 'index', key: literal('k.1') },
          { kind: 'attribute', name: 'b' },
          { kind: 'index', key: literal(0) },
        ],
      },
    ],
    [
      'a.b[each.key].arn',
      {
        kind: 'reference',
        root: 'a',
        steps: [
          { kind: 'attribute', name: 'b' },
          { kind: 'index', key: reference('each.key') },
          { kind: 'attribute', name: 'arn' },
        ],
      },
    ],
    ['a.b[*].arn', { kind: 'splat', source: reference('a.b'), steps: [{ kind: 'attribute', name: 'arn' }] }],
    [
      'f(a)[0]',
      {
        kind: 'access',
        source: { kind: 'call', name: 'f', arguments: [reference('a')], expandsLast: false },
        steps: [{ kind: 'index', key: literal(0) }],
      },
    ],
    [
      'concat(a, b...)',
      { kind: 'call', name: 'concat', arguments: [reference('a'), reference('b')], expandsLast: true },
    ],
    [
      'a ? "x" : "y"',
      { kind: 'conditional', condition: reference('a'), whenTrue: literal('x'), whenFalse: literal('y') },
    ],
    ['a >= 1', { kind: 'operation', operator: '>=', operands: [reference('a'), literal(1)] }],
    ['!a', { kind: 'operation', operator: '!', operands: [reference('a')] }],
    [
      '{ é = 1, "b" : 2, (var.k) = 3 }',
      {
        kind: 'object',
        entries: [
          { key: literal('é'), value: literal(1) },
          { key: literal('b'), value: literal(2) },
          { key: reference('var.k'), value: literal(3) },
        ],
      },
    ],
    [
      '[for s in var.l : s.arn if s.on]',
      {
        kind: 'for',
        keyVariable: null,
        valueVariable: 's',
        collection: reference('var.l'),
        key: null,
        value: reference('s.arn'),
        condition: reference('s.on'),
        grouped: false,
      },
    ],
    [
      '{ for k, v in var.m : k => v... }',
      {
        kind: 'for',
        keyVariable: 'k',
        valueVariable: 'v',
        collection: reference('var.m'),
        key: reference('k'),
        value: reference('v'),
        condition: null,
        grouped: true,
      },
    ],
    [
      '"%{ if var.on }yes%{ endif }"',
      {
        kind: 'template',
        parts: [
          { kind: 'conditional', condition: reference('var.on'), whenTrue: literal('yes'), whenFalse: literal('') },
        ],
      },
    ],
    ['a[*].b[*].c', { kind: 'other' }],
    ['= what', { kind: 'other' }],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('a JSON heredoc is the text of its literal parts and its references, without the indentation', () => {
    const expression = read(
      '<<-EOT\n    {"Resource":\n      "${aws_s3_bucket.b.arn}/*", "User": "$${aws:username}\\n"}\n  EOT',
    );
    expect(expression).toEqual({
      kind: 'template',
      parts: [
        literal('{"Resource":\n  "'),
        reference('aws_s3_bucket.b.arn'),
        literal('/*", "User": "${aws:username}\\n"}\n'),
      ],
    });
  });

  test('any string survives being written as a quoted string or in JSON configuration', () => {
    const quoted = (text: string): string =>
      JSON.stringify(text)
        .replaceAll('\\b', '\\u0008')
        .replaceAll('\\f', '\\u000c')
        .replaceAll(/([$%])\{/g, '$1$1{');
    const ordinary = string({ unit: 'grapheme' }).filter((text) => !/\\|[$%]{2}/.test(text));
    assert(
      property(ordinary, (text) => {
        expect(read(quoted(text))).toEqual(literal(text));
        const inJson = text.replaceAll(/([$%])\{/g, '$1$1{');
        expect(readWritten(parser, { kind: 'json', value: inJson })).toEqual(literal(text));
      }),
    );
  });

  test('a bottomless expression is not understood, and the parser goes on', () => {
    for (const deep of ['('.repeat(50_000) + ')'.repeat(50_000), '!'.repeat(50_000), 'a ? b : '.repeat(50_000)])
      expect(read(deep)).toEqual({ kind: 'other' });
    expect(read('1')).toEqual(literal(1));
  });

  test('the parser leaves no globals behind', () => {
    expect(Object.keys(globalThis).filter((name) => /^(Go|fs|__parse)/.test(name))).toEqual([]);
  });
});

describe('where expressions stand', () => {
  const text = `
variable "names" {
  default = ["a"]
}
locals {
  one = 1
}
locals {
  two = local.one
}
output "arn" {
  value = aws_s3_bucket.b.arn
}
module "m" {
  source = "./m"
  bucket = local.two
}
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["s3:*"]
  }
  statement {
    actions = ["iam:*"]
  }
}
resource "aws_s3_bucket" "b" {
  count = var.on ? 1 : 0
  tags  = merge(local.tags, { Name = "b" })
  lifecycle {
    prevent_destroy = true
  }
  ingress {
    port = 1
  }
  dynamic "ingress" {
    for_each = var.ports
    iterator = each_port
    content {
      port = each_port.value.number
    }
  }
}`;
  const bucket = (...path: (string | number)[]) =>
    ({ kind: 'resource', type: 'aws_s3_bucket', name: 'b', path }) as const;
  const document = (...path: (string | number)[]) =>
    ({ kind: 'data', type: 'aws_iam_policy_document', name: 'd', path }) as const;

  test('by name and path', async () => {
    const source = await sourceOf(text);
    expect(source.expression([], { kind: 'variable', name: 'names' })).toEqual({
      kind: 'tuple',
      items: [literal('a')],
    });
    expect(source.expression([], { kind: 'local', name: 'two' })).toEqual(reference('local.one'));
    expect(source.expression([], { kind: 'output', name: 'arn' })).toEqual(reference('aws_s3_bucket.b.arn'));
    expect(source.expression([], { kind: 'module-argument', call: 'm', name: 'bucket' })).toEqual(
      reference('local.two'),
    );
    expect(source.expression([], bucket('count'))).toMatchObject({ kind: 'conditional' });
    expect(source.expression([], bucket('lifecycle', 'prevent_destroy'))).toEqual(literal(true));
    expect(source.expression([], document('statement', 1, 'actions', 0))).toEqual(literal('iam:*'));
  });

  test('what is not written, or not loaded, is undefined', async () => {
    const source = await sourceOf(text);
    expect(source.expression([], bucket('bucket'))).toBeUndefined();
    expect(source.expression([], bucket('lifecycle', 'ignore_changes'))).toBeUndefined();
    expect(source.expression([], document('statement', 2))).toBeUndefined();
    expect(source.expression(['m'], { kind: 'local', name: 'two' })).toBeUndefined();
  });

  test('blocks are the list that they make, a dynamic block is a for', async () => {
    const source = await sourceOf(text);
    expect(source.expression([], document('statement', 0))).toEqual({
      kind: 'object',
      entries: [{ key: literal('actions'), value: { kind: 'tuple', items: [literal('s3:*')] } }],
    });
    expect(source.expression([], bucket('ingress'))).toMatchObject({
      kind: 'call',
      name: 'concat',
      arguments: [
        { kind: 'tuple', items: [{ kind: 'object' }] },
        {
          kind: 'for',
          valueVariable: 'each_port.value',
          collection: reference('var.ports'),
          value: { entries: [{ value: { root: 'each_port.value', steps: [{ name: 'number' }] } }] },
        },
      ],
    });
  });

  test('a path that goes into what a call makes goes on as steps', async () => {
    const source = await sourceOf(text);
    expect(source.expression([], bucket('tags', 'Name'))).toMatchObject({
      kind: 'access',
      source: { kind: 'call', name: 'merge' },
      steps: [{ kind: 'attribute', name: 'Name' }],
    });
  });
});
