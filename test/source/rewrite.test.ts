import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Setting } from '../../src/plan/repair.ts';
import { openSource } from '../../src/source/source.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rewrite-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function rewritten(text: string, setting: Setting, file = 'main.tf') {
  await writeFile(join(folder, file), text);
  const source = await openSource(folder, undefined);
  await source.prepare(['aws_thing.a']);
  return source.rewrite('aws_thing.a', setting);
}

const ENCRYPTED: Setting = { path: ['encrypted'], value: true };
const inBlock = (line: string): string => `resource "aws_thing" "a" {\n  name = "x"\n${line}\n}\n`;

test.each([
  ['keeps indentation and alignment', '    encrypted     = false', '    encrypted     = true'],
  ['keeps the comment behind it', '  encrypted = false # later // maybe', '  encrypted = true # later // maybe'],
  ['replaces another type of literal', '  encrypted = "no"', '  encrypted = true'],
])('%s', async (_, before, after) => {
  expect(await rewritten(inBlock(before), ENCRYPTED)).toEqual({
    location: { path: 'main.tf', startLine: 3, endLine: 3 },
    before,
    after,
  });
});

test.each([
  ['an expression', '  encrypted = var.encrypted'],
  ['a conditional', '  encrypted = true ? false : true'],
  ['a template', '  encrypted = "${var.encrypted}"'],
  ['a line with the block around it', '  encrypted { encrypted = false }'],
  ['a value that goes on', '  encrypted = (\n    false\n  )'],
  ['a comment in the middle', '  encrypted = /* why */ false'],
  ['what says so already', '  encrypted = true'],
  ['what a dynamic block makes', '  dynamic "encrypted" {\n    for_each = []\n    content {}\n  }'],
])('leaves %s alone', async (_, line) => {
  expect(await rewritten(inBlock(line), ENCRYPTED)).toBeNull();
});

test('follows a path into a block', async () => {
  const text = inBlock('  metadata_options {\n    http_tokens = "optional"\n  }');
  const setting = { path: ['metadata_options', 'http_tokens'], value: 'required' };
  expect(await rewritten(text, setting)).toMatchObject({ after: '    http_tokens = "required"' });
});

test('lines of files that end in a carriage return are read without it', async () => {
  const text = inBlock('  encrypted = false').replaceAll('\n', '\r\n');
  expect(await rewritten(text, ENCRYPTED)).toMatchObject({ after: '  encrypted = true' });
});

test('JSON is left alone', async () => {
  const text = '{\n"resource": { "aws_thing": { "a": {\n"encrypted": false\n} } } }';
  expect(await rewritten(text, ENCRYPTED, 'main.tf.json')).toBeNull();
});

const inserted = async (rest: string, setting = ENCRYPTED): Promise<string | undefined> =>
  (await rewritten(`resource "aws_thing" "a" {\n${rest}`, setting))?.after;

test.each([
  ['in line with what follows', '  name      = "x"\n  count     = 1\n}', '  encrypted = true'],
  ['in line with a longer name', '  long_name_of_it = 1\n}', '  encrypted       = true'],
  ['apart from what is shorter', '  name = "x"\n}', '  encrypted = true\n'],
  ['apart from what goes on', '  tags_of_it = {\n    a = 1\n  }\n}', '  encrypted = true\n'],
  ['apart from a block', '  nested {\n    encrypted = false\n  }\n}', '  encrypted = true\n'],
  ['apart from a comment', '  # why\n  name = 1\n}', '  encrypted = true\n'],
  ['alone', '}', '  encrypted = true'],
  ['above an empty line', '\n  name = 1\n}', '  encrypted = true'],
])('what a resource does not say goes below its first line, %s', async (_, rest, line) => {
  expect(await inserted(rest)).toBe(`resource "aws_thing" "a" {\n${line}`);
});

test.each([
  ['a part of a block', 'resource "aws_thing" "a" {\n  name = 1\n}', { path: ['nested', 'encrypted'], value: true }],
  ['lines that end in a carriage return', 'resource "aws_thing" "a" {\r\n}\r\n', ENCRYPTED],
  ['a resource on one line', 'resource "aws_thing" "a" {}', ENCRYPTED],
  ['a resource that begins in another way', 'resource aws_thing a {\n}', ENCRYPTED],
])('nothing is put into %s', async (_, text, setting) => {
  expect(await rewritten(text, setting)).toBeNull();
});

test('what an override file says too is left alone', async () => {
  await writeFile(join(folder, 'main_override.tf'), 'resource "aws_thing" "a" {\n  name = 2\n}\n');
  expect(await inserted('  name = 1\n}')).toBeUndefined();
});
