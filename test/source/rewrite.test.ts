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
  ['a line with the block around it', '  nested { encrypted = false }'],
  ['a value that goes on', '  encrypted = (\n    false\n  )'],
  ['a comment in the middle', '  encrypted = /* why */ false'],
  ['what says so already', '  encrypted = true'],
  ['what is not there', '  other = false'],
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
