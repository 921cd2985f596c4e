import { describe, expect, test } from 'vitest';

import { lostMatches } from '../../src/subjects/monitoring/event-pattern.ts';
import {
  lostComparisons,
  picksSecurityEvents,
  soundsLikeSecurity,
} from '../../src/subjects/monitoring/security-event.ts';
import { judgementsOf, told } from './told.ts';
import type { Piece } from './told.ts';

const same = (attributes: object): Piece => ({ before: { ...attributes }, after: { ...attributes } });

describe('what an event pattern no longer matches', () => {
  test.each<[string, object, object, readonly string[]]>([
    ['nothing', { source: ['aws.guardduty'] }, { source: ['aws.guardduty'] }, []],
    ['a source', { source: ['aws.guardduty', 'aws.health'] }, { source: ['aws.health'] }, ['source aws.guardduty']],
    ['one more source', { source: ['aws.health'] }, { source: ['aws.health', 'aws.guardduty'] }, []],
    [
      'a limit',
      { source: ['aws.health'] },
      { source: ['aws.health'], region: ['eu-west-1'] },
      ['events whatever their region'],
    ],
    ['a limit that goes', { source: ['aws.health'], region: ['eu-west-1'] }, { source: ['aws.health'] }, []],
    ['covered by a prefix', { source: ['aws.health'] }, { source: [{ prefix: 'aws.' }] }, []],
    [
      'milder findings',
      { detail: { severity: [{ numeric: ['>=', 4] }] } },
      { detail: { severity: [{ numeric: ['>=', 7] }] } },
      ['detail.severity >= 4'],
    ],
    [
      'milder findings as well',
      { detail: { severity: [{ numeric: ['>=', 7] }, 5] } },
      { detail: { severity: [{ numeric: ['>', 4, '<=', 10] }, { numeric: ['>=', 7] }] } },
      [],
    ],
  ])('%s', (_, old, now, expected) => {
    expect(lostMatches(old as never, now as never)).toEqual(expected);
  });

  test('security events are told by source or by the record of an API call', () => {
    expect(picksSecurityEvents({ source: ['aws.guardduty'] })).toBe(true);
    expect(picksSecurityEvents({ 'detail-type': ['AWS API Call via CloudTrail'], source: ['aws.ec2'] })).toBe(true);
    expect(
      picksSecurityEvents({ source: ['aws.ec2'], 'detail-type': ['EC2 Spot Instance Interruption Warning'] }),
    ).toBe(false);
    expect(picksSecurityEvents(null)).toBe(false);
  });
});

describe('what a filter pattern no longer picks', () => {
  const [deleted, stopped] = ['($.eventName = DeleteTrail)', '($.eventName = StopLogging)'];
  test.each<[string, string, string, readonly string[]]>([
    ['written anew', `{ ${deleted} || ${stopped} }`, '{($.eventName="StopLogging")||($.eventName=DeleteTrail)}', []],
    ['one of many', `{ ${deleted} || ${stopped} }`, `{ ${deleted} }`, ['$.eventName = StopLogging']],
    ['one more', `{ ${deleted} }`, `{ ${deleted} || ${stopped} }`, []],
    ['another one', `{ ${deleted} }`, `{ ${stopped} }`, ['$.eventName = DeleteTrail']],
    [
      'an exception',
      '{ $.userIdentity.type = "Root" }',
      '{ $.userIdentity.type = "Root" && $.sourceIPAddress != "198.51.100.7" }',
      ['records without $.sourceIPAddress != 198.51.100.7'],
    ],
    [
      'an exception that goes',
      '{ $.errorCode = "*Denied" && $.sourceIPAddress != "198.51.100.7" }',
      '{ $.errorCode = "*Denied" }',
      [],
    ],
    ['all from now on', 'ERROR', '', []],
    ['not all any more', '', 'ERROR', ['everything']],
    ['other words', 'ERROR', 'FATAL', ['the same words']],
  ])('%s', (_, old, now, expected) => {
    expect(lostComparisons(old, now)).toEqual(expected);
  });

  test('names that speak of security', () => {
    expect(soundsLikeSecurity('UnauthorizedAPICalls', 'LogMetrics')).toBe(true);
    expect(soundsLikeSecurity('cis-3.1')).toBe(true);
    expect(soundsLikeSecurity('decisions', 'precision', 'cpu-high')).toBe(false);
  });
});

