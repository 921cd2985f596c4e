import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../src/source/source.ts';
import { sourceOf, workspace } from './workspace.ts';

const bucket = (name: string): string => `resource "aws_s3_bucket" "${name}" {\n  bucket = "x"\n}\n`;

describe('modules', () => {
  const files = {
    'main.tf': 'module "outer" {\n  source = "./outer"\n}\n\nmodule "far" {\n  source = "example/far/aws"\n}\n',
    'outer/main.tf': `module "inner" {\n  source = "../inner"\n}\n${bucket('own')}`,
    'inner/bucket.tf': `# first line\n${bucket('deep')}`,
  };
  const root = {
    module_calls: {
      outer: { source: './outer', module: { module_calls: { inner: { source: '../inner' } } } },
      far: { source: 'example/far/aws', module: { module_calls: { near: { source: './near' } } } },
    },
  };

  test('a local module is followed, however it is repeated', async () => {
    const source = await openSource(workspace(files), root);
    const address = 'module.outer["a.b"].module.inner[2].aws_s3_bucket.deep';
    await source.prepare([address]);
    expect(source.locate({ address, path: ['bucket'] })).toEqual({ path: 'inner/bucket.tf', startLine: 3, endLine: 3 });
  });

  test('in a module from elsewhere a finding stands at the call in the root', async () => {
    const source = await openSource(workspace(files), root);
    const address = 'module.far.module.near.aws_s3_bucket.b';
    await source.prepare([address]);
    expect(source.locate({ address, path: ['bucket'] })).toEqual({ path: 'main.tf', startLine: 5, endLine: 7 });
    expect(await source.load(['far'])).toBe(false);
  });

  test('a resource that a local module does not have stands at the nearest call', async () => {
    const source = await openSource(workspace(files), root);
    const address = 'module.outer.module.inner.aws_s3_bucket.gone';
    await source.prepare([address]);
    expect(source.locate({ address, path: [] })).toEqual({ path: 'outer/main.tf', startLine: 1, endLine: 3 });
  });

  test('a module that terraform init downloaded has expressions, but its findings stand at the call', async () => {
    const place = workspace({
      ...files,
      '.terraform/modules/modules.json': JSON.stringify({
        Modules: [{ Key: 'far', Source: 'example/far/aws', Dir: '.terraform/modules/far' }, { Key: 7 }],
      }),
      '.terraform/modules/far/main.tf': bucket('b'),
    });
    const source = await openSource(place, root);
    const address = 'module.far.aws_s3_bucket.b';
    await source.prepare([address]);
    expect(await source.load(['far'])).toBe(true);
    const where = { kind: 'resource', type: 'aws_s3_bucket', name: 'b', path: ['bucket'] } as const;
    expect(source.expression(['far'], where)).toEqual({ kind: 'literal', value: 'x' });
    expect(source.locate({ address, path: ['bucket'] })).toEqual({ path: 'main.tf', startLine: 5, endLine: 7 });
  });

  test('only what is asked for is read', async () => {
    const source = await openSource(workspace({ ...files, 'outer/broken.tf': 'resource {{{' }), root);
    await source.prepare(['aws_s3_bucket.x', 'module.far.aws_s3_bucket.b']);
    expect(source.problems).toEqual([]);
    await source.prepare(['module.outer.aws_s3_bucket.own']);
    expect(source.problems).toHaveLength(1);
  });

  test('a boundary above the root module lets it reach its neighbours, with paths from there', async () => {
    const place = workspace({ 'stacks/prod/main.tf': bucket('b'), 'modules/m/main.tf': bucket('shared') });
    const plan = { module_calls: { m: { source: '../../modules/m' } } };
    const address = 'module.m.aws_s3_bucket.shared';
    const narrow = await openSource(join(place, 'stacks/prod'), plan);
    const wide = await openSource(join(place, 'stacks/prod'), plan, { boundary: place });
    await Promise.all([narrow.prepare([address]), wide.prepare([address, 'aws_s3_bucket.b'])]);
    expect(narrow.locate({ address, path: [] })).toBeNull();
    expect(wide.locate({ address, path: [] })?.path).toBe('modules/m/main.tf');
    expect(wide.locate({ address: 'aws_s3_bucket.b', path: [] })?.path).toBe('stacks/prod/main.tf');
  });
});

describe('nothing outside the source is read', () => {
  test('a root module that is a link out of the boundary; one that the user named beside it is read', async () => {
    const outside = workspace({ 'main.tf': bucket('b') });
    const boundary = workspace({});
    symlinkSync(outside, join(boundary, 'stack'));
    expect((await openSource(join(boundary, 'stack'), {}, { boundary })).found).toBe(false);
    expect((await openSource(outside, {}, { boundary })).found).toBe(true);
  });

  const plan = { module_calls: { m: { source: './m' } } };
  const address = 'module.m.aws_s3_bucket.secret';

  test('a module directory that is a link to the outside', async () => {
    const outside = workspace({ 'main.tf': bucket('secret') });
    const inside = workspace({ 'main.tf': 'module "m" {\n  source = "./m"\n}\n' });
    symlinkSync(outside, join(inside, 'm'));
    const source = await openSource(inside, plan);
    await source.prepare([address]);
    expect(source.locate({ address, path: [] })).toEqual({ path: 'main.tf', startLine: 1, endLine: 3 });
  });

  test('a file that is a link to the outside', async () => {
    const outside = workspace({ 'secret.tf': bucket('secret') });
    const inside = workspace({ 'main.tf': bucket('b') });
    symlinkSync(join(outside, 'secret.tf'), join(inside, 'link.tf'));
    const source = await openSource(inside, {});
    await source.prepare(['aws_s3_bucket.secret']);
    expect(source.locate({ address: 'aws_s3_bucket.secret', path: [] })).toBeNull();
    expect(source.problems).toEqual([
      'The source file "link.tf" was not read: it is a link that leads out of the source directory.',
    ]);
  });

  test('a source that climbs out', async () => {
    const place = workspace({ 'root/main.tf': bucket('b'), 'secret/main.tf': bucket('secret') });
    const source = await openSource(join(place, 'root'), { module_calls: { m: { source: '../secret' } } });
    await source.prepare([address]);
    expect(source.locate({ address, path: [] })).toBeNull();
  });
});

