import { isList, isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Side, World } from '../../world/world.ts';
import { referencedGroups } from './group-reference.ts';
import { valueAt } from './nested-value.ts';
import type { GroupPair } from './security-group-rules.ts';

/** What kind of thing stands behind a security group. */
export type UserKind = 'instance' | 'task' | 'function' | 'database' | 'load balancer';

interface User {
  readonly kind: UserKind;
  /** Attribute paths, through nested blocks, that hold security groups. */
  readonly paths: readonly (readonly string[])[];
}

const USERS: Readonly<Record<string, User>> = {
  aws_instance: { kind: 'instance', paths: [['vpc_security_group_ids'], ['security_groups']] },
  aws_spot_instance_request: { kind: 'instance', paths: [['vpc_security_group_ids'], ['security_groups']] },
  aws_launch_template: {
    kind: 'instance',
    paths: [['vpc_security_group_ids'], ['network_interfaces', 'security_groups']],
  },
  aws_launch_configuration: { kind: 'instance', paths: [['security_groups']] },
  aws_ecs_service: { kind: 'task', paths: [['network_configuration', 'security_groups']] },
  aws_ecs_task_set: { kind: 'task', paths: [['network_configuration', 'security_groups']] },
  aws_lambda_function: { kind: 'function', paths: [['vpc_config', 'security_group_ids']] },
  aws_db_instance: { kind: 'database', paths: [['vpc_security_group_ids']] },
  aws_rds_cluster: { kind: 'database', paths: [['vpc_security_group_ids']] },
  aws_redshift_cluster: { kind: 'database', paths: [['vpc_security_group_ids']] },
  aws_elasticache_cluster: { kind: 'database', paths: [['security_group_ids']] },
  aws_elasticache_replication_group: { kind: 'database', paths: [['security_group_ids']] },
  aws_docdb_cluster: { kind: 'database', paths: [['vpc_security_group_ids']] },
  aws_neptune_cluster: { kind: 'database', paths: [['vpc_security_group_ids']] },
  aws_lb: { kind: 'load balancer', paths: [['security_groups']] },
  aws_alb: { kind: 'load balancer', paths: [['security_groups']] },
  aws_elb: { kind: 'load balancer', paths: [['security_groups']] },
};

/** Group identity → what uses the group in one world, for these groups. */
export function usersByGroup(world: World, groups: readonly GroupPair[]): ReadonlyMap<string, ReadonlySet<UserKind>> {
  const found = new Map<string, Set<UserKind>>();
  if (groups.length === 0) return found;
  const wanted = identities(groups, world.side);
  for (const [type, { kind, paths }] of Object.entries(USERS)) {
    for (const resource of world.resources(type)) {
      for (const id of paths.flatMap((path) => groupIds(world, valueAt(resource, path), wanted))) {
        found.set(id, (found.get(id) ?? new Set()).add(kind));
      }
    }
  }
  return found;
}

/** Identities of groups by everything that names them. */
const identities = (groups: readonly GroupPair[], side: Side): ReadonlyMap<Value, string> =>
  new Map(
    groups.flatMap((group) =>
      [group.id, group[side]?.resource?.get('id') ?? null].map((name) => [name, group.id] as const),
    ),
  );

/** Most values name groups that the plan leaves alone: those are not looked up. */
function groupIds(world: World, value: Value, wanted: ReadonlyMap<Value, string>): string[] {
  if (isList(value)) return value.flatMap((item) => groupIds(world, item, wanted));
  if (!isUnknown(value)) return value === null ? [] : [wanted.get(value) ?? ''].filter((id) => id !== '');
  return referencedGroups(world, value).map(({ id }) => id);
}
