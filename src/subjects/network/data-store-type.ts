/** What is known of a type of data store: where its groups stand, on which ports it listens, whether it can be public. */
export interface DataStoreType {
  /** Attribute paths that hold security groups. */
  readonly groups: readonly (readonly string[])[];
  /** Types and attribute of the cluster whose groups count too. */
  readonly cluster?: { readonly attribute: string; readonly types: readonly string[] };
  /** Ports when no `port` argument says otherwise, by engine where there are several. */
  readonly ports: readonly string[] | ((engine: string) => readonly string[]);
  readonly isPublicBy?: readonly string[];
}

/** Engine name → port. Aurora's name only says MySQL or PostgreSQL. */
const ENGINE_PORTS: readonly (readonly [RegExp, string])[] = [
  [/postgres/, 'tcp/5432'],
  [/mysql|mariadb|^aurora$/, 'tcp/3306'],
  [/sqlserver/, 'tcp/1433'],
  [/oracle/, 'tcp/1521'],
  [/db2/, 'tcp/50000'],
  [/redis|valkey/, 'tcp/6379'],
  [/memcached/, 'tcp/11211'],
  [/docdb/, 'tcp/27017'],
  [/neptune/, 'tcp/8182'],
];

/** An engine nobody knows listens on any of the database ports. */
const byEngine = (engine: string): readonly string[] => {
  const found = ENGINE_PORTS.find(([name]) => name.test(engine));
  return found ? [found[1]] : ENGINE_PORTS.map(([, port]) => port);
};

const VPC_GROUPS = [['vpc_security_group_ids']] as const;
const CACHE_GROUPS = [['security_group_ids']] as const;
const SEARCH = { groups: [['vpc_options', 'security_group_ids']], ports: ['tcp/443', 'tcp/80'] } as const;

/** Back ends that never serve the public by themselves (semantics 2, 9). */
export const DATA_STORE_TYPES: Readonly<Record<string, DataStoreType>> = {
  aws_db_instance: { groups: VPC_GROUPS, ports: byEngine, isPublicBy: ['publicly_accessible'] },
  aws_rds_cluster: { groups: VPC_GROUPS, ports: byEngine },
  aws_rds_cluster_instance: {
    groups: [],
    cluster: { attribute: 'cluster_identifier', types: ['aws_rds_cluster'] },
    ports: byEngine,
    isPublicBy: ['publicly_accessible'],
  },
  aws_docdb_cluster: { groups: VPC_GROUPS, ports: ['tcp/27017'] },
  aws_neptune_cluster: { groups: VPC_GROUPS, ports: ['tcp/8182'] },
  aws_neptune_cluster_instance: {
    groups: [],
    cluster: { attribute: 'cluster_identifier', types: ['aws_neptune_cluster'] },
    ports: ['tcp/8182'],
    isPublicBy: ['publicly_accessible'],
  },
  aws_redshift_cluster: { groups: VPC_GROUPS, ports: ['tcp/5439'], isPublicBy: ['publicly_accessible'] },
  aws_redshiftserverless_workgroup: { groups: CACHE_GROUPS, ports: ['tcp/5439'], isPublicBy: ['publicly_accessible'] },
  aws_elasticache_cluster: { groups: CACHE_GROUPS, ports: byEngine },
  aws_elasticache_replication_group: { groups: CACHE_GROUPS, ports: ['tcp/6379'] },
  aws_memorydb_cluster: { groups: CACHE_GROUPS, ports: ['tcp/6379'] },
  aws_opensearch_domain: SEARCH,
  aws_elasticsearch_domain: SEARCH,
  aws_msk_cluster: {
    groups: [['broker_node_group_info', 'security_groups']],
    ports: ['tcp/9092-9098', 'tcp/2181-2182'],
    isPublicBy: ['broker_node_group_info', 'connectivity_info', 'public_access', 'type'],
  },
  aws_mq_broker: {
    groups: [['security_groups']],
    ports: ['tcp/5671', 'tcp/8162', 'tcp/61614', 'tcp/61617', 'tcp/8883'],
    isPublicBy: ['publicly_accessible'],
  },
  aws_emr_cluster: {
    groups: [
      ['ec2_attributes', 'emr_managed_master_security_group'],
      ['ec2_attributes', 'emr_managed_slave_security_group'],
      ['ec2_attributes', 'additional_master_security_groups'],
      ['ec2_attributes', 'additional_slave_security_groups'],
    ],
    ports: ['tcp/22', 'tcp/8088', 'tcp/8443', 'tcp/8888', 'tcp/9443', 'tcp/18080', 'tcp/50070'],
  },
  aws_eks_cluster: { groups: [['vpc_config', 'security_group_ids']], ports: ['tcp/443', 'tcp/10250'] },
  aws_dms_replication_instance: { groups: VPC_GROUPS, ports: byEngine, isPublicBy: ['publicly_accessible'] },
  aws_efs_mount_target: { groups: [['security_groups']], ports: ['tcp/2049'] },
  aws_lightsail_database: { groups: [], ports: byEngine, isPublicBy: ['publicly_accessible'] },
  aws_timestreaminfluxdb_db_instance: {
    groups: [['vpc_security_group_ids']],
    ports: ['tcp/8086'],
    isPublicBy: ['publicly_accessible'],
  },
};