const FILTER = {
  name: 'root',
  log_group_name: 'trail',
  pattern: '{ $.userIdentity.type = "Root" }',
  metric_transformation: [{ name: 'Root', namespace: 'Audit' }],
};
const ALARM = {
  alarm_name: 'a1',
  namespace: 'Audit',
  metric_name: 'Root',
  comparison_operator: 'GreaterThanThreshold',
  threshold: 1,
  alarm_actions: ['arn:aws:sns:eu-central-1:123456789012:alerts'],
};
const REMOVED = 'cloudwatch/security-alarm-removed introduced medium';

describe('alarms', () => {
  test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
    ['on a filter for the trail, removed', { 'aws_cloudwatch_metric_alarm.a': { before: ALARM } }, [REMOVED]],
    [
      'removed beside another one on the same metric',
      {
        'aws_cloudwatch_metric_alarm.a': { before: ALARM },
        'aws_cloudwatch_metric_alarm.b': same({ ...ALARM, alarm_name: 'a2' }),
      },
      [],
    ],
    [
      'on something else, removed',
      { 'aws_cloudwatch_metric_alarm.a': { before: { ...ALARM, metric_name: 'Errors', namespace: 'Shop' } } },
      [],
    ],
    [
      'renamed without a moved block',
      { 'aws_cloudwatch_metric_alarm.a': { before: ALARM }, 'aws_cloudwatch_metric_alarm.b': { after: ALARM } },
      [],
    ],
    [
      'without actions',
      { 'aws_cloudwatch_metric_alarm.a': { before: ALARM, after: { ...ALARM, alarm_actions: [] } } },
      ['cloudwatch/alarm-actions-disabled introduced medium'],
    ],
    [
      'that tells others',
      {
        'aws_cloudwatch_metric_alarm.a': {
          before: ALARM,
          after: { ...ALARM, alarm_actions: ['arn:aws:sns:eu-central-1:123456789012:oncall'] },
        },
      },
      [],
    ],
    [
      'that only scaled',
      {
        'aws_cloudwatch_metric_alarm.a': {
          before: { ...ALARM, alarm_actions: ['arn:aws:autoscaling:eu-central-1:123456789012:scalingPolicy:x'] },
          after: { ...ALARM, alarm_actions: [] },
        },
      },
      [],
    ],
  ])('%s', (_, pieces, expected) => {
    expect(told(['cloudwatch/'], { 'aws_cloudwatch_log_metric_filter.f': same(FILTER), ...pieces })).toEqual(expected);
  });

  test('a filter that goes with its log group is a matter of the group', () => {
    const found = told(['cloudwatch/'], {
      'aws_cloudwatch_log_group.g': { before: { name: 'trail', id: 'trail', retention_in_days: 0 } },
      'aws_cloudwatch_log_metric_filter.f': { before: FILTER },
    });
    expect(found).toEqual(['cloudwatch/log-group-deleted introduced high']);
  });
});

const TOPIC = { name: 'alerts', id: 'arn:topic', arn: 'arn:topic', kms_master_key_id: 'alias/aws/sns' };
const MAIL = { topic_arn: 'arn:topic', protocol: 'email', endpoint: 'ops@example.com' };
const SILENT = 'sns/alert-subscription-removed introduced';

describe('a topic for alerts', () => {
  test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
    [
      'loses its last subscription',
      { 'aws_sns_topic.t': same(TOPIC), 'aws_sns_topic_subscription.s': { before: MAIL } },
      [`${SILENT} medium`],
    ],
    [
      'keeps one',
      {
        'aws_sns_topic.t': same(TOPIC),
        'aws_sns_topic_subscription.s': { before: MAIL },
        'aws_sns_topic_subscription.u': same({ ...MAIL, protocol: 'https', endpoint: 'https://example.com' }),
      },
      [],
    ],
    [
      'is removed with its subscription',
      { 'aws_sns_topic.t': { before: TOPIC }, 'aws_sns_topic_subscription.s': { before: MAIL } },
      [`${SILENT} medium`],
    ],
    [
      'is called otherwise, and an alarm sends to it',
      {
        'aws_sns_topic.t': { before: { ...TOPIC, name: 'mail' } },
        'aws_cloudwatch_metric_alarm.a': same({ ...ALARM, alarm_actions: ['arn:topic'] }),
      },
      [`${SILENT} medium`],
    ],
    ['is called otherwise', { 'aws_sns_topic.t': { before: { ...TOPIC, name: 'orders' } } }, []],
    [
      'belongs to another stack',
      {
        'aws_sns_topic_subscription.s': {
          before: { ...MAIL, topic_arn: 'arn:aws:sns:eu-central-1:123456789012:alerts' },
        },
      },
      [`${SILENT} low`],
    ],
  ])('%s', (_, pieces, expected) => {
    expect(told(['sns/'], pieces)).toEqual(expected);
  });
});

