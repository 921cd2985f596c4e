import { strings } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';
import { named, naming } from '../../world/neighbours.ts';
import { standing } from './standing.ts';

const TOPIC = 'aws_sns_topic';
const SUBSCRIPTION = 'aws_sns_topic_subscription';
const KEYS = ['arn', 'id'];

/** What tells people of something through a topic: type → the attribute that names the topic. */
const SENDERS: Readonly<Record<string, string>> = {
  aws_cloudwatch_metric_alarm: 'alarm_actions',
  aws_cloudwatch_composite_alarm: 'alarm_actions',
  aws_cloudwatch_event_target: 'arn',
  aws_budgets_budget: 'notification.subscriber_sns_topic_arns',
  aws_budgets_budget_action: 'subscriber.address',
  aws_ce_anomaly_subscription: 'subscriber.address',
  aws_db_event_subscription: 'sns_topic',
  aws_backup_vault_notifications: 'sns_topic_arn',
  aws_securityhub_action_target: 'arn',
  aws_chatbot_slack_channel_configuration: 'sns_topic_arns',
  aws_chatbot_teams_channel_configuration: 'sns_topic_arns',
};

const NAME =
  /(?:^|[^a-z])(?:alerts?|alarms?|alerting|security|incidents?|on-?call|pagers?|soc|guardduty|findings?)(?:[^a-z]|$)/i;

const sendersOf = (topic: Resource, world: World): readonly Resource[] =>
  Object.entries(SENDERS).flatMap(([type, path]) => naming(world, topic, [type], { path, keys: KEYS }).found);

const subscriptionsOf = (topic: Resource, world: World): ReturnType<typeof naming> =>
  naming(world, topic, [SUBSCRIPTION], { path: 'topic_arn', keys: KEYS });

/** The topic of a subscription: the resource, or none when another stack has it. */
const topicOf = (subscription: Resource, world: World): Resource | undefined =>
  named(world, subscription, { path: 'topic_arn', types: [TOPIC], keys: KEYS }).found[0];

const nameIn = (arn: unknown): string => (typeof arn === 'string' ? (arn.split(':').at(-1) ?? '') : '');

/** A topic that alarms and findings go to, or a subscription to such a topic of another stack. */
export const alertTopic = standing({
  name: 'alert-topic',
  description:
    'A topic that alarms, findings or budgets tell people through, by reference or by name; or a subscription to such a topic of another stack.',
  types: { [TOPIC]: 'topic', [SUBSCRIPTION]: 'subscription' },
  around: Object.keys(SENDERS),
  attributes: {
    topic: 'Name of the topic.',
    senders: 'Addresses of what sends to it.',
    subscriptions: 'Addresses of its subscriptions in this plan; of those beside it, for a subscription.',
  },
  attributeTypes: { topic: 'string', senders: 'list', subscriptions: 'list' },
  example: { topic: 'alerts', senders: [], subscriptions: [] },
  neighbours: (resource, world) => (resource.type === TOPIC ? subscriptionsOf(resource, world).found : []),
  isOne: (resource, { world }) =>
    resource.type === TOPIC
      ? strings(resource.get('name')).some((name) => NAME.test(name)) || sendersOf(resource, world).length > 0
      : topicOf(resource, world) === undefined && NAME.test(nameIn(resource.get('topic_arn'))),
  duty: (resource) => (resource.type === TOPIC ? strings(resource.get('name'))[0] : undefined),
  factsOf: (resource, { worlds, world }) => {
    if (resource.type === SUBSCRIPTION) {
      const arn = resource.get('topic_arn');
      const beside = worlds.after.resources(SUBSCRIPTION).filter((one) => one.get('topic_arn') === arn);
      return {
        topic: nameIn(arn),
        senders: [],
        subscriptions: beside.map(({ address }) => address),
      };
    }
    const { found, unknown } = subscriptionsOf(resource, world);
    const name = resource.get('name');
    return {
      topic: typeof name === 'string' && !resource.isSensitive('name') ? name : resource.address,
      senders: sendersOf(resource, world).map(({ address }) => address),
      subscriptions: [...found.map(({ address }) => address), ...unknown],
    };
  },
});
