import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePlan } from '../../src/plan/parse.ts';
import { readPlan } from '../../src/plan/read.ts';
import { UserError } from '../../src/text/user-error.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const plan = (content: object): Uint8Array =>
  bytes(JSON.stringify({ format_version: '1.2', planned_values: {}, configuration: {}, ...content }));
const withActions = (...actions: string[]) =>
  plan({
    resource_changes: [{ address: 'aws_x.y', type: 'aws_x', name: 'y', change: { actions, before: {}, after: {} } }],
  });

describe('what is not a plan', () => {
  test.each([
    ['a binary plan', new Uint8Array([0x50, 0x4b, 3, 4]), 'binary plan file: run `terraform show -json tfplan'],
    ['an empty file', bytes(' \n'), 'is empty'],
    ['text', bytes('Terraform will perform'), 'is not JSON'],
    ['a truncated file', bytes('{"format_version":"1.2","resource_ch'), 'cut off'],
    [
      'wrapper output',
      bytes('[command]/usr/bin/terraform show -json\n{"format_version":"1.2"}'),
      'terraform_wrapper: false',
    ],
    ['a plan log', bytes('{"@level":"info","@message":"x"}\n{"@level":"info"}\n'), 'log of `terraform plan -json`'],
    [
      'a one-line plan log',
      bytes('{"@level":"info","@message":"x","type":"version"}'),
      'log of `terraform plan -json`',
    ],
    ['a list', bytes('[]'), 'JSON but not a plan'],
    ['null', bytes('null'), 'JSON but not a plan'],
    ['a state', bytes('{"format_version":"1.0","values":{}}'), 'JSON of a state'],
    ['an empty state', bytes('{"format_version":"1.0"}'), 'JSON of a state'],
    ['a raw state file', bytes('{"version":4,"lineage":"x","serial":1,"resources":[]}'), 'is a Terraform state file'],
    ['format 2', bytes('{"format_version":"2.0","planned_values":{},"configuration":{}}'), 'update planwarden'],
    ['damaged changes', plan({ resource_changes: {} }), 'not a list'],
    ['a damaged change', plan({ resource_changes: [{ address: 'aws_x.y' }] }), 'without address, type or change'],
  ])('%s is explained', (_, content, sentence) => {
    expect(() => parsePlan(content, 'plan.json')).toThrow(UserError);
    expect(() => parsePlan(content, 'plan.json')).toThrow(sentence);
    expect(() => parsePlan(content, 'plan.json')).toThrow(/^plan\.json .*[.]$/);
  });

  test('no error repeats what the file holds', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{12,40}$/), fc.nat(40), (secret, cut) => {
        const text = JSON.stringify({ format_version: '1.2', variables: { p: { value: secret } } });
        let message = '';
        try {
          parsePlan(bytes(text.slice(0, text.length - 1 - cut)), 'plan.json');
        } catch (error) {
          message = String(error);
        }
        expect(message).not.toBe('');
        expect(message).not.toContain(secret);
      }),
    );
  });
});

describe('encodings', () => {
  const text = JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.0',
    planned_values: {},
    configuration: {},
  });

  test('a byte order mark is taken off', () => {
    expect(parsePlan(new Uint8Array([0xef, 0xbb, 0xbf, ...bytes(text)]), 'p').terraformVersion).toBe('1.9.0');
  });

  test.each(['utf16le', 'utf16be'])('%s as Windows shells write it is read', (encoding) => {
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
    const content = encoding === 'utf16le' ? little : Buffer.from(little).swap16();
    expect(parsePlan(content, 'p').terraformVersion).toBe('1.9.0');
  });
});

