import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Unknown } from '../../src/plan/value.ts';
import { eventCoverage } from '../../src/subjects/storage/trail-events.ts';
import { judgementsOf, told } from './told.ts';
import type { Piece } from './told.ts';

/** What becomes of the record, not what a trail may be wished to have. */
const TRAIL_POLICIES = [
  'cloudtrail/event-selectors-narrowed',
  'cloudtrail/log-bucket-weakened',
  'cloudtrail/log-file-validation-disabled',
  'cloudtrail/logging-disabled',
  'cloudtrail/multi-region-disabled',
  'cloudtrail/trail-deleted',
];
const TRAIL = {
  name: 'audit',
  id: 'audit',
  s3_bucket_name: 'shop-logs',
  enable_logging: true,
  is_multi_region_trail: true,
  enable_log_file_validation: true,
  include_global_service_events: true,
  is_organization_trail: false,
  home_region: 'eu-central-1',
  event_selector: [],
  advanced_event_selector: [],
};
const other = (some: object): Piece => ({
  before: { ...TRAIL, name: 'other', id: 'other', ...some },
  after: { ...TRAIL, name: 'other', id: 'other', ...some },
});
const change = (some: object): Piece => ({ before: TRAIL, after: { ...TRAIL, ...some } });

describe('a trail that goes', () => {
  test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
    ['deleted', { 'aws_cloudtrail.t': { before: TRAIL } }, ['cloudtrail/trail-deleted introduced critical']],
    [
      'renamed, which replaces it',
      { 'aws_cloudtrail.t': { before: TRAIL, after: { ...TRAIL, name: 'audit-2' }, actions: ['delete', 'create'] } },
      ['cloudtrail/trail-deleted introduced critical'],
    ],
    [
      'forgotten',
      { 'aws_cloudtrail.t': { before: TRAIL, actions: ['forget'] } },
      ['cloudtrail/trail-deleted introduced medium'],
    ],
    ['moved', { 'aws_cloudtrail.u': { before: TRAIL, after: TRAIL, from: 'aws_cloudtrail.t' } }, []],
    [
      'created again under another address',
      { 'aws_cloudtrail.t': { before: TRAIL }, 'aws_cloudtrail.u': { after: TRAIL } },
      ['cloudtrail/trail-deleted introduced critical'],
    ],
    [
      'deleted while another does its work',
      { 'aws_cloudtrail.t': { before: TRAIL }, 'aws_cloudtrail.u': other({}) },
      ['cloudtrail/trail-deleted introduced high'],
    ],
    [
      'replaced by a new and wider one',
      {
        'aws_cloudtrail.t': { before: { ...TRAIL, is_multi_region_trail: false } },
        'aws_cloudtrail.u': { after: { ...TRAIL, name: 'wide' } },
      },
      ['cloudtrail/trail-deleted introduced high'],
    ],
    [
      'deleted while the other does not log',
      { 'aws_cloudtrail.t': { before: TRAIL }, 'aws_cloudtrail.u': other({ enable_logging: false }) },
      ['cloudtrail/trail-deleted introduced critical'],
    ],
    [
      'deleted while the other sees one region',
      { 'aws_cloudtrail.t': { before: TRAIL }, 'aws_cloudtrail.u': other({ is_multi_region_trail: false }) },
      ['cloudtrail/trail-deleted introduced critical'],
    ],
    [
      'deleted while the other sees no reads',
      {
        'aws_cloudtrail.t': { before: TRAIL },
        'aws_cloudtrail.u': other({
          event_selector: [{ read_write_type: 'WriteOnly', include_management_events: true }],
        }),
      },
      ['cloudtrail/trail-deleted introduced critical'],
    ],
    [
      'deleted while the bucket of the other goes, too',
      {
        'aws_cloudtrail.t': { before: TRAIL },
        'aws_cloudtrail.u': other({ s3_bucket_name: 'shop-gone' }),
        'aws_s3_bucket.gone': { before: { bucket: 'shop-gone', id: 'shop-gone' } },
      },
      ['cloudtrail/log-bucket-weakened introduced critical', 'cloudtrail/trail-deleted introduced critical'],
    ],
    [
      'of the organization, while the other is of the account',
      { 'aws_cloudtrail.t': { before: { ...TRAIL, is_organization_trail: true } }, 'aws_cloudtrail.u': other({}) },
      ['cloudtrail/trail-deleted introduced critical'],
    ],
  ])('%s', (_, pieces, expected) => {
    expect(told(TRAIL_POLICIES, pieces).toSorted()).toEqual(expected);
  });
});

