import { isList, isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';
import { valueAt } from './nested-value.ts';

const SUBNET_TYPES = ['aws_subnet', 'aws_default_subnet'] as const;

/** How a type says in which subnets it stands: by itself, or through a subnet group. */
type Placement =
  | { readonly kind: 'direct'; readonly path: readonly string[] }
  | { readonly kind: 'group'; readonly attribute: string; readonly type: string };

const direct = (...path: readonly string[]): Placement => ({ kind: 'direct', path });
const through = (attribute: string, type: string): Placement => ({ kind: 'group', attribute, type });

const PLACEMENTS: Readonly<Record<string, Placement>> = {
  aws_instance: direct('subnet_id'),
  aws_db_instance: through('db_subnet_group_name', 'aws_db_subnet_group'),
  aws_rds_cluster: through('db_subnet_group_name', 'aws_db_subnet_group'),
  aws_rds_cluster_instance: through('db_subnet_group_name', 'aws_db_subnet_group'),
  aws_docdb_cluster: through('db_subnet_group_name', 'aws_docdb_subnet_group'),
  aws_neptune_cluster: through('neptune_subnet_group_name', 'aws_neptune_subnet_group'),
  aws_neptune_cluster_instance: through('neptune_subnet_group_name', 'aws_neptune_subnet_group'),
  aws_redshift_cluster: through('cluster_subnet_group_name', 'aws_redshift_subnet_group'),
  aws_redshiftserverless_workgroup: direct('subnet_ids'),
  aws_elasticache_cluster: through('subnet_group_name', 'aws_elasticache_subnet_group'),
  aws_elasticache_replication_group: through('subnet_group_name', 'aws_elasticache_subnet_group'),
  aws_memorydb_cluster: through('subnet_group_name', 'aws_memorydb_subnet_group'),
  aws_opensearch_domain: direct('vpc_options', 'subnet_ids'),
  aws_elasticsearch_domain: direct('vpc_options', 'subnet_ids'),
  aws_msk_cluster: direct('broker_node_group_info', 'client_subnets'),
  aws_mq_broker: direct('subnet_ids'),
  aws_eks_cluster: direct('vpc_config', 'subnet_ids'),
  aws_emr_cluster: direct('ec2_attributes', 'subnet_id'),
  aws_dms_replication_instance: through('replication_subnet_group_id', 'aws_dms_replication_subnet_group'),
  aws_efs_mount_target: direct('subnet_id'),
};

/** Identities (or ids) of the subnets a resource stands in, as far as they can be seen. */
export function subnetsOf(world: World, resource: Resource): string[] {
  const placement = PLACEMENTS[resource.type];
  if (!placement) return [];
  if (placement.kind === 'direct') return subnetIds(world, valueAt(resource, placement.path));
  const group = world.target(
    resource,
    placement.attribute,
    [placement.type],
    ['name', 'id', 'replication_subnet_group_id'],
  );
  return group ? subnetIds(world, group.get('subnet_ids')) : [];
}

function subnetIds(world: World, value: Value): string[] {
  if (isList(value)) return value.flatMap((item) => subnetIds(world, item));
  if (typeof value === 'string') return [world.find(SUBNET_TYPES, 'id', value)?.identity ?? value];
  return isUnknown(value) ? value.references.flatMap(({ address }) => world.at(address)?.identity ?? []) : [];
}

/** Subnet → addresses of the databases, caches, clusters and instances that stand in it. */
export function residents(world: World): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const resource of world.resources(...Object.keys(PLACEMENTS))) {
    for (const subnet of subnetsOf(world, resource))
      found.set(subnet, [...(found.get(subnet) ?? []), resource.address]);
  }
  return found;
}
