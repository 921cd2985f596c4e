import { readFileSync } from 'node:fs';

interface RawPlan {
  readonly configuration: object;
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/** A team's usual pull request: a service with its network, and a change to what it may do. */
const STORIES = [
  'opens-ssh-to-world',
  'rds-public-in-open-group',
  'subnet-becomes-public',
  'ssh-world-split-across-resources',
  'egress-widened',
  'tags-only',
];

const planOf = (story: string): RawPlan =>
  JSON.parse(readFileSync(`__fixtures__/${story}/plan.json`, 'utf8')) as RawPlan;

/** The text of a plan with 20 resource changes out of real plans, six of which really change something. */
export function smallPlan(): string {
  const plans = STORIES.map(planOf);
  const changes = plans
    .flatMap((plan, index) =>
      plan.resource_changes.map((change) => ({
        ...change,
        address: `module.s${index}.${change.address}`,
        module_address: `module.s${index}`,
      })),
    )
    .toSorted((a, b) => Number(a.change.actions[0] === 'no-op') - Number(b.change.actions[0] === 'no-op'))
    .slice(0, 20);
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: {},
    configuration: {},
    complete: true,
    errored: false,
    resource_changes: changes,
  });
}