describe('what is said of a trail that goes', () => {
  const replaced = { before: TRAIL, after: { ...TRAIL, name: 'audit-2' }, actions: ['delete', 'create'] };
  test.each<[string, Readonly<Record<string, Piece>>, string]>([
    [
      'deleted',
      { 'aws_cloudtrail.t': { before: TRAIL } },
      'The trail audit is destroyed; no other trail of this plan records as much of this account',
    ],
    [
      'of the organization',
      { 'aws_cloudtrail.t': { before: { ...TRAIL, is_organization_trail: true } } },
      'The trail audit is destroyed; no other trail of this plan records as much of every account of the organization',
    ],
    [
      'covered',
      { 'aws_cloudtrail.t': { before: TRAIL }, 'aws_cloudtrail.u': other({}) },
      'The trail audit is destroyed; another trail records as much of this account',
    ],
    [
      'renamed',
      { 'aws_cloudtrail.t': replaced },
      'The trail audit is destroyed and replaced by audit-2; there may be a gap in the record of this account',
    ],
    [
      'created again',
      { 'aws_cloudtrail.t': { before: TRAIL }, 'aws_cloudtrail.u': { after: TRAIL } },
      'The trail audit is destroyed and created again under another address; there may be a gap in the record of this account',
    ],
    [
      'forgotten',
      { 'aws_cloudtrail.t': { before: TRAIL, actions: ['forget'] } },
      'Terraform no longer manages the trail audit, which stays in AWS as it is',
    ],
  ])('%s', (_, pieces, expected) => {
    expect(judgementsOf(['cloudtrail/trail'], pieces).map(({ message }) => message)).toEqual([expected]);
  });
});

