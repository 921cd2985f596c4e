import { blocks, strings } from '../../plan/value.ts';
import type { Unknown, Value } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';
import { lastingNames } from '../lasting-name.ts';
import { lostComparisons, picksTrailRecords, soundsLikeSecurity } from './security-event.ts';
import { standing } from './standing.ts';

const FILTER = 'aws_cloudwatch_log_metric_filter';
const METRIC_ALARM = 'aws_cloudwatch_metric_alarm';
const COMPOSITE_ALARM = 'aws_cloudwatch_composite_alarm';

/** What scales or repairs something tells nobody. */
const isAutomatic = (action: string | Unknown): boolean =>
  typeof action === 'string' &&
  /:autoscaling:|:application-autoscaling:|:automate:|_autoscaling_|_appautoscaling_/.test(action);

/** Any alarm, as far as it tells somebody. */
export const alarm = standing({
  name: 'alarm',
  description: 'One CloudWatch alarm, metric or composite, with whom it tells.',
  types: { [METRIC_ALARM]: 'alarm', [COMPOSITE_ALARM]: 'composite alarm' },
  attributes: { tells: 'Topics and the like that its alarm state goes to; what only scales or repairs is left out.' },
  attributeTypes: { tells: 'list' },
  example: { tells: [] },
  factsOf: (resource, { worlds }) => ({
    tells: lastingNames(resource, 'alarm_actions', worlds).filter((action) => !isAutomatic(action)),
  }),
});

/** Metrics that an alarm watches, by name, and those that a filter makes. */
const metricsOf = (resource: Resource): string[] =>
  (resource.type === FILTER
    ? blocks(resource.get('metric_transformation')).map(({ name, namespace }) => metric(namespace, name))
    : [
        metric(resource.get('namespace'), resource.get('metric_name')),
        ...blocks(resource.get('metric_query'))
          .flatMap((query) => blocks(query['metric']))
          .map((one) => metric(one['namespace'], one['metric_name'])),
      ]
  ).filter((one) => one !== '');

const metric = (namespace: Value | undefined, name: Value | undefined): string =>
  typeof namespace === 'string' && typeof name === 'string' ? `${namespace}/${name}` : '';

/** True when the alarm or filter is there for events that matter to security. */
function isForSecurity(resource: Resource, world: World): boolean {
  if (resource.type === FILTER) return picksTrailRecords(resource.get('pattern'));
  if (soundsLikeSecurity(resource.get('alarm_name'), resource.get('namespace'))) return true;
  if (resource.type === COMPOSITE_ALARM) {
    const rule = resource.get('alarm_rule');
    return world
      .resources(METRIC_ALARM)
      .filter((one) => isForSecurity(one, world))
      .some((one) => typeof rule === 'string' && strings(one.get('alarm_name')).some((name) => rule.includes(name)));
  }
  const watched = metricsOf(resource);
  return world
    .resources(FILTER)
    .filter((filter) => isForSecurity(filter, world))
    .some((filter) => metricsOf(filter).some((one) => watched.includes(one)));
}

/** A metric filter for records of CloudTrail, or an alarm on what such filters count. */
export const securityAlarm = standing({
  name: 'security-alarm',
  description:
    'A metric filter that picks records of CloudTrail, or an alarm on its metric or with a name that speaks of security.',
  types: { [FILTER]: 'metric filter', [METRIC_ALARM]: 'alarm', [COMPOSITE_ALARM]: 'composite alarm' },
  attributes: {
    lost: 'What its filter pattern picked before the plan and may not pick any more.',
    metrics: 'Metrics that it counts or watches, `Namespace/Name`.',
    logGroup: 'Log group of a metric filter.',
  },
  attributeTypes: { lost: 'list', metrics: 'list' },
  example: { lost: [], metrics: [], logGroup: null },
  isOne: (resource, { world }) => isForSecurity(resource, world),
  owners: (resource, world) => {
    const group = world.target(resource, 'log_group_name', ['aws_cloudwatch_log_group']);
    return group ? [group] : [];
  },
  factsOf: (resource, { worlds, earlier }) => ({
    lost: lostComparisons(earlier?.get('pattern') ?? null, resource.get('pattern')),
    metrics: metricsOf(resource),
    logGroup: lastingNames(resource, 'log_group_name', worlds)[0] ?? null,
  }),
  duty: (resource, { worlds }) =>
    resource.type === FILTER
      ? JSON.stringify([
          strings(resource.get('pattern')).map((pattern) => pattern.replaceAll(/\s+/g, ' ')),
          lastingNames(resource, 'log_group_name', worlds),
        ])
      : resource.type === METRIC_ALARM
        ? metricsOf(resource).toSorted().join() || undefined
        : undefined,
});