describe('what the plan does', () => {
  test.each([
    [['no-op'], 'no-op', 'kept'],
    [['create'], 'create', 'none'],
    [['update'], 'update', 'kept'],
    [['delete'], 'delete', 'destroyed'],
    [['delete', 'create'], 'replace', 'destroyed'],
    [['create', 'delete'], 'replace', 'destroyed'],
    [['forget'], 'forget', 'forgotten'],
    [['create', 'forget'], 'replace', 'forgotten'],
    [['forget', 'create'], 'replace', 'forgotten'],
    [['read'], 'unsupported', 'kept'],
    [['teleport'], 'unsupported', 'kept'],
    [['constructor'], 'unsupported', 'kept'],
  ])('%j is %s, the old object %s', (actions, action, oldObject) => {
    expect(parsePlan(withActions(...actions), 'p').changes[0]).toMatchObject({ action, oldObject });
  });

  test('a data source is read', () => {
    const change = { actions: ['read'], before: null, after: {} };
    const entry = { address: 'data.aws_x.y', mode: 'data', type: 'aws_x', name: 'y', change };
    expect(parsePlan(plan({ resource_changes: [entry] }), 'p').changes[0]).toMatchObject({ action: 'read' });
  });

  test.each([
    ['a create without what it makes', { actions: ['create'], before: null, after: null }],
    ['an update without what was there', { actions: ['update'], after: {} }],
    ['a delete without what goes', { actions: ['delete'], before: null, after: null }],
    ['a side that is a text', { actions: ['update'], before: {}, after: '{}' }],
    ['a mask that is a list', { actions: ['update'], before: {}, after: {}, after_unknown: [] }],
    ['actions that are a word', { actions: 'update', before: {}, after: {} }],
  ])('%s is refused as damaged', (_, change) => {
    const entry = { address: 'aws_x.y', mode: 'managed', type: 'aws_x', name: 'y', change };
    expect(() => parsePlan(plan({ resource_changes: [entry] }), 'p')).toThrow('the file is damaged');
  });

  test.each([
    ['a type that every object has as a member', { address: 'constructor.y', type: 'constructor' }],
    ['an address of another type', { address: 'aws_z.y', type: 'aws_x' }],
  ])('%s is refused as damaged', (_, fields) => {
    const change = { actions: ['update'], before: {}, after: {} };
    expect(() => parsePlan(plan({ resource_changes: [{ ...fields, name: 'y', change }] }), 'p')).toThrow('damaged');
  });

  test('a plan that is nested deeper than the stack is refused with a sentence', () => {
    const deep = `${'{"child_modules":['.repeat(20_000)}${']}'.repeat(20_000)}`;
    const text = `{"format_version":"1.2","planned_values":{},"prior_state":{"values":{"root_module":${deep}}}}`;
    expect(() => parsePlan(bytes(text), 'p')).toThrow('nested too deeply');
  });

  test('a plan without masks hides everything', () => {
    expect(parsePlan(withActions('update'), 'p').changes[0]).toMatchObject({
      beforeSensitive: true,
      afterSensitive: true,
    });
  });

  test.each(['0.1', '0.2', '1.0', '1.2', '1.99'])('format %s is read', (version) => {
    expect(parsePlan(plan({ format_version: version }), 'p').formatVersion).toBe(version);
  });

  test('a plan without resource changes has none', () => {
    expect(parsePlan(plan({}), 'p').changes).toEqual([]);
  });

  test('deferred changes and drift are kept', () => {
    const content = plan({
      deferred_changes: [
        { reason: 'instance_count_unknown', resource_change: { address: 'aws_x.y[*]', type: 'aws_x' } },
      ],
      resource_drift: [
        { address: 'aws_x.z', type: 'aws_x', name: 'z', change: { actions: ['update'], before: {}, after: {} } },
      ],
    });
    expect(parsePlan(content, 'p')).toMatchObject({
      deferred: [{ address: 'aws_x.y[*]', reason: 'instance_count_unknown' }],
      drift: [{ address: 'aws_x.z' }],
    });
  });
});

describe('files', () => {
  const file = '__fixtures__/bucket-created-private/plan.json';

  test('a file too long for one string is streamed to the same plan', async () => {
    expect(await readPlan(file, process.cwd(), 100)).toEqual(parsePlan(readFileSync(file), file));
  });

  test('a missing file and a directory are explained', async () => {
    await expect(readPlan('no/plan.json', process.cwd())).rejects.toThrow('no/plan.json does not exist');
    await expect(readPlan('src', process.cwd())).rejects.toThrow('src is a directory');
  });
});