describe('a trail that is weakened', () => {
  test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
    [
      'stops logging',
      { 'aws_cloudtrail.t': change({ enable_logging: false }) },
      ['cloudtrail/logging-disabled introduced critical'],
    ],
    [
      'created without logging',
      { 'aws_cloudtrail.t': { after: { ...TRAIL, enable_logging: false } } },
      ['cloudtrail/logging-disabled introduced high'],
    ],
    [
      'one region',
      { 'aws_cloudtrail.t': change({ is_multi_region_trail: false }) },
      ['cloudtrail/multi-region-disabled introduced high'],
    ],
    [
      'created for one region',
      { 'aws_cloudtrail.t': { after: { ...TRAIL, is_multi_region_trail: false } } },
      ['cloudtrail/multi-region-disabled introduced medium'],
    ],
    [
      'created for one region beside a trail of all',
      { 'aws_cloudtrail.t': { after: { ...TRAIL, is_multi_region_trail: false } }, 'aws_cloudtrail.u': other({}) },
      ['cloudtrail/multi-region-disabled introduced info'],
    ],
    [
      'no validation',
      { 'aws_cloudtrail.t': change({ enable_log_file_validation: false }) },
      ['cloudtrail/log-file-validation-disabled introduced high'],
    ],
    [
      'created without validation',
      { 'aws_cloudtrail.t': { after: { ...TRAIL, enable_log_file_validation: false } } },
      ['cloudtrail/log-file-validation-disabled introduced medium'],
    ],
    [
      'was never validated',
      {
        'aws_cloudtrail.t': {
          before: { ...TRAIL, enable_log_file_validation: false },
          after: { ...TRAIL, enable_log_file_validation: false, sns_topic_name: 'trail' },
        },
      },
      ['cloudtrail/log-file-validation-disabled persisting medium'],
    ],
    [
      'fewer events',
      {
        'aws_cloudtrail.t': change({
          event_selector: [{ read_write_type: 'WriteOnly', include_management_events: true }],
        }),
      },
      ['cloudtrail/event-selectors-narrowed introduced high'],
    ],
    [
      'only KMS left out',
      {
        'aws_cloudtrail.t': change({
          event_selector: [
            {
              read_write_type: 'All',
              include_management_events: true,
              exclude_management_event_sources: ['kms.amazonaws.com'],
            },
          ],
        }),
      },
      ['cloudtrail/event-selectors-narrowed introduced medium'],
    ],
    ['only tags', { 'aws_cloudtrail.t': change({ tags: { a: 'b' } }) }, []],
  ])('%s', (_, pieces, expected) => {
    expect(told(TRAIL_POLICIES, pieces)).toEqual(expected);
  });

  test('whether it logs is not known', () => {
    const piece = {
      before: TRAIL,
      after: { ...TRAIL, enable_logging: undefined },
      unknown: { enable_logging: true },
      expressions: { enable_logging: { references: ['var.on'] } },
      actions: ['update'],
    };
    expect(told(['cloudtrail/logging'], { 'aws_cloudtrail.t': piece })).toEqual([
      'cloudtrail/logging-disabled undetermined critical',
    ]);
  });

  test('a finding points at the argument', () => {
    const [found] = judgementsOf(['cloudtrail/multi'], {
      'aws_cloudtrail.t': change({ is_multi_region_trail: false }),
    });
    expect(found).toMatchObject({
      attribute: 'is_multi_region_trail',
      subject: { causes: [{ address: 'aws_cloudtrail.t', path: ['is_multi_region_trail'] }, {}] },
    });
  });
});