const RULE = {
  name: 'findings',
  id: 'findings',
  event_bus_name: 'default',
  state: 'ENABLED',
  event_pattern: '{"source":["aws.guardduty"]}',
};
const TARGET = { rule: 'findings', target_id: 't', arn: 'arn:topic' };
const CUT = 'eventbridge/security-rule-disabled introduced';

describe('a rule for findings', () => {
  test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
    [
      'loses its target',
      { 'aws_cloudwatch_event_rule.r': same(RULE), 'aws_cloudwatch_event_target.t': { before: TARGET } },
      [`${CUT} high`],
    ],
    [
      'gets another target',
      {
        'aws_cloudwatch_event_rule.r': same(RULE),
        'aws_cloudwatch_event_target.t': { before: TARGET },
        'aws_cloudwatch_event_target.u': { after: { ...TARGET, target_id: 'u', arn: 'arn:other' } },
      },
      [],
    ],
    ['is forgotten', { 'aws_cloudwatch_event_rule.r': { before: RULE, actions: ['forget'] } }, [`${CUT} medium`]],
    [
      'is disabled as in the provider of old',
      {
        'aws_cloudwatch_event_rule.r': {
          before: { ...RULE, state: null, is_enabled: true },
          after: { ...RULE, state: null, is_enabled: false },
        },
      },
      [`${CUT} high`],
    ],
    [
      'is about something else',
      { 'aws_cloudwatch_event_rule.r': { before: { ...RULE, event_pattern: '{"source":["aws.ec2"]}' } } },
      [],
    ],
  ])('%s', (_, pieces, expected) => {
    expect(told(['eventbridge/security'], pieces)).toEqual(expected);
  });
});

describe('the parts of AWS Config', () => {
  const RECORDER = { name: 'main', id: 'main', role_arn: 'arn:role' };
  const STATUS = { name: 'main', id: 'main', is_enabled: true };
  test('a recorder is removed with all that belongs to it, told once', () => {
    const found = told(['config/'], {
      'aws_config_configuration_recorder.r': { before: RECORDER },
      'aws_config_configuration_recorder_status.s': { before: STATUS },
      'aws_config_delivery_channel.c': { before: { name: 'main', s3_bucket_name: 'history' } },
    });
    expect(found).toEqual(['config/recorder-stopped introduced high']);
  });

  test('a status that is removed stops the recorder', () => {
    const found = told(['config/'], {
      'aws_config_configuration_recorder.r': same(RECORDER),
      'aws_config_configuration_recorder_status.s': { before: STATUS },
    });
    expect(found).toEqual(['config/recorder-stopped introduced high']);
  });

  test('a rule becomes one of the organization', () => {
    const source = [{ owner: 'AWS', source_identifier: 'ENCRYPTED_VOLUMES' }];
    const found = told(['config/'], {
      'aws_config_config_rule.r': { before: { name: 'volumes', source } },
      'aws_config_organization_managed_rule.r': { after: { name: 'volumes', rule_identifier: 'ENCRYPTED_VOLUMES' } },
    });
    expect(found).toEqual([]);
  });
});

test('a secret beside the address of a stream is not shown', () => {
  const stream = (url: string): object => ({
    name: 'logs-to-siem',
    http_endpoint_configuration: [{ url, access_key: 'k' }],
  });
  const [found] = judgementsOf(['cloudwatch/'], {
    'aws_kinesis_firehose_delivery_stream.s': {
      before: { ...stream('https://siem.example.com/hidden') },
      after: { ...stream('https://elsewhere.example.com/hidden') },
      sensitive: { http_endpoint_configuration: true },
    },
  });
  expect(found?.policy.id).toBe('cloudwatch/log-forwarding-removed');
  expect(JSON.stringify([found?.message, found?.evidence])).not.toContain('hidden');
});
