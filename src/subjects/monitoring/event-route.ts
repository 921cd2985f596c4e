import type { Resource, World } from '../../world/world.ts';
import { naming } from '../../world/neighbours.ts';
import { lostMatches } from './event-pattern.ts';
import { lastingNames } from '../lasting-name.ts';
import { picksSecurityEvents } from './security-event.ts';
import { standing } from './standing.ts';

const RULE = 'aws_cloudwatch_event_rule';
const TARGET = 'aws_cloudwatch_event_target';
const CHATS = {
  aws_chatbot_slack_channel_configuration: 'Slack channel',
  aws_chatbot_teams_channel_configuration: 'Teams channel',
};

const targetsOf = (rule: Resource, world: World): ReturnType<typeof naming> =>
  naming(world, rule, [TARGET], { path: 'rule', keys: ['name', 'id', 'arn'] });

/** A rule or a chat channel that takes what security services find to people. */
export const eventRoute = standing({
  name: 'event-route',
  description:
    'An EventBridge rule for events that matter to security, with its targets; or a chat channel with its topics.',
  types: { [RULE]: 'event rule', ...CHATS },
  around: [TARGET],
  attributes: {
    isEnabled: 'False for a rule that is switched off.',
    targets: 'Where a rule sends the events, or the topics a chat channel listens to.',
    lost: 'What the pattern of a rule matched before the plan and does not match any more.',
  },
  attributeTypes: { targets: 'list' },
  example: { isEnabled: true, targets: [], lost: [] },
  neighbours: (resource, world) => (resource.type === RULE ? targetsOf(resource, world).found : []),
  isOne: (resource) => resource.type !== RULE || picksSecurityEvents(resource.document('event_pattern')),
  factsOf: (resource, { worlds, world, earlier }) => {
    if (resource.type !== RULE)
      return { isEnabled: true, targets: lastingNames(resource, 'sns_topic_arns', worlds), lost: [] };
    const { found, unknown } = targetsOf(resource, world);
    return {
      isEnabled: resource.get('state') !== 'DISABLED' && resource.get('is_enabled') !== false,
      targets: [...found.flatMap((target) => lastingNames(target, 'arn', worlds)), ...unknown],
      lost: lostMatches(earlier?.document('event_pattern') ?? null, resource.document('event_pattern')),
    };
  },
  duty: (resource) => (resource.type === RULE ? JSON.stringify(resource.document('event_pattern')) : undefined),
});