describe('which events are recorded', () => {
  const advanced = (...fields: object[]): object => ({ field_selector: fields });
  const management = { field: 'eventCategory', equals: ['Management'] };
  const data = { field: 'eventCategory', equals: ['Data'] };
  const objects = { field: 'resources.type', equals: ['AWS::S3::Object'] };
  const read = (value: unknown): ReturnType<typeof eventCoverage> => {
    const selectors = JSON.parse(JSON.stringify(value));
    const isAdvanced = JSON.stringify(value).includes('field_selector');
    return eventCoverage(isAdvanced ? [] : selectors, isAdvanced ? selectors : []);
  };

  test.each<[string, unknown, unknown]>([
    ['no selector', [], [{ read_write_type: 'All', include_management_events: true }]],
    ['split in two', [{ read_write_type: 'ReadOnly' }, { read_write_type: 'WriteOnly' }], [{ read_write_type: 'All' }]],
    ['advanced', [advanced(management)], []],
    [
      'advanced split in two',
      [
        advanced(management, { field: 'readOnly', equals: ['true'] }),
        advanced(management, { field: 'readOnly', equals: ['false'] }),
      ],
      [],
    ],
    [
      'data events of every bucket',
      [{ include_management_events: false, data_resource: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] }],
      [advanced(data, objects)],
    ],
  ])('%s means the same', (_, one, same) => {
    expect(read(one).covers(read(same))).toBe(true);
    expect(read(same).covers(read(one))).toBe(true);
  });

  test.each<[string, unknown, unknown, boolean]>([
    ['no management events', [advanced(management), advanced(data, objects)], [advanced(data, objects)], false],
    ['no reads', [], [advanced(management, { field: 'readOnly', equals: ['false'] })], false],
    ['only some event names', [], [advanced(management, { field: 'eventName', equals: ['PutObject'] })], false],
    [
      'RDS data left out',
      [],
      [advanced(management, { field: 'eventSource', not_equals: ['rdsdata.amazonaws.com'] })],
      true,
    ],
    ['IAM left out', [], [advanced(management, { field: 'eventSource', not_equals: ['iam.amazonaws.com'] })], false],
    [
      'one bucket less',
      [
        advanced(management),
        advanced(data, objects, { field: 'resources.ARN', starts_with: ['arn:aws:s3:::a/', 'arn:aws:s3:::b/'] }),
      ],
      [advanced(management), advanced(data, objects, { field: 'resources.ARN', starts_with: ['arn:aws:s3:::a/'] })],
      true,
    ],
    [
      'one bucket instead of all',
      [advanced(management), advanced(data, objects)],
      [advanced(management), advanced(data, objects, { field: 'resources.ARN', starts_with: ['arn:aws:s3:::a/'] })],
      false,
    ],
  ])('%s is narrower', (_, before, after, minor) => {
    expect(read(after).covers(read(before))).toBe(false);
    expect(read(after).missesOnlyMinor(read(before))).toBe(minor);
    expect(read(before).covers(read(after))).toBe(true);
  });

  test('reads and writes of the same are told together', () => {
    const all = read([
      { read_write_type: 'All', data_resource: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] },
    ]);
    expect(all.toString()).toBe('management events, data events of every AWS::S3::Object');
    expect(read([{ read_write_type: 'WriteOnly' }]).missingFrom(all)).toEqual([
      'management read events',
      'data events of every AWS::S3::Object',
    ]);
  });

  test('what is not known is not guessed', () => {
    const coverage = eventCoverage([{ read_write_type: new Unknown() }], []);
    expect(coverage.covers(read([]))).toBeInstanceOf(Unknown);
    expect(coverage.toString()).toBe('(known after apply)');
  });

  const selector = fc.record({
    read_write_type: fc.constantFrom('All', 'ReadOnly', 'WriteOnly'),
    include_management_events: fc.boolean(),
    exclude_management_event_sources: fc.subarray(['kms.amazonaws.com', 'rdsdata.amazonaws.com']),
    data_resource: fc.array(
      fc.record({
        type: fc.constantFrom('AWS::S3::Object', 'AWS::Lambda::Function'),
        values: fc.subarray(['arn:aws:s3', 'arn:aws:s3:::a/', 'arn:aws:s3:::ab/'], { minLength: 1 }),
      }),
      { maxLength: 2 },
    ),
  });
  const selectors = fc.array(selector, { minLength: 1, maxLength: 3 });

  test('coverage is a partial order, and more selectors never cover less', () => {
    fc.assert(
      fc.property(selectors, selectors, selectors, (a, b, c) => {
        const [x, y, z] = [read(a), read(b), read(c)];
        expect(x.covers(x)).toBe(true);
        expect(read([...a, ...b]).covers(x)).toBe(true);
        expect(x.covers(y) !== true || y.covers(z) !== true || x.covers(z)).toBe(true);
        expect(x.covers(read(a.toReversed()))).toBe(true);
        const lost = y.missingFrom(x);
        expect(Array.isArray(lost) && lost.length === 0).toBe(y.covers(x));
      }),
    );
  });
});

test('a sensitive name and sensitive selectors are not shown', () => {
  const hidden = { sensitive: { name: true, event_selector: true } };
  const found = judgementsOf(TRAIL_POLICIES, {
    'aws_cloudtrail.t': { ...change({ event_selector: [{ read_write_type: 'WriteOnly' }] }), ...hidden },
    'aws_cloudtrail.u': { before: { ...TRAIL, name: 'hidden' }, ...hidden },
  });
  const text = JSON.stringify(found.map(({ message, evidence }) => [message, evidence]));
  expect(text).toContain('The trail aws_cloudtrail.t no longer records: (sensitive)');
  expect(text).not.toContain('hidden');
  expect(text).not.toContain('write events');
});