describe('what cannot be read', () => {
  test('no directory, or one without Terraform files', async () => {
    const empty = await openSource(workspace({ 'README.md': '' }), {});
    const missing = await openSource(join(workspace({}), 'missing'), {});
    for (const source of [empty, missing]) {
      await source.prepare(['aws_s3_bucket.b']);
      expect(source.found).toBe(false);
      expect(source.problems).toEqual(['The source directory holds no Terraform files, so findings have no line.']);
      expect(source.locate({ address: 'aws_s3_bucket.b', path: [] })).toBeNull();
    }
  });

  test('a syntax error is one sentence; the rest of the file still has its lines', async () => {
    const source = await sourceOf(`${bucket('good')}resource "aws_s3_bucket" "bad" {\n  bucket = = "x"\n}\n`);
    expect(source.problems).toEqual([
      'The source file "main.tf" could not be parsed at line 5; findings in it may have no line.',
    ]);
    expect(source.locate({ address: 'aws_s3_bucket.good', path: ['bucket'] })?.startLine).toBe(2);
  });

  test.each([
    ['brackets', `x = ${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['operators', `x = ${'!'.repeat(50_000)}true`],
    ['blocks', `${'x {\n'.repeat(20_000)}${'}\n'.repeat(20_000)}`],
  ])('a file with bottomless %s', async (_what, body) => {
    const source = await sourceOf(`resource "aws_s3_bucket" "b" {\n${body}\n}\n`);
    expect(source.locate({ address: 'aws_s3_bucket.b', path: ['x', 0], hint: '1' })?.startLine).toBeGreaterThan(0);
    expect(source.locate({ address: 'aws_s3_bucket.b', path: [] })?.startLine).toBe(1);
  });

  test('a file that is too large, and a directory with a file name', async () => {
    const root = workspace({ 'main.tf': bucket('b') });
    writeFileSync(join(root, 'huge.tf'), '#'.repeat(2_000_001));
    mkdirSync(join(root, 'odd.tf'));
    const source = await openSource(root, {});
    await source.prepare(['aws_s3_bucket.b']);
    expect(source.problems).toEqual([
      'The source file "huge.tf" was not read: it is larger than 2 MB.',
      'The source file "odd.tf" was not read: it is not a file.',
    ]);
    expect(source.locate({ address: 'aws_s3_bucket.b', path: [] })?.startLine).toBe(1);
  });
});

describe('forms of files', () => {
  test('JSON configuration has content and lines', async () => {
    const json = { resource: { aws_s3_bucket: { b: { acl: 'public-read', bucket: 'logs-${var.stage}' } } } };
    const source = await openSource(workspace({ 'main.tf.json': JSON.stringify(json, null, 2) }), {});
    await source.load([]);
    expect(source.locate({ address: 'aws_s3_bucket.b', path: ['acl'] })).toEqual({
      path: 'main.tf.json',
      startLine: 5,
      endLine: 5,
    });
    expect(
      source.expression([], { kind: 'resource', type: 'aws_s3_bucket', name: 'b', path: ['bucket'] }),
    ).toMatchObject({ kind: 'template', parts: [{ value: 'logs-' }, { root: 'var' }] });
  });

  test('JSON that is none, or bottomless, is a problem of that file only', async () => {
    const root = workspace({
      'a.tf.json': '{"resource": ',
      'b.tf.json': `{"resource": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      'main.tf': bucket('b'),
    });
    const source = await openSource(root, {});
    await source.load([]);
    expect(source.problems).toEqual([
      'The source file "a.tf.json" could not be parsed at line 1; findings in it may have no line.',
      'The source file "b.tf.json" could not be parsed at line 1; findings in it may have no line.',
    ]);
    expect(source.locate({ address: 'aws_s3_bucket.b', path: [] })?.path).toBe('main.tf');
  });

  test('an override file has the last word about an attribute', async () => {
    const root = workspace({
      'main.tf': 'resource "aws_s3_bucket" "b" {\n  bucket = "x"\n  force_destroy = false\n}\n',
      'b_override.tf': '\nresource "aws_s3_bucket" "b" {\n  force_destroy = true\n}\n',
    });
    const source = await openSource(root, {});
    await source.load([]);
    const at = (...path: string[]) => source.locate({ address: 'aws_s3_bucket.b', path });
    expect(at('force_destroy')).toMatchObject({ path: 'b_override.tf', startLine: 3 });
    expect(at('bucket')).toMatchObject({ path: 'main.tf', startLine: 2 });
    expect(at()).toMatchObject({ path: 'main.tf', startLine: 1 });
  });
});
