import { strings } from '../../plan/value.ts';
import { named } from '../../world/neighbours.ts';
import { standing } from './standing.ts';

const MONITOR = 'aws_ce_anomaly_monitor';

/** What tells of unexpected cost. */
export const costAlert = standing({
  name: 'cost-alert',
  description: 'A budget, an action of a budget, or a monitor or subscription for anomalies of cost.',
  types: {
    aws_budgets_budget: 'budget',
    aws_budgets_budget_action: 'action of the budget',
    [MONITOR]: 'anomaly monitor',
    aws_ce_anomaly_subscription: 'anomaly subscription',
  },
  duty: (resource) => strings(resource.get('name')).map((name) => `${resource.type} ${name}`)[0],
  owners: (resource, world) => [
    ...named(world, resource, { path: 'monitor_arn_list', types: [MONITOR], keys: ['arn', 'id'] }).found,
    ...named(world, resource, { path: 'budget_name', types: ['aws_budgets_budget'], keys: ['name'] }).found,
  ],
});
